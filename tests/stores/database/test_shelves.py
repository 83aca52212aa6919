from __future__ import annotations

from dataclasses import fields, replace

import pytest
from tests.stores.database.things import AT, account, case, certificate, duty, permit, verdict

from xenotime.core.canon import canonical
from xenotime.core.errors import InputError
from xenotime.stores.database.shelves import SHELVES, TABLES, shelf_of
from xenotime.stores.database.write import _put

THINGS = (case(1), certificate("XC-1"), permit("XG-1"), account("a"), duty(1, AT.date()), verdict(1))


@pytest.mark.parametrize("shelf", SHELVES.values(), ids=lambda s: s.name)
def test_every_shelf_is_told_by_fields_of_its_kind(shelf):
    known = {f.name for f in fields(shelf.kind)}
    assert {"id", "version"} <= known
    first = {
        path.split(".")[0] for path in (*shelf.columns.split(), *shelf.many.split(), *shelf.names.split())
    }
    assert first <= known
    listed = {name for index in (*shelf.indexes, *shelf.unique) for name in index.split()}
    assert listed | set(shelf.wholes.split()) | set(shelf.folds.split()) <= set(shelf.paths)
    assert shelf.order == "id" or any(index.split()[-1] == shelf.order for index in shelf.indexes)


@pytest.mark.parametrize("shelf", SHELVES.values(), ids=lambda s: s.name)
def test_every_kind_can_be_changed_whatever_its_columns_are_called(sqlite_store, shelf):
    row = dict.fromkeys(shelf.table.columns.keys(), "") | dict.fromkeys(["version", *shelf.wholes.split()], 0)
    with sqlite_store.change() as change:
        said = change.connection.execute(_put(shelf.table), {**row, "its_id": "X", "its_version": 0})
        assert said.rowcount == 0


def test_a_thing_is_read_once_for_its_text_and_anew_for_another():
    shelf = shelf_of(type(THINGS[0]))
    body = canonical(THINGS[0]).decode()
    found = shelf.read(body)
    assert found == THINGS[0]
    assert shelf.read("".join(list(body))) is found
    assert shelf.read(body.replace('"version":0', '"version":2')).version == 2
    assert shelf.read(body) is found
    long = canonical(replace(THINGS[0], title="x" * 9000)).decode()
    assert shelf.read(long) is not shelf.read(long)
    for _ in range(2):
        with pytest.raises(InputError):
            shelf.read(body[:-1])


def test_two_shelves_never_share_what_they_read():
    with pytest.raises(InputError):
        shelf_of(type(THINGS[1])).read(canonical(THINGS[0]).decode())


def test_no_two_shelves_share_a_table():
    assert len(TABLES) == len(SHELVES)


@pytest.mark.parametrize("thing", THINGS, ids=lambda t: type(t).__name__)
def test_a_row_has_every_column_and_nothing_else(thing):
    shelf = shelf_of(type(thing))
    row = {"id": "", "version": 0, "thing": "", **shelf.row(thing)}
    assert set(row) == set(shelf.table.columns.keys())
    assert all(isinstance(value, (str, int)) for value in row.values())


def test_the_terms_of_a_thing_are_its_words_and_members():
    assert shelf_of(type(permit("XG-1"))).terms(permit("XG-1", ["O1", "O2"])) == {
        ("", "xg"), ("", "1"), ("users", "O1"), ("users", "O2"), ("items", "1C902.a"),
    }  # fmt: skip
