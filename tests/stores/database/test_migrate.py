from __future__ import annotations

import sqlite3
import threading

import pytest
from sqlalchemy import text
from tests.fixtures.postgres import administer
from tests.stores.database.things import AT, case, event, fill
from tests.stores.database.things import draw as drawn

from xenotime.core.errors import OutageError
from xenotime.programme.casework.case import Case
from xenotime.programme.shipping.shipment import Verdict
from xenotime.services.programme.ports import Search
from xenotime.stores.database import migrate, open_store


@pytest.fixture
def emptied(store_url):
    """The address of a database without any table, once on each kind."""
    store = open_store(store_url)
    with store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    store.close()
    return store_url if store_url.startswith("postgres") else f"{store_url}.new"


@pytest.fixture
def first(emptied, root):
    """A store of the first revision with data, as it was written then."""
    kind = emptied.split(":")[0].removesuffix("ql")
    script = (root / f"tests/fixtures/database/first.{kind}.sql").read_text("utf-8")
    if kind == "postgres":
        administer(emptied, script)
    else:
        with sqlite3.connect(emptied.removeprefix("sqlite:///")) as connection:
            connection.executescript(script)
        connection.close()
    store = open_store(emptied)
    yield store
    store.close()


@pytest.fixture
def root(request):
    """The folder of the repository."""
    return request.config.rootpath


def test_the_migrations_make_the_schema_that_the_program_uses(store):
    with store.engine.connect() as connection:
        assert migrate.differences(connection) == []
        assert migrate.standing(connection) == migrate.newest()


def test_the_comparison_sees_a_difference(store):
    with store.engine.begin() as connection:
        connection.execute(text("DROP INDEX cases_due"))
        connection.execute(text("ALTER TABLE cases ADD COLUMN more TEXT"))
        assert {change[0] for change in migrate.differences(connection)} == {"add_index", "remove_column"}


def test_a_new_database_is_made_in_one_step(emptied):
    store = open_store(emptied)
    assert (store.migrate(), store.migrate()) == (("", "0002"), ("0002", "0002"))
    assert (tuple(store.ready()), tuple(store.check())) == ((), ())
    store.close()


def test_a_database_of_the_first_revision_comes_up_with_its_data(first):
    assert "this release needs 0002" in "".join(first.ready())
    assert first.migrate() == ("0001", "0002")
    assert (tuple(first.ready()), tuple(first.check())) == ((), ())
    with first.engine.connect() as connection:
        assert migrate.differences(connection) == []
    with first.view() as view:
        found = view.find(Verdict, Search(where={"end_user": "O1"}, order="-at")).items
        assert [verdict.id for verdict in found] == ["V1"]
        assert len(view.find(Case, Search()).items) == view.head()[0] - 1 == 6
        assert [(cap.used, cap.held) for cap in view.caps()] == [(30, 0)]


def test_a_migrated_database_goes_on(first):
    first.migrate()
    with first.change() as change:
        change.add(case(70))
        assert change.reserve("R9", [drawn(70)], AT, AT.replace(year=2027), "b", "k9") == ()
        assert change.number("certificate") == 2
        assert change.log(event("C70")).index == 7
    assert tuple(first.check()) == ()


def test_a_backup_of_the_first_revision_restores_into_this_release(first, tmp_path):
    first.backup(tmp_path / "old.gz")
    other = open_store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.migrate()
    other.restore(tmp_path / "old.gz")
    with other.view() as view:
        assert len(view.find(Verdict, Search(where={"end_user": "O1"})).items) == 1
    assert tuple(other.ready()) == ()
    with other.engine.connect() as connection:
        assert migrate.differences(connection) == []
    other.close()


def test_a_failed_migration_leaves_the_database_as_it_was(first):
    with first.engine.begin() as connection:
        connection.execute(text("UPDATE verdicts SET thing = '{\"shipment\": {}}'"))
    with pytest.raises(KeyError):
        first.migrate()
    with first.engine.connect() as connection:
        assert migrate.standing(connection) == "0001"
        assert "end_user" not in set(connection.execute(text("SELECT * FROM verdicts")).keys())


def test_a_newer_database_is_refused(store):
    fill(store)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer release" in "".join(store.ready())
    with pytest.raises(OutageError, match="newer release"):
        store.migrate()


def test_two_that_start_at_once_make_one_schema(emptied):
    stores, said = [open_store(emptied) for _ in range(3)], []
    threads = [threading.Thread(target=lambda s=s: said.append(s.migrate())) for s in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [("", "0002"), ("0002", "0002"), ("0002", "0002")]
    for store in stores:
        store.close()
