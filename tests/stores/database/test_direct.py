"""Statements handed to the driver as they are: the same rows, counts and refusals on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, column, select, table, update
from sqlalchemy.dialects.postgresql import insert as upsert

from xenotime.core.errors import InputError, OutageError, StateError
from xenotime.stores.database.direct import Direct
from xenotime.stores.database.schema import answers, numbers

ADD = Direct(answers.insert())
KEEP = Direct(upsert(answers).on_conflict_do_nothing())
ASK = Direct(select(answers.c.said).where(answers.c.key == bindparam("of"), answers.c.said != "no"))
RAISE = Direct(
    update(numbers)
    .where(numbers.c.series == bindparam("of"), numbers.c.last < 5)
    .values(last=bindparam("now"))
)


def answer(key, said="yes"):
    return {"key": key, "request": "%s :of ?", "said": said}


def test_rows_come_back_and_the_statements_own_values_count(store):
    with store.change() as change:
        ADD.each(change.connection, [answer("a"), answer("b", "no")])
        assert [ASK.run(change.connection, {"of": k}).fetchone() for k in "abc"] == [("yes",), None, None]
    with store.change() as change:
        assert change.answered("a", "%s :of ?") == "yes"


def test_it_counts_the_rows_it_touched(store):
    with store.change() as change:
        assert [KEEP.run(change.connection, answer("a")).rowcount for _ in range(2)] == [1, 0]
        change.number("x"), change.number("y")
        rows = [{"of": "x", "now": 9}, {"of": "y", "now": 2}, {"of": "z", "now": 2}]
        assert RAISE.each(change.connection, rows) == 2
        assert RAISE.each(change.connection, rows) == 1
        assert (change.number("x"), change.number("y")) == (10, 3)


def test_an_insert_may_leave_columns_to_the_database(store):
    some = Direct(answers.insert(), "key", "request")
    with pytest.raises(StateError), store.change() as change:
        some.run(change.connection, {"key": "a", "request": "b"})


def test_what_it_did_is_undone_with_its_change(store):
    with pytest.raises(StateError), store.change() as change:
        ADD.each(change.connection, [answer("a"), answer("b"), answer("a")])
    with store.change() as change:
        assert change.answered("a", "b") is None


def test_what_a_driver_refuses_is_told_as_ever(store):
    with pytest.raises(StateError), store.change() as change:
        ADD.each(change.connection, [answer("a"), answer("a")])
    for way in (lambda c: ADD.run(c, answer("\ud800")), lambda c: ADD.each(c, [answer("\ud800")])):
        with pytest.raises(InputError), store.change() as change:
            way(change.connection)
    nowhere = Direct(table("nowhere", column("key")).insert())
    with pytest.raises(OutageError), store.change() as change:
        nowhere.run(change.connection, {"key": "a"})
