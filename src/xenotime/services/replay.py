"""Runs a decision again from its receipt, by the same law and engine, and compares every byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from xenotime import __version__
from xenotime.core.canon import canonical
from xenotime.core.errors import FactError, InputError, calm
from xenotime.law.answer import Explanation
from xenotime.law.explain import explain
from xenotime.law.facts import LIMIT, SCALE, Fact, Value
from xenotime.law.table import ASKED, TERRITORIES
from xenotime.services.assess import challenged
from xenotime.services.issue import ground, issued
from xenotime.services.library import Library
from xenotime.services.receipt import Answer, Body, Ground, Issued, Receipt, Stated, covered

_PLACES = frozenset(TERRITORIES.categories)


@dataclass(frozen=True, slots=True)
class Replay:
    """The result: whether every byte is the same, what differs in words, and the decision made again."""

    receipt: Receipt
    same: bool
    differs: tuple[str, ...]
    explanation: Explanation


def fits(receipt: Issued, library: Library) -> None:
    """Nothing if this law and this engine are those of the receipt. Raises InputError if one is not."""
    here, body = ground(library), receipt.body
    if (body.law.book, body.law.hash) != (here.book, here.hash):
        raise _other(
            receipt,
            "this receipt is of another law",
            f"{here.book} {here.hash[:12]}, with {_notices(here)}",
            f"{body.law.book} {body.law.hash[:12]}, with {_notices(body.law)}",
            "replay it with --book FOLDER, a copy of the law of then",
        )
    if body.law.calendar != here.calendar:
        raise _other(
            receipt, "this receipt is of another calendar of working days",
            here.calendar[:12], body.law.calendar[:12], "replay it with the release that wrote it",
        )  # fmt: skip
    if body.engine != __version__:
        raise _other(
            receipt, "this receipt was written by another release",
            f"xenotime {__version__}", f"xenotime {body.engine}", f"install xenotime {body.engine}",
        )  # fmt: skip


def _notices(law: Ground) -> str:
    return ", ".join(law.overlays) or "no notice laid over it"


def _other(receipt: Issued, what: str, here: str, found: str, step: str) -> InputError:
    return InputError(
        what,
        where=named(receipt),
        expected=here,
        found=found,
        next_step=f"{step}; or add --anyway to decide its facts by what is here, and see what differs",
    )


def named(receipt: Issued) -> str:
    """A receipt as a person knows it: the beginning of its id, and its title."""
    title = calm(receipt.body.title).replace("\n", " ")
    return f"receipt {receipt.id[:12]}" + (f" ({title})" if title else "")


def replay(receipt: Receipt, library: Library) -> Replay:
    """The decision of a receipt made again by the library's law.

    Raises FactError for a fact of another type than the law declares. See `fits`.
    """
    body, law = receipt.body, library.law
    row = dict(_row(body, law.book.facts, named(receipt)))
    coverage = covered(body.licences, body.demand)
    found = explain(law, row, body.on, calendar=library.calendar, strict=body.strict, coverage=coverage)
    found = challenged(library, found, body.notice)
    again = issued(
        replace(library, strict=body.strict),
        found,
        (Stated(n, v, g.source, g.where) for g in body.facts for n, v in g.facts.items()),
        title=body.title,
        demand=body.demand,
        licences=body.licences,
        notice=body.notice,
    )
    same = canonical(again) == canonical(receipt)
    return Replay(receipt, same, () if same else tuple(_differences(body, again.body)), found)


def _row(body: Body, facts: Mapping[str, Fact], where: str) -> Iterator[tuple[str, Value]]:
    """The facts as the law takes them; what it does not know is left out."""
    for group in body.facts:
        for name, value in group.facts.items():
            if name in facts:
                yield name, _typed(facts[name], value, where)
            elif (name == SCALE and _whole(value, least=1)) or (name.endswith(ASKED) and value is True):
                yield name, value


def _typed(fact: Fact, value: Any, where: str) -> Value:  # noqa: ANN401 - whatever JSON held
    """A stored value in its own type. Raises FactError for any other."""
    if value is None:
        return None
    kind = fact.type
    if fact.is_interval:
        ends = tuple(value) if isinstance(value, list) else ()
        if len(ends) == 2 and all(end is None or _whole(end, least=0) for end in ends):
            return ends
    elif (kind == "int" and _whole(value)) or (kind == "bool" and isinstance(value, bool)):
        return bool(value) if kind == "bool" else int(value)
    elif isinstance(value, str) and (value in fact.values or (kind == "country" and value in _PLACES)):
        return value
    raise FactError(
        f"the fact '{fact.name}' cannot have this value",
        where=where,
        expected=" | ".join(fact.values) or fact.type,
        found=repr(value),
        next_step="ask whoever gave it to you for the receipt as it was written",
    )


def _whole(value: object, least: int = -LIMIT) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= LIMIT


def _differences(then: Body, now: Body) -> Iterator[str]:
    """What differs between two bodies of one decision, part by part, in words."""
    if then.engine != now.engine:
        yield f"the release was {then.engine}, now {now.engine}"
    for part in fields(Ground):
        was, found = getattr(then.law, part.name), getattr(now.law, part.name)
        if was != found:
            yield f"{_LAW[part.name]}: {_shown(was)}, now {_shown(found)}"
    for part in fields(Answer):
        was, found = getattr(then.answer, part.name), getattr(now.answer, part.name)
        if part.name == "words":
            if was != found and then.answer == replace(now.answer, words=was):
                yield "the words of the explanation"
        elif isinstance(was, dict) and isinstance(found, dict):
            yield from _by_name(part.name, was, found)
        elif was != found:
            yield f"{part.name}: {_shown(was)}, now {_shown(found)}"


_LAW = {
    "book": "the book",
    "hash": "the hash of the law",
    "calendar": "the calendar",
    "overlays": "the notices laid over it",
    "branches": "the branches chosen",
}


def _by_name(part: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            yield f"{part}, {name}: {was.get(name, 'not there')}, now {now.get(name, 'not there')}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{k}={v}" for k, v in value.items()) or "none"
    return calm(str(value)[:64]) or "none"
