"""What would change one decision: facts that are open, notices nobody has read, and what can be applied for.

Only what is unknown, uncertain or presumed is varied; a fact that is stated stays as it is stated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from xenotime.law.answer import BranchAnswer, Channel, Explanation, Outcome
from xenotime.law.facts import SCALE, Fact, Value, show_value
from xenotime.law.law import Law
from xenotime.law.oracle import judge
from xenotime.law.program import Row
from xenotime.services.ask.domain import answers
from xenotime.services.ask.weigh import WHOLE

#: At most so many facts are changed together, and so many combinations tried in all.
_TOGETHER, _TRIES = 3, 4_000
_LISTS = ("listed_", "held_")


@dataclass(frozen=True, slots=True)
class Turn:
    """One open fact as it might be: the values that do the same, what is known now, whose question it is.

    `presumed` is the value taken now where the fact is presumed, else "".
    """

    fact: str
    values: tuple[str, ...]
    presumed: str
    asks: str
    who: str


@dataclass(frozen=True, slots=True)
class Change:
    """A smallest set of facts that, if they are so, makes another outcome; and the rule that would decide."""

    turns: tuple[Turn, ...]
    outcome: Outcome
    rule: str


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What would change a decision. `whole` is False if more was open than could be tried.

    `channels` are ways to a licence, open or not, with what they lack; `banned` means that none can help.
    `lists` are the facts about lists on which nobody was looked for: the changes hold if no party is on one.
    """

    outcome: Outcome
    changes: tuple[Change, ...]
    branches: tuple[BranchAnswer, ...]
    channels: tuple[Channel, ...]
    covered_by: tuple[str, ...]
    banned: bool
    whole: bool
    lists: tuple[str, ...] = ()


def why_not(law: Law, row: Row, on: date, found: Explanation, *, strict: bool = False) -> WhyNot:
    """What would change the decision `found` of a row of facts on a day."""
    presumed = {a.fact: a.value for a in found.assuming}
    lists = tuple(m.fact for m in found.missing if m.fact.startswith(_LISTS))
    row = {**row, **dict.fromkeys(lists, False)}
    missing = {m.fact for m in found.missing} - set(lists)
    open_ = [f for f in law.facts if f.name in presumed or f.name in missing]
    choices = {f: tuple(_values(law, f, row, presumed.get(f.name))) for f in open_}
    able = [f for f in open_ if choices[f]]
    tried = _tried(law, row, on, able, choices, found, strict=strict)
    changes = tuple(_grouped(tried.found, presumed, row))
    settled = (b for b in found.branches if b.outcome <= Outcome.PROHIBITED)
    return WhyNot(
        found.outcome,
        changes,
        tuple(b for b in settled if b.outcome != found.outcome),
        found.channels,
        found.covered_by,
        banned=found.low == Outcome.PROHIBITED,
        whole=tried.whole and len(able) == len(open_),
        lists=lists,
    )


def _values(law: Law, fact: Fact, row: Row, presumed: str | None) -> Iterator[Value]:
    """The values a fact may honestly have: inside its interval, or one of each class but the presumed one."""
    given = row.get(fact.name)
    if fact.is_interval:
        whole = row.get(WHOLE.get(fact.name, ""))
        low, high = given if isinstance(given, tuple) else (None, None)
        high = whole[1] if high is None and isinstance(whole, tuple) else high
        yield (low or 0, low or 0)
        if high is not None and high != (low or 0):
            yield (high, high)
        return
    for value in answers(law, fact):
        if presumed is None or show_value(value) != presumed:
            yield value


@dataclass(frozen=True, slots=True)
class _Tried:
    found: dict[tuple[tuple[Fact, ...], Outcome, str], list[tuple[Value, ...]]]
    whole: bool


def _tried(
    law: Law,
    row: Row,
    on: date,
    able: Sequence[Fact],
    choices: Mapping[Fact, tuple[Value, ...]],
    found: Explanation,
    *,
    strict: bool,
) -> _Tried:
    """Every combination of few open facts that makes another outcome, smaller ones first, none twice."""
    made: dict[tuple[tuple[Fact, ...], Outcome, str], list[tuple[Value, ...]]] = defaultdict(list)
    least: list[tuple[dict[Fact, Value], Outcome]] = []
    tries = 0
    for count in range(1, _TOGETHER + 1):
        for facts in combinations(able, count):
            for values in product(*(choices[f] for f in facts)):
                if tries == _TRIES:
                    return _Tried(made, whole=False)
                tries += 1
                given = dict(zip(facts, values, strict=True))
                verdict = judge(law, {**row, **{f.name: v for f, v in given.items()}}, on, strict=strict)
                outcome = Outcome(verdict.outcome)
                if outcome > Outcome.PROHIBITED or outcome is found.outcome:
                    continue
                if any(o is outcome and one.items() <= given.items() for one, o in least):
                    continue
                least.append((given, outcome))
                rule = law.rules[verdict.rule].address if verdict.rule >= 0 else ""
                made[facts, outcome, rule].append(values)
    return _Tried(made, whole=len(able) <= _TOGETHER)


def _grouped(
    found: Mapping[tuple[tuple[Fact, ...], Outcome, str], Sequence[tuple[Value, ...]]],
    presumed: Mapping[str, str],
    row: Row,
) -> Iterator[Change]:
    """Changes with few facts first, then the mild outcomes; values of one fact that do the same together."""
    for facts, outcome, rule in sorted(found, key=lambda k: (len(k[0]), k[1], [f.name for f in k[0]])):
        rows = found[facts, outcome, rule]
        groups = [tuple(dict.fromkeys(v[0] for v in rows))] if len(facts) == 1 else None
        for values in [groups] if groups else [[(v,) for v in one] for one in rows]:
            turns = (
                Turn(f.name, tuple(show_value(v, row.get(SCALE, 10_000)) for v in several),
                     presumed.get(f.name, ""), f.asks, f.who)
                for f, several in zip(facts, values, strict=True)
            )  # fmt: skip
            yield Change(tuple(turns), outcome, rule)
