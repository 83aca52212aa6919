from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest
from sqlalchemy import text
from tests.stores.database.things import fill, organisation

from xenotime.stores.database import open_store


@pytest.fixture
def on(run, store_url, tmp_path):
    """Runs a command on a database: by default this test's own."""
    return lambda *words, database=store_url: run(
        "programme", "--database", database, "--home", tmp_path / "programme", *words
    )


@pytest.fixture
def filled(store_url):
    """This test's database with a little of everything."""
    store = open_store(store_url)
    fill(store)
    yield store
    store.close()


@pytest.fixture
def empty(tmp_path):
    """The address of a database that is not there yet."""
    return f"sqlite:///{tmp_path / 'new.sqlite'}"


def test_migrate_makes_a_database_and_says_so(on, empty):
    assert on("migrate", database=empty).output.startswith("schema: nothing → ")
    assert "already" in on("migrate", database=empty).output


def test_a_backup_goes_over_into_a_new_database(on, filled, empty, tmp_path):
    saved = on("backup", tmp_path / "b.gz")
    assert (saved.exit_code, saved.output) == (
        0,
        f"{tmp_path / 'b.gz'}: written; the log has 7 entries now\n",
    )
    restored = on("restore", tmp_path / "b.gz", database=empty)
    with filled.view() as view:
        _, root = view.head()
    assert restored.output.splitlines()[0] == f"restored: a log of 7 entries with root {root}"
    assert on("check", database=empty).output == f"everything agrees: a log of 7 entries with root {root}\n"


@pytest.mark.usefixtures("filled")
def test_a_backup_takes_no_files_place(on, tmp_path):
    (tmp_path / "b.gz").write_text("mine")
    said = on("backup", tmp_path / "b.gz")
    assert (said.exit_code, (tmp_path / "b.gz").read_text()) == (2, "mine")
    assert "another file" in said.output


@pytest.mark.usefixtures("filled")
def test_restore_refuses_a_full_database(on, tmp_path):
    on("backup", tmp_path / "b.gz")
    said = on("restore", tmp_path / "b.gz")
    assert said.exit_code == 2
    assert "not empty" in said.output


def test_check_ends_with_1_and_says_what_disagrees(on, filled):
    with filled.engine.begin() as connection:
        connection.execute(text("UPDATE quota_cap SET used = used + 1"))
    said = on("check")
    assert said.exit_code == 1
    assert said.output.startswith("ledger, cap all")


def test_check_of_a_database_that_is_not_there_says_what_to_do(on, empty):
    said = on("check", database=empty)
    assert said.exit_code == 2
    assert "xenotime programme migrate" in said.output


def test_export_writes_everything_of_an_organisation(on, filled, tmp_path):
    with filled.change() as change:
        change.add(organisation("Alpenrose", id="O1"))
    said = on("export", "O1", "--out", tmp_path / "o.zip")
    assert said.exit_code == 0
    with zipfile.ZipFile(tmp_path / "o.zip") as archive:
        assert any("certificates" in name for name in archive.namelist())
    assert on("export", "nobody", "--out", tmp_path / "n.zip").exit_code == 2
    assert not (tmp_path / "n.zip").exists()


def test_the_database_may_be_named_by_the_environment(run, store_url, tmp_path, monkeypatch):
    monkeypatch.setenv("XENOTIME_DATABASE", store_url)
    assert "already" in run("programme", "--home", tmp_path / "programme", "migrate").output


def test_help_loads_no_database_library():
    script = "import sys, xenotime.cli.programme; print({'sqlalchemy', 'cryptography'} & {*sys.modules})"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"
