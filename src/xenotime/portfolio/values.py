"""One cell: from what a person wrote to an exact typed value, or a clear refusal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from xenotime.core import codes
from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError
from xenotime.portfolio.numbers import parse_number, shown
from xenotime.portfolio.schema import Column, written_as

#: What a cell says when the question was asked and nobody knows.
UNKNOWN = ("unknown", "unbekannt", "未知", "不详")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MOST, _DECIMALS = 10**18, 18
_TRUTHS = {"yes": True, "y": True, "true": True, "ja": True, "是": True, "1": True}
_TRUTHS |= {"no": False, "n": False, "false": False, "nein": False, "否": False, "0": False}
_ID_DIGITS = 15
RARE_EARTHS = ("La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Sc", "Y")
LISTABLE = (*RARE_EARTHS, "Ga", "Ge", "Sb")
SYMBOLS = frozenset(
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb "
    "Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf "
    "Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm other".split()
)


def parse_cell(column: Column, raw: object, where: str) -> object:
    """The typed value of a cell that is not empty: date, Decimal, int, bool or str.

    Raises InputError in four parts when the cell does not say what the column asks.
    """
    kind = "ref" if column.refers else "refs" if column.type.startswith("refs:") else column.type
    return _READERS[kind](column, raw, where)


def as_text(raw: object) -> str:
    """A raw cell as the text a person sees."""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float):
        return shown(raw)
    if isinstance(raw, datetime) and (raw.hour, raw.minute, raw.second) == (0, 0, 0):
        return raw.date().isoformat()
    return raw.isoformat() if isinstance(raw, date) else str(raw).strip()


def as_id(text: str) -> str:
    """A text of an export as an id: the signs that separate lists become underscores.

    >>> as_id("M-1;A|B")
    'M-1_A_B'
    """
    clean = re.sub(r"[;|\r\n]", "_", text)
    return f"{clean}_" if clean.casefold() in UNKNOWN else clean


def element_truths(text: str) -> dict[str, bool | None]:
    """What an `elements` cell says of each element that a rule can name; {} if the cell is empty.

    True: contained; None: possible; False: all others.

    >>> [(e, t) for e, t in element_truths("Dy;?Tb").items() if t is not False]
    [('Tb', None), ('Dy', True)]
    """
    if not text:
        return {}
    truths: dict[str, bool | None] = dict.fromkeys(LISTABLE, False)
    for part in text.split(";"):
        if part != "none":
            truths[part.lstrip("?")] = None if part.startswith("?") else True
    return truths


def _text(_column: Column, raw: object, _where: str) -> str:
    return as_text(raw)


def _id(_column: Column, raw: object, where: str) -> str:
    text = as_text(raw)
    if isinstance(raw, float) and len(text.lstrip("-")) > _ID_DIGITS:
        raise InputError(
            "this id was stored as a number and has lost digits",
            where=where,
            expected="an id kept as text",
            found=text,
            next_step="format the column as text and enter the id again",
        )
    if "\n" in text or ";" in text or "|" in text:
        raise _refuse(
            "this id has a sign that separates lists", where, "an id without ; | or line break", text
        )
    return text


def _day(column: Column, raw: object, where: str) -> date:
    """A day; one that terms are counted from must leave room for them, a bound may lie at the end of time."""
    day = parse_day(raw, where=where)
    if not column.name.endswith(("from_day", "to_day")) and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        expected = f"a year from {_FIRST_YEAR} to {_LAST_YEAR}"
        raise _refuse("this day is out of reach", where, expected, as_text(raw))
    return day


def _bool(column: Column, raw: object, where: str) -> bool:
    text = as_text(raw).casefold()
    if text not in _TRUTHS:
        raise _refuse("this is neither yes nor no", where, written_as(column), as_text(raw))
    return _TRUTHS[text]


def _decimal(column: Column, raw: object, where: str) -> Decimal:
    number = parse_number(_without_unit(column, raw, where), where=where)
    _bounds(column, number, where)
    return number


def _int(column: Column, raw: object, where: str) -> int:
    number = _decimal(column, raw, where)
    if number != int(number):
        raise _refuse("this is not a whole number", where, written_as(column), as_text(raw))
    return int(number)


def _without_unit(column: Column, raw: object, where: str) -> object:
    """The number of a cell that also carries a unit; any unit but the column's own is refused."""
    if not isinstance(raw, str):
        return raw
    match = re.fullmatch(r"\s*([+-]?[\d.,' ]*\d)\s*([^\d\s.,'+-][^\d]*)", raw)
    if not match or match[2].strip() in {column.unit, *(["%"] if column.unit.startswith("percent") else [])}:
        return match[1] if match else raw
    raise InputError(
        "wrong unit",
        where=where,
        expected=f"a number in {column.unit}"
        if column.unit
        else "a number alone; the unit has its own column",
        found=repr(raw.strip()),
        next_step="convert the number and write it without a unit",
    )


def _bounds(column: Column, number: Decimal, where: str) -> None:
    if column.least is not None and number < column.least:
        low = "negative " if number < 0 else "too small: "
        raise _refuse(f"{low}{column.name}", where, written_as(column), str(number))
    if abs(number) >= _MOST or -int(number.as_tuple().exponent) > _DECIMALS:
        expected = f"below {_MOST:,}, at most {_DECIMALS} decimals"
        raise _refuse(f"{column.name} is out of reach", where, expected, str(number))
    if column.above is not None and number <= column.above:
        raise _refuse(f"{column.name} must be above {column.above}", where, written_as(column), str(number))
    if column.most is not None and number > column.most:
        raise _refuse(f"{column.name} over {column.most}", where, written_as(column), str(number))


def _enum(column: Column, raw: object, where: str) -> str:
    text = as_text(raw)
    if text in column.values:
        return text
    near = next((v for v in column.values if v.casefold() == text.casefold()), None)
    if near is not None:
        return near
    close = get_close_matches(text.casefold(), column.values, n=1)
    raise InputError(
        "wrong unit" if column.name == "unit" else f"unknown word in column {column.name}",
        where=where,
        expected=written_as(column),
        found=repr(text),
        next_step=f"did you mean {close[0]!r}?"
        if close
        else "use one of these words, or leave the cell empty",
    )


def _coded(read: Callable[[str, str], str]) -> Callable[[Column, object, str], str]:
    """A reader of one of the codes that others define."""
    return lambda _column, raw, where: read(unicodedata.normalize("NFKC", as_text(raw)), where)


def _hs(column: Column, raw: object, where: str) -> str:
    digits = _coded(codes.hs)(column, raw, where)
    if not "01" <= digits[:2] <= "97":
        raise _refuse("this customs number has no chapter", where, "a chapter from 01 to 97", digits)
    return digits


def _element(_column: Column, raw: object, where: str) -> str:
    symbol = as_text(raw)
    if symbol not in SYMBOLS:
        raise _refuse("unknown element", where, "the symbol of one element, such as Dy", symbol)
    return symbol


def _elements(_column: Column, raw: object, where: str) -> str:
    parts = [part.strip() for part in re.split(r"[;,/\s]+", as_text(raw)) if part.strip()]
    if [part.casefold() for part in parts] in (["none"], ["无"]):
        return "none"
    for part in parts:
        if part.lstrip("?") not in LISTABLE:
            raise _refuse(
                "unknown element",
                where,
                "rare-earth symbols separated by ;, such as Nd;Pr;?Dy, or none",
                part,
            )
    return ";".join(dict.fromkeys(parts))


def _many(reader: Callable[[Column, object, str], str]) -> Callable[[Column, object, str], str]:
    def read(column: Column, raw: object, where: str) -> str:
        parts = [part.strip() for part in re.split(r"[;\n]+", as_text(raw)) if part.strip()]
        return ";".join(reader(column, part, where) for part in parts)

    return read


def _refuse(what: str, where: str, expected: str, found: str) -> InputError:
    return InputError(
        what,
        where=where,
        expected=expected,
        found=repr(found),
        next_step="correct the cell, or leave it empty",
    )


_READERS: dict[str, Callable[[Column, object, str], object]] = {
    "text": _text,
    "id": _id,
    "ref": _id,
    "refs": _many(_id),
    "day": _day,
    "bool": _bool,
    "int": _int,
    "decimal": _decimal,
    "enum": _enum,
    "country": _coded(codes.country),
    "countries": _many(_coded(codes.country)),
    "currency": _coded(codes.currency),
    "hs": _hs,
    "code": _coded(codes.control),
    "codes": _many(_coded(codes.control)),
    "element": _element,
    "elements": _elements,
    "lei": _coded(codes.lei),
    "uscc": _coded(codes.uscc),
}
