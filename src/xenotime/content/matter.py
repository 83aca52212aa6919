"""What is inside one unit of a product, whatever its price: masses, elements, magnets, know-how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from xenotime.content.annex import Annex
from xenotime.content.bills import Composition, Link, Product
from xenotime.content.bounds import ZERO, Bounds
from xenotime.content.declared import Standing
from xenotime.content.elements import BITS
from xenotime.content.gaps import Gap
from xenotime.core.truth import Truth

#: Inputs, whose origin is where they were made.
RAW = frozenset("metal oxide alloy mixed_metal compound".split())
#: Goods whose rare earths are all in the form that their kind names.
FIXED = frozenset({"oxide", "compound"})
#: Inputs, and what is made of them with the same know-how.
MADE = RAW | frozenset("magnet magnet_powder bonded_magnet target".split())
#: Goods of one material: without a parts list they hold no other goods.
LOOSE = MADE | frozenset(
    "ore crystal optical_fibre ceramic hydrogen_storage hydrogen_getter magnetocaloric magnetostrictive "
    "phosphor coating_material catalyst reagent technology service".split()
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One unit of a product: masses in kg, elements as bits that are sure or possible, and gaps.

    `named` holds the elements that something states; `open_kg` is mass that nothing describes (None:
    unbounded). `part1`: whether it is itself an input that counts, and `origin`, whether it comes from
    where it counts. `refutes`: Part 1 material of that origin is surely inside, whatever is declared.
    `unsourced`: elements stated that no composition or part accounts for; `unlisted`:
    something undescribed may hold a Part 1 element.
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
    refutes: bool
    unsourced: tuple[str, ...]
    unlisted: bool
    standing: Standing
    gaps: tuple[Gap, ...]

    def holds(self, element: str) -> Truth:
        """Whether it contains an element: False only if everything inside is described."""
        bit = BITS[element]
        if self.sure & bit:
            return True
        return None if self.possible & bit else False

    def element(self, element: str) -> Bounds:
        """The mass of an element in one unit [kg]; what is undescribed may hold it too."""
        named = self.named.get(element, ZERO)
        if self.open_kg != 0:
            named = named + Bounds(Fraction(0), self.open_kg)
        return named.capped(self.mass.high)


@dataclass(frozen=True, slots=True)
class Place:
    """One product on its way to becoming matter: its own rows, and the finished matter of its parts.

    `listed` are the bits of the Part 1 elements; `gaps` collects what is found missing.
    """

    product: Product
    contents: tuple[Composition, ...]
    links: tuple[Link, ...]
    inner: tuple[Matter, ...]
    standing: Standing
    annex: Annex
    listed: int
    gaps: list[Gap] = field(default_factory=list)

    def gap(self, sort: str, text: str) -> None:
        """Notes something missing or contradicted at this product."""
        self.gaps.append(Gap(self.product.product, sort, text))


@dataclass(frozen=True, slots=True)
class Own:
    """What a product's own row and compositions say of all of it.

    `sure`, `possible` and `stated` are bits; `complete`: all others are absent; `open_share`: the share
    of its mass that its compositions leave undescribed.
    """

    sure: int
    possible: int
    stated: int
    complete: bool
    speaks: bool
    open_share: Fraction


@dataclass(frozen=True, slots=True)
class Inside:
    """The elements of a product with its parts; `bare` if something in it is described by nothing."""

    sure: int
    possible: int
    bare: bool
    holds: Mapping[str, Truth]
