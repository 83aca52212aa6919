"""Territories and currencies by code, and by the names and signs that exports use."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

from xenotime.core.codes import COUNTRIES, CURRENCIES


def find_country(text: str) -> str:
    """The code of the one territory that a text names; "" if none or several.

    >>> [find_country(text) for text in ("Deutschland", "Shenzhen, CN", "中国香港", "Atlantis")]
    ['DE', 'CN', 'HK', '']
    """
    whole = folded(text)
    if whole.upper() in COUNTRIES:
        return whole.upper()
    if whole in _names():
        return _names()[whole]
    parts = [folded(part) for part in _split(text)]
    found = {code for part in parts if (code := _names().get(part, ""))}
    found |= {part.strip() for part in _split(text) if part.strip() in COUNTRIES}
    return found.pop() if len(found) == 1 else ""


def split_currency(text: str, signs: Mapping[str, str]) -> tuple[str, str]:
    """The currency that stands before or after an amount, and the amount without it.

    ``signs`` says what a sign of several currencies means ("$", "¥").

    >>> split_currency("USD 1,200.50", {}), split_currency("3400元", {}), split_currency("¥5", {"¥": "CNY"})
    (('USD', '1,200.50'), ('CNY', '3400'), ('CNY', '5'))
    """
    body = unicodedata.normalize("NFKC", text).strip()
    head = body.lstrip("+-(").rstrip(")")
    before = head[: len(head) - len(head.lstrip(_not_digit(head)))].strip()
    after = head[len(head.rstrip(_not_digit(head))) :].strip()
    for word in (before, after):
        code = find_currency(word, signs)
        if word and code:
            amount = body.replace(word, "", 1).strip()
            return code, amount
    return "", body


def find_currency(word: str, signs: Mapping[str, str]) -> str:
    """The code of a currency written as code, sign or name; "" if it is not known or means several."""
    key = folded(word)
    if key.upper() in CURRENCIES:
        return key.upper()
    told = {folded(sign): code for sign, code in signs.items()}
    codes = _signs().get(key, frozenset())
    return told.get(key) or (next(iter(codes)) if len(codes) == 1 else "")


def several(word: str) -> frozenset[str]:
    """The currencies that a sign can mean, if it can mean more than one.

    >>> sorted(several("¥")), several("€")
    (['CNY', 'JPY'], frozenset())
    """
    codes = _signs().get(folded(word), frozenset())
    return codes if len(codes) > 1 else frozenset()


def folded(text: str) -> str:
    """A text as it is compared: one width, no case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _not_digit(text: str) -> str:
    return "".join(sorted({sign for sign in text if not sign.isdigit()} - set("-.,")))


def _split(text: str) -> list[str]:
    for sign in "()/;|-_，、（）":
        text = text.replace(sign, ",")
    pieces = [piece.strip() for piece in text.split(",")]
    return pieces + [word for piece in pieces for word in (piece.split()[:1] + piece.split()[-1:])]


@cache
def _names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in _rows("countries.csv"):
        names = [row["name"], row["name_zh"], row["name_de"], *row["other_names"].split(";")]
        found.update({folded(name): row["code"] for name in names if name})
    return found


@cache
def _signs() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {"$": frozenset({"USD", "HKD", "AUD", "CAD", "SGD", "TWD"})}
    for row in _rows("currencies.csv"):
        for sign in filter(None, row["signs"].split(";")):
            key = folded(sign)
            found[key] = found.get(key, frozenset()) | {row["code"]}
    return found


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = (resources.files("xenotime") / "portfolio" / name).read_text("utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))
