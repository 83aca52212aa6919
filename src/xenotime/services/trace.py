"""What a product is made of, as a tree with its gaps, and the answer to the 0.1 % test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xenotime.content.tree import Node, tree
from xenotime.core.errors import AddressError
from xenotime.portfolio.table import Portfolio
from xenotime.services.assess import share
from xenotime.services.library import Library
from xenotime.services.results import ValueShare
from xenotime.services.rows import Desk


@dataclass(frozen=True, slots=True)
class Traced:
    """A traced product: the tree, the currency of its values, the share, and every gap in words."""

    root: Node
    currency: str
    on: date
    share: ValueShare | None
    gaps: tuple[str, ...]


def trace(
    portfolio: Portfolio, library: Library, product: str, on: date, currency: str | None = None
) -> Traced:
    """The trace of one unit of a product at the rates of a day.

    Raises AddressError for a product that is not there.
    """
    desk = Desk(portfolio, library)
    if product not in desk.products:
        near = [
            p
            for p in desk.products
            if product.casefold() in p.casefold() or p.casefold() in product.casefold()
        ]
        raise AddressError(
            "no product has this id",
            where=f"{portfolio.path}, table products",
            expected="an id of the column product",
            found=product,
            next_step=f"did you mean: {', '.join((near or list(desk.products))[:8])}",
        )
    content = desk.roll.content(product, on, currency=currency)
    root = tree(desk.roll, product, on, currency=currency)
    gaps = tuple(f"{gap.product}: {gap.text}" for gap in content.gaps)
    return Traced(root, content.totals.currency, on, share(content.floor), gaps)
