"""Which elements, magnets and targets a product contains: surely, possibly, or not."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from xenotime.content.annex import Line
from xenotime.content.elements import ALL, BITS, RARE, join, mask, names, truths
from xenotime.content.floor import plain
from xenotime.content.matter import FIXED, LOOSE, Inside, Own, Place
from xenotime.core.truth import Truth, some


def stated(place: Place) -> Own:
    """What the product's own row and its compositions say.

    A stated list of elements is complete; so are compositions whose best shares reach the whole.
    """
    said = place.product.elements
    rows = place.contents
    sure = join(BITS.get(row.element, 0) for row in rows if row.share.low)
    possible = join(BITS.get(row.element, 0) for row in rows if row.share.high)
    named = mask(said or ())
    if said is not None:
        _contradict(place, sure & ~named, "its compositions name {}, its elements do not")
    share = sum((row.share.low if row.best is None else row.best for row in rows), Fraction(0))
    low = sum((row.share.low for row in rows), Fraction(0))
    complete = said is not None or share >= 1
    sure |= mask(element for element, truth in (said or {}).items() if truth)
    denied = place.standing.lacks & ~sure
    return Own(
        sure=sure,
        possible=(possible | named) & ~denied,
        stated=named & ~denied,
        complete=complete,
        speaks=said is not None or bool(rows),
        open_share=Fraction(0) if complete else max(Fraction(0), 1 - low),
    )


def look(place: Place, own: Own, shortfall: Fraction) -> Inside:
    """The elements of the product with all of its parts."""
    sure = join(matter.sure for matter in place.inner)
    possible = join(matter.possible for matter in place.inner)
    bare = not own.complete and (bool(shortfall) or not place.links)
    if own.complete:
        _contradict(place, sure & ~own.possible, "its parts hold {}, its own row says it does not")
        possible = own.possible | sure
    else:
        possible = ALL if bare else possible | own.possible
    sure |= own.sure
    if bare and place.links:
        short = plain(shortfall) or shortfall
        place.gap("unlisted", f"its parts leave {short} kg of one {place.product.unit} undescribed")
    said = place.standing
    if said.holds or said.lacks:
        _contradict(place, sure & said.lacks, "declared free of {}, which is inside")
        _contradict(place, said.holds & ~possible, "declared to hold {}, which its own row says it does not")
        sure |= said.holds & possible
        possible &= ~(said.lacks & ~sure)
    if place.standing.unlisted:
        _contradict(place, sure & place.listed, "declared free of listed elements, yet {} is inside")
        possible &= ~(place.listed & ~sure)
        sure &= ~place.listed
    return Inside(sure, possible, bare, truths(sure, possible))


def on_list(place: Place, inside: Inside, lines: Iterable[Line]) -> Truth:
    """Whether the product itself is a Part 2 item of these lines."""
    if not inside.possible & RARE:
        return False
    return some(line.matches(place.product.kind, place.product.material, inside.holds) for line in lines)


def is_input(place: Place, inside: Inside) -> Truth:
    """Whether the product itself is a Part 1 input; without a stated kind it is not taken for one."""
    kind, material = place.product.kind, place.product.material
    if kind is None:
        return False
    return some(line.matches(kind, material, inside.holds) for line in place.annex.part1)


def deeper(place: Place, inside: Inside, lines: Iterable[Line], parts: Iterable[Truth]) -> Truth:
    """Whether something inside the product, at any depth, is an item of these lines."""
    if all(line.matches(None, None, inside.holds) is False for line in lines):
        return False
    known = some(parts)
    if known is True or (place.links and not inside.bare):
        return known
    return False if not place.links and place.product.kind in LOOSE else None


def unsourced(place: Place, own: Own) -> tuple[str, ...]:
    """Part 1 elements that the product states, and no composition or part accounts for."""
    if place.standing.unlisted or place.product.kind in FIXED:
        return ()
    parts = join(matter.possible for matter in place.inner)
    return names(own.stated & place.listed & ~mask(row.element for row in place.contents) & ~parts)


def _contradict(place: Place, bits: int, text: str) -> None:
    if bits:
        place.gap("contradiction", text.format(", ".join(names(bits))))
