"""Shipments are found by their end user: a column beside the exporter's, filled from what was kept."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

#: Rows that are filled at once.
_BATCH = 1000


def upgrade() -> None:
    """Add the column, fill it, and index it."""
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("verdicts", sa.Column("end_user", kind, nullable=False, server_default=""))
    _fill(op.get_bind())
    op.create_index("verdicts_end_user_at", "verdicts", ["end_user", "at", "id"])


def _fill(connection: sa.Connection) -> None:
    asks = sa.text("SELECT id, thing FROM verdicts WHERE id > :after ORDER BY id LIMIT :batch")
    said = sa.text("UPDATE verdicts SET end_user = :user WHERE id = :id")
    after = ""
    while rows := connection.execute(asks, {"after": after, "batch": _BATCH}).all():
        connection.execute(
            said, [{"id": name, "user": json.loads(thing)["shipment"]["end_user"]} for name, thing in rows]
        )
        after = rows[-1][0]
