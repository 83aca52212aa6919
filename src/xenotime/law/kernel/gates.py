"""A circuit of and-gates: what a law asks of its inputs, each distinct question once.

A *line* is a whole number: gate ``n`` is the line ``2n``, its opposite ``2n + 1``; line 0 is false, 1 true.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

NO, YES = 0, 1


class Circuit:
    """Gates in the order in which they can be worked out; an input is a gate with a key and no sides."""

    def __init__(self) -> None:
        self.sides: list[tuple[int, int]] = [(NO, NO)]
        self.inputs: dict[tuple[Any, ...], int] = {}
        self._known: dict[tuple[int, int], int] = {}

    def input(self, key: tuple[Any, ...]) -> int:
        """The line of an input, the same for the same key."""
        if key not in self.inputs:
            self.inputs[key] = self._gate(NO, NO)
        return self.inputs[key]

    def sources(self) -> frozenset[int]:
        """The gates that nothing works out: the inputs, and the one that is always false."""
        return frozenset(line >> 1 for line in self.inputs.values()) | {0}

    def both(self, left: int, right: int) -> int:
        """True where both lines are.

        >>> circuit = Circuit()
        >>> a, b = circuit.input(("a",)), circuit.input(("b",))
        >>> circuit.both(a, b) == circuit.both(b, a), circuit.both(a, a ^ 1), circuit.both(a, YES) == a
        (True, 0, True)
        """
        if left > right:
            left, right = right, left
        if left == NO or left ^ 1 == right:
            return NO
        if left in (YES, right):
            return right
        sides = (left, right)
        if sides not in self._known:
            self._known[sides] = self._gate(left, right)
        return self._known[sides]

    def either(self, left: int, right: int) -> int:
        """True where one line is, or both."""
        return self.both(left ^ 1, right ^ 1) ^ 1

    def choose(self, test: int, then: int, otherwise: int) -> int:
        """One line where a test holds, another where it does not."""
        if then == otherwise:
            return then
        return self.either(self.both(test, then), self.both(test ^ 1, otherwise))

    def differ(self, left: int, right: int) -> int:
        """True where two lines differ."""
        return self.either(self.both(left, right ^ 1), self.both(left ^ 1, right))

    def every(self, lines: Iterable[int]) -> int:
        """True where all lines are."""
        result = YES
        for line in lines:
            result = self.both(result, line)
        return result

    def _gate(self, left: int, right: int) -> int:
        self.sides.append((left, right))
        return 2 * (len(self.sides) - 1)
