"""The schema of the first release; the log begins empty."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001", None, None, None

#: Column marks: ! key, # whole number, + whole number that the database counts, @ bytes, ? truth; else text.
_TABLES = {
    "accounts": "id! version# email role state organisation body subject invite created thing",
    "answers": "key! request said",
    "blobs": "sha256! size# body@",
    "cases": (
        "id! version# kind track state organisation subject parent queue officer due opened closed"
        " outcome thing"
    ),
    "certificates": (
        "id! version# number serial# organisation track state valid_from valid_until issued case thing"
    ),
    "deliveries": "id! version# run# at thing",
    "duties": "id! version# kind organisation subject due state opened step# thing",
    "head": "id#! size# frontier@ root@",
    "leaves": "place#! subject body@",
    "letters": "id! version# template case organisation sent read thing",
    "nodes": "level#! place#! hash@",
    "numbers": "series! last#",
    "organisations": "id! version# name country role state track created lei uscc steps# thing",
    "permits": "id! version# number kind exporter state valid_from valid_until issued case thing",
    "places": "purpose! place#! at",
    "publications": "id! version# at thing",
    "published": "purpose! serial#! at credential",
    "quota_cap": (
        "id! grams# element organisation site country certificate licence year# held# used# closed? bounds#"
    ),
    "quota_entry": "id+! kind reservation cap element turn# grams# at# by key reason",
    "quota_reservation": (
        "id! key asked draws at# expires# by state certificate organisation settled_key settled_asked"
    ),
    "returns": "id! version# organisation year# filed state thing",
    "rolls": "id! version# thing",
    "salts": "id! version# subject organisation thing",
    "sessions": "id! version# account created seen thing",
    "tallies": "id! version# until thing",
    "terms": "shelf! field! value! id!",
    "tokens": "id! version# account created expires thing",
    "used": "id! version# batch run# shipment organisation certificate on at outcome reason thing",
    "verdicts": (
        "id! version# answer state organisation certificate licence exporter site on reservation expires"
        " at by leaf# thing"
    ),
    "vetted": "id! version# organisation case at thing",
}
#: name, table, columns, whether unique, over which rows only.
_INDEXES = (
    ("accounts_created", "accounts", "created id", False, None),
    ("accounts_invite", "accounts", "invite id", False, None),
    ("accounts_one_email", "accounts", "email", True, "email <> ''"),
    ("accounts_one_subject", "accounts", "subject", True, "subject <> ''"),
    ("accounts_organisation", "accounts", "organisation id", False, None),
    ("accounts_role", "accounts", "role id", False, None),
    ("cases_closed_kind", "cases", "closed kind id", False, None),
    ("cases_closed_officer", "cases", "closed officer id", False, None),
    ("cases_closed_queue", "cases", "closed queue id", False, None),
    ("cases_closed_state", "cases", "closed state id", False, None),
    ("cases_closed_track", "cases", "closed track id", False, None),
    ("cases_due", "cases", "due id", False, None),
    ("cases_kind_opened", "cases", "kind opened id", False, None),
    ("cases_officer_opened", "cases", "officer opened id", False, None),
    ("cases_opened", "cases", "opened id", False, None),
    ("cases_organisation_opened", "cases", "organisation opened id", False, None),
    ("cases_parent", "cases", "parent id", False, None),
    ("cases_queue_opened", "cases", "queue opened id", False, None),
    ("cases_state_opened", "cases", "state opened id", False, None),
    ("cases_subject", "cases", "subject id", False, None),
    ("certificates_case", "certificates", "case id", False, None),
    ("certificates_issued", "certificates", "issued id", False, None),
    ("certificates_one_number_serial", "certificates", "number serial", True, "number <> ''"),
    ("certificates_organisation_issued", "certificates", "organisation issued id", False, None),
    ("certificates_state_issued", "certificates", "state issued id", False, None),
    ("certificates_valid_until", "certificates", "valid_until id", False, None),
    ("deliveries_at", "deliveries", "at id", False, None),
    ("deliveries_run", "deliveries", "run id", False, None),
    ("duties_due", "duties", "due id", False, None),
    ("duties_organisation_due", "duties", "organisation due id", False, None),
    ("duties_state_due", "duties", "state due id", False, None),
    ("duties_subject", "duties", "subject id", False, None),
    ("leaves_subject", "leaves", "subject place", False, None),
    ("letters_case", "letters", "case id", False, None),
    ("letters_organisation_sent", "letters", "organisation sent id", False, None),
    ("letters_sent", "letters", "sent id", False, None),
    ("organisations_created", "organisations", "created id", False, None),
    ("organisations_lei", "organisations", "lei id", False, None),
    ("organisations_name", "organisations", "name id", False, None),
    ("organisations_state_created", "organisations", "state created id", False, None),
    ("organisations_track_created", "organisations", "track created id", False, None),
    ("organisations_uscc", "organisations", "uscc id", False, None),
    ("permits_case", "permits", "case id", False, None),
    ("permits_exporter_issued", "permits", "exporter issued id", False, None),
    ("permits_issued", "permits", "issued id", False, None),
    ("permits_one_number", "permits", "number", True, "number <> ''"),
    ("permits_state_issued", "permits", "state issued id", False, None),
    ("permits_valid_until", "permits", "valid_until id", False, None),
    ("publications_at", "publications", "at id", False, None),
    ("published_at", "published", "purpose at serial", False, None),
    ("quota_cap_fits", "quota_cap", "organisation certificate licence site element", False, None),
    ("quota_entry_cap", "quota_entry", "cap id", False, None),
    ("quota_reservation_certificate", "quota_reservation", "certificate at", False, None),
    ("quota_reservation_open", "quota_reservation", "expires", False, "state = 'open'"),
    ("quota_reservation_organisation", "quota_reservation", "organisation at", False, None),
    ("quota_reservation_settled", "quota_reservation", "settled_key", True, "settled_key != ''"),
    ("returns_filed", "returns", "filed id", False, None),
    ("returns_organisation_year", "returns", "organisation year id", False, None),
    ("returns_state_filed", "returns", "state filed id", False, None),
    ("returns_year_filed", "returns", "year filed id", False, None),
    ("salts_organisation", "salts", "organisation id", False, None),
    ("salts_subject", "salts", "subject id", False, None),
    ("sessions_account", "sessions", "account id", False, None),
    ("sessions_seen", "sessions", "seen id", False, None),
    ("tallies_until", "tallies", "until id", False, None),
    ("terms_thing", "terms", "shelf id", False, None),
    ("tokens_account", "tokens", "account id", False, None),
    ("tokens_expires", "tokens", "expires id", False, None),
    ("used_at", "used", "at id", False, None),
    ("used_batch", "used", "batch id", False, None),
    ("used_certificate_at", "used", "certificate at id", False, None),
    ("used_organisation_at", "used", "organisation at id", False, None),
    ("used_outcome_at", "used", "outcome at id", False, None),
    ("used_outcome_on", "used", "outcome on id", False, None),
    ("used_shipment_outcome", "used", "shipment outcome id", False, None),
    ("verdicts_answer_at", "verdicts", "answer at id", False, None),
    ("verdicts_at", "verdicts", "at id", False, None),
    ("verdicts_certificate_at", "verdicts", "certificate at id", False, None),
    ("verdicts_exporter_at", "verdicts", "exporter at id", False, None),
    ("verdicts_licence_at", "verdicts", "licence at id", False, None),
    ("verdicts_organisation_answer_at", "verdicts", "organisation answer at id", False, None),
    ("verdicts_organisation_at", "verdicts", "organisation at id", False, None),
    ("verdicts_reservation", "verdicts", "reservation id", False, None),
    ("verdicts_state_at", "verdicts", "state at id", False, None),
    ("verdicts_state_expires", "verdicts", "state expires id", False, None),
    ("vetted_at", "vetted", "at id", False, None),
    ("vetted_case", "vetted", "case id", False, None),
    ("vetted_organisation_at", "vetted", "organisation at id", False, None),
)
#: table, kind, name, columns or condition.
_CONSTRAINTS = (
    ("quota_cap", "check", "quota_cap_whole", "grams >= 0 AND held >= 0 AND used >= 0"),
    ("quota_entry", "unique", "quota_entry_once", "reservation cap element turn"),
    ("quota_reservation", "unique", "quota_reservation_key", "key"),
)


def upgrade() -> None:
    """Make every table."""
    for name, columns in _TABLES.items():
        marks = {"sqlite_autoincrement": True} if "+" in columns else {}
        op.create_table(name, *map(_column, columns.split()), *_constraints(name), **marks)
    for name, table, columns, unique, where in _INDEXES:
        only = sa.text(where) if where else None
        rows: dict[str, Any] = {"sqlite_where": only, "postgresql_where": only}
        op.create_index(name, table, columns.split(), unique=unique, **rows)
    op.execute(
        sa.text("INSERT INTO head (id, size, frontier, root) VALUES (1, 0, :none, :root)").bindparams(
            sa.bindparam("none", b"", sa.LargeBinary),
            sa.bindparam("root", sha256(b"").digest(), sa.LargeBinary),
        )
    )


def _column(said: str) -> sa.Column[Any]:
    name, marks = said.rstrip("!#+@?"), said[len(said.rstrip("!#+@?")) :]
    kinds: dict[str, Any] = {
        "#": sa.BigInteger(),
        "+": sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        "@": sa.LargeBinary(),
        "?": sa.Boolean(),
    }
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    kind = kinds.get(marks.removesuffix("!"), text)
    return sa.Column(name, kind, primary_key="!" in marks, nullable=False, autoincrement="+" in marks)


def _constraints(table: str) -> list[sa.Constraint]:
    mine = [(kind, name, said) for of, kind, name, said in _CONSTRAINTS if of == table]
    alone = [sa.UniqueConstraint(*said.split(), name=name) for kind, name, said in mine if kind == "unique"]
    checks = [sa.CheckConstraint(said, name=name) for kind, name, said in mine if kind == "check"]
    return [*alone, *checks]
