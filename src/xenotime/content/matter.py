"""What is inside one unit of each product: masses, elements, magnets, targets, Chinese know-how.

Structure only: nothing here depends on money or on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from xenotime.content.annex import Annex, Line
from xenotime.content.bills import Bills, Composition, Part, Product
from xenotime.content.bounds import UNKNOWN, ZERO, Bounds, point, total
from xenotime.content.declared import Standing, standing
from xenotime.content.floor import plain
from xenotime.content.gaps import Gap
from xenotime.content.graph import arrange
from xenotime.content.oxides import metal_share
from xenotime.core.truth import Truth, some

#: The elements that a rule can name, in the order of their bits.
ELEMENTS = tuple("La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Sc Y Ga Ge Sb".split())
_BIT = {element: 1 << index for index, element in enumerate(ELEMENTS)}
_ALL = (1 << len(ELEMENTS)) - 1
_RARE = _ALL & ~(_BIT["Ga"] | _BIT["Ge"] | _BIT["Sb"])
#: Inputs, whose origin is where they were made; and what is made of them, with the same know-how.
_RAW = frozenset("metal oxide alloy mixed_metal compound".split())
_MADE = _RAW | frozenset("magnet magnet_powder bonded_magnet target".split())
#: Goods of one material: without a parts list they hold no other goods.
_LOOSE = _MADE | frozenset(
    "ore crystal optical_fibre ceramic hydrogen_storage hydrogen_getter magnetocaloric magnetostrictive phosphor "
    "coating_material catalyst reagent technology service".split()
)
_WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Matter:
    """One unit of a product: masses in kg, elements as bits that are sure or possible, and gaps.

    `named` holds the elements that something states; `open_kg` is mass that nothing describes (None:
    unbounded). `unsourced`: elements stated here that no composition or part accounts for.
    `unlisted`: matter described by nothing that may hold a Part 1 element.
    """

    mass: Bounds
    named: Mapping[str, Bounds]
    open_kg: Fraction | None
    sure: int
    possible: int
    magnet: Truth
    target: Truth
    holds_magnet: Truth
    holds_target: Truth
    technology: Truth
    rare_earths: Truth
    part1: Truth
    origin: Truth
    unsourced: tuple[str, ...]
    unlisted: bool
    standing: Standing
    gaps: tuple[Gap, ...]

    def holds(self, element: str) -> Truth:
        """Whether it contains an element: False only if everything inside is described."""
        return _truth(self.sure, self.possible, _BIT[element])

    def element(self, element: str) -> Bounds:
        """The mass of an element in one unit [kg]; undescribed matter may hold it too."""
        named = self.named.get(element, ZERO)
        if self.open_kg == 0:
            return named.capped(self.mass.high)
        return (named + Bounds(Fraction(0), self.open_kg)).capped(self.mass.high)


@dataclass(frozen=True, slots=True)
class _Own:
    """What a product's own row and compositions say of all of it."""

    sure: int
    possible: int
    stated: int
    complete: bool
    speaks: bool
    open_share: Fraction


def structure(bills: Bills, annex: Annex) -> dict[str, Matter]:
    """The matter of every product, parts first; each is worked out once, however often it is used.

    Raises InputError for a product that contains itself.
    """
    edges = {key: [row.part for row in rows] for key, rows in bills.parts.items()}
    listed = sum(_BIT[element] for element in annex.counted)
    found: dict[str, Matter] = {}
    for key in arrange(bills.products, edges):
        rows = [(row, found[row.part]) for row in bills.parts.get(key, ()) if row.quantity]
        found[key] = _Maker(bills, annex, bills.products[key], rows, listed).make()
    return found


class _Maker:
    """Works out one product from its own rows and the finished matter of its parts."""

    def __init__(
        self, bills: Bills, annex: Annex, product: Product, rows: list[tuple[Part, Matter]], listed: int
    ) -> None:
        self.bills, self.annex, self.product, self.rows, self.listed = bills, annex, product, rows, listed
        self.contents = bills.compositions.get(product.product, ())
        self.standing = standing(bills.declarations.get(product.product, ()))
        self.gaps: list[Gap] = []
        self.counts = [bills.products[row.part].count(row.quantity, row.unit) for row, _ in rows]

    def make(self) -> Matter:
        """The matter of this product."""
        mass, shortfall = self._mass()
        own = self._own()
        parts_sure = _join(matter.sure for _, matter in self.rows)
        parts_possible = _join(matter.possible for _, matter in self.rows)
        sure, possible, bare = self._elements(own, parts_sure, parts_possible, shortfall)
        named, open_kg = self._masses(own, mass, shortfall)
        unlisted = bool(bare and possible & self.listed)
        holds = {element: _truth(sure, possible, bit) for element, bit in _BIT.items()}
        magnet, target = self._part2(holds, possible)
        part1 = self._part1(holds)
        unsourced = self._unsourced(own, parts_possible) if part1 is False else ()
        origin = self._origin() if part1 is not False else None
        rare = self._rare(possible, unlisted or bool(unsourced), bare)
        self._missing(part1, origin, unsourced, unlisted)
        return Matter(
            mass=mass,
            named=named,
            open_kg=open_kg,
            sure=sure,
            possible=possible,
            magnet=magnet,
            target=target,
            holds_magnet=self._inside(
                self.annex.magnets, holds, [some((m.magnet, m.holds_magnet)) for _, m in self.rows], bare=bare
            ),
            holds_target=self._inside(
                self.annex.targets, holds, [some((m.target, m.holds_target)) for _, m in self.rows], bare=bare
            ),
            technology=self._technology(possible, bare),
            rare_earths=rare,
            part1=part1,
            origin=origin,
            unsourced=unsourced,
            unlisted=unlisted and part1 is False,
            standing=self.standing,
            gaps=tuple(self.gaps),
        )

    def _gap(self, sort: str, text: str) -> None:
        self.gaps.append(Gap(self.product.product, sort, text))

    def _mass(self) -> tuple[Bounds, Fraction]:
        """The mass of one unit [kg], and how much of it the parts list leaves undescribed."""
        held = total(self._weight(i) for i in range(len(self.rows)))
        if self.product.unit == "piece" and self.product.unit_mass is None:
            if self.contents and not self.rows:
                self._gap("unit", "unit_mass_kg is missing: shares of its mass cannot be turned into kg")
            return (held if self.rows else UNKNOWN), Fraction(0)
        mass = self.product.unit_mass if self.product.unit == "piece" else _WHOLE
        mass = mass if mass is not None else _WHOLE
        if not self.rows or held.high is None or held.high >= mass:
            return point(mass), Fraction(0)
        return point(mass), mass - held.high

    def _weight(self, index: int) -> Bounds:
        row, matter = self.rows[index]
        count = self.counts[index]
        if count is not None:
            return matter.mass.times(count)
        part = self.bills.products[row.part]
        self._gap("unit", f"{row.quantity} {row.unit} of {row.part} cannot be counted: {part.product} has no mass of a piece")
        return UNKNOWN

    def _own(self) -> _Own:
        stated = self.product.elements
        sure = possible = 0
        share = Fraction(0)
        for row in self.contents:
            bit = _BIT.get(row.element, 0)
            sure |= bit if row.share.low else 0
            possible |= bit if row.share.high else 0
            share += row.share.low if row.best is None else row.best
        complete = stated is not None or share >= 1
        named = _mask(stated or ())
        if stated is not None:
            self._contradict(sure & ~named, "its compositions name {}, its elements do not")
        certain = _mask(e for e, truth in (stated or {}).items() if truth)
        low = sum((row.share.low for row in self.contents), Fraction(0))
        open_share = Fraction(0) if complete else max(Fraction(0), _WHOLE - low)
        speaks = stated is not None or bool(self.contents)
        return _Own(sure | certain, possible | named, named, complete, speaks, open_share)

    def _contradict(self, bits: int, text: str) -> None:
        if bits:
            names = ", ".join(element for element, bit in _BIT.items() if bits & bit)
            self._gap("contradiction", text.format(names))

    def _elements(self, own: _Own, sure: int, possible: int, shortfall: Fraction) -> tuple[int, int, bool]:
        """Elements that are sure and possible, and whether undescribed matter is here."""
        bare = False
        if own.complete:
            self._contradict(sure & ~own.possible, "its parts hold {}, its own row says it does not")
            possible = own.possible | sure
        else:
            bare = bool(shortfall) if self.rows else True
            possible = _ALL if bare else possible | own.possible
        sure |= own.sure
        if bare and self.rows:
            self._gap("unlisted", f"its parts leave {plain(shortfall) or shortfall} kg of one {self.product.unit} undescribed")
        if self.standing.unlisted:
            self._contradict(sure & self.listed, "declared free of listed elements, yet {} is inside")
            possible &= ~(self.listed & ~sure)
            sure &= ~self.listed
        return sure, possible, bare

    def _masses(self, own: _Own, mass: Bounds, shortfall: Fraction) -> tuple[dict[str, Bounds], Fraction | None]:
        named, open_kg = self._inner()
        for element, held in self._stated(mass).items():
            named[element] = held
        if own.complete:
            return self._close(own, named, mass, open_kg), Fraction(0)
        open_kg = None if open_kg is None else open_kg + shortfall
        if own.speaks or not self.rows:
            bare = None if mass.high is None else mass.high * own.open_share
            known = [kg for kg in ((bare, open_kg) if self.rows else (bare,)) if kg is not None]
            open_kg = min(known, default=None)
        return named, open_kg

    def _inner(self) -> tuple[dict[str, Bounds], Fraction | None]:
        named: dict[str, Bounds] = {}
        open_kg: Fraction | None = Fraction(0)
        for (_, matter), count in zip(self.rows, self.counts, strict=True):
            for element, held in matter.named.items():
                inside = _scaled(held, count)
                named[element] = named[element] + inside if element in named else inside
            if matter.open_kg != 0 and open_kg is not None:
                unknown = matter.open_kg is None or count is None
                open_kg = None if unknown else open_kg + (matter.open_kg or 0) * (count or 0)
        return named, open_kg

    def _stated(self, mass: Bounds) -> dict[str, Bounds]:
        named: dict[str, Bounds] = {}
        for row in self.contents:
            held = _element_mass(row, mass)
            named[row.element] = named.get(row.element, ZERO) + held
        return named

    def _close(
        self, own: _Own, named: dict[str, Bounds], mass: Bounds, open_kg: Fraction | None
    ) -> dict[str, Bounds]:
        for element, bit in _BIT.items():
            if not own.possible & bit:
                continue
            if element not in named:
                named[element] = Bounds(Fraction(0), mass.high)
            elif open_kg != 0:
                named[element] = named[element] + Bounds(Fraction(0), open_kg)
        return named

    def _part2(self, holds: Mapping[str, Truth], possible: int) -> tuple[Truth, Truth]:
        if not possible & _RARE:
            return False, False
        kind, material = self.product.kind, self.product.material
        magnet = some(line.matches(kind, material, holds) for line in self.annex.magnets)
        return magnet, some(line.matches(kind, material, holds) for line in self.annex.targets)

    def _part1(self, holds: Mapping[str, Truth]) -> Truth:
        """Whether the product is itself a Part 1 input; a product of no stated kind is not taken for one."""
        kind, material = self.product.kind, self.product.material
        if kind is None:
            return False
        return some(line.matches(kind, material, holds) for line in self.annex.part1)

    def _origin(self) -> Truth:
        """Whether a product that is itself an input counts as of the origin that the rule names."""
        if self.product.made_in is not None:
            return self.annex.origin_counts(self.product.made_in)
        origins = {row.origin for row in self.contents if row.element in _BIT}
        return self.annex.origin_counts(origins.pop()) if len(origins) == 1 else None

    def _unsourced(self, own: _Own, parts: int) -> tuple[str, ...]:
        rows = _mask(row.element for row in self.contents)
        left = own.stated & self.listed & ~rows & ~parts
        if self.standing.unlisted:
            left = 0
        return tuple(element for element, bit in _BIT.items() if left & bit)

    def _inside(self, lines: Iterable[Line], holds: Mapping[str, Truth], parts: list[Truth], *, bare: bool) -> Truth:
        """Whether a part, at any depth, is on one of the lines."""
        if all(line.matches(None, None, holds) is False for line in lines):
            return False
        known = some(parts)
        if known is True or (self.rows and not bare):
            return known
        return False if not self.rows and self.product.kind in _LOOSE else None

    def _technology(self, possible: int, bare: bool) -> Truth:
        parts = some(matter.technology for _, matter in self.rows if matter.possible & _RARE)
        own = self.standing.technology if self.standing.technology is not None else self.product.cn_technology
        if own is not None:
            if own is False and parts is True:
                self._gap("contradiction", "stated free of Chinese technology, yet a part was made with it")
                return None
            return own
        if parts is True or not possible & _RARE:
            return parts if parts else False
        direct = not self.rows or bare or self.product.kind in _MADE
        return None if direct else parts

    def _rare(self, possible: int, undescribed: bool, bare: bool) -> Truth:
        found = self._rare_inside(undescribed or bare) if possible & _RARE else False
        said = self.standing.rare_earths
        if said is False and found is True:
            self._gap("contradiction", "declared free of Chinese rare earths, yet Chinese rare earths are inside")
            return None
        return found if said is None else said

    def _rare_inside(self, undescribed: bool) -> Truth:
        rows = [row for row in self.contents if _BIT.get(row.element, 0) & _RARE and row.share.high]
        found: list[Truth] = [matter.rare_earths for _, matter in self.rows]
        raw = self.product.kind in _RAW
        for row in rows:
            origin = row.origin or (self.product.made_in if raw else None)
            counts = self.annex.origin_counts(origin)
            found.append(None if counts and not row.share.low else counts)
        if raw and not rows and not self.rows:
            found.append(self.annex.origin_counts(self.product.made_in))
        elif undescribed or not (rows or self.rows):
            found.append(None)
        return some(found)

    def _missing(self, part1: Truth, origin: Truth, unsourced: Iterable[str], unlisted: bool) -> None:
        """Names the gaps of origin and the tombstones: no declaration where one is needed."""
        for text in self.standing.contradictions:
            self._gap("contradiction", text)
        if self.standing.asked:
            self._gap("tombstone", f"tombstone: {self.standing.asked} was asked and has not answered")
        if self.standing.settles:
            return
        needs = self._origins() if part1 is False else []
        if part1 is not False and origin is None:
            needs.append(("origin", f"made_in is {_or(self.product.made_in)}: it may be a Chinese input"))
        needs += [("unlisted", f"contains {e}, and nothing says how much or from where") for e in unsourced]
        if unlisted and part1 is False and not self.rows:
            needs.append(("unlisted", "nothing describes what it is made of" + " in full" * bool(self.contents)))
        for sort, text in needs:
            self._gap(sort, text)
        if needs and not self.standing.answered and not self.standing.asked:
            self._gap("tombstone", "tombstone: no declaration of the supplier")

    def _origins(self) -> list[tuple[str, str]]:
        rows = (row for row in self.contents if row.element in self.annex.counted and row.share.high)
        return [
            ("origin", f"the origin of {row.element} ({row.form}) is {_or(row.origin)}")
            for row in rows
            if self.annex.origin_counts(row.origin) is None
        ]


def _element_mass(row: Composition, mass: Bounds) -> Bounds:
    held = row.share.by(mass)
    if row.form == "compound":
        return held.possible()
    if row.form != "oxide":
        return held
    share = metal_share(row.element)
    return held.possible() if share is None else held.times(share)


def _scaled(held: Bounds, count: Fraction | None) -> Bounds:
    if count is None:
        return ZERO if held.high == 0 else UNKNOWN
    return held.times(count)


def _join(masks: Iterable[int]) -> int:
    joined = 0
    for mask in masks:
        joined |= mask
    return joined


def _mask(elements: Iterable[str]) -> int:
    return _join(_BIT.get(element, 0) for element in elements)


def _truth(sure: int, possible: int, bit: int) -> Truth:
    if sure & bit:
        return True
    return None if possible & bit else False


def _or(origin: str | None) -> str:
    return "unknown" if origin is None else f"{origin}, which the text leaves open"
