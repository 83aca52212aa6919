"""The gates that answers rest on, as steps of three sides: what one gate alone reads is part of its step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from xenotime.law.kernel.gates import Circuit


@dataclass(frozen=True, slots=True)
class Step:
    """Gate ``gate`` is both(both(first, second) ^ turned, third); a gate alone has its left side twice."""

    gate: int
    first: int
    second: int
    turned: int
    third: int

    @property
    def reads(self) -> frozenset[int]:
        """The gates that it reads."""
        return frozenset(side >> 1 for side in (self.first, self.second, self.third))


def steps_of(circuit: Circuit, lines: Collection[int]) -> list[Step]:
    """The steps that work out some lines, each after what it reads.

    >>> circuit = Circuit()
    >>> a, b, c = (circuit.input((name,)) for name in "abc")
    >>> [step.gate for step in steps_of(circuit, [circuit.both(circuit.both(a, b), c)])]
    [5]
    """
    sources = circuit.sources()
    readers = _readers(circuit, lines, sources)
    kept = sources | {line >> 1 for line in lines}
    steps, joined = [], set[int]()
    for gate in sorted(readers, reverse=True):
        if gate in joined or gate in sources:
            continue
        left, right = circuit.sides[gate]
        if readers[left >> 1] != 1 or left >> 1 in kept:
            left, right = right, left
        if readers[left >> 1] == 1 and left >> 1 not in kept:
            joined.add(left >> 1)
            steps.append(Step(gate, *circuit.sides[left >> 1], left & 1, right))
        else:
            steps.append(Step(gate, left, left, 0, right))
    return steps[::-1]


def _readers(circuit: Circuit, lines: Collection[int], sources: AbstractSet[int]) -> Counter[int]:
    """How many gates read each gate that some lines rest on; a line itself is read once more."""
    readers = Counter(line >> 1 for line in lines)
    for gate in range(len(circuit.sides) - 1, 0, -1):
        if gate in readers and gate not in sources:
            readers.update(side >> 1 for side in circuit.sides[gate])
    return readers
