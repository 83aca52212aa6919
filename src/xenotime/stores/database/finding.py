"""Finds things of a shelf page by page: a fixed number of statements, from a place on."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
)  # fmt: skip

from xenotime.core.errors import InputError
from xenotime.services.programme.ports import Page, Search
from xenotime.stores.database.cells import asked
from xenotime.stores.database.schema import terms
from xenotime.stores.database.shelves import Shelf

T = TypeVar("T")
#: The most things of one page.
MOST = 1000
_ASKED = re.compile(r"(\w+)\s*(<=|>=|<|>)?")
_LAST = "\U0010ffff"


def found(connection: Connection, shelf: Shelf[T], search: Search) -> Page:
    """One page of a search.

    Raises InputError for a column without index, a limit beyond 1000, and a place of another search.
    """
    if not 1 <= search.limit <= MOST:
        raise _unfit(shelf, f"limit={search.limit}", f"1 to {MOST}")
    name, down = _order(shelf, search)
    asks, values = _statement(shelf, search, name, down=down)
    rows = connection.execute(asks, {"most": search.limit + 1, **values}).all()
    items = tuple(shelf.read(row[0]) for row in rows[: search.limit])
    return Page(items, _place(name, down, rows[search.limit - 1]) if len(rows) > search.limit else "")


def _statement(
    shelf: Shelf[Any], search: Search, name: str, *, down: bool
) -> tuple[Select[Any], Mapping[str, str | int]]:
    """The statement of a search and its values; one of plain texts is built once."""
    plain = all(isinstance(v, str) and n in shelf.paths for n, v in search.where.items())
    if plain and not search.text and not search.after:
        values = {f"is_{n}": shelf.cell(n, v) for n, v in search.where.items()}
        return _equal(shelf, tuple(search.where), name, down), values
    tests = [*tests_of(shelf, search.where), *_named(shelf, search.text)]
    if search.after:
        tests.append(_beyond(shelf, name, down, search.after))
    return _page(shelf, tests, name, down=down), {}


@lru_cache(maxsize=256)
def _equal(shelf: Shelf[Any], columns: tuple[str, ...], name: str, down: bool) -> Select[Any]:
    tests = [shelf.table.c[n] == bindparam(f"is_{n}") for n in columns]
    return _page(shelf, tests, name, down=down)


def _page(shelf: Shelf[Any], tests: Sequence[ColumnElement[bool]], name: str, *, down: bool) -> Select[Any]:
    table = shelf.table
    order = table.c[name]
    ranked = (order.desc(), table.c.id.desc()) if down else (order.asc(), table.c.id.asc())
    asks = select(table.c.thing, order, table.c.id).where(*tests).order_by(*ranked)
    return asks.limit(bindparam("most", type_=Integer))


def counted(
    connection: Connection, shelf: Shelf[Any], by: str, where: Mapping[str, Any] | None
) -> dict[str, int]:
    """How many things there are by the values of a column. Raises InputError for a column without index."""
    column = _column(shelf, by)
    asks = select(column, func.count()).where(*tests_of(shelf, where or {})).group_by(column).order_by(column)
    return {str(value): number for value, number in connection.execute(asks)}


def shown(
    connection: Connection, shelf: Shelf[Any], names: Sequence[str], where: Mapping[str, Any] | None
) -> Iterator[tuple[Any, ...]]:
    """The named columns of every thing, by id, as a stream; instants and days as text, nothing as ""."""
    asks = select(*(_column(shelf, n) for n in names)).where(*tests_of(shelf, where or {}))
    asks = asks.order_by(shelf.table.c.id).execution_options(yield_per=2000)
    for row in connection.execute(asks):
        yield tuple(row)


def tests_of(shelf: Shelf[Any], where: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """The conditions of a search: equal to a value or any of several; "due<=" and its like compare."""
    return [_test(shelf, asked_for, value) for asked_for, value in where.items()]


def _test(shelf: Shelf[Any], asked_for: str, value: object) -> ColumnElement[bool]:
    parts = _ASKED.fullmatch(asked_for)
    if parts is None:
        raise _unfit(shelf, asked_for, _known(shelf))
    name, sign = parts[1], parts[2] or "="
    several = list(value) if isinstance(value, (tuple, list, set, frozenset)) else [value]
    if name in shelf.lists and sign == "=":
        return _listed(shelf, name, [str(shelf.cell("", v)) for v in several])
    column, cells = _column(shelf, name), [shelf.cell(name, v) for v in several]
    if sign == "=":
        return column == cells[0] if len(cells) == 1 else column.in_(cells)
    if len(cells) != 1:
        raise _unfit(shelf, asked_for, "one value to compare with")
    pairs = {
        "<": column < cells[0],
        "<=": column <= cells[0],
        ">": column > cells[0],
        ">=": column >= cells[0],
    }
    bound: ColumnElement[bool] = pairs[sign]
    return and_(bound, column > "") if sign[0] == "<" and name not in shelf.wholes.split() else bound


def _listed(shelf: Shelf[Any], field: str, values: Sequence[str]) -> ColumnElement[bool]:
    among = select(terms.c.id).where(
        terms.c.shelf == shelf.name, terms.c.field == field, terms.c.value.in_(values)
    )
    return shelf.table.c.id.in_(among)


def _named(shelf: Shelf[Any], said: str) -> Iterator[ColumnElement[bool]]:
    """Every asked word begins a word of the thing's names; text without any word finds nothing."""
    if not said.strip():
        return
    if not shelf.names:
        raise _unfit(shelf, "text", "a kind of thing that has names")
    sought = asked(said)
    if not sought:
        yield ~true()
    for word in sought:
        begins = and_(
            terms.c.shelf == shelf.name, terms.c.field == "", terms.c.value >= word,
            terms.c.value < word + _LAST,
        )  # fmt: skip
        yield shelf.table.c.id.in_(select(terms.c.id).where(begins))


def _column(shelf: Shelf[Any], name: str) -> ColumnElement[Any]:
    if name not in shelf.paths and name not in ("id", "version"):
        raise _unfit(shelf, name, _known(shelf))
    column: ColumnElement[Any] = shelf.table.c[name]
    return column


def _order(shelf: Shelf[Any], search: Search) -> tuple[str, bool]:
    said = search.order or shelf.order
    name = said.removeprefix("-")
    if name != "id" and not any(i.split()[-1] == name for i in shelf.indexes):
        raise _unfit(shelf, f"order {name}", "a column by which there is an index")
    return name, said.startswith("-")


def _place(name: str, down: bool, row: Sequence[Any]) -> str:
    said = json.dumps([name, down, row[1], row[2]], ensure_ascii=False)
    return urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _beyond(shelf: Shelf[Any], name: str, down: bool, place: str) -> ColumnElement[bool]:
    """Everything after a place. Raises InputError unless the place is of this order."""
    try:
        said = json.loads(urlsafe_b64decode(place[:4000] + "=" * (-len(place) % 4)))
        order, turned, value, key = said
        fits = [order, turned, type(value), type(key)] == [
            name,
            down,
            int if _is_whole(shelf, name) else str,
            str,
        ]
    except (ValueError, TypeError, RecursionError):
        fits = False
    if not fits:
        raise _unfit(shelf, "after", "the `next` of a page of the same search")
    column, ident = shelf.table.c[name], shelf.table.c.id
    value, key = shelf.cell(name, value), shelf.cell("id", key)
    if down:
        return and_(column <= value, or_(column < value, ident < key))
    return and_(column >= value, or_(column > value, ident > key))


def _is_whole(shelf: Shelf[Any], name: str) -> bool:
    return name in shelf.wholes.split() or name == "version"


def _known(shelf: Shelf[Any]) -> str:
    return "one of: " + ", ".join(sorted(["id", *shelf.paths, *shelf.lists]))


def _unfit(shelf: Shelf[Any], found_: str, expected: str) -> InputError:
    return InputError(
        "this search cannot be answered",
        where=shelf.name,
        expected=expected,
        found=found_[:200],
        next_step="search by what is expected",
    )
