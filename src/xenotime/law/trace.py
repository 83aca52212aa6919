"""Renders a rule's tree for one row: each condition with its value, its sentence and the values behind it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from xenotime.core.truth import Truth
from xenotime.law.answer import PredicateTrace, RuleTrace, TreeTrace
from xenotime.law.book import Predicate
from xenotime.law.facts import SCALE, show_value
from xenotime.law.node import (
    All,
    Arith,
    Cmp,
    Holds,
    InForce,
    Is,
    Lit,
    Named,
    Node,
    Not,
    Ref,
    Some,
    facts_of,
    walk,
)
from xenotime.law.oracle import Scene
from xenotime.law.program import span
from xenotime.law.rules import Rule

_MANY = 4


def trace_rule(scene: Scene, rule: Rule) -> RuleTrace:
    """The rule as it stood for this row, with its tree."""
    stretch = scene.law.status(rule.address, scene.on)
    excepted = tuple(e for e in rule.unless if scene.values[e] is not False)
    return RuleTrace(
        rule.address,
        rule.title,
        rule.text,
        rule.question,
        rule.answer,
        rule.binds,
        stretch.status,
        stretch.by or stretch.hinge,
        scene.values[rule.address],
        trace_tree(scene, rule.node),
        rule.confidence,
        rule.sources,
        excepted,
        rule.readings,
    )


def trace_tree(scene: Scene, node: Node) -> TreeTrace:
    """A tree with the value of each part; long lists of alternatives show only those that are not false."""
    value = scene.value(node)
    match node:
        case All(parts) | Some(parts):
            op = "all" if isinstance(node, All) else "any"
            shown = parts
            if op == "any" and len(parts) > _MANY:
                shown = tuple(p for p in parts if scene.value(p) is not False)
            label = f"none of {len(parts)} alternatives" if not shown else ""
            return TreeTrace(op, value, None, label, tuple(trace_tree(scene, p) for p in shown))
        case Not(part):
            return TreeTrace("not", value, None, "", (trace_tree(scene, part),))
        case Named(name) if name in scene.law.book.conditions:
            condition = scene.law.book.conditions[name]
            inner = trace_tree(scene, condition.node)
            return TreeTrace(inner.op, value, None, condition.says or name.replace("_", " "), inner.children)
        case Named(name):
            return TreeTrace("leaf", value, trace_predicate(scene, scene.law.book.predicates[name]))
        case Holds(rule):
            return TreeTrace("holds", value, None, f"{rule} holds ({scene.law.book.rules[rule].title})")
        case InForce(article):
            return TreeTrace("in_force", value, None, _standing(scene, article))
        case _:
            return TreeTrace("leaf", value, _bare(scene, node, value))


def trace_predicate(scene: Scene, predicate: Predicate) -> PredicateTrace:
    """One predicate with its sentence, the facts it read, and the exact arithmetic where there is any."""
    value = scene.values[predicate.name]
    sentence = {True: predicate.true, False: predicate.false, None: predicate.unknown}[value]
    shown = _values(scene, predicate.node)
    for name, text in shown:
        sentence = sentence.replace("{" + name + "}", text)
    detail = "; ".join(_lines(scene, predicate) if predicate.table else _arithmetic(scene, predicate.node))
    return PredicateTrace(predicate.name, value, sentence, shown, detail)


def _values(scene: Scene, node: Node) -> tuple[tuple[str, str], ...]:
    facts = facts_of(node)
    held = [f for f in scene.law.facts if f.name in facts]
    if len(held) > _MANY:
        held = [f for f in held if scene.row.get(f.name) not in (None, False)]
    return tuple((f.name, show_value(scene.row.get(f.name), scene.row.get(SCALE))) for f in held)


def _lines(scene: Scene, predicate: Predicate) -> Iterator[str]:
    """The lines of an item table that match, with their mark and source."""
    for line in predicate.table.lines if predicate.table else ():
        if scene.value(line.node) is True:
            name = f"{line.name} {line.name_zh}".strip()
            doubt = " (this line could not be read in any copy)" if line.mark == "?" else ""
            yield f"{line.control_code}: {name} [{line.source}]{doubt}"


def _arithmetic(scene: Scene, node: Node) -> Iterator[str]:
    """For a share test: the exact fraction and the percentage beside it."""
    for part in walk(node):
        match part:
            case Cmp(op, Arith("*", Ref(part_name), Lit(factor)), Ref(whole_name)) if isinstance(factor, int):
                yield _share(scene, part_name, whole_name, factor, op)


def _share(scene: Scene, part_name: str, whole_name: str, factor: int, op: str) -> str:
    part, whole = span(Ref(part_name))(scene.row), span(Ref(whole_name))(scene.row)
    if not isinstance(part[0], int) or not isinstance(whole[1], int) or whole[1] == 0:
        return "the share cannot be computed"
    low = Fraction(part[0], whole[1])
    most, least = part[1], whole[0]
    high = Fraction(most, least) if isinstance(most, int) and isinstance(least, int) and least else None
    shown = (
        percent(low)
        if low == high
        else f"{percent(low)} to {percent(high) if high is not None else 'unknown'}"
    )
    return f"share {shown}; the line is {op} {percent(Fraction(1, factor))}"


def percent(share: Fraction) -> str:
    """A share as an exact fraction and a percentage.

    >>> percent(Fraction(9999, 10_000_000))
    '9999/10000000 = 0.09999 %'
    """
    value = Decimal(share.numerator * 100) / Decimal(share.denominator)
    shown = f"{value:.9g}"
    sign = "=" if Fraction(Decimal(shown)) == share * 100 else "≈"
    return f"{share.numerator}/{share.denominator} {sign} {Decimal(shown):f} %"


def _bare(scene: Scene, node: Node, value: Truth) -> PredicateTrace:
    name = node.fact if isinstance(node, Is) else "condition"
    fact = scene.law.book.facts.get(name)
    words = {True: "yes", False: "no", None: "unknown"}[value]
    asks = fact.asks if fact else ""
    return PredicateTrace(name, value, f"{asks} {words}".strip())


def why_not(scene: Scene, rule: Rule) -> Iterator[str]:
    """The sentences of what keeps a rule from holding, or leaves it unknown."""
    if scene.law.status(rule.address, scene.on).status != "in_force":
        yield _standing(scene, rule.address)
    yield from _obstacles(scene, rule.node)
    for address in rule.unless:
        if scene.values[address] is not False:
            word = "applies" if scene.values[address] else "may apply"
            yield f"the exception {address} {word} ({scene.law.book.rules[address].title})"


def _standing(scene: Scene, article: str) -> str:
    """The status of an article on the day; past a hinge, since when nothing confirms it."""
    stretch = scene.law.status(article, scene.on)
    if stretch.status == "unverified":
        return f"whether {article} is in force is not confirmed since {stretch.first} (hinge {stretch.hinge})"
    return f"{article} is {stretch.status.replace('_', ' ')} on {scene.on}"


def _obstacles(scene: Scene, node: Node, *, wanted: bool = True) -> Iterator[str]:
    value = scene.value(node)
    if value is wanted:
        return
    book = scene.law.book
    match node:
        case All(parts) | Some(parts):
            unknown = [p for p in parts if scene.value(p) is None]
            either = wanted is isinstance(node, Some)
            for part in unknown if either and unknown else parts:
                yield from _obstacles(scene, part, wanted=wanted)
        case Not(part):
            yield from _obstacles(scene, part, wanted=not wanted)
        case Named(name) if name in book.predicates:
            yield trace_predicate(scene, book.predicates[name]).sentence
        case Named(name) if value is None:
            yield from _obstacles(scene, book.conditions[name].node, wanted=wanted)
        case Named(name):
            says = book.conditions[name].says or name.replace("_", " ")
            yield says if value else f"Not so: {says}"
        case InForce(article):
            yield _standing(scene, article)
        case Holds(rule) if value is None:
            yield from why_not(scene, book.rules[rule])
        case Holds(rule):
            yield f"{rule} {'holds' if value else 'does not hold'} ({book.rules[rule].title})"
        case _:
            yield _bare(scene, node, value).sentence
