"""How a value share is formed where the law's text leaves the method open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

#: gross_purchase: every input bought, waste included; contained: only what the item still holds.
Basis = Literal["gross_purchase", "contained"]
#: sum: all Chinese Part 1 inputs together; largest: the greatest of them alone.
Summing = Literal["sum", "largest"]
#: item: the exported item; smallest: the Part 2 item inside it that holds no other.
Denominator = Literal["item", "smallest"]


@dataclass(frozen=True, slots=True)
class Method:
    """One lawful way to form the share; the text (announcement 61 of 2025) settles none of the three.

    `basis` and `summing` default to the stricter reading. `denominator` defaults to the exported item,
    which the text names; every answer also carries the smallest Part 2 item, and says when they differ.
    """

    basis: Basis = "gross_purchase"
    summing: Summing = "sum"
    denominator: Denominator = "item"

    @property
    def name(self) -> str:
        """The three choices in one line: ``gross_purchase / sum / item``."""
        return f"{self.basis} / {self.summing} / {self.denominator}"

    def cautious(self) -> Method:
        """The strictest of the readings: gross purchase, summed, over the smallest Part 2 item."""
        return replace(self, basis="gross_purchase", summing="sum", denominator="smallest")


def methods() -> Iterator[Method]:
    """Every lawful reading, the default first."""
    denominators: tuple[Denominator, ...] = ("item", "smallest")
    summings: tuple[Summing, ...] = ("sum", "largest")
    bases: tuple[Basis, ...] = ("gross_purchase", "contained")
    for denominator, summing, basis in product(denominators, summings, bases):
        yield Method(basis, summing, denominator)
