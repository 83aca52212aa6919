"""What a fact may be answered with: every answer that the book can tell apart, once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from xenotime.law.facts import Fact, Value
from xenotime.law.law import Law
from xenotime.law.node import Cmp, In, Lit, Node, Ref, walk

#: A territory that no text names.
ELSEWHERE = "ZZ"
#: More answers than this to one question are not tried.
MOST = 40


@cache
def answers(law: Law, fact: Fact) -> tuple[Value, ...]:
    """One value of each class that the conditions tell apart; () for money and where there are too many.

    Two values of one class are true and false of the same conditions, so one stands for all.
    """
    if fact.type == "bool":
        return (True, False)
    if fact.is_interval or _compared(law, fact):
        return ()
    named = dict.fromkeys(v for part in _tests(law, fact) for v in _named(part))
    if fact.type == "int":
        numbers = sorted({n + d for n in named if isinstance(n, int) for d in (-1, 0, 1)}) or [0]
        found: tuple[Value, ...] = tuple(numbers)
    else:
        others = [
            v for v in (*fact.values, *((ELSEWHERE,) if fact.type == "country" else ())) if v not in named
        ]
        found = (*named, *others[:1])
    return found if len(found) <= MOST else ()


def _tests(law: Law, fact: Fact) -> Iterator[Node]:
    for name in law.order:
        for part in walk(law.node(name)):
            match part:
                case In(told, _) if told == fact.name:
                    yield part
                case Cmp(_, Ref(told), Lit()) | Cmp(_, Lit(), Ref(told)) if told == fact.name:
                    yield part


def _named(part: Node) -> tuple[int | str, ...]:
    match part:
        case In(_, values):
            return values
        case Cmp(_, Ref(), Lit(value)) | Cmp(_, Lit(value), Ref()):
            return (value,)
        case _:
            return ()


def _compared(law: Law, fact: Fact) -> bool:
    """Whether some condition compares the fact with another fact, so that no few values stand for all."""
    pairs = (p for name in law.order for p in walk(law.node(name)) if isinstance(p, Cmp))
    return any(
        isinstance(p.left, Ref) and isinstance(p.right, Ref) and fact.name in (p.left.fact, p.right.fact)
        for p in pairs
    )
