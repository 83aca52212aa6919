"""The dated parts of a scenario file: turns of the licence office, cuts, shifts, policies, markers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from xenotime.supply.scenario.fields import day, items, keys, number, refused, several, text, word
from xenotime.supply.scenario.plain import Entry
from xenotime.supply.scenario.scenario import Cut, Marker, Policy, Shift, Turn
from xenotime.supply.scenario.vocabulary import BUYERS, Vocabulary

#: What a policy may be, and the kind (see `fields.UNITS`) of each of its numbers.
POLICIES: Mapping[str, Mapping[str, str]] = {
    "floor": {"price": "price", "lasts": "days"},
    "stockpile": {"cover": "days", "over": "days"},
    "tariff": {"rate": "share"},
    "offtake": {"share": "share", "price": "price", "lasts": "days"},
}
_TURN = {
    "hold": "share",
    "fast": "share",
    "lead": "days",
    "sigma": "factor",
    "refuse": "share",
    "block": "share",
}
_ARTICLE = re.compile(r"[a-z][a-z0-9]*(/[A-Za-z0-9][A-Za-z0-9.-]*)+$")
T = TypeVar("T")
_LONGEST_WAIT, _WIDEST = 3650.0, 3.0


def turn(entry: Entry, words: Vocabulary) -> Turn:
    """A change of how files are handled. Raises InputError when it changes nothing or gives no ground."""
    filters = ("origins", "destinations", "goods", "buyers")
    found = keys(entry, ("day", *filters, *_TURN, "why", "claims"), "a turn")
    numbers = {name: _handled(found[name], kind, name) for name, kind in _TURN.items() if name in found}
    if not numbers:
        raise refused("this turn changes nothing", entry, " or ".join(_TURN))
    return Turn(
        day(_need(found, "day", entry), "the day of a turn"),
        several(found.get("destinations"), words.countries, "country"),
        several(found.get("goods"), words.goods, "good"),
        several(found.get("buyers"), BUYERS, "buyer"),
        **numbers,
        why=_why(found, entry),
        claims=_claims(found, words),
        origins=several(found.get("origins"), words.countries, "country"),
    )


def _handled(entry: Entry, kind: str, name: str) -> float:
    high = {"share": 1.0, "days": _LONGEST_WAIT, "factor": _WIDEST}[kind]
    return number(entry, kind, name, 0.0, high)


def cut(entry: Entry, words: Vocabulary) -> Cut:
    """A loss (or, negative, a gain) of capacity. Raises InputError for an end before its beginning."""
    found = keys(entry, ("day", "until", "share", "countries", "stages", "goods", "why", "claims"), "a cut")
    first = day(_need(found, "day", entry), "the first day of a cut")
    last = day(found["until"], "the last day of a cut") if "until" in found else None
    if last is not None and last < first:
        raise refused("this cut ends before it begins", found["until"], f"a day from {first} on")
    return Cut(
        first,
        last,
        number(_need(found, "share", entry), "share", "the share of a cut", -10.0, 1.0),
        several(found.get("countries"), words.countries, "country"),
        several(found.get("stages"), words.stages, "stage"),
        several(found.get("goods"), words.goods, "good"),
        _why(found, entry),
        _claims(found, words),
    )


def shift(entry: Entry, words: Vocabulary) -> Shift:
    """A change of end demand."""
    found = keys(entry, ("day", "factor", "uses", "countries", "over", "why"), "a shift of demand")
    return Shift(
        day(_need(found, "day", entry), "the day of a shift"),
        number(_need(found, "factor", entry), "factor", "the factor of a shift", 0.0, 100.0),
        several(found.get("uses"), words.uses, "use"),
        several(found.get("countries"), words.countries, "country"),
        round(number(found["over"], "days", "the days of a shift")) if "over" in found else 0,
        _why(found, entry),
    )


def policy(entry: Entry, words: Vocabulary) -> Policy:
    """A price floor, stockpile, tariff or purchase commitment, with the numbers that its kind has."""
    every = {name for numbers in POLICIES.values() for name in numbers}
    found = keys(entry, ("kind", "day", "countries", "goods", "why", "claims", *sorted(every)), "a policy")
    kind = word(_need(found, "kind", entry), POLICIES, "kind of policy")
    for name in every & set(found) - set(POLICIES[kind]):
        raise refused(f"a {kind} has no {name}", found[name], ", ".join(POLICIES[kind]))
    given = {n: number(found[n], k, n) for n, k in POLICIES[kind].items() if n in found}
    if not given:
        raise refused("this policy has no number", entry, ", ".join(POLICIES[kind]))
    return Policy(
        kind,
        day(_need(found, "day", entry), "the day of a policy"),
        given,
        several(found.get("countries"), words.countries, "country"),
        several(found.get("goods"), words.goods, "good"),
        _why(found, entry),
        _claims(found, words),
    )


def marker(entry: Entry, words: Vocabulary) -> Marker:
    """A dated event for the reader, with the address of its article or the ids of its claims."""
    found = keys(entry, ("day", "says", "article", "claims"), "a marker")
    says = text(_need(found, "says", entry), "what a marker says")
    return Marker(
        day(_need(found, "day", entry), "the day of a marker"),
        says,
        _article(found, words),
        _claims(found, words),
    )


def _article(found: Mapping[str, Entry], words: Vocabulary) -> str:
    if "article" not in found:
        return ""
    address = word(found["article"], words.articles, "article")
    if not _ARTICLE.match(address):
        raise refused(
            "this is no article's address", found["article"], "an address such as cn/mofcom-2025-18/1C905"
        )
    return address


def _claims(found: Mapping[str, Entry], words: Vocabulary) -> tuple[str, ...]:
    return several(found.get("claims"), words.claims, "claim")


def _why(found: Mapping[str, Entry], entry: Entry) -> str:
    """The ground of a part: a number without one is refused."""
    if "why" not in found:
        raise refused("this part gives no ground", entry, "why: one sentence, and claims where there are any")
    return text(found["why"], "why")


def _need(found: Mapping[str, Entry], name: str, entry: Entry) -> Entry:
    if name not in found:
        raise refused(f"`{name}` is missing here", entry, f"{name}: …")
    return found[name]


def listed(entry: Entry | None, made: Callable[[Entry, Vocabulary], T], words: Vocabulary) -> tuple[T, ...]:
    """Every part of a list, made by its own function."""
    return tuple(made(one, words) for one in items(entry, "this"))
