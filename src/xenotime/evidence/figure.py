"""A figure somebody published: value, interval, unit, of what, where, when, who says so, how sure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

#: How sure: official data or two agreeing reports; one named source or a derivation; aggregator, blog, rival.
SURENESS = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number, or a declared gap (`value` None: a hole, never a zero).

    `period` is the finest date known: ``2025``, ``2025-05``, ``2025-05-26``, ``2025-Q1``, ``2025-01/06``.
    `value`, `low` and `high` are in `unit`; `derived` says that it was computed from published numbers.
    """

    id: str
    subject: str
    stage: str
    element: str
    country: str
    period: str
    value: Decimal | None
    unit: str
    low: Decimal | None
    high: Decimal | None
    source: str
    url: str
    published: str
    sureness: str
    note: str = ""

    @property
    def gap(self) -> bool:
        """Whether nobody was found to have published this."""
        return self.value is None

    @property
    def derived(self) -> bool:
        """Whether it was computed from published numbers, by us or by its source's reader."""
        return "derived" in self.note or "computed" in self.note
