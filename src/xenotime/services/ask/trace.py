"""Where in a parts list something is unknown: the products whose makers have to be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from xenotime.content.elements import BITS, RARE
from xenotime.content.rollup import Roll
from xenotime.services.ask.home import WORTH

_SHORT = "its parts leave"


def sources(roll: Roll, product: str, fact: str, currency: str, on: date) -> tuple[str, ...]:
    """The products inside one, itself included, whose answers together make a fact of content known.

    The deepest that can tell; `currency` and `on` are those of the leg whose value is asked.
    """
    if fact.startswith("el_"):
        return _element(roll, product, fact.removeprefix("el_").capitalize())
    if fact == "cn_technology":
        return _technology(roll, product)
    if fact in WORTH:
        return _worth(roll, product, currency, on)
    return (product,)


def _element(roll: Roll, product: str, element: str) -> tuple[str, ...]:
    bit = BITS[element]

    def unknown(key: str) -> bool:
        matter = roll.matter[key]
        return bool(matter.possible & bit and not matter.sure & bit)

    def own(key: str) -> bool:
        stated = roll.bills.products[key].elements or {}
        rows = roll.bills.compositions.get(key, ())
        unsure = any(r.element == element and r.share.high and not r.share.low for r in rows)
        return stated.get(element, False) is None or unsure or _short(roll, key)

    return _deepest(roll, product, unknown, lambda key, below: own(key) or not below, alone=True)


def _technology(roll: Roll, product: str) -> tuple[str, ...]:
    def unknown(key: str) -> bool:
        matter = roll.matter[key]
        return matter.technology is None and bool(matter.possible & RARE)

    return _deepest(roll, product, unknown, lambda _, below: not below, alone=True)


def _worth(roll: Roll, product: str, currency: str, on: date) -> tuple[str, ...]:
    ledger = roll.ledger(currency, on)

    def unknown(key: str) -> bool:
        return not ledger.of(key).part1.exact and not roll.matter[key].standing.settles

    def own(key: str, below: Iterable[str]) -> bool:
        return bool(ledger.of(key).gaps) or bool(roll.matter[key].unlisted) or not below

    return _deepest(roll, product, unknown, own, alone=False)


def _short(roll: Roll, key: str) -> bool:
    return any(gap.text.startswith(_SHORT) for gap in roll.matter[key].gaps)


def _deepest(
    roll: Roll,
    product: str,
    unknown: Callable[[str], bool],
    own: Callable[[str, list[str]], bool],
    *,
    alone: bool,
) -> tuple[str, ...]:
    """Down from a product to the unknown ones that have nothing unknown below, or something of their own.

    With ``alone`` a product that has something of its own answers for all below it.
    """
    found: dict[str, None] = {}
    queue, seen = [product], {product}
    for key in queue:
        below = [part for part in roll.edges.get(key, ()) if unknown(part)]
        mine = own(key, below)
        if mine:
            found[key] = None
        for part in below:
            if part not in seen and not (mine and alone):
                seen.add(part)
                queue.append(part)
    return tuple(found)
