"""Numbers as people write them, read exactly, and refused when they can mean two values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from xenotime.core.errors import InputError

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)$")
_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'’"), None)
_SPACED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d*)?$")
_LONGEST = 60


def parse_number(value: object, *, where: str = "", mark: str = "") -> Decimal:
    """The exact value of a number as written; `mark` ("." or ",") settles the decimal sign.

    A binary float from a workbook is taken at the 15 digits that the sheet shows.
    Raises InputError when the text is no number, or can mean two values.

    >>> parse_number("1,200.50"), parse_number("1.200,50"), parse_number("1,200", mark=".")
    (Decimal('1200.50'), Decimal('1200.50'), Decimal('1200'))
    """
    if isinstance(value, bool):
        raise _refuse(str(value), where)
    if isinstance(value, (int, Decimal)) and Decimal(value).is_finite():
        return Decimal(value)
    text = shown(value) if isinstance(value, float) else unicodedata.normalize("NFKC", str(value)).strip()
    if len(text) > _LONGEST:
        raise _refuse(text[:_LONGEST] + "…", where)
    sign, body = ("-", text[1:-1]) if text.startswith("(") and text.endswith(")") else ("", text)
    body = body.replace("\u2212", "-").strip()
    if any(mark in body for mark in " '’") and not _SPACED.match(body.lstrip("+- ")):
        raise _refuse(text, where)
    body = body.translate(_SPACES)
    plain = _plain(body, mark, text, where)
    if not _PLAIN.match(plain) or not plain.isascii():
        raise _refuse(text, where)
    return Decimal(sign + plain)


def shown(value: float) -> str:
    """A float with the 15 significant digits that a spreadsheet shows.

    >>> shown(0.1 + 0.2), shown(1200.0)
    ('0.3', '1200')
    """
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - only NaN differs from itself
        return str(value)
    return format(Decimal(f"{value:.15g}").normalize(), "f")


def decimal_mark(texts: Iterable[str]) -> str:
    """The decimal sign that a column of numbers uses: ".", ",", or "" if nothing tells.

    Raises InputError when the column uses both.

    >>> decimal_mark(["1,200", "3,400.50"]), decimal_mark(["1,200"]), decimal_mark(["12,5"])
    ('.', '', ',')
    """
    seen = {mark for text in texts if (mark := _mark_of(text.translate(_SPACES)))}
    if len(seen) > 1:
        raise InputError(
            "this column writes decimals with a point and with a comma",
            expected="one decimal sign in one column",
            found="both . and ,",
            next_step='set decimal = "." or "," in mapping.toml and correct the other cells',
        )
    return next(iter(seen), "")


def _mark_of(body: str) -> str:
    """The decimal sign that this one text proves."""
    body = body.strip().lstrip("+-")
    if not re.fullmatch(r"[\d.,]+", body) or not body:
        return ""
    if "." in body and "," in body:
        return "." if body.rfind(".") > body.rfind(",") else ","
    sign = "." if "." in body else "," if "," in body else ""
    if not sign:
        return ""
    if body.count(sign) > 1:
        return "," if sign == "." else "."
    head, tail = body.split(sign)
    return "" if len(tail) == 3 and 1 <= len(head) <= 3 and head != "0" else sign


def _plain(body: str, mark: str, text: str, where: str) -> str:
    """The number with grouping removed and a point as decimal sign."""
    proven = _mark_of(body)
    if mark and proven and proven != mark:
        raise _refuse(text, where, f"a number with {mark!r} as decimal sign")
    mark = mark or proven
    if not mark:
        if "," in body:
            raise _twofold(text, body, where)
        return body
    group = "," if mark == "." else "."
    head, _, tail = body.partition(mark)
    if group in head and not re.fullmatch(
        rf"[+-]?\d{{1,3}}(?:{re.escape(group)}\d{{2,3}})*{re.escape(group)}\d{{3}}", head
    ):
        raise _refuse(text, where)
    if group in tail:
        raise _refuse(text, where)
    return head.replace(group, "") + (f".{tail}" if tail else "")


def _twofold(text: str, body: str, where: str) -> InputError:
    return InputError(
        "this number can mean two values",
        where=where,
        expected="a number with a decimal point and no grouping, such as 1200.5",
        found=f"{text!r}: {body.replace(',', '')} or {body.replace(',', '.')}",
        next_step='write it with a decimal point only, or set decimal = "." or "," in mapping.toml',
    )


def _refuse(text: str, where: str, expected: str = "a number such as 1200.5") -> InputError:
    return InputError(
        "this is not a number",
        where=where,
        expected=expected,
        found=repr(text),
        next_step="write digits with a decimal point, without unit or currency",
    )
