"""Decides one row in plain Python: the same tree, the slow and readable way.

The oracle is what the column engine is tested against, and what explains a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from xenotime.core.truth import Truth
from xenotime.law.answer import Outcome
from xenotime.law.facts import Value, parse_value
from xenotime.law.law import Law
from xenotime.law.node import Node
from xenotime.law.program import Row, Truths, build, program
from xenotime.law.rules import Rule


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the outcome can be: `low`/`high` with the mildest and the strictest reading of open articles."""

    mild: tuple[int, int]
    strict: tuple[int, int]

    @property
    def low(self) -> int:
        """The mildest possible outcome."""
        return self.mild[0]

    @property
    def high(self) -> int:
        """The strictest possible outcome."""
        return self.strict[1]

    @property
    def unknown(self) -> bool:
        """True if something unknown (a fact or a hinge) moves the outcome."""
        return self.mild[0] != self.mild[1] or self.strict[0] != self.strict[1]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision row of one set of facts, as plain values (masks are whole numbers)."""

    outcome: int
    low: int
    high: int
    rule: int
    true: int
    missing: int
    assumed: int
    duties: int
    notes: int
    channels_true: int
    channels_unknown: int
    branches: Mapping[tuple[str, str], int | None] = field(default_factory=dict)


class Scene:
    """The values of all names for one row on one day: `values` as they stand, `bases` before exceptions."""

    def __init__(self, law: Law, row: Row, on: date, hinge: str = "", branch: str = "") -> None:
        self.law = law
        self.row = row
        self.on = on
        self.program = program(law)
        self.force = self.program.force(on, hinge, branch)
        self.values: Truths = {}
        self.bases: Truths = {}
        self.program.evaluate(row, self.force, self.values, self.bases, tuple(self.program.tests))

    def turn(self, hinge: str, branch: str) -> Scene:
        """The same row if a hinge turned out one way; only what depends on the hinge is worked out again."""
        other = object.__new__(Scene)
        other.law, other.row, other.on, other.program = self.law, self.row, self.on, self.program
        other.force = self.program.force(self.on, hinge, branch)
        other.values, other.bases = dict(self.values), dict(self.bases)
        self.program.evaluate(self.row, other.force, other.values, other.bases, self.law.turned(hinge))
        return other

    def in_force(self, article: str) -> Truth:
        """Whether an article is in force on the day; unknown past a hinge."""
        return self.force.get(article, False)

    def value(self, node: Node) -> Truth:
        """The three-valued value of any tree in this scene."""
        return build(node)(self.row, self.values, self.force)


def presume(law: Law, row: Row, *, strict: bool) -> tuple[dict[str, Value], int]:
    """The row with presumptions filled in, and the mask of facts that were presumed.

    With ``strict`` nothing is presumed.
    """
    filled = dict(row)
    assumed = 0
    if strict:
        return filled, assumed
    for bit, fact in enumerate(law.facts):
        if (
            fact.presumed is not None
            and filled.get(fact.name) is None
            and not filled.get(f"{fact.name}_asked")
        ):
            filled[fact.name] = parse_value(fact, fact.presumed)
            assumed |= 1 << bit
    return filled, assumed


def bounds(scene: Scene) -> Bounds:
    """The mildest and strictest outcome that unknowns and open readings leave possible."""
    mild, strict = [0, 0], [0, 0]
    for rule in scene.law.rules:
        value = scene.values[rule.address]
        if value is not False:
            mild[1] = max(mild[1], rule.low)
            strict[1] = max(strict[1], rule.high)
        if value is True:
            mild[0] = max(mild[0], rule.low)
            strict[0] = max(strict[0], rule.high)
        elif value is None and scene.bases[rule.address] is True:
            # The rule or one of its exceptions holds, so at least the milder of the two answers does.
            others = [scene.law.book.rules[e] for e in rule.unless]
            mild[0] = max(mild[0], min([rule.low, *(o.low for o in others)]))
            strict[0] = max(strict[0], min([rule.high, *(o.high for o in others)]))
    return Bounds((mild[0], mild[1]), (strict[0], strict[1]))


def judge(law: Law, row: Row, on: date, *, strict: bool = False) -> Verdict:
    """The decision of one row: outcome, masks and the answer in each branch of each hinge that matters."""
    filled, assumed = presume(law, row, strict=strict)
    scene = Scene(law, filled, on)
    base = bounds(scene)
    turned = {
        h: {b: bounds(scene.turn(h, b)) for b in law.book.hinges[h].branches}
        for h in scene.program.touching(on)
    }
    low, high = base.low, base.high
    for answers in turned.values():
        low = max(low, min(b.low for b in answers.values()))
        high = min(high, max(b.high for b in answers.values()))
    missing = missing_mask(scene, base)
    moving = [h for h, answers in turned.items() if len({(b.low, b.high) for b in answers.values()}) > 1]
    branches = {
        (h, b): (_label(found, missing) if h in moving else None)
        for h, answers in turned.items()
        for b, found in answers.items()
    }
    conflict = _conflicts(scene)
    outcome = _outcome(low, high, base, missing, hinged=bool(moving), conflict=conflict)
    truths = [scene.values[p.name] for p in law.predicates]
    rule_truths = [scene.values[r.address] for r in law.rules]
    rules = _mask(rule_truths, True) | (0 if base.low == base.high else _mask(rule_truths, None))
    settled = low == high
    return Verdict(
        outcome,
        low,
        high,
        rules.bit_length() - 1,
        _mask(truths, True),
        0 if settled else missing,
        assumed,
        _held(scene, law.duties, True),
        _held(scene, law.notes, True),
        _held(scene, law.channels, True),
        _held(scene, law.channels, None),
        branches,
    )


def _label(found: Bounds, missing: int) -> int:
    if found.low == found.high:
        return found.low
    if not found.unknown:
        return Outcome.OPEN
    return Outcome.UNDETERMINED if missing else Outcome.UNVERIFIED


def _outcome(low: int, high: int, base: Bounds, missing: int, *, hinged: bool, conflict: bool) -> int:
    if conflict:
        return Outcome.CONFLICT
    if low == high:
        return low
    if hinged:
        return Outcome.UNVERIFIED
    return _label(base, missing)


def _conflicts(scene: Scene) -> bool:
    rules = scene.law.book.rules
    return any(
        scene.values[r.address] is True
        and any(scene.values[c] is True and rules[c].high != r.high for c in r.conflicts)
        for r in scene.law.rules
    )


def missing_mask(scene: Scene, base: Bounds) -> int:
    """The facts that are not known and could move the outcome, as bits over `law.facts`.

    An unknown rule that could raise the outcome waits; what it reads and is unknown waits with it, down
    to the facts.
    """
    law = scene.law
    waiting = {r.address for r in law.rules if scene.values[r.address] is None and r.high > base.mild[0]}
    for name in law.waits:
        if scene.values[name] is None and any(above in waiting for above in law.parents[name]):
            waiting.add(name)
    mask = 0
    for bit, fact in enumerate(law.facts):
        readers = law.readers.get(fact.name, ())
        if any(name in waiting for name in readers) and not exactly(scene.row.get(fact.name)):
            mask |= 1 << bit
    return mask


def exactly(value: Value) -> bool:
    """True if a fact has one exact value."""
    if isinstance(value, tuple):
        return value[0] is not None and value[0] == value[1]
    return value is not None


def _mask(values: list[Truth], wanted: Truth) -> int:
    return sum(1 << bit for bit, value in enumerate(values) if value is wanted)


def _held(scene: Scene, rules: tuple[Rule, ...], wanted: Truth) -> int:
    return _mask([scene.values[r.address] for r in rules], wanted)
