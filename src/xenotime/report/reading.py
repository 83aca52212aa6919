"""An explanation in reading order: the answer, the articles that bear on it, and why others do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xenotime.law.answer import BranchAnswer, Duty, Explanation, Outcome, RuleTrace, TreeTrace
from xenotime.report.words import Words
from xenotime.services.results import Assessment, Leg


@dataclass(frozen=True, slots=True)
class Reading:
    """The rules of one explanation, sorted by what they mean for it.

    deciding: the rule that governs. also: others that hold. unsettled: unknown.
    asleep: true on the facts, but not in force or excepted.
    apart: the rest, grouped under the sentence that sets them aside, the nearest first.
    """

    deciding: RuleTrace | None
    also: tuple[RuleTrace, ...]
    unsettled: tuple[RuleTrace, ...]
    asleep: tuple[RuleTrace, ...]
    apart: tuple[tuple[str, tuple[RuleTrace, ...]], ...]

    @property
    def why(self) -> tuple[RuleTrace, ...]:
        """What explains the answer: the deciding rule, or those that would decide if they acted that day."""
        return self.asleep if self.deciding is None else (self.deciding,)


def arrange(exp: Explanation) -> Reading:
    """The rules of an explanation in reading order."""
    deciding = next((rule for rule in exp.rules if rule.address == exp.rule), None)
    rest = [rule for rule in exp.rules if rule is not deciding]
    false = [rule for rule in rest if rule.holds is False]
    return Reading(
        deciding,
        tuple(rule for rule in rest if rule.holds is True),
        tuple(rule for rule in rest if rule.holds is None),
        tuple(rule for rule in false if rule.tree.value is not False),
        _apart(rule for rule in false if rule.tree.value is False),
    )


def _apart(rules: Iterable[RuleTrace]) -> tuple[tuple[str, tuple[RuleTrace, ...]], ...]:
    groups: dict[str, list[RuleTrace]] = {}
    for rule in rules:
        groups.setdefault(reason(rule.tree), []).append(rule)
    ranked = sorted(groups.items(), key=lambda group: _turn(group[1]))
    return tuple((why, tuple(found)) for why, found in ranked)


def _turn(rules: Iterable[RuleTrace]) -> tuple[bool, int]:
    """Articles that would decide come before those that leave it open, the nearest first."""
    return all(rule.answer == "open" for rule in rules), -max(nearness(rule.tree) for rule in rules)


def nearness(tree: TreeTrace) -> int:
    """How many conditions of a tree are not false: the more, the nearer it came to applying."""
    if tree.leaf is not None:
        return int(tree.value is not False)
    return sum(nearness(child) for child in tree.children)


def reason(tree: TreeTrace) -> str:
    """The first sentence that makes a tree what it is; "" when nothing was said.

    A false "all" is explained by its first false child, a false "any" by its first child.
    """
    if tree.leaf is not None:
        return tree.leaf.sentence
    for child in tree.children:
        if tree.op in ("not", "any") or child.value == tree.value:
            return reason(child)
    return tree.label


def headline(exp: Explanation, words: Words) -> str:
    """The answer as one sentence."""
    days = [answers[0].day for answers in by_hinge(exp).values() if differs(answers)]
    possible = " / ".join(words.outcome(each) for each in exp.possible or (exp.low, exp.high))
    day = min(days).isoformat() if days else words("say.unknown")
    return words(f"headline.{exp.outcome.word}", possible=possible, day=day)


def by_hinge(exp: Explanation) -> dict[str, list[BranchAnswer]]:
    """The branch answers under each hinge, in the order given."""
    groups: dict[str, list[BranchAnswer]] = {}
    for answer in exp.branches:
        groups.setdefault(answer.hinge, []).append(answer)
    return groups


def differs(answers: Iterable[BranchAnswer]) -> bool:
    """Whether the branches of one hinge give different outcomes."""
    return len({answer.outcome for answer in answers}) > 1


def tally(assessment: Assessment) -> list[tuple[Outcome, int]]:
    """Outcomes that occur with their number of legs, in the order of `Outcome`."""
    return [
        (outcome, number) for outcome in Outcome if (number := assessment.counts.get(outcome.word, 0)) > 0
    ]


def span(due: tuple[date, date] | None, words: Words) -> str:
    """A deadline as a day, as a span where the calendar ends, or as "no day fixed"."""
    if due is None:
        return words("say.undated")
    first, last = due
    return first.isoformat() if first == last else f"{first.isoformat()}…{last.isoformat()}"


def by_value(facts: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Facts gathered under their value, in the order in which values first appear."""
    groups: dict[str, list[str]] = {}
    for name, value in facts:
        groups.setdefault(value, []).append(name)
    return list(groups.items())


def leads_to(exp: Explanation) -> str:
    """The text key that joins an answer to its rule: a rule decides only where the answer is firm."""
    firm = exp.outcome < Outcome.OPEN or exp.outcome is Outcome.CONFLICT
    return "say.decided_by" if firm else "say.turns_on"


def in_time(duties: Iterable[Duty]) -> list[Duty]:
    """Duties with a day first, the earliest leading; those without keep their order."""
    return sorted(duties, key=lambda duty: (duty.due is None, duty.due or ()))


def origin(leg: Leg, words: Words) -> str:
    """Where the leg departs, or "unknown"."""
    return leg.from_country or words("say.unknown")


def target(leg: Leg, words: Words) -> str:
    """Where the leg goes, or "unknown"."""
    return leg.to_country or words("say.unknown")


def flat(tree: TreeTrace) -> TreeTrace:
    """The tree without what a reader does not need.

    Nodes of one child give way to it; "not" is folded into its leaf, whose sentence already says what it
    found; alternatives that failed beside one that did not are one line each.
    """
    children = tuple(flat(child) for child in tree.children)
    if tree.op == "any" and tree.value is not False:
        children = tuple(_line(child) if child.value is False else child for child in children)
    if len(children) == 1 and not tree.label:
        if tree.op in ("all", "any"):
            return children[0]
        if tree.op == "not" and children[0].leaf is not None:
            return TreeTrace("leaf", tree.value, children[0].leaf)
    return TreeTrace(tree.op, tree.value, tree.leaf, tree.label, children)


def _line(tree: TreeTrace) -> TreeTrace:
    return tree if tree.leaf is not None else TreeTrace("leaf", tree.value, None, tree.label or reason(tree))


def node_words(tree: TreeTrace, words: Words) -> str:
    """What a node says: its sentence, its label, or how its children are joined."""
    if tree.leaf is not None:
        return tree.leaf.sentence
    if not tree.children:
        return tree.label or words.maybe("node", tree.op)
    joined = words.maybe("node", tree.op)
    return f"{tree.label.rstrip('.')}: {joined}" if tree.label else joined
