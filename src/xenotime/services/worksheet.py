"""The worksheet of a decide file: US parts, price and US inputs, as the facts of sections 734.4 and 734.9."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from xenotime.content.bounds import UNKNOWN, ZERO, Bounds
from xenotime.content.minimis import (
    FORMS,
    LEFT_OUT,
    Kind,
    Part,
    Reckoning,
    ex_factory,
    minimis_facts,
    parse_groups,
    parse_kinds,
    reckon,
)
from xenotime.core.truth import Truth
from xenotime.law.read import packaged
from xenotime.services.blocks import Block, amount, listed, only, refused
from xenotime.services.inputs import KEYS, input_facts

SHEET_KEYS = ("ex_factory", "list_price", "tax", "parts", *KEYS, "note")
PART_KEYS = (
    *("part", "kind", "value", "paid", "market", "affiliate", "needs_licence", "left_out"),
    *("form", "shipped_with", "configured", "within", "discrete", "complete", "note"),
)
_TRUTHS: dict[str, Truth] = {
    "yes": True,
    "true": True,
    "no": False,
    "false": False,
    "unknown": None,
    "": None,
}
_PER_UNIT = 10_000


@cache
def content_kinds() -> dict[str, Kind]:
    """The kinds of US-origin content, as the US book counts them."""
    groups = parse_groups(packaged("us/groups.toml"))
    return parse_kinds(packaged("us/minimis.toml"), groups, "us/minimis.toml")


def worksheet(block: Block, to: str | None, where: str) -> Reckoning:
    """The controlled US content that a worksheet states, for an item that goes to a territory.

    Raises InputError for a name, a kind or a number that is none.
    """
    only(block, SHEET_KEYS, where)
    parts = [_part(row, f"{where}, parts, row {n}") for n, row in enumerate(listed(block, "parts", where), 1)]
    return reckon(parts, _price(block, where), to, content_kinds())


def with_worksheet(facts: Mapping[str, Any], block: object, where: str) -> dict[str, Any]:
    """The facts of a decide file with those of its worksheet, as a person would state them.

    Raises InputError when a fact is stated beside the worksheet that gives it.
    """
    if not block:
        return dict(facts)
    if not isinstance(block, dict):
        raise refused("the worksheet is not a list of names and values", where, "ex_factory, parts", block)
    told: dict[str, Any] = dict(input_facts(block, where))
    sheet = worksheet(block, str(facts.get("to") or "") or None, where)
    if "parts" in block:
        told |= {name: _told(v) for name, v in minimis_facts(sheet).items() if v is not None}
    twice = sorted(set(told) & set(facts))
    if twice:
        raise refused(
            "a fact is stated beside the worksheet that gives it", where, "one of the two", ", ".join(twice)
        )
    return {**facts, **told}


def _told(value: Truth | tuple[int | None, int | None]) -> object:
    if isinstance(value, tuple):
        low, high = ("" if v is None else f"{v // _PER_UNIT}.{v % _PER_UNIT:04}" for v in value)
        return {"min": low, "max": high}
    return "yes" if value else "no"


def _price(block: Block, where: str) -> Bounds:
    """What the item sells for ex factory: stated so, or a list price less its VAT and excise."""
    if "ex_factory" in block:
        if "list_price" in block:
            raise refused("the price is stated twice", where, "ex_factory, or list_price and tax", block)
        return _interval(block, "ex_factory", where)
    if "list_price" not in block:
        return UNKNOWN
    return ex_factory(_interval(block, "list_price", where), _interval(block, "tax", where))


def _part(row: Block, where: str) -> Part:
    only(row, PART_KEYS, where)
    kind, form, left_out = (
        str(row.get(k) or d) for k, d in (("kind", ""), ("form", "goods"), ("left_out", ""))
    )
    _among(kind, tuple(content_kinds()), "kind", where)
    _among(form, FORMS, "form", where)
    _among(left_out, ("", *LEFT_OUT), "left_out", where)
    stated = "value" in row
    if stated and ("paid" in row or "market" in row):
        raise refused("the value is stated twice", where, "value, or paid, affiliate and market", dict(row))
    return Part(
        str(row.get("part") or kind),
        kind,
        _interval(row, "value" if stated else "paid", where),
        _interval(row, "market", where) if "market" in row else None,
        affiliate=False if stated else _truth(row, "affiliate", where),
        needs_licence=_truth(row, "needs_licence", where),
        left_out=left_out,
        form=form,
        shipped_with=_truth(row, "shipped_with", where),
        configured=_truth(row, "configured", where),
        within=str(row.get("within") or ""),
        discrete=_truth(row, "discrete", where),
        complete=_truth(row, "complete", where),
    )


def _among(word: str, allowed: tuple[str, ...], key: str, where: str) -> None:
    if word not in allowed:
        raise refused(
            f"this is no {key} of US-origin content", where, " | ".join(filter(None, allowed)), word
        )


def _truth(row: Block, key: str, where: str) -> Truth:
    word = str(row.get(key) or "").lower()
    if word not in _TRUTHS:
        raise refused(f"`{key}` is neither yes, no nor unknown", where, "yes, no or unknown", word)
    return _TRUTHS[word]


def _interval(row: Block, key: str, where: str) -> Bounds:
    """A number, a {min, max}, or unknown; a tax that nobody states is none."""
    given = row.get(key)
    if given is None and key == "tax":
        return ZERO
    ends = (given.get("min"), given.get("max")) if isinstance(given, dict) else (given, given)
    low, high = (amount(end, f"{where}, {key}") for end in ends)
    if low is not None and high is not None and low > high:
        raise refused("these bounds are the wrong way round", where, "min up to max", given)
    return Bounds(Fraction(low or 0), None if high is None else Fraction(high))
