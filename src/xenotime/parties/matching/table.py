"""Rows of numbers in two flat arrays: small, quick to build, and ready to be written down as they are."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Table:
    """Row i holds `members[starts[i]:starts[i + 1]]`, in the order in which they were given."""

    starts: array[int]
    members: array[int]

    @classmethod
    def of(cls, rows: int, pairs: Sequence[tuple[int, int]]) -> Table:
        """The table of (row, member) pairs.

        >>> Table.of(3, [(2, 7), (0, 4), (2, 9)]).row(2).tolist()
        [7, 9]
        """
        counts = [0] * (rows + 1)
        for row, _ in pairs:
            counts[row + 1] += 1
        starts = list(accumulate(counts))
        members, place = array("I", bytes(4 * len(pairs))), starts[:-1]
        for row, member in pairs:
            members[place[row]] = member
            place[row] += 1
        return cls(array("I", starts), members)

    def row(self, number: int) -> array[int]:
        """The members of a row."""
        return self.members[self.starts[number] : self.starts[number + 1]]

    def size(self, number: int) -> int:
        """How many members a row has."""
        return self.starts[number + 1] - self.starts[number]

    def between(self, number: int, low: int, high: int) -> array[int]:
        """The members of an ascending row from `low` up to, but not with, `high`."""
        first, last = self.starts[number], self.starts[number + 1]
        start = bisect_left(self.members, low, first, last)
        return self.members[start : bisect_left(self.members, high, start, last)]

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True)
class Hashed:
    """A table found by text: a row may hold more than was put under the text, and never less."""

    table: Table

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, int]]) -> Hashed:
        """The table of (text, member) pairs.

        >>> 5 in Hashed.of([("ab", 5), ("cd", 6)]).get("ab")
        True
        """
        rows = 1 << max(4, len(pairs).bit_length())
        return cls(Table.of(rows, [(_slot(text, rows), member) for text, member in pairs]))

    def get(self, text: str) -> array[int]:
        """The members put under a text, and perhaps others."""
        return self.table.row(_slot(text, len(self.table)))

    def between(self, text: str, low: int, high: int) -> array[int]:
        """The members put under a text in ascending order, from `low` up to, but not with, `high`.

        Others that share the row stand among them, so the ends are kept by looking at each.
        """
        return array("I", [member for member in self.get(text) if low <= member < high])

    def size(self, text: str) -> int:
        """How many members `get` answers."""
        return self.table.size(_slot(text, len(self.table)))


def _slot(text: str, rows: int) -> int:
    """The row of a text, the same on every machine and in every process."""
    return crc32(text.encode("utf-8", "surrogatepass")) & (rows - 1)
