from __future__ import annotations

from xenotime.stores.database import migrate


def test_the_migrations_make_the_schema_that_the_program_uses(store):
    with store.engine.connect() as connection:
        assert migrate.differences(connection) == []
        assert migrate.standing(connection) == migrate.newest()
