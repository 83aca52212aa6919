"""What to ask of whom, in which order, so that most shipments are settled soonest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import PurePath

from xenotime.law.answer import Outcome
from xenotime.law.masks import unpack
from xenotime.law.oracle import Scene, presume
from xenotime.portfolio.table import Portfolio
from xenotime.services.ask.answers import Key
from xenotime.services.ask.family import Family, together
from xenotime.services.ask.order import greedy
from xenotime.services.ask.plan import plan
from xenotime.services.ask.question import GROUPS, Desktop, Question
from xenotime.services.ask.turned import turned
from xenotime.services.ask.weigh import Scales
from xenotime.services.bulk.sheet import facts_table
from xenotime.services.library import Library
from xenotime.services.rows import Desk, Movement

#: Sets of questions.
KeySets = tuple[frozenset[Key], ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A shipment whose outcome is open: between which outcomes, what it hangs on, and what settles it.

    `sure` are the smallest sets of questions that settle it whatever they answer, `may` those that settle it
    with some answer. `readings` are the articles whose text leaves it open.
    """

    shipment: str
    product: str
    status: str
    low: Outcome
    high: Outcome
    keys: tuple[Key, ...]
    sure: KeySets
    may: KeySets
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Questions asked together, and the shipments that are settled once they and all before are answered."""

    keys: tuple[Key, ...]
    settles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The questions of a portfolio, in order, and the shipments they settle, of `shipments` in all."""

    portfolio: str
    known: date
    law_hash: str
    branches: Mapping[str, str]
    shipments: int
    waiting: tuple[Waiting, ...]
    steps: tuple[Step, ...]
    questions: tuple[Question, ...]

    @property
    def settles(self) -> int:
        """How many shipments are settled once every question with a promise is answered."""
        return sum(len(step.settles) for step in self.steps)


@dataclass(frozen=True, slots=True)
class _Leg:
    movement: Movement
    missing: tuple[str, ...]
    low: int
    high: int


def inquire(
    portfolio: Portfolio,
    library: Library,
    *,
    planned: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> Inquiry:
    """The inquiry of a portfolio under the library's law; with ``planned`` only of what has not moved."""
    library = turned(library, portfolio)
    desk = Desk(portfolio, library)
    moving = [m for m in desk.movements() if not planned or unmoved(m, library.law.known)]
    scales = Scales(library.law, strict=library.strict)
    legs = list(_open(scales, moving))
    plans = [plan(desk, leg.movement, leg.missing) for leg in legs]
    weighed = [(leg.movement, shape) for leg, (shape, _) in zip(legs, plans, strict=True)]
    families = scales.families(weighed, progress)
    waiting = tuple(_waiting(desk, legs, [keys for _, keys in plans], families))
    steps = _steps(waiting)
    return Inquiry(
        PurePath(portfolio.path).name or portfolio.path,
        library.law.known,
        library.law.hash,
        dict(library.law.chosen),
        len({m.shipment.text("shipment") for m in moving}),
        waiting,
        steps,
        tuple(_questions(desk, waiting, steps, moving)),
    )


def unmoved(movement: Movement, known: date) -> bool:
    """Whether a movement is still planned: it says so, or says nothing and lies after the day known."""
    status = movement.shipment.text("status")
    return status == "planned" or (not status and movement.on > known)


def _open(scales: Scales, moving: Sequence[Movement]) -> Iterator[_Leg]:
    """The legs whose outcome is not one, with the facts that could move it."""
    law = scales.law
    decided = scales.decider({}).decide(facts_table(law, moving)).sort("key")
    for row in decided.filter(decided["low"] != decided["high"]).iter_rows(named=True):
        if row["outcome"] != Outcome.CONFLICT:
            mask = unpack(row, "missing")
            missing = tuple(f.name for bit, f in enumerate(law.facts) if mask >> bit & 1)
            yield _Leg(moving[row["key"]], missing, row["low"], row["high"])


def _waiting(
    desk: Desk, legs: Sequence[_Leg], keys: Sequence[tuple[Key, ...]], families: Sequence[Family | None]
) -> Iterator[Waiting]:
    """One row a shipment: all its open legs together."""
    numbered = sorted(range(len(legs)), key=lambda n: legs[n].movement.shipment.text("shipment"))
    for name, group in groupby(numbered, key=lambda n: legs[n].movement.shipment.text("shipment")):
        mine = list(group)
        shipment = legs[mine[0]].movement.shipment
        sure = _joined([_named(families[n], keys[n], sure=True) for n in mine])
        yield Waiting(
            name,
            shipment.text("product"),
            shipment.text("status"),
            Outcome(max(legs[n].low for n in mine)),
            Outcome(max(legs[n].high for n in mine)),
            tuple(dict.fromkeys(key for n in mine for key in keys[n])),
            sure,
            _joined([_named(families[n], keys[n], sure=False) for n in mine]),
            () if sure else tuple(dict.fromkeys(r for n in mine for r in _readings(desk, legs[n]))),
        )


def _named(found: Family | None, keys: Sequence[Key], *, sure: bool) -> KeySets:
    if found is None:
        return () if sure else (frozenset(keys),)
    return tuple(frozenset(keys[i] for i in one) for one in (found.sure if sure else found.may))


def _joined(families: Sequence[KeySets]) -> KeySets:
    """The sets that settle every leg."""
    every = sorted({key for sets in families for one in sets for key in one})
    number = {key: n for n, key in enumerate(every)}
    sets = together([tuple(frozenset(number[k] for k in one) for one in part) for part in families])
    return tuple(frozenset(every[n] for n in one) for one in sets)


def _readings(desk: Desk, leg: _Leg) -> Iterator[str]:
    """The articles that may hold and whose text lets two readings stand."""
    law = desk.library.law
    filled, _ = presume(law, leg.movement.facts, strict=desk.library.strict)
    scene = Scene(law, filled, leg.movement.on)
    return (r.address for r in law.rules if r.readings and scene.values[r.address] is not False)


def _steps(waiting: Sequence[Waiting]) -> tuple[Step, ...]:
    every = sorted({key for w in waiting for one in w.sure for key in one})
    number = {key: n for n, key in enumerate(every)}
    families = {w.shipment: tuple(frozenset(number[k] for k in one) for one in w.sure) for w in waiting}
    return tuple(Step(tuple(every[n] for n in s.questions), s.settles) for s in greedy(families))


def _questions(
    desk: Desk, waiting: Sequence[Waiting], steps: Sequence[Step], moving: Sequence[Movement]
) -> Iterator[Question]:
    """Every question that can settle something, those with a promise first and in their order."""
    desktop = Desktop(desk)
    hangs = _hanging(waiting, lambda w: (*w.sure, *w.may))
    place = {key: (number, step.settles) for number, step in enumerate(steps, 1) for key in step.keys}
    promised = {name for step in steps for name in step.settles}
    some = _hanging([w for w in waiting if w.shipment not in promised], lambda w: w.may)
    ordered = sorted(hangs, key=lambda k: (place.get(k, (len(steps) + 1, ()))[0], -len(hangs[k]), k))
    resting = _resting(desk, moving, {w.shipment for w in waiting}, set(hangs))
    for key in ordered:
        number, frees = place.get(key, (0, ()))
        yield replace(
            desktop.question(key, hangs[key]),
            step=number,
            frees=frees,
            may=tuple(some.get(key, ())),
            touches=tuple(hangs[key]),
            also=tuple(sorted(resting.get(key, ()))),
        )


def _resting(
    desk: Desk, moving: Sequence[Movement], open_: AbstractSet[str], keys: AbstractSet[Key]
) -> dict[Key, set[str]]:
    """The settled shipments that rest on a presumption which the answer to a question would replace."""
    declared = desk.library.law.book.facts
    facts = {k.fact for k in keys if k.about != "hinge" and declared[k.fact].presumed is not None}
    found: dict[Key, set[str]] = defaultdict(set)
    for movement in moving if not desk.library.strict else ():
        for fact in facts:
            if movement.facts.get(fact) is None and movement.shipment.text("shipment") not in open_:
                asked = desk.asked(fact, movement.shipment, movement.leg, movement.users, movement.on)
                for key in keys & set(asked.keys):
                    found[key].add(movement.shipment.text("shipment"))
    return found


def _hanging(
    waiting: Iterable[Waiting], sets: Callable[[Waiting], Iterable[frozenset[Key]]]
) -> dict[Key, list[str]]:
    """The shipments that hang on each question, by the sets that name it."""
    found: dict[Key, list[str]] = defaultdict(list)
    for one in waiting:
        for key in dict.fromkeys(key for some in sets(one) for key in sorted(some)):
            found[key].append(one.shipment)
    return found


def by_counterparty(inquiry: Inquiry) -> dict[tuple[str, str], tuple[Question, ...]]:
    """The questions by whom they go to (group and party), in the order of `GROUPS` and then of the party."""
    found: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for question in inquiry.questions:
        found[question.group, question.party or _unnamed(question)].append(question)

    def turn(key: tuple[str, str]) -> tuple[int, str, str]:
        return (GROUPS.index(key[0]) if key[0] in GROUPS else len(GROUPS), *key)

    return {key: tuple(found[key]) for key in sorted(found, key=turn)}


def _unnamed(question: Question) -> str:
    """Whom a question goes to where nobody is named: the maker of the product."""
    return f"of {question.key.subject}" if question.group in ("supplier", "customer") else ""
