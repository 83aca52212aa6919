"""Explains one row by the same rules that decided it: article, tree, values, branches, assumptions.

Explanations are made on demand; bulk results stay small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

from xenotime.core.clocks import Calendar, clock_due
from xenotime.law.answer import (
    Assumption,
    BranchAnswer,
    Channel,
    Coverage,
    Duty,
    Explanation,
    MissingFact,
    Note,
    Outcome,
    RuleTrace,
    Scope,
    TreeTrace,
)
from xenotime.law.facts import SCALE, Fact, Value, show_value
from xenotime.law.law import Law
from xenotime.law.node import All, Arith, Cmp, In, Lit, Named, Node, Ref, Some, facts_of, walk
from xenotime.law.oracle import Scene, Verdict, bounds, judge, missing_mask, presume
from xenotime.law.program import Row
from xenotime.law.rules import Rule
from xenotime.law.tables import ItemTable
from xenotime.law.trace import trace_rule, why_not

#: At most so many combinations of missing facts are tried to name the outcomes still possible.
_MOST_TRIES = 96
#: Where more facts than this are missing, no answer settles much alone, and what each leads to is not tried.
_MOST_ASKED = 24
#: Where nothing applies, so many rules that came nearest are shown.
_NEAREST = 4
#: A rule that fails on more conditions than this did not come near.
_MOST_FAILING = 2
#: Nor one whose failing conditions are, on average, further off than this (0 to 1).
_NEAR = Fraction(1, 2)


def explain(
    law: Law,
    row: Row,
    on: date,
    *,
    calendar: Calendar,
    strict: bool = False,
    coverage: Sequence[Coverage] = (),
) -> Explanation:
    """The full explanation of one row of facts on one day."""
    verdict = judge(law, row, on, strict=strict)
    filled, _ = presume(law, row, strict=strict)
    scene = Scene(law, filled, on)
    outcome = Outcome(verdict.outcome)
    missing = tuple(_facts(law, verdict.missing))
    return Explanation(
        on=on,
        known=law.known,
        law_hash=law.hash,
        outcome=outcome,
        low=Outcome(verdict.low),
        high=Outcome(verdict.high),
        rule=law.rules[verdict.rule].address if verdict.rule >= 0 else "",
        code="; ".join(control_codes(scene)),
        rules=tuple(_trace(scene, r) for r in _shown(scene)),
        branches=_branches(law, verdict),
        possible=_possible(law, filled, on, verdict, missing, strict=strict),
        readings=tuple(_readings(scene)),
        conflict=tuple(_conflict(scene)) if outcome is Outcome.CONFLICT else (),
        missing=tuple(_asks(law, filled, on, missing, strict=strict)),
        assuming=_assumptions(law, row, on, verdict),
        duties=tuple(_duty(r, on, calendar) for r in law.duties if scene.values[r.address] is True),
        channels=_channels(scene) if _grantable(verdict) else (),
        coverage=tuple(coverage),
        notes=(*_notes(scene), *_read_until(scene)),
        scopes=tuple(_scopes(scene)),
        facts=tuple(
            (f.name, show_value(row[f.name], row.get(SCALE)))
            for f in law.facts
            if row.get(f.name) is not None
        ),
    )


def control_codes(scene: Scene) -> tuple[str, ...]:
    """The lines of item tables that the row matches, as control codes; a doubtful line ends in ``?``."""
    found: dict[str, None] = {}
    for predicate in scene.law.predicates:
        if predicate.table is None or scene.values.get(predicate.name) is False:
            continue
        for line in predicate.table.lines:
            value = scene.value(line.node)
            if value is True and line.code[:1].isdigit():
                doubt = "?" if line.mark == "?" and scene.row.get("classified") is not True else ""
                found[line.control_code + doubt] = None
    return tuple(found)


def _facts(law: Law, mask: int) -> Iterator[Fact]:
    return (f for bit, f in enumerate(law.facts) if mask >> bit & 1)


def _shown(scene: Scene) -> list[Rule]:
    """Rules that hold, may hold, or would hold if in force, the strictest first; else the nearest."""
    law = scene.law
    held = [r for r in law.rules if scene.values[r.address] is not False or scene.value(r.node) is True]
    return sorted(held, key=lambda r: (-_weight(scene, r), -r.high)) or _nearest(scene)


def _nearest(scene: Scene) -> list[Rule]:
    """The rules that came closest to applying: fewest conditions fail, and those that fail fail narrowly."""
    seen: dict[str, Fraction] = {}
    found = []
    for rule in scene.law.rules:
        failing = [p for p in _parts(rule.node) if scene.value(p) is False]
        if not failing or len(failing) > _MOST_FAILING or rule.high == Outcome.NOT_CONTROLLED:
            continue
        names = [p for p in _parts(rule.node) if isinstance(p, Named) and rule.question == "controlled"]
        listed = any(scene.values[p.name] is True and _of_items(scene, p) for p in names)
        near = sum((_closeness(scene, p, seen) for p in failing), Fraction(0)) / len(failing)
        near = max(near, Fraction(int(listed)))
        if near >= _NEAR:
            found.append((len(failing), -near, -rule.high, rule.address, rule))
    return [rule for *_, rule in sorted(found, key=lambda each: each[:-1])[:_NEAREST]]


def _trace(scene: Scene, rule: Rule) -> RuleTrace:
    """The rule as it stood; where its tree fails, each item table it missed says its nearest line and why."""
    trace = trace_rule(scene, rule)
    return (
        trace if scene.value(rule.node) is not False else replace(trace, tree=_with_lines(scene, trace.tree))
    )


def _with_lines(scene: Scene, tree: TreeTrace) -> TreeTrace:
    leaf = tree.leaf
    if leaf is not None:
        predicate = scene.law.book.predicates.get(leaf.name)
        if predicate is None or predicate.table is None or leaf.value is not False:
            return tree
        return replace(tree, leaf=replace(leaf, detail=_nearest_line(scene, predicate.table)))
    return replace(tree, children=tuple(_with_lines(scene, child) for child in tree.children))


def _nearest_line(scene: Scene, table: ItemTable) -> str:
    """The line of a table that missed by least, and the facts on which it failed; "" when none comes near."""
    best, line = max(((_met(scene, line.node), line) for line in table.lines), key=lambda each: each[0])
    if best < _NEAR:
        return ""
    missed = {f for p in _parts(line.node) if scene.value(p) is False for f in facts_of(p)}
    facts = [f"{f.name} = {show_value(scene.row.get(f.name))}" for f in scene.law.facts if f.name in missed]
    name = f"{line.name} {line.name_zh}".strip()
    return f"nearest line {line.control_code} ({name}): not met by {', '.join(facts)}"


def _met(scene: Scene, node: Node) -> Fraction:
    """The share of a line's tests that do not fail."""
    parts = _parts(node)
    return Fraction(sum(scene.value(p) is not False for p in parts), len(parts)) if parts else Fraction(0)


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, All) else (node,)


def _of_items(scene: Scene, node: Node) -> bool:
    """Whether a condition asks what the item is: it reads an item table."""
    book = scene.law.book
    for part in walk(node):
        if isinstance(part, Named):
            inner = book.conditions.get(part.name)
            if _of_items(scene, inner.node) if inner else book.predicates[part.name].table is not None:
                return True
    return False


def _closeness(scene: Scene, node: Node, seen: dict[str, Fraction]) -> Fraction:
    """How nearly a false condition holds, from 0 to 1; `seen` keeps what was worked out by name."""
    match node:
        case Named(name):
            if name not in seen:
                seen[name] = _named(scene, name, seen)
            return seen[name]
        case All(parts) if parts:
            return sum((_closeness(scene, part, seen) for part in parts), Fraction(0)) / len(parts)
        case Some(parts):
            return max((_closeness(scene, part, seen) for part in parts), default=Fraction(0))
        case _:
            return Fraction(0)


def _named(scene: Scene, name: str, seen: dict[str, Fraction]) -> Fraction:
    """A share below its floor is as near as can be; an item table is as near as its nearest line."""
    book = scene.law.book
    if name in book.conditions:
        return _closeness(scene, book.conditions[name].node, seen)
    table, node = book.predicates[name].table, book.predicates[name].node
    if table is None:
        return Fraction(int(any(isinstance(p, Cmp) and isinstance(p.left, Arith) for p in walk(node))))
    return max((_met(scene, line.node) for line in table.lines), default=Fraction(0))


def _weight(scene: Scene, rule: Rule) -> int:
    return {True: 2, None: 1, False: 0}[scene.values[rule.address]]


def _branches(law: Law, verdict: Verdict) -> tuple[BranchAnswer, ...]:
    hinges = {h.id: h for h in law.hinges}
    found = []
    for (hinge, branch), outcome in verdict.branches.items():
        if outcome is not None:
            h = hinges[hinge]
            claims = tuple(str(c) for c in h.claims if c.branch == branch and c.day <= law.known)
            found.append(BranchAnswer(hinge, branch, Outcome(outcome), h.default == branch, h.day, claims))
    return tuple(found)


def _readings(scene: Scene) -> Iterator[tuple[str, str, str]]:
    for rule in scene.law.rules:
        if rule.readings and scene.values[rule.address] is not False:
            yield from ((f"{rule.address}: {name}", answer, says) for name, answer, says in rule.readings)


def _conflict(scene: Scene) -> Iterator[str]:
    for rule in scene.law.rules:
        if rule.conflicts and scene.values[rule.address] is True:
            yield rule.address
            yield from (c for c in rule.conflicts if scene.values[c] is True)


def _candidates(law: Law, fact: Fact) -> tuple[Value, ...]:
    """Values of a fact worth trying: both truths, or the values its predicates speak of and one other."""
    if fact.type == "bool":
        return (True, False)
    named: dict[Value, None] = {}
    for predicate in law.predicates:
        for part in walk(predicate.node):
            match part:
                case In(name, values) if name == fact.name:
                    named.update(dict.fromkeys(values))
                case Cmp(_, Ref(name), Lit(value)) if name == fact.name:
                    named[value] = None
                    if isinstance(value, int):
                        named.update({value - 1: None, value + 1: None})
    others = [v for v in (*fact.values, "ZZ") if v not in named]
    return (*named, *others[:1]) if fact.type in ("enum", "country") else tuple(named)


def _possible(
    law: Law, row: Row, on: date, verdict: Verdict, missing: Sequence[Fact], *, strict: bool
) -> tuple[Outcome, ...]:
    """The outcomes that the missing facts leave possible, mildest first; empty when nothing is missing."""
    if verdict.low == verdict.high or not missing:
        return ()
    choices = [_candidates(law, f) for f in missing]
    size = 1
    for choice in choices:
        size *= max(len(choice), 1)
    if size > _MOST_TRIES or not all(choices):
        return (Outcome(verdict.low), Outcome(verdict.high))
    names = [f.name for f in missing]
    tries = (
        judge(law, {**row, **dict(zip(names, c, strict=True))}, on, strict=strict) for c in product(*choices)
    )
    return tuple(sorted({Outcome(v.outcome) for v in tries}))


def _asks(law: Law, row: Row, on: date, missing: Sequence[Fact], *, strict: bool) -> Iterator[MissingFact]:
    for fact in missing:
        values = _candidates(law, fact)[:6] if len(missing) <= _MOST_ASKED else ()
        found = {Outcome(judge(law, {**row, fact.name: v}, on, strict=strict).outcome) for v in values}
        yield MissingFact(fact.name, fact.asks, fact.who, tuple(o.word for o in sorted(found)))


def _assumptions(law: Law, row: Row, on: date, verdict: Verdict) -> tuple[Assumption, ...]:
    """The presumptions this answer rests on: those that would be asked if nothing were presumed."""
    if not verdict.assumed:
        return ()
    scene = Scene(law, row, on)
    wanted = missing_mask(scene, bounds(scene)) & verdict.assumed
    return tuple(Assumption(f.name, f.presumed or "", f.ground, f.reviewer) for f in _facts(law, wanted))


def _duty(rule: Rule, on: date, calendar: Calendar) -> Duty:
    said: Mapping[str, object] = rule.extra.get("duty") or {}
    clock = said.get("clock")
    due = (
        clock_due(on, clock, calendar) if isinstance(clock, dict) and clock.get("from") == "export" else None
    )
    what, who, to, by = (str(said.get(k, "")) for k in ("what", "who", "to", "by"))
    return Duty(rule.address, rule.answer, what, who, to, by, due, rule.confidence)


def _grantable(verdict: Verdict) -> bool:
    """Whether a licence could be granted: one may be needed, and no ban is certain."""
    return verdict.low < Outcome.PROHIBITED and verdict.high >= Outcome.LICENCE


def _channels(scene: Scene) -> tuple[Channel, ...]:
    found = []
    for rule in scene.law.channels:
        value = scene.values[rule.address]
        said = rule.extra.get("channel") or {}
        papers = said.get("papers", [])
        found.append(
            Channel(
                rule.answer,
                value,
                () if value else tuple(dict.fromkeys(why_not(scene, rule))),
                rule.address,
                tuple(str(p) for p in papers) if isinstance(papers, list) else (str(papers),),
                str(said.get("clock", "")),
                str(said.get("validity", "")),
            )
        )
    return tuple(found)


def _scopes(scene: Scene) -> Iterator[Scope]:
    for rule in scene.law.scopes:
        value = scene.values[rule.address]
        why = () if value else tuple(dict.fromkeys(why_not(scene, rule)))
        yield Scope(rule.address, rule.title, rule.answer, value, why, rule.confidence, rule.sources)


def _notes(scene: Scene) -> Iterator[Note]:
    for rule in scene.law.notes:
        if scene.values[rule.address] is True:
            yield Note(
                rule.address,
                rule.answer,
                str(rule.extra.get("says", rule.title)),
                rule.confidence,
                rule.sources,
            )


def _read_until(scene: Scene) -> Iterator[Note]:
    """How far the sources of what decided were read, when the day lies beyond."""
    law, seen = scene.law, set()
    held = [r for r in law.rules if scene.values[r.address] is True]
    for rule in held:
        instrument = law.book.instruments[rule.address.rsplit("/", 1)[0]]
        if instrument.read_until and scene.on > instrument.read_until and instrument.address not in seen:
            seen.add(instrument.address)
            yield Note(
                instrument.address,
                "read_until",
                f"{instrument.title} was read until {instrument.read_until}; "
                "a later change is not seen here.",
                "D",
            )
    lists = [i.read_until for i in law.book.lists() if i.read_until and i.published <= law.known]
    if lists and scene.on > max(lists):
        yield Note(
            "lists",
            "read_until",
            f"The party lists were read until {max(lists)}; a listing after that day is not seen here.",
            "D",
        )
