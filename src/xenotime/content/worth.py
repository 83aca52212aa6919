"""The value of Chinese Part 1 material in one unit of each product, in one currency on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xenotime.content.annex import Annex
from xenotime.content.bills import Bills, Composition, Declaration, Product
from xenotime.content.bounds import UNKNOWN, ZERO, Bounds, point, total
from xenotime.content.floor import Rank, rank
from xenotime.content.gaps import Gap
from xenotime.content.graph import arrange
from xenotime.content.matter import Matter
from xenotime.content.method import Basis

#: The key of value that is not divided by element: declared in one sum, or undescribed matter.
UNDIVIDED = ""


@dataclass(frozen=True, slots=True)
class Innermost:
    """Of all magnets and targets inside, the one whose share is the most serious."""

    product: str
    part1: Bounds
    largest: Bounds
    value: Bounds
    rank: Rank


@dataclass(frozen=True, slots=True)
class Worth:
    """Of one unit: Chinese Part 1 value by element, its sum, the price, and the gaps found here."""

    lines: Mapping[str, Bounds]
    part1: Bounds
    price: Bounds
    gaps: tuple[Gap, ...]
    price_gaps: tuple[Gap, ...]
    innermost: Innermost | None

    @property
    def largest(self) -> Bounds:
        """The greatest single input; see `greatest`."""
        return greatest(self.lines)


def greatest(lines: Mapping[str, Bounds]) -> Bounds:
    """The greatest of the values by element; an undivided sum may belong to any one of them."""
    most = ZERO
    for key, held in lines.items():
        if key != UNDIVIDED:
            most = most.raised(held)
    return most + lines.get(UNDIVIDED, ZERO).possible()


class Ledger:
    """Values in one currency on one day by one price basis, worked out once a product, parts first."""

    def __init__(
        self, bills: Bills, annex: Annex, matter: Mapping[str, Matter], currency: str, on: date, basis: Basis
    ) -> None:
        self.bills, self.annex, self.matter = bills, annex, matter
        self.currency, self.on, self.basis = currency, on, basis
        self.found: dict[str, Worth] = {}
        self._edges = {key: [row.part for row in rows] for key, rows in bills.parts.items()}

    def of(self, product: str) -> Worth:
        """The worth of one unit of a product."""
        if product not in self.found:
            for key in arrange([product], self._edges, self.found):
                self.found[key] = self._worth(key)
        return self.found[product]

    def money(self, amount: Fraction, currency: str | None, product: str, what: str) -> tuple[Bounds, list[Gap]]:
        """An amount in the ledger's currency, or an unknown one and the gap that says why."""
        if currency is None:
            return UNKNOWN, [Gap(product, "price", f"the currency of {what} is missing")]
        rate = self.bills.rates.find(currency, self.currency, self.on)
        if rate is None:
            text = f"no rate from {currency} to {self.currency} on or before {self.on.isoformat()} for {what}"
            return UNKNOWN, [Gap(product, "rate", text)]
        return point(amount * rate), []

    def _worth(self, key: str) -> Worth:
        product, matter = self.bills.products[key], self.matter[key]
        price, price_gaps = self._price(product)
        gaps: list[Gap] = []
        inner = self._inner(key)
        lines = self._lines(product, matter, price, price_gaps, inner, gaps)
        if matter.standing.settles:
            lines, gaps = self._settled(product, matter, lines)
        part1 = total(lines.values())
        inner_item = self._innermost(key, matter, lines, price)
        return Worth(lines, part1, price, tuple(gaps), tuple(price_gaps), inner_item)

    def _price(self, product: Product) -> tuple[Bounds, list[Gap]]:
        """The price of one unit, above 0; unknown with its gap when something is missing."""
        amount, what = product.price, "its unit price"
        if not amount:
            text = "its unit price is missing" if amount is None else "its unit price is stated as 0: no value"
            return UNKNOWN, [Gap(product.product, "price", text)]
        if product.unit == "piece" and product.price_unit == "kg":
            if not product.unit_mass:
                return UNKNOWN, [Gap(product.product, "unit", "its price is per kg, but unit_mass_kg is missing")]
            amount *= product.unit_mass
        return self.money(amount, product.currency, product.product, what)

    def _inner(self, key: str) -> dict[str, Bounds]:
        lines: dict[str, Bounds] = {}
        for row in self.bills.parts.get(key, ()):
            if not row.quantity:
                continue
            count = self.bills.products[row.part].count(row.quantity, row.unit)
            for element, held in self.found[row.part].lines.items():
                inside = _scaled(held, count)
                lines[element] = lines[element] + inside if element in lines else inside
        return lines

    def _lines(
        self,
        product: Product,
        matter: Matter,
        price: Bounds,
        price_gaps: list[Gap],
        inner: dict[str, Bounds],
        gaps: list[Gap],
    ) -> dict[str, Bounds]:
        """The value by element: the product as an input itself, its compositions, its parts."""
        whole: Bounds | None = None
        if matter.part1 is not False and matter.origin is not False:
            certain = matter.part1 is True and matter.origin is True
            whole = price if certain else price.possible()
            gaps.extend(price_gaps)
            if certain and price.high is not None:
                return dict.fromkeys(inner, ZERO) | {_joined(matter, self.annex): whole}
        lines = dict(inner)
        for element, held, priced in self._contents(product, matter, price, gaps):
            lines[element] = self._together(inner.get(element), lines.get(element), held, priced=priced)
        if whole is not None:
            key = _joined(matter, self.annex)
            lines[key] = lines.get(key, ZERO).raised(whole)
        for element in matter.unsourced:
            lines[element] = lines.get(element, ZERO) + UNKNOWN
        if matter.unlisted:
            lines[UNDIVIDED] = lines.get(UNDIVIDED, ZERO) + UNKNOWN
        return lines

    def _together(self, inner: Bounds | None, so_far: Bounds | None, held: Bounds, *, priced: bool) -> Bounds:
        """Parts and composition speak of the same material: bought in the parts list, held by composition."""
        if inner is None:
            return held if so_far is None else so_far + held
        if not priced:
            return inner if self.basis == "gross_purchase" else inner.possible()
        return held if self.basis == "contained" else inner.raised(held)

    def _contents(
        self, product: Product, matter: Matter, price: Bounds, gaps: list[Gap]
    ) -> Iterable[tuple[str, Bounds, bool]]:
        """By element: the value that the product's own compositions show, and whether they price it."""
        values: dict[str, tuple[Bounds, bool]] = {}
        rows = self.bills.compositions.get(product.product, ())
        beside = frozenset(row.element for row in rows if row.share.high)
        for row in rows:
            listed = self.annex.form(row.element, row.form, beside)
            if listed is False and row.element not in self.annex.counted:
                continue
            held, priced, found = self._content(product, matter, price, row)
            if listed is False:
                held, priced, found = ZERO, True, []
            held = held if listed else held.possible()
            before, all_priced = values.get(row.element, (ZERO, True))
            values[row.element] = (before + held, all_priced and priced)
            gaps.extend(found)
        return [(element, held, priced) for element, (held, priced) in values.items()]

    def _content(
        self, product: Product, matter: Matter, whole: Bounds, row: Composition
    ) -> tuple[Bounds, bool, list[Gap]]:
        """The value of one row, whether it is priced and placed, and its gaps.

        An input without a price of its content is worth its own price, by its share of the mass.
        """
        origin = row.origin or (product.made_in if matter.part1 is not False else None)
        counts = self.annex.origin_counts(origin)
        mass = row.share.by(matter.mass)
        if counts is False or row.share.high == 0:
            return ZERO, True, []
        what = f"{row.element} ({row.form})"
        if row.price is None and matter.part1 is not False:
            held, gaps = row.share.by(whole), []
        elif row.price is None:
            return UNKNOWN, False, [Gap(product.product, "price", f"the price of {what} is missing")]
        else:
            price, gaps = self.money(row.price, row.currency, product.product, what)
            held = mass.by(price)
        priced = counts is True and held.high is not None
        if not gaps and held.high is None:
            gaps = [Gap(product.product, "unit", f"the value of {what} has no upper bound: its mass is not known")]
        elif not gaps and not row.share.exact:
            gaps = [Gap(product.product, "percent", f"the share of {what} is an interval")]
        return (held if counts else held.possible()), priced, gaps

    def _settled(
        self, product: Product, matter: Matter, lines: Mapping[str, Bounds]
    ) -> tuple[dict[str, Bounds], list[Gap]]:
        """What a declaration states, unless the figures surely show more: then both stay side by side."""
        said, gaps = self._said(product, matter)
        shown = total(lines.values()).low
        if said.high is not None and shown > said.high:
            text = "the declared value is below what the parts and compositions show"
            gaps.append(Gap(product.product, "contradiction", text))
            said = Bounds(said.low, shown)
        settled = dict.fromkeys(lines, ZERO)
        only = [e for e in sorted(self.annex.counted) if matter.holds(e) is not False]
        key = only[0] if len(only) == 1 else UNDIVIDED
        settled[key] = said
        return settled, gaps

    def _said(self, product: Product, matter: Matter) -> tuple[Bounds, list[Gap]]:
        gaps: list[Gap] = []
        amounts = [ZERO] if matter.standing.nothing else []
        for declaration in matter.standing.values:
            amount, found = self._declared(product, declaration)
            amounts.append(amount)
            gaps.extend(found)
        if len(amounts) > 1:
            gaps.append(Gap(product.product, "contradiction", "declarations of one day state different values"))
        highs = [amount.high for amount in amounts if amount.high is not None]
        high = max(highs) if len(highs) == len(amounts) else None
        return Bounds(min(amount.low for amount in amounts), high), gaps

    def _declared(self, product: Product, declaration: Declaration) -> tuple[Bounds, list[Gap]]:
        if not declaration.value:
            return ZERO, []
        return self.money(declaration.value, declaration.currency, product.product, "the declared value")

    def _innermost(
        self, key: str, matter: Matter, lines: Mapping[str, Bounds], price: Bounds
    ) -> Innermost | None:
        rows = (row for row in self.bills.parts.get(key, ()) if row.quantity)
        choices = [found for row in rows if (found := self.found[row.part].innermost) is not None]
        if matter.magnet is not False or matter.target is not False:
            part1, single = total(lines.values()), greatest(lines)
            if matter.magnet is not True and matter.target is not True:
                part1, single = part1.possible(), single.possible()
            choices.append(innermost(key, part1, single, price, self.annex.floor))
        return max(choices, key=lambda choice: (choice.rank, choice.product), default=None)


def innermost(product: str, part1: Bounds, largest: Bounds, value: Bounds, floor: Fraction) -> Innermost:
    """A Part 2 item with the rank of its share."""
    return Innermost(product, part1, largest, value, rank(part1, value, floor))


def _scaled(held: Bounds, count: Fraction | None) -> Bounds:
    if count is None:
        return ZERO if held.high == 0 else UNKNOWN
    return held.times(count)


def _joined(matter: Matter, annex: Annex) -> str:
    return "-".join(e for e in sorted(annex.counted) if matter.holds(e) is not False)
