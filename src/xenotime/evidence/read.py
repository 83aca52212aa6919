"""Read the figures: the packaged tables, and tables of the user in the same columns.

One row is one claim or one declared gap. A row without its source, the day of its source or its unit is
refused; an empty value is a gap, never a zero.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from io import StringIO

from xenotime.core.cells import original
from xenotime.core.errors import BookError, InputError
from xenotime.evidence.figure import SURENESS, Figure
from xenotime.evidence.period import span
from xenotime.evidence.units import unit

#: The packaged tables, each a CSV file of `tables/` whose ids begin with its name.
TABLES = (
    "production",
    "shares",
    "intensity",
    "prices",
    "trade",
    "disruptions",
    "projects",
    "stocks",
    "substitution",
    "backtest",
    "markets",
    "composition",
    "destinations",
    "economy",
)
#: The columns of every table, in order.
COLUMNS = (
    "id",
    "subject",
    "stage",
    "element",
    "country",
    "year",
    "value",
    "unit",
    "low",
    "high",
    "source_title",
    "source_url",
    "source_date",
    "confidence",
    "note",
)
#: What a row may not leave empty.
NEEDED = ("id", "subject", "unit", "source_title", "source_date", "confidence")
#: The longest cell and the most rows of one file [characters, rows].
MOST_SIGNS, MOST_ROWS = 2_000, 5_000

#: Signs that end a line, steer a terminal or hide others.
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?", re.ASCII)
_WHAT = {
    "id": "this claim has no id",
    "subject": "this claim does not say what it is about",
    "unit": "this claim has no unit",
    "source_title": "this claim has no source",
    "source_date": "this claim does not say when its source was published",
    "confidence": "this claim does not say how sure it is",
}


def figures(extra: Sequence[Figure] = ()) -> tuple[Figure, ...]:
    """Every packaged figure in the order of its table, then those given.

    Raises InputError when one that is given bears the id of another.

    >>> len({figure.id for figure in figures()}) == len(figures())
    True
    """
    held = packaged()
    if not extra:
        return held
    seen = {figure.id for figure in held}
    for figure in extra:
        if figure.id in seen:
            raise InputError(
                "two claims bear one id",
                where=figure.id,
                expected="an id of its own",
                found=f"{figure.subject} ({figure.source})",
                next_step="give the claim another id",
            )
        seen.add(figure.id)
    return (*held, *extra)


@cache
def packaged() -> tuple[Figure, ...]:
    """The figures of the packaged tables. Raises BookError when a table cannot be trusted as written."""
    home = resources.files("xenotime.evidence") / "tables"
    found: list[Figure] = []
    for name in TABLES:
        where = f"evidence/tables/{name}.csv"
        try:
            found.extend(parse((home / f"{name}.csv").read_text("utf-8"), where))
        except InputError as error:
            raise BookError(**_parts(error)) from error
    return tuple(found)


def table(figure: Figure) -> str:
    """The table that a figure stands in, by its id: ``shares`` of ``shares-027``."""
    return figure.id.partition("-")[0]


def parse(text: str, where: str) -> tuple[Figure, ...]:
    """The figures of a table as text; `where` names the file in messages.

    Raises InputError for the first row that is no claim, naming file and row.
    """
    found: list[Figure] = []
    lines: dict[str, int] = {}
    for line, row in rows(text, where):
        figure = claim(row, f"{where}, row {line}")
        if figure.id in lines:
            raise InputError(
                "two claims bear one id",
                where=f"{where}, row {line}",
                expected="an id of its own",
                found=f"{figure.id}, also in row {lines[figure.id]}",
                next_step="give one of them another id",
            )
        lines[figure.id] = line
        found.append(figure)
    return tuple(found)


def rows(text: str, where: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a table with its line in the file; cells stripped.

    Raises InputError for a missing or unknown column, a row of another width, a cell or file too long.
    """
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        _head(reader.fieldnames, where)
        for count, row in enumerate(reader, start=1):
            at = f"{where}, row {reader.line_num}"
            if count > MOST_ROWS:
                raise _odd("this table is too long", at, f"at most {MOST_ROWS} rows", "more")
            yield reader.line_num, _cells(row, at)
    except csv.Error as error:
        raise _odd("this is not a CSV table", where, "comma-separated text", str(error)) from error


def claim(row: Mapping[str, str], where: str) -> Figure:
    """The figure that a row states. Raises InputError for what it leaves out or misspells."""
    for name in NEEDED:
        if not row.get(name, ""):
            raise _odd(_WHAT[name], where, f"a text in column `{name}`", "nothing")
    _spelled(row, where)
    unit(row["unit"], where)
    span(row.get("year", ""), where)
    value, low, high = (_number(row, name, where) for name in ("value", "low", "high"))
    _ordered(low, value, high, where)
    return Figure(
        id=row["id"],
        subject=row["subject"],
        stage=row.get("stage", ""),
        element=row.get("element", ""),
        country=row.get("country", ""),
        period=row.get("year", ""),
        value=value,
        unit=row["unit"],
        low=low,
        high=high,
        source=row["source_title"],
        url=row.get("source_url", ""),
        published=row["source_date"],
        sureness=row["confidence"],
        note=row.get("note", ""),
    )


def _head(names: Sequence[str] | None, where: str) -> None:
    given = list(names or ())
    missing = [name for name in NEEDED if name not in given and name != "id"]
    unknown = [name for name in given if name not in COLUMNS]
    if missing or unknown or len(set(given)) != len(given):
        raise _odd("this table has other columns", where, ", ".join(COLUMNS), ", ".join(given) or "nothing")


def _cells(row: Mapping[str | None, object], where: str) -> dict[str, str]:
    if None in row or None in row.values():
        raise _odd("this row is not as wide as its head", where, "one cell a column", "more or fewer")
    cells = {str(name): original(str(cell).strip()) for name, cell in row.items()}
    for name, cell in cells.items():
        if len(cell) > MOST_SIGNS:
            raise _odd(f"the cell `{name}` is too long", where, f"at most {MOST_SIGNS} signs", str(len(cell)))
        if not cell.isprintable() and any(unicodedata.category(sign) in _STEERING for sign in cell):
            raise _odd(
                f"the cell `{name}` holds signs that are not text",
                where,
                "letters, digits, signs",
                repr(cell),
            )
    return cells


def _spelled(row: Mapping[str, str], where: str) -> None:
    """Raises InputError for an id, a day of publication, a confidence or an address out of form."""
    if not _ID.fullmatch(row["id"]):
        raise _odd("this is not the id of a claim", where, "like shares-027", row["id"])
    if not _DATE.fullmatch(row["source_date"]):
        raise _odd(
            "this is not a day of publication", where, "YYYY, YYYY-MM or YYYY-MM-DD", row["source_date"]
        )
    span(row["source_date"], where)
    if row["confidence"] not in SURENESS:
        raise _odd(
            "this says nothing on how sure the claim is", where, ", ".join(SURENESS), row["confidence"]
        )
    if row.get("source_url", "") and not row["source_url"].startswith(("https://", "http://")):
        raise _odd("this is not the address of a source", where, "https://… or nothing", row["source_url"])


def _number(row: Mapping[str, str], name: str, where: str) -> Decimal | None:
    cell = row.get(name, "")
    if not cell:
        return None
    if not _NUMBER.fullmatch(cell):
        raise _odd(f"the {name} is not a number", where, "digits with a point, no unit, no comma", cell)
    return Decimal(cell)


def _ordered(low: Decimal | None, value: Decimal | None, high: Decimal | None, where: str) -> None:
    given = [part for part in (low, value, high) if part is not None]
    if given != sorted(given):
        raise _odd(
            "the interval does not hold its value",
            where,
            "low ≤ value ≤ high",
            " > ".join(str(part) for part in given),
        )
    if value is None and given:
        raise _odd(
            "an interval without its value",
            where,
            "a value between low and high; write `derived: middle of the range` in the note if it is yours",
            " to ".join(str(part) for part in given),
        )


def _odd(what: str, where: str, expected: str, found: str) -> InputError:
    return InputError(
        what, where=where, expected=expected, found=found, next_step="correct it, or leave the row out"
    )


def _parts(error: InputError) -> dict[str, str]:
    problem = error.problem
    return {
        "what": problem.what,
        "where": problem.where,
        "expected": problem.expected,
        "found": problem.found,
        "next_step": problem.next_step,
    }
