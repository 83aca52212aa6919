"""The order of questions: at each step the set that settles most for each question that it adds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from xenotime.services.ask.family import Sets


@dataclass(frozen=True, slots=True)
class Step:
    """Questions asked together, by number, and the things that are settled once they are answered."""

    questions: tuple[int, ...]
    settles: tuple[str, ...]


def greedy(families: Mapping[str, Sets]) -> tuple[Step, ...]:
    """The steps, best first, until nothing more can be settled for sure.

    A candidate is what one of the sets still lacks. The one with most things settled a question goes first;
    of equals the one with fewer questions, then the one whose questions come first by number.
    """
    open_: dict[str, Sets] = {name: sets for name, sets in families.items() if sets}
    asked: frozenset[int] = frozenset()
    steps = []
    while open_:
        chosen = _best(open_, asked)
        asked |= chosen
        settled = tuple(name for name, sets in open_.items() if any(one <= asked for one in sets))
        steps.append(Step(tuple(sorted(chosen)), settled))
        open_ = {name: sets for name, sets in open_.items() if name not in settled}
    return tuple(steps)


def _best(open_: Mapping[str, Sets], asked: frozenset[int]) -> frozenset[int]:
    """The candidate that goes next."""
    kinds = Counter(tuple(one - asked for one in sets) for sets in open_.values())
    by_question: dict[int, list[tuple[frozenset[int], ...]]] = defaultdict(list)
    for kind in kinds:
        for number in frozenset().union(*kind):
            by_question[number].append(kind)
    candidates = {one for kind in kinds for one in kind}
    gains = {one: _gain(one, kinds, by_question) for one in candidates}
    return min(gains, key=lambda one: (-Fraction(gains[one], len(one) or 1), len(one), sorted(one)))


def _gain(
    one: frozenset[int],
    kinds: Mapping[tuple[frozenset[int], ...], int],
    by_question: Mapping[int, list[tuple[frozenset[int], ...]]],
) -> int:
    near = {kind for number in one for kind in by_question[number]}
    return sum(kinds[kind] for kind in near if any(need <= one for need in kind))
