"""What an ownership question comes to: per party the answer, its sums, its owners and what is missing.

Everything here is a value; `cascade` fills it, `proof` certifies it, and reports draw it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from xenotime.core.truth import Truth
from xenotime.parties.owners.holding import Body, Finding, Holding
from xenotime.parties.owners.rule import Listing, OwnershipRule

#: What an answer rests on for one body: its id, whether its person is listed, and what describes it.
Row = tuple[str, Truth, Body | None]


@dataclass(frozen=True, slots=True)
class Node:
    """A person or company as one vertex of the picture; branches are inside their parent.

    `truth`: caught by the rule, by its own listing or by its owners (None: possibly). `listed`: on a list
    itself (None: a near miss). `held`: held at the threshold. `tier`: 0 for the listed, then the round in
    which it is caught; None when it is not. `low` and `high` bound what caught owners hold [share of 1].
    `spared`: the rule never catches a company of its country. `asked`: the question was about it.
    """

    body: str
    name: str
    country: str
    kind: str
    truth: Truth
    listed: Truth
    held: Truth
    tier: int | None
    low: Fraction
    high: Fraction
    branches: tuple[str, ...] = ()
    spared: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A holding that stands on the day, between whom it counts: nominees replaced, branches merged.

    `owner` is "" when a nominee or trust does not say for whom it holds. `high` is what the owner can
    hold at most: its own upper bound, limited by what the others hold at least; `stated` is False when
    the holding states no exact share. `counted`: certain | possible | no, or control | votes | own for
    edges that are never a share. `through` is the nominee or trustee who holds for the owner.
    """

    holding: str
    owner: str
    owned: str
    low: Fraction
    high: Fraction
    counted: str
    kind: str
    stated: bool = True
    through: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Stake:
    """One owner's part of a sum: between which shares, whether the owner is caught, by which holdings."""

    owner: str
    low: Fraction
    high: Fraction
    truth: Truth
    holdings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """A red flag that does not decide.

    `kind`: control | votes | minority | remainder | unknown_share | nominee | spared | country |
    contradiction | branch. `other` is the body and `holding` the holding that it rests on.
    """

    kind: str
    says: str
    other: str = ""
    holding: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that could settle the answer.

    `kind`: share | near_miss | listing | programme | beneficiary | owner | contradiction, or more, where
    many are left out.
    """

    kind: str
    asks: str
    body: str = ""
    holding: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer when owners are put together in one way (all | per_owner | per_list)."""

    aggregate: str
    truth: Truth
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Held:
    """The answer for one party: True caught for certain, None possibly, False not.

    `person` is the body that stands for the party (the parent of a branch). `truth` is `listed` or `held`.
    `low` and `high` bound what caught owners hold [share of 1]; `owners` says who they are, largest first.
    `readings` holds every reading when the rule leaves open how owners are put together.
    """

    party: str
    person: str
    truth: Truth
    listed: Truth
    held: Truth
    low: Fraction
    high: Fraction
    tier: int | None
    owners: tuple[Stake, ...]
    warnings: tuple[Caution, ...] = ()
    missing: tuple[Missing, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def word(self) -> str:
        """The answer in one word: certainly | possibly | not."""
        return {True: "certainly", None: "possibly", False: "not"}[self.truth]

    @property
    def differs(self) -> bool:
        """Whether the readings of an open rule give different answers."""
        return len({r.truth for r in self.readings}) > 1


@dataclass(frozen=True, slots=True)
class Spread:
    """One set of owners put together, and whom they catch: each body with the round it is caught in.

    `name` is the owner or list of the group, "" for all. `certain` counts the least shares of sure
    owners, `possible` the most of every owner that could count. Companies that the rule spares stand in
    `possible` (their owners may hold through them) and never in `certain`.
    """

    name: str
    certain: Mapping[str, int]
    possible: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Resolution:
    """An ownership question answered: whole, dated, and enough to draw and to prove it.

    `nodes` and `edges` cover the asked parties and everybody above them; `findings` the whole data set.
    `data` is the hash of what was used: `holdings` as written, and the `bodies` of each person.
    """

    rule: OwnershipRule
    on: date
    held: Mapping[str, Held]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    findings: tuple[Finding, ...]
    listings: Mapping[str, tuple[Listing, ...]]
    spreads: tuple[Spread, ...]
    data: str
    holdings: tuple[Holding, ...] = ()
    bodies: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def node(self, body: str) -> Node:
        """The node of a body, or of the body that it is a branch of. Raises KeyError."""
        return next(n for n in self.nodes if body in (n.body, *n.branches))
