"""What is missing, named: a gap is shown, never taken for nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """One missing or contradicted input: at which product, of which sort, in words.

    `sort` is tombstone | origin | price | rate | unit | percent | unlisted | contradiction.
    """

    product: str
    sort: str
    text: str

    def __str__(self) -> str:
        return f"{self.product}: {self.text}"
