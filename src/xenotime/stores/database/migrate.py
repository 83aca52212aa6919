"""Brings a database to this release's schema, step by step, in one transaction."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy import text as sql

from xenotime.core.errors import OutageError
from xenotime.stores.database import quotas, shelves
from xenotime.stores.database.schema import metadata

#: Every module whose tables stand in the metadata.
TABLES = (quotas, shelves)
#: The table that says where a database stands.
MARK = "alembic_version"
_LOCK = sql("SELECT pg_advisory_xact_lock(4712)")


@cache
def steps() -> ScriptDirectory:
    """The packaged steps."""
    return ScriptDirectory(str(Path(__file__).parent / "migrations"))


def newest() -> str:
    """The revision of this release's schema."""
    found = steps().get_current_head()
    if found is None:
        message = "no migration is packaged"
        raise RuntimeError(message)
    return found


def standing(connection: Connection) -> str:
    """The revision that a database is at; "" for an empty one.

    Raises OutageError for a database of a newer release, and for one that is another program's.
    """
    names = inspect(connection).get_table_names()
    if MARK not in names:
        if names:
            raise _foreign(connection, min(names))
        return ""
    found = MigrationContext.configure(connection).get_current_revision() or ""
    if found and found not in {step.revision for step in steps().walk_revisions()}:
        raise _newer(connection, found)
    return found


def upgrade(connection: Connection, target: str = "head") -> tuple[str, str]:
    """Walk every missing step up to `target` on an open, writing transaction; the revision before and after.

    Two processes that start at once walk one after the other, and the second finds nothing to do.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)
    before = standing(connection)

    def missing(rev: Any, _: Any) -> Any:  # noqa: ANN401 - Alembic's own revision and context
        return steps()._upgrade_revs(target, rev)  # noqa: SLF001 - as alembic.command.upgrade does

    with EnvironmentContext(Config(), steps(), fn=missing, destination_rev=target) as walk:
        walk.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
        walk.run_migrations()
    return before, standing(connection)


def differences(connection: Connection) -> list[Any]:
    """What the database's schema has otherwise than this release's metadata; empty when they agree."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def _newer(connection: Connection, found: str) -> OutageError:
    return OutageError(
        "this database was made by a newer release than this program",
        where=connection.engine.url.render_as_string(hide_password=True),
        expected=f"revision {newest()} or older",
        found=f"revision {found}",
        next_step="run the newer release, or restore a backup of this release into an empty database",
    )


def _foreign(connection: Connection, found: str) -> OutageError:
    return OutageError(
        "this database belongs to another program",
        where=connection.engine.url.render_as_string(hide_password=True),
        expected="an empty database, or one that `xenotime programme migrate` made",
        found=f"a table {found}",
        next_step="name another database",
    )
