"""Where the material of a product comes from, and whose technology made it."""

from __future__ import annotations

from xenotime.content.elements import BITS, RARE, join
from xenotime.content.matter import MADE, RAW, Inside, Place
from xenotime.core.truth import Truth, some


def counts(place: Place) -> Truth:
    """Whether a product that is itself an input comes from where it counts: where it was made, else
    the one origin of its contents.
    """
    if place.product.made_in is not None:
        return place.annex.origin_counts(place.product.made_in)
    origins = {row.origin for row in place.contents if row.element in BITS}
    return place.annex.origin_counts(origins.pop()) if len(origins) == 1 else None


def technology(place: Place, inside: Inside) -> Truth:
    """Whether Chinese rare-earth technology was used on it or on a part that holds rare earths."""
    parts = some(matter.technology for matter in place.inner if matter.possible & RARE)
    own = place.standing.technology
    own = place.product.cn_technology if own is None else own
    if own is False and parts is True:
        place.gap("contradiction", "stated free of Chinese technology, yet a part was made with it")
        return None
    if own is not None or parts is True:
        return own if own is not None else True
    if not inside.possible & RARE:
        return False
    direct = not place.links or inside.bare or place.product.kind in MADE
    return None if direct else parts


def rare_earths(place: Place, inside: Inside, *, undescribed: bool) -> Truth:
    """Whether it contains rare earths of Chinese origin; a declaration holds unless the rows refute it."""
    found = _rows(place, undescribed=undescribed) if inside.possible & RARE else False
    said = place.standing.rare_earths
    if said is False and found is True:
        place.gap("contradiction", "declared free of Chinese rare earths, yet Chinese rare earths are inside")
        return None
    return found if said is None else said


def _rows(place: Place, *, undescribed: bool) -> Truth:
    rows = [row for row in place.contents if BITS.get(row.element, 0) & RARE and row.share.high]
    found: list[Truth] = [matter.rare_earths for matter in place.inner]
    raw = place.product.kind in RAW
    for row in rows:
        truth = place.annex.origin_counts(row.origin or (place.product.made_in if raw else None))
        found.append(None if truth and not row.share.low else truth)
    if raw and not rows and not place.links:
        found.append(place.annex.origin_counts(place.product.made_in))
    elif undescribed or not (rows or place.links):
        found.append(None)
    return some(found)


def surely_inside(place: Place, *, part1: Truth, origin: Truth) -> bool:
    """True if rows, not declarations, say that a Part 1 input from where it counts is inside."""
    if part1 is True and origin is True:
        return True
    if any(matter.refutes for matter in place.inner):
        return True
    beside = frozenset(row.element for row in place.contents if row.share.high)
    return any(
        row.share.low
        and place.annex.origin_counts(row.origin) is True
        and place.annex.form(row.element, row.form, beside) is True
        for row in place.contents
    )


def name_gaps(
    place: Place, *, is_input: Truth, origin: Truth, unsourced: tuple[str, ...], unlisted: bool
) -> None:
    """Notes missing origins, undescribed matter, and the tombstones: no declaration where one is needed."""
    for text in place.standing.contradictions:
        place.gap("contradiction", text)
    if place.standing.asked:
        place.gap("tombstone", f"tombstone: {place.standing.asked} was asked and has not answered")
    if place.standing.settles:
        return
    before = len(place.gaps)
    if is_input is False:
        _name_origins(place)
    elif origin is None:
        place.gap("origin", f"made_in is {_or(place.product.made_in)}: it may be a Chinese input")
    for element in unsourced:
        place.gap("unlisted", f"contains {element}, and nothing says how much or from where")
    if unlisted and not place.links:
        place.gap("unlisted", "nothing describes what it is made of" + " in full" * bool(place.contents))
    if len(place.gaps) > before and not place.standing.answered and not place.standing.asked:
        place.gap("tombstone", "tombstone: no declaration of the supplier")


def _name_origins(place: Place) -> None:
    parts = join(matter.sure for matter in place.inner)
    for row in place.contents:
        listed = row.element in place.annex.counted and row.share.high
        if listed and not parts & BITS.get(row.element, 0) and place.annex.origin_counts(row.origin) is None:
            place.gap("origin", f"the origin of {row.element} ({row.form}) is {_or(row.origin)}")


def _or(territory: str | None) -> str:
    return "unknown" if territory is None else f"{territory}, which the text leaves open"
