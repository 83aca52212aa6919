"""What an ownership picture shows: bodies with their states, and who holds what of whom."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from xenotime.core.truth import Truth
from xenotime.report.stake import between

#: The states of a body, the gravest first.
STATES = ("listed", "restricted", "possible", "clear")


@dataclass(frozen=True, slots=True)
class Node:
    """A body: its state (one of `STATES`), what stands below its name, its tier, and whether it was asked.

    `count` above 1: so many small holders drawn as one.
    """

    id: str
    name: str
    state: str
    note: str = ""
    tier: int | None = None
    asked: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Edge:
    """A holding from `owner` to `owned`, between two shares (`high` None: not known).

    `counted` says whether it counts towards the sum of `owned`; None: possibly. `says` stands beside the
    line where there is no share to be told.
    """

    owner: str
    owned: str
    low: Fraction
    high: Fraction | None
    counted: Truth = False
    kind: str = "shares"
    says: str = ""

    @property
    def text(self) -> str:
        """The share as it stands beside the line."""
        return self.says or between(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Chart:
    """Bodies and holdings; `left_out` is how many further bodies are not drawn."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0
