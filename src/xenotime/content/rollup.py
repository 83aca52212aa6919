"""Bills of material rolled up: structure once, money once a currency and day, answers on demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xenotime.content.annex import Annex
from xenotime.content.bills import Bills, links
from xenotime.content.bounds import Bounds, point
from xenotime.content.elements import truths
from xenotime.content.floor import Floor, Reading, reading
from xenotime.content.gaps import Gap
from xenotime.content.graph import reach
from xenotime.content.matter import Matter
from xenotime.content.method import Basis, Method, methods
from xenotime.content.structure import structure
from xenotime.content.worth import Innermost, Ledger, Worth, innermost
from xenotime.core.errors import AddressError
from xenotime.core.truth import Truth, some


@dataclass(frozen=True, slots=True)
class Totals:
    """One unit of a product in figures: money in `currency` at the rates of `on`, masses in kg.

    `part1`: Chinese Part 1 material in the item, summed; `largest`: the greatest single input;
    `innermost`: the most serious magnet or target in it, which may be the item itself, or None.
    """

    product: str
    currency: str
    on: date
    mass: Bounds
    price: Bounds
    part1: Bounds
    largest: Bounds
    innermost: Innermost | None
    elements: Mapping[str, Truth]
    holds_magnet: Truth
    holds_target: Truth
    cn_technology: Truth
    cn_rare_earths: Truth


@dataclass(frozen=True, slots=True)
class ElementMass:
    """The mass of one element in one unit [kg], and the products inside that state it."""

    element: str
    kg: Bounds
    carriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part2Item:
    """A Part 2 item in the product, or the product itself: `certain` is None if it may be one."""

    product: str
    certain: Truth
    part1: Bounds
    value: Bounds
    floor: Floor


@dataclass(frozen=True, slots=True)
class Content:
    """All that is known of one unit of a product, with every gap named."""

    totals: Totals
    elements: tuple[ElementMass, ...]
    items: tuple[Part2Item, ...]
    floor: Floor
    gaps: tuple[Gap, ...]


class Roll:
    """A portfolio's bills, rolled up. Raises InputError at once for a product that contains itself."""

    def __init__(self, bills: Bills, annex: Annex) -> None:
        self.bills, self.annex = bills, annex
        self.links = links(bills)
        self.edges = {key: [link.row.part for link in rows] for key, rows in self.links.items()}
        self._twofold = any(rows and bills.compositions.get(key) for key, rows in self.links.items())
        self.matter: dict[str, Matter] = structure(bills, annex)
        self._ledgers: dict[tuple[str, object, Basis], Ledger] = {}

    def ledger(self, currency: str, on: date, basis: Basis = "gross_purchase") -> Ledger:
        """The values in a currency on a day; days between two rates share one ledger.

        Where no product has both parts and compositions, bought and contained amounts are the same.
        """
        basis = basis if self._twofold else "gross_purchase"
        key = (currency, self.bills.rates.epoch(on), basis)
        if key not in self._ledgers:
            self._ledgers[key] = Ledger(
                self.bills, self.annex, self.matter, self.links, currency=currency, on=on, basis=basis
            )
        return self._ledgers[key]

    def totals(
        self,
        product: str,
        on: date,
        *,
        currency: str | None = None,
        price: Fraction | None = None,
        basis: Basis = "gross_purchase",
    ) -> Totals:
        """The figures of one unit of a product on a day.

        `price` is what one unit is sold for in `currency`, if that is known better than its unit price.
        Raises AddressError for a product that is not there.
        """
        matter = self._matter(product)
        currency = currency or self.bills.products[product].currency or "USD"
        worth = self.ledger(currency, on, basis).of(product)
        value = point(price) if price else worth.price
        return Totals(
            product=product,
            currency=currency,
            on=on,
            mass=matter.mass,
            price=value,
            part1=worth.part1,
            largest=worth.largest,
            innermost=self._innermost(product, worth, value),
            elements=truths(matter.sure, matter.possible),
            holds_magnet=matter.holds_magnet,
            holds_target=matter.holds_target,
            cn_technology=matter.technology,
            cn_rare_earths=matter.rare_earths,
        )

    def content(
        self,
        product: str,
        on: date,
        *,
        currency: str | None = None,
        price: Fraction | None = None,
        method: Method | None = None,
    ) -> Content:
        """Everything about one unit of a product on a day; see `totals` for `currency` and `price`."""
        method = method or Method()
        totals = self.totals(product, on, currency=currency, price=price, basis=method.basis)
        inside = reach(product, self.edges)
        ledger = self.ledger(totals.currency, on, method.basis)
        gaps = [gap for key in inside for gap in (*self.matter[key].gaps, *ledger.of(key).gaps)]
        floor = self.floor(product, on, currency=totals.currency, price=price, method=method)
        return Content(
            totals=totals,
            elements=self._elements(product, inside),
            items=tuple(self._items(inside, totals, method)),
            floor=floor,
            gaps=tuple(dict.fromkeys(gaps)),
        )

    def floor(
        self,
        product: str,
        on: date,
        *,
        currency: str | None = None,
        price: Fraction | None = None,
        method: Method | None = None,
    ) -> Floor:
        """Whether the Chinese Part 1 share reaches the floor: by the method asked, and by every other."""
        method = method or Method()
        by_basis: dict[Basis, Totals] = {
            basis: self.totals(product, on, currency=currency, price=price, basis=basis)
            for basis in ("gross_purchase", "contained")
        }
        readings = {m: self._read(by_basis[m.basis], m) for m in methods()}
        chosen, totals = readings[method], by_basis[method.basis]
        part, whole = _sides(totals, method)
        return Floor(
            answer=chosen.answer,
            low=chosen.low,
            high=chosen.high,
            part=part,
            whole=whole,
            method=method,
            gaps=self._doubts(totals, method),
            readings=tuple(readings.values()),
        )

    def _read(self, totals: Totals, method: Method) -> Reading:
        return reading(*_sides(totals, method), self.annex.floor, method)

    def _matter(self, product: str) -> Matter:
        if product not in self.matter:
            raise AddressError(
                "no product has this name",
                where="products",
                expected="a product id of the portfolio",
                found=product,
                next_step="see the column product of the table products",
            )
        return self.matter[product]

    def _innermost(self, product: str, worth: Worth, price: Bounds) -> Innermost | None:
        """As rolled up; the item itself is weighed again at the price that it is sold for."""
        found = worth.innermost
        if found is None or found.product != product:
            return found
        return innermost(product, found.part1, found.largest, price, self.annex.floor)

    def _doubts(self, totals: Totals, method: Method) -> tuple[str, ...]:
        """The gaps that keep the share from being exact, nearest first; none if it is."""
        part, whole = _sides(totals, method)
        start = totals.product
        if method.denominator == "smallest" and totals.innermost is not None:
            start = totals.innermost.product
        ledger = self.ledger(totals.currency, totals.on, method.basis)
        found: list[Gap] = []
        if not whole.exact:
            found.extend(ledger.of(start).price_gaps)
        if not part.exact:
            found.extend(gap for key in self._inexact(start, ledger) for gap in self._value_gaps(key, ledger))
        return tuple(dict.fromkeys(str(gap) for gap in found))

    def _inexact(self, start: str, ledger: Ledger) -> tuple[str, ...]:
        def unsure(key: str) -> bool:
            return not ledger.of(key).part1.exact

        seen = {start: None}
        for key in (queue := [start]):
            if self.matter[key].standing.settles:
                continue
            for part in self.edges.get(key, ()):
                if part not in seen and unsure(part):
                    seen[part] = None
                    queue.append(part)
        return tuple(seen)

    def _value_gaps(self, key: str, ledger: Ledger) -> list[Gap]:
        settled = self.matter[key].standing.settles
        structural = () if settled else self.matter[key].gaps
        return [*structural, *ledger.of(key).gaps]

    def _elements(self, product: str, inside: tuple[str, ...]) -> tuple[ElementMass, ...]:
        matter = self.matter[product]
        carriers: dict[str, list[str]] = {element: [] for element in matter.named}
        for key in inside:
            stated = {row.element for row in self.bills.compositions.get(key, ()) if row.share.high}
            for element in sorted(stated | set(self.bills.products[key].elements or ())):
                carriers.setdefault(element, []).append(key)
        return tuple(ElementMass(e, matter.element(e), tuple(keys)) for e, keys in sorted(carriers.items()))

    def _items(self, inside: tuple[str, ...], totals: Totals, method: Method) -> list[Part2Item]:
        ledger = self.ledger(totals.currency, totals.on, method.basis)
        items = []
        for key in inside:
            matter = self.matter[key]
            certain = some((matter.magnet, matter.target, matter.holds_magnet, matter.holds_target))
            if certain is False:
                continue
            worth = ledger.of(key)
            value = totals.price if key == totals.product else worth.price
            part = worth.part1 if method.summing == "sum" else worth.largest
            read = reading(part, value, self.annex.floor, method)
            floor = Floor(read.answer, read.low, read.high, part, value, method)
            items.append(Part2Item(key, certain, part, value, floor))
        return items


def _sides(totals: Totals, method: Method) -> tuple[Bounds, Bounds]:
    """The part and the whole that a method compares.

    Without a magnet or target inside, the smallest item is the item itself; its largest single input
    is bounded by that of the whole item.
    """
    inner = totals.innermost
    if method.denominator == "item" or inner is None:
        return (totals.part1 if method.summing == "sum" else totals.largest), totals.price
    return (inner.part1 if method.summing == "sum" else inner.largest), inner.value
