"""A finding of the proof: what is wrong, where, on which days, and the smallest shipment that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xenotime.law.facts import Value

#: The kinds of finding in the order in which they are shown, each with what it means.
KINDS = {
    "overlap": "Two rules answer one question differently for one shipment; nothing says which gives way.",
    "gap": "The article says that it decides this shipment, and no rule of it reaches it.",
    "reach": "The article says that it does not reach this shipment, and a rule of it does.",
    "hole": "On these days the old version no longer applies and the new one does not yet.",
    "double": "On these days the old version and the new one both apply.",
    "misdated": "Two dates that say the same thing differ.",
    "opposite": "Two conditions are written as opposites, but for this shipment both hold, or neither does.",
    "wrong_way": "More of this fact alone moves the answer the wrong way, against what the book says of it.",
    "dead": "No shipment on any day can meet the rule: it stands in the book and never applies.",
    "idle_exception": "The exception can never touch the rule that names it.",
    "idle_relation": "The declared relation is between rules that can never both hold.",
    "outweighed": "Wherever the rule holds, a stricter one holds too: its answer is never the answer.",
    "unreachable": "The book has a rule with this answer, and no shipment on any day gets it.",
    "always": "The condition is true of every shipment: it asks nothing.",
    "never": "The condition is true of no shipment.",
    "unread": "No rule reads the condition.",
    "overturned": "An answer given while a fact is missing is overturned by the fact.",
    "settled": "A doubt is declared, and the proof no longer finds what it declares.",
}


@dataclass(frozen=True, slots=True)
class Witness:
    """One shipment on one day that shows a finding; no fact of it can be left out.

    `holds` says of each rule named whether it holds.
    """

    on: date
    known: date
    branches: Mapping[str, str]
    row: Mapping[str, Value]
    holds: Mapping[str, bool]
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the proof found. `at` are the addresses or names it is about."""

    kind: str
    at: tuple[str, ...]
    what: str
    next_step: str
    witnesses: tuple[Witness, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name under which a doubt or a file speaks of it: ``overlap-cn-mofcom-2025-61-1.1``."""
        return "-".join([self.kind, *(a.replace("/", "-") for a in self.at)])[:120]

    @property
    def means(self) -> str:
        """What a finding of this kind means."""
        return KINDS[self.kind]
