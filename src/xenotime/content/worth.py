"""The value of Chinese Part 1 material in one unit of each product, in one currency on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xenotime.content.annex import Annex
from xenotime.content.bills import Bills, Composition, Declaration, Link, Product
from xenotime.content.bounds import UNKNOWN, ZERO, Bounds, blend, point, total
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


@dataclass(frozen=True, slots=True)
class Entry:
    """A value; `placed` if its price, mass and origin are known; and the gaps if they are not."""

    held: Bounds
    placed: bool
    gaps: tuple[Gap, ...] = ()


_NOTHING = Entry(ZERO, placed=True)


class Ledger:
    """Values in one currency on one day by one price basis, worked out once a product, parts first."""

    def __init__(
        self,
        bills: Bills,
        annex: Annex,
        matter: Mapping[str, Matter],
        links: Mapping[str, tuple[Link, ...]],
        *,
        currency: str,
        on: date,
        basis: Basis,
    ) -> None:
        self.bills, self.annex, self.matter = bills, annex, matter
        self.currency, self.on, self.basis = currency, on, basis
        self.found: dict[str, Worth] = {}
        self.inside = {key: [link.row.part for link in rows] for key, rows in links.items()}
        self.links = links

    def of(self, product: str) -> Worth:
        """The worth of one unit of a product."""
        if product not in self.found:
            for key in arrange([product], self.inside, self.found):
                self.found[key] = self._worth(key)
        return self.found[product]

    def money(
        self, amount: Fraction, currency: str | None, product: str, what: str
    ) -> tuple[Bounds, list[Gap]]:
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
            text = (
                "its unit price is missing" if amount is None else "its unit price is stated as 0: no value"
            )
            return UNKNOWN, [Gap(product.product, "price", text)]
        if product.unit == "piece" and product.price_unit == "kg":
            if not product.unit_mass:
                return UNKNOWN, [
                    Gap(product.product, "unit", "its price is per kg, but unit_mass_kg is missing")
                ]
            amount *= product.unit_mass
        return self.money(amount, product.currency, product.product, what)

    def _inner(self, key: str) -> dict[str, Bounds]:
        """What the parts bring, by element."""
        return blend((link.count, self.found[link.row.part].lines) for link in self.links.get(key, ()))

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
        for element, entry in self._contents(product, matter, gaps):
            lines[element] = self._together(product.product, element, inner.get(element), entry)
        if whole is not None:
            key = _joined(matter, self.annex)
            lines[key] = lines.get(key, ZERO).raised(whole)
        for element in matter.unsourced:
            lines[element] = lines.get(element, ZERO) + UNKNOWN
        if matter.unlisted:
            lines[UNDIVIDED] = lines.get(UNDIVIDED, ZERO) + UNKNOWN
        return lines

    def _together(self, key: str, element: str, inner: Bounds | None, entry: Entry) -> Bounds:
        """Parts and composition speak of the same material: bought in the parts list, held by composition.

        A composition without price or origin leaves it to the parts, if they bring enough of the element.
        """
        if inner is None:
            return entry.held
        if entry.placed:
            return entry.held if self.basis == "contained" else inner.raised(entry.held)
        if not self._brings(key, element):
            return entry.held if self.basis == "contained" else inner.raised(entry.held)
        return inner if self.basis == "gross_purchase" else inner.possible()

    def _brings(self, key: str, element: str) -> bool:
        """Whether the parts may bring as much of an element [kg] as the product is stated to hold."""
        rows = self.links.get(key, ())
        brought = blend((row.count, {"": self.matter[row.row.part].named.get(element, ZERO)}) for row in rows)
        most, held = brought.get("", ZERO).high, self.matter[key].named.get(element, ZERO).high
        return most is not None and held is not None and most >= held

    def _contents(self, product: Product, matter: Matter, gaps: list[Gap]) -> Iterable[tuple[str, Entry]]:
        """By element: the value that the product's own compositions show, all rows of it together."""
        values: dict[str, Entry] = {}
        for row in self.bills.compositions.get(product.product, ()):
            found = self.content(product, matter, row)
            if row.element not in self.annex.counted and found.held is ZERO:
                continue
            before = values.get(row.element, _NOTHING)
            values[row.element] = Entry(before.held + found.held, before.placed and found.placed)
            gaps.extend(found.gaps)
        return values.items()

    def content(self, product: Product, matter: Matter, row: Composition) -> Entry:
        """The Chinese Part 1 value of one composition row in one unit of its product."""
        rows = self.bills.compositions.get(product.product, ())
        beside = frozenset(other.element for other in rows if other.share.high)
        listed = self.annex.form(row.element, row.form, beside)
        origin = row.origin or (product.made_in if matter.part1 is not False else None)
        counts = self.annex.origin_counts(origin)
        if listed is False or counts is False or row.share.high == 0:
            return _NOTHING
        held, gaps = self._priced(product, matter, row)
        if gaps is None:
            return Entry(
                UNKNOWN, False, (Gap(product.product, "price", f"the price of {_named(row)} is missing"),)
            )
        gaps = gaps or _vague(product, row, held)
        certain = listed is True and counts is True
        return Entry(
            held if certain else held.possible(), counts is True and held.high is not None, tuple(gaps)
        )

    def _priced(self, product: Product, matter: Matter, row: Composition) -> tuple[Bounds, list[Gap] | None]:
        """The value of the row's material, or None for gaps if it has no price at all.

        An input without a price of its content is worth its own price, by its share of the mass.
        """
        if row.price is not None:
            price, gaps = self.money(row.price, row.currency, product.product, _named(row))
            return row.share.by(matter.mass).by(price), gaps
        if matter.part1 is False:
            return UNKNOWN, None
        whole, gaps = self._price(product)
        return row.share.by(whole), gaps

    def _settled(
        self, product: Product, matter: Matter, lines: Mapping[str, Bounds]
    ) -> tuple[dict[str, Bounds], list[Gap]]:
        """What a declaration states, unless the figures surely show more: then both stay side by side."""
        said, gaps = self._said(product, matter)
        shown = total(lines.values())
        if said.high is not None and (shown.low > said.high or (matter.refutes and not said.high)):
            text = "the declared value is below what the parts and compositions show"
            gaps.append(Gap(product.product, "contradiction", text))
            said = Bounds(said.low, shown.high)
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
            gaps.append(
                Gap(product.product, "contradiction", "declarations of one day state different values")
            )
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
        inner = (self.found[link.row.part].innermost for link in self.links.get(key, ()))
        choices = [found for found in inner if found is not None]
        if matter.magnet is not False or matter.target is not False:
            part1, single = total(lines.values()), greatest(lines)
            if matter.magnet is not True and matter.target is not True:
                part1, single = part1.possible(), single.possible()
            choices.append(innermost(key, part1, single, price, self.annex.floor))
        return max(choices, key=lambda choice: (choice.rank, choice.product), default=None)


def innermost(product: str, part1: Bounds, largest: Bounds, value: Bounds, floor: Fraction) -> Innermost:
    """A Part 2 item with the rank of its share."""
    return Innermost(product, part1, largest, value, rank(part1, value, floor))


def _named(row: Composition) -> str:
    return f"{row.element} ({row.form})"


def _vague(product: Product, row: Composition, held: Bounds) -> list[Gap]:
    if held.high is None:
        text = f"the value of {_named(row)} has no upper bound: its mass is not known"
        return [Gap(product.product, "unit", text)]
    if not row.share.exact:
        return [Gap(product.product, "percent", f"the share of {_named(row)} is an interval")]
    return []


def _joined(matter: Matter, annex: Annex) -> str:
    return "-".join(e for e in sorted(annex.counted) if matter.holds(e) is not False)
