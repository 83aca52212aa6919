"""Which sets of questions settle something, from a table of what is settled under every partial answer.

The table has one entry per combination of answers; each question counts 0 (not answered), 1, 2, …, the first
question turning slowest. What is settled by fewer answers stays settled by more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

#: Sets of questions, none of which holds another, in a fixed order.
Sets = tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Family:
    """The smallest sets that settle something: `sure` whatever is answered, `may` for some answer."""

    sure: Sets
    may: Sets


@cache
def family(settled: bytes, sizes: tuple[int, ...]) -> Family:
    """The family of a table (product of `sizes`) of ones and zeroes.

    >>> family(bytes([0, 1, 1, 0, 1, 1]), (2, 3)).sure
    (frozenset({1}),)
    """
    return Family(_least(_fold(settled, sizes, every=True)), _least(_fold(settled, sizes, every=False)))


def _fold(settled: bytes, sizes: Sequence[int], *, every: bool) -> dict[frozenset[int], bool]:
    """For each set of questions: is it settled whatever (or whether something) they answer."""
    if not sizes:
        return {frozenset(): bool(settled[0])}
    step = len(settled) // sizes[0]
    blocks = [settled[start : start + step] for start in range(0, len(settled), step)]
    joined = int.from_bytes(blocks[1])
    for block in blocks[2:]:
        joined = joined & int.from_bytes(block) if every else joined | int.from_bytes(block)
    left = _fold(blocks[0], sizes[1:], every=every)
    asked = _fold(joined.to_bytes(step), sizes[1:], every=every)
    shifted = [{frozenset(i + 1 for i in one): v for one, v in part.items()} for part in (left, asked)]
    return shifted[0] | {one | {0}: value for one, value in shifted[1].items()}


def _least(found: dict[frozenset[int], bool]) -> Sets:
    return least(one for one, value in found.items() if value)


def least(sets: Iterable[frozenset[int]]) -> Sets:
    """The sets that hold no other of them, smaller first, then in the order of their members.

    >>> least([frozenset({1, 2}), frozenset({1}), frozenset({0, 3})])
    (frozenset({1}), frozenset({0, 3}))
    """
    kept: list[frozenset[int]] = []
    for one in sorted(set(sets), key=lambda s: (len(s), sorted(s))):
        if not any(other <= one for other in kept):
            kept.append(one)
    return tuple(kept)


def together(families: Iterable[Sets]) -> Sets:
    """The smallest sets that settle every one of several things, given the sets of each.

    >>> together([(frozenset({1}),), (frozenset({2}), frozenset({3}))])
    (frozenset({1, 2}), frozenset({1, 3}))
    """
    joined: Sets = (frozenset(),)
    for sets in families:
        joined = least(one | other for one, other in product(joined, sets))
    return joined
