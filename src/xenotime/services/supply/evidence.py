"""The verbs of evidence: show what is claimed, show where claims conflict, add claims of one's own."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import count

from xenotime.core.cells import harmless
from xenotime.core.errors import InputError
from xenotime.evidence import ask
from xenotime.evidence.ask import Wanted
from xenotime.evidence.contest import Contest
from xenotime.evidence.figure import Figure
from xenotime.evidence.read import COLUMNS, MOST_ROWS, TABLES, claim, parse, rows
from xenotime.evidence.read import figures as every
from xenotime.services.supply.ports import Claims

#: The table that keeps what is added.
OWN = "own.csv"
#: What makes two claims the same claim.
_SAME = (
    "subject",
    "stage",
    "element",
    "country",
    "period",
    "value",
    "unit",
    "low",
    "high",
    "source",
    "published",
)


def own(store: Claims) -> tuple[Figure, ...]:
    """The user's own figures. Raises InputError for a table that is none, or an id borne twice."""
    return tuple(figure for name, text in store.read().items() for figure in parse(text, name))


def all_figures(store: Claims) -> tuple[Figure, ...]:
    """Every figure a model may rest on: the packaged ones, then the user's own."""
    return every(own(store))


def show(store: Claims, wanted: Wanted) -> tuple[Figure, ...]:
    """The figures that fit what is wanted, gaps among them.

    Raises InputError for a table nobody has, and for a time that ends before it begins.
    """
    if wanted.first and wanted.last and wanted.last < wanted.first:
        raise InputError(
            "this time ends before it begins",
            where="--from, --to",
            expected=f"a last day from {wanted.first} on",
            found=str(wanted.last),
            next_step="exchange the two days, or leave one out",
        )
    held = all_figures(store)
    tables = sorted({*TABLES, *(figure.id.partition("-")[0] for figure in held)})
    if wanted.table and wanted.table not in tables:
        raise InputError(
            "there is no such table of claims",
            where="--table",
            expected=", ".join(tables),
            found=wanted.table,
            next_step="name one of these, or leave --table out",
        )
    return ask.select(held, wanted)


def conflicts(store: Claims, words: Sequence[str] = ()) -> tuple[Contest, ...]:
    """What is claimed to the questions that some words ask, side by side; without words, every conflict."""
    return ask.conflicts(all_figures(store), words)


def add(store: Claims, text: str, where: str) -> tuple[Figure, ...]:
    """Keep every claim of a table, or none; a claim without an id gets one. Returns the figures kept.

    Raises InputError for a claim without source or unit, one that is there already, or an id borne twice.
    """
    with store.lock():
        texts = store.read()
        held = every(tuple(figure for name, kept in texts.items() for figure in parse(kept, name)))
        added = _added(text, where, held)
        every((*held[len(every()) :], *added))
        kept = texts.get(OWN, "")
        whole = (kept if kept.endswith("\n") or not kept else f"{kept}\n") + written(added, head=not kept)
        _room(whole, where)
        store.keep(OWN, whole)
    return added


def _room(text: str, where: str) -> None:
    """Raises InputError for a table of own claims that could not be read again."""
    lines = sum(1 for _ in csv.reader(StringIO(text))) - 1
    if lines > MOST_ROWS:
        raise InputError(
            "there is no room for so many claims of your own",
            where=where,
            expected=f"at most {MOST_ROWS} in all",
            found=f"{lines} with these",
            next_step="leave rows out, or move old ones from own.csv to another table beside it",
        )


def written(found: Sequence[Figure], *, head: bool = True) -> str:
    """The figures as a table of claims, as `add` reads it; no cell runs as a formula in a spreadsheet."""
    stream = StringIO()
    table = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    if head:
        table.writeheader()
    table.writerows({name: harmless(cell) for name, cell in cells(figure).items()} for figure in found)
    return stream.getvalue()


def lone(said: Mapping[str, str]) -> str:
    """One claim, by column, as a table that `add` reads."""
    stream = StringIO()
    table = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerow(dict(said))
    return stream.getvalue()


def cells(figure: Figure) -> dict[str, str]:
    """A figure as the cells of a table, by column; a gap's value is empty."""

    def spell(number: object) -> str:
        return "" if number is None else f"{number:f}"

    return {
        "id": figure.id,
        "subject": figure.subject,
        "stage": figure.stage,
        "element": figure.element,
        "country": figure.country,
        "year": figure.period,
        "value": spell(figure.value),
        "unit": figure.unit,
        "low": spell(figure.low),
        "high": spell(figure.high),
        "source_title": figure.source,
        "source_url": figure.url,
        "source_date": figure.published,
        "confidence": figure.sureness,
        "note": figure.note,
    }


def _added(text: str, where: str, held: Sequence[Figure]) -> tuple[Figure, ...]:
    """The claims of a table, each new; ids are given from the first free number on."""
    known = {_key(figure): figure.id for figure in held}
    ids = {figure.id for figure in held}
    free = _free(ids)
    found: list[Figure] = []
    for line, row in rows(text, where):
        at = f"{where}, row {line}"
        figure = claim(row if row.get("id") else {**row, "id": next(free)}, at)
        same = known.get(_key(figure))
        if same:
            raise _twice("this claim is there already", at, "a claim that nobody has entered", same)
        if figure.id in ids:
            raise _twice("two claims bear one id", at, "an id of its own, or none", figure.id)
        known[_key(figure)] = figure.id
        ids.add(figure.id)
        found.append(figure)
    if not found:
        raise _twice("this table holds no claim", where, "at least one row under the head", "none")
    return tuple(found)


def _free(ids: set[str]) -> Iterator[str]:
    """Ids of our own that nothing bears, from the last number taken on."""
    numbers = (name.removeprefix("own-") for name in ids if name.startswith("own-"))
    last = max((int(number) for number in numbers if number.isdecimal()), default=0)
    return (name for number in count(last + 1) if (name := f"own-{number:03d}") not in ids)


def _key(figure: Figure) -> tuple[object, ...]:
    return tuple(getattr(figure, name) for name in _SAME)


def _twice(what: str, where: str, expected: str, found: str) -> InputError:
    return InputError(
        what, where=where, expected=expected, found=found, next_step="correct the row; nothing was kept"
    )
