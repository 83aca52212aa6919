"""Rows of numbers in two flat arrays: small, quick to build, and ready to be written down as they are."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from zlib import crc32

#: Rows for each text, as a power of two: with room, few texts share a row and little is read in vain.
_ROOM = 1
_SOME = 4096


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
        return cls.laid(rows, array("I", [row for row, _ in pairs]), array("I", [m for _, m in pairs]))

    @classmethod
    def laid(cls, rows: int, where: array[int], members: array[int]) -> Table:
        """The table in which each member goes to the row at its place in `where`."""
        counts = [0] * (rows + 1)
        for row in where:
            counts[row + 1] += 1
        starts = array("I", accumulate(counts))
        found, place = array("I", bytes(4 * len(members))), array("I", starts)
        for row, member in zip(where, members, strict=True):
            found[place[row]] = member
            place[row] += 1
        return cls(starts, found)

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
    def of(cls, pairs: Iterable[tuple[str, int]]) -> Hashed:
        """The table of (text, member) pairs.

        >>> 5 in Hashed.of([("ab", 5), ("cd", 6)]).get("ab")
        True
        """
        marks, members = array("I"), array("I")
        rest = iter(pairs)
        while some := list(islice(rest, _SOME)):
            marks.extend([_mark(text) for text, _ in some])
            members.extend([member for _, member in some])
        rows = 1 << max(4, len(marks).bit_length() + _ROOM)
        return cls(Table.laid(rows, array("I", [mark & (rows - 1) for mark in marks]), members))

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


def _mark(text: str) -> int:
    """A number for a text, the same on every machine and in every process."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def _slot(text: str, rows: int) -> int:
    return _mark(text) & (rows - 1)
