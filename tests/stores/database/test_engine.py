from __future__ import annotations

import os
import stat

import pytest

from xenotime.core.errors import InputError
from xenotime.stores.database.engine import make, open_engine


def made(folder):
    engine = open_engine(f"sqlite:///{folder / 'x.sqlite'}")
    make(engine.url)
    return engine


def test_sqlite_commits_reach_the_disk_and_links_are_kept(tmp_path):
    engine = made(tmp_path)
    with engine.connect() as connection:
        said = {p: connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in (
            "journal_mode", "synchronous", "foreign_keys", "busy_timeout")}  # fmt: skip
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 60_000}
    engine.dispose()


def test_postgres_reads_what_is_committed_and_waits_for_nobody_for_ever(postgres_url):
    engine = open_engine(postgres_url)
    with engine.connect() as connection:
        said = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in (
            "transaction_isolation", "lock_timeout", "idle_in_transaction_session_timeout",
            "synchronous_commit")]  # fmt: skip
    assert said == ["read committed", "1min", "2min", "on"]
    engine.dispose()


def test_a_writing_transaction_has_the_write_lock_from_its_begin(tmp_path):
    engine = made(tmp_path)
    with engine.connect().execution_options(writes=True) as one, one.begin(), engine.connect() as two:
        two.exec_driver_sql("PRAGMA busy_timeout = 1")
        with pytest.raises(Exception, match="locked"):
            two.exec_driver_sql("CREATE TABLE t (x)")
    engine.dispose()


def test_an_open_umask_opens_nothing(tmp_path):
    before = os.umask(0)
    try:
        engine = made(tmp_path)
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE t (x)")
            connection.commit()
            rights = [stat.S_IMODE(path.stat().st_mode) for path in sorted(tmp_path.iterdir())]
    finally:
        os.umask(before)
    assert rights == [0o600] * 3
    engine.dispose()


def test_an_options_of_the_address_stands():
    engine = open_engine("postgresql://u@h/d?options=-c%20lock_timeout%3D5")
    _, given = engine.dialect.create_connect_args(engine.url)
    assert given["options"] == "-c lock_timeout=5"
    engine.dispose()


@pytest.mark.parametrize("url", ["", "x", "postgres", "mysql://a/b", "sqlite://", "sqlite:///:memory:"])
def test_other_addresses_are_refused(url):
    with pytest.raises(InputError, match="database address"):
        open_engine(url)
