"""Parties to be screened, as a person writes them: names, or a file with a row for each."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from xenotime.core import codes
from xenotime.core.errors import InputError, Problem
from xenotime.parties.listing.entry import Identifier
from xenotime.parties.matching.match import PartyQuery
from xenotime.portfolio.limits import LIMITS, read_bytes, too_much
from xenotime.portfolio.places import find_country
from xenotime.portfolio.sheets import Grid, read_grids
from xenotime.portfolio.table import place
from xenotime.portfolio.values import as_text

#: The most rows of a file, characters of a name and names of a party.
MOST_ROWS, MOST_SIGNS, MOST_NAMES = 100_000, 1_000, 50
TABLES = (".csv", ".tsv", ".xlsx", ".xlsm")
#: What a header may say for each column, in lower case and with single spaces.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "party": (
        "party", "party id", "id", "customer id", "customer no", "vendor id", "account",
        "客户编号", "编号",
    ),
    "name": (
        "name", "party name", "company", "company name", "customer", "customer name", "supplier",
        "supplier name", "vendor", "vendor name", "entity", "entity name", "名称", "公司名称", "企业名称",
        "客户名称", "供应商名称", "单位名称",
    ),
    "other_names": (
        "other names", "other name", "alias", "aliases", "aka", "also known as", "former name",
        "former names", "name zh", "name en", "english name", "chinese name", "别名", "曾用名",
        "英文名称", "中文名称", "其他名称",
    ),
    "country": ("country", "country code", "territory", "国家", "国家/地区", "国别"),
    "lei": ("lei", "legal entity identifier", "lei code"),
    "uscc": ("uscc", "unified social credit code", "social credit code", "统一社会信用代码", "信用代码"),
    "registration": (
        "registration", "registration number", "registration no", "company number", "reg no", "注册号",
    ),
    "kind": ("kind", "party kind", "类型"),
}  # fmt: skip
_KINDS = ("organisation", "person", "vessel", "aircraft")
#: A file of parties is smaller than a portfolio may be.
_BOUNDS = replace(LIMITS, file_bytes=64 << 20, cells=5_000_000)
_JOINERS = "\u200c\u200d"
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Question:
    """A party to be asked about, and what was found odd in how it was written."""

    query: PartyQuery
    findings: tuple[Problem, ...] = ()


def from_names(names: Sequence[str], *, country: str = "", lei: str = "", uscc: str = "") -> list[Question]:
    """The questions about names typed on the command line; country and numbers go with each of them.

    Raises InputError for a name that cannot be used.
    """
    cells = {"country": country, "lei": lei, "uscc": uscc}
    return [question({"name": name, **cells}, "NAME") for name in names]


def from_file(path: Path, encoding: str = "") -> tuple[list[Question], str]:
    """The questions of a table, or of a text file with one name a line, and the hash of the file.

    `encoding` is for a file of text that is known not to be UTF-8. Raises InputError that names every
    unusable row, or says why the file cannot be read.
    """
    rows = _table(path, encoding) if path.suffix.lower() in TABLES else _lines(path, encoding)
    found: list[Question] = []
    wrong: list[Problem] = []
    for where, cells in rows:
        if len(found) + len(wrong) >= MOST_ROWS:
            raise too_much(path.name, f"at most {MOST_ROWS:,} parties", "more")
        try:
            found.append(question(cells, where))
        except InputError as error:
            wrong.append(error.problem)
    if wrong:
        raise _all_of(wrong, path.name)
    if not found:
        raise _no_party(path.name)
    return found, sha256(read_bytes(path, _BOUNDS)).hexdigest()


def question(cells: Mapping[str, str], where: str) -> Question:
    """The question of one row. Raises InputError for a name that is empty, too long or not text.

    A number whose check digits fail and an unknown country become findings: the party is asked about by its
    names all the same.
    """
    told: list[Problem] = []
    written = [n for n in (cells.get("name", ""), *_several(cells.get("other_names", ""))) if n.strip()]
    name = _name(written[0] if written else "", f"{where}, name", told)
    others = [_name(n, f"{where}, other_names", told) for n in written[1:]]
    if len(others) > MOST_NAMES:
        raise too_much(f"{where}, other_names", f"at most {MOST_NAMES} names", str(len(others)))
    country = _country(cells.get("country", ""), f"{where}, country", told)
    party = _name(cells.get("party", "") or name, f"{where}, party", [])
    kind = cells.get("kind", "").strip().casefold()
    query = PartyQuery(
        party,
        name,
        tuple(dict.fromkeys(o for o in others if o != name)),
        country,
        _numbers(cells, country, where, told),
        kind if kind in _KINDS else "unknown",
    )
    return Question(query, tuple(told))


def _numbers(
    cells: Mapping[str, str], country: str, where: str, told: list[Problem]
) -> tuple[Identifier, ...]:
    found = []
    checks: tuple[tuple[str, Callable[[str, str], str]], ...] = (("lei", codes.lei), ("uscc", codes.uscc))
    for column, check in checks:
        if text := cells.get(column, "").strip():
            try:
                found.append(Identifier(column.upper(), check(text[:MOST_SIGNS], f"{where}, {column}")))
            except InputError as error:
                step = "correct the number; the party was screened by its names without it"
                told.append(replace(error.problem, next_step=step, severity="warning"))
    if text := re.sub(r"\s", "", cells.get("registration", "")).upper():
        if len(text) > MOST_SIGNS:
            raise too_much(f"{where}, registration", f"at most {MOST_SIGNS:,} characters", f"{len(text):,}")
        found.append(Identifier("registration", text, country))
    return tuple(found)


def _country(text: str, where: str, told: list[Problem]) -> str:
    code = find_country(text[:MOST_SIGNS]) if text.strip() else ""
    if text.strip() and not code:
        told.append(
            Problem(
                "this is no country that is known",
                where,
                "two letters of ISO 3166, or a country's name",
                repr(text[:60]),
                "correct the country; the party was screened without it",
                "warning",
            )
        )
    return code


def _name(text: str, where: str, told: list[Problem]) -> str:
    """The name as it is compared. Raises InputError when it is empty, too long or no text."""
    if len(text) > MOST_SIGNS:
        expected, found = f"a name of at most {MOST_SIGNS:,} characters", f"{len(text):,} characters"
        raise _unusable("this name is too long", where, expected, found)
    if any(unicodedata.category(c) == "Cs" for c in text):
        raise _unusable("this name is not valid UTF-8", where, "text in UTF-8", ascii(text))
    clean = "".join(map(_sign, text))
    name = " ".join(unicodedata.normalize("NFC", clean).split())
    if not any(c.isalnum() for c in name):
        found = repr(text) if text.strip() else "an empty name"
        raise _unusable(
            "there is no name to screen", where, "a name with at least one letter or digit", found
        )
    if clean != text.replace("\t", " ").replace("\n", " ").replace("\r", " "):
        step = "look where the name was copied from; it was screened without them"
        expected, found = "signs that can be seen", ascii(text)[:120]
        told.append(
            Problem("this name held signs that cannot be seen", where, expected, found, step, "warning")
        )
    return name


def _sign(sign: str) -> str:
    """The sign itself, a space for a control sign, nothing for one without width."""
    kind = unicodedata.category(sign)
    if kind == "Cc":
        return " "
    return "" if kind == "Cf" and sign not in _JOINERS else sign


def _several(text: str) -> list[str]:
    return [part for part in re.split(r"[|;\n]", text) if part.strip()]


def _lines(path: Path, encoding: str) -> Iterator[tuple[str, dict[str, str]]]:
    data = read_bytes(path, _BOUNDS)
    try:
        text = data.decode(encoding or "utf-8-sig")
    except (UnicodeError, LookupError) as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise InputError(
            "this text file is not written in its encoding",
            where=place(path.name, line),
            expected=f"{encoding or 'UTF-8'}, one name a line",
            found=str(error)[:120],
            next_step="save the file as UTF-8, or name its encoding with --encoding",
        ) from error
    for number, name in enumerate(io.StringIO(text, newline=None), 1):
        if number > _BOUNDS.cells:
            raise too_much(path.name, f"at most {_BOUNDS.cells:,} lines", "more")
        if name.strip():
            yield place(path.name, number), {"name": name.rstrip("\n")}


def _table(path: Path, encoding: str) -> Iterator[tuple[str, dict[str, str]]]:
    grids = [g for g in read_grids(path, encoding=encoding, limits=_BOUNDS) if any(True for _ in g.lines())]
    fitting = [(g, columns) for g in grids if "name" in (columns := _columns(g)).values()]
    if not fitting:
        raise InputError(
            "this table has no column of names",
            where=path.name,
            expected="a header line with `name`, and perhaps " + ", ".join(c for c in HEADERS if c != "name"),
            found=", ".join(as_text(c) for _, row in grids[0].lines() for c in row if c)[:200]
            if grids
            else "no row at all",
            next_step="name the column of the parties' names `name`",
        )
    for grid, columns in fitting:
        rows = grid.lines()
        next(rows)
        for number, row in rows:
            yield place(grid.name, number), _cells(row, columns)


def _cells(row: tuple[object, ...], columns: Mapping[int, str]) -> dict[str, str]:
    """The texts of a row by column; several columns of other names are put together."""
    found: dict[str, str] = {}
    for at, column in columns.items():
        text = as_text(row[at]) if at < len(row) and row[at] is not None else ""
        found[column] = f"{found[column]}|{text}" if column in found and text else found.get(column, text)
    return found


def _columns(grid: Grid) -> dict[int, str]:
    """What each column of the first line holds; only `other_names` may stand more than once."""
    found: dict[int, str] = {}
    for at, cell in enumerate(next(grid.lines())[1]):
        said = (
            " ".join(re.sub(r"[_\-.:*#]+", " ", as_text(cell).casefold()).split()) if cell is not None else ""
        )
        column = next((c for c, words in HEADERS.items() if said in words), "")
        if column and (column == "other_names" or column not in found.values()):
            found[at] = column
    return found


def _unusable(what: str, where: str, expected: str, found: str) -> InputError:
    return InputError(
        what, where=where, expected=expected, found=found[:120], next_step="correct or remove the name"
    )


def _all_of(wrong: Sequence[Problem], file: str) -> InputError:
    first = "; ".join(f"{p.where}: {p.what} ({p.found})" for p in wrong[:_SHOWN])
    return InputError(
        f"{len(wrong):,} row(s) of this file cannot be screened, so none was",
        where=file,
        expected="a usable name in every row",
        found=first + ("; …" if len(wrong) > _SHOWN else ""),
        next_step="correct or remove these rows, then screen the file again",
    )


def _no_party(file: str) -> InputError:
    return InputError(
        "this file names no party",
        where=file,
        expected="a row for each party below the header line",
        found="no row",
        next_step="add the parties to be screened",
    )
