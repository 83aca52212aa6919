"""The elements that a rule can name, as bits: sets of them join quickly over large parts lists."""

from __future__ import annotations

from collections.abc import Iterable

from xenotime.core.truth import Truth

#: In the order of their bits.
ELEMENTS = tuple("La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Sc Y Ga Ge Sb".split())
BITS = {element: 1 << index for index, element in enumerate(ELEMENTS)}
ALL = (1 << len(ELEMENTS)) - 1
#: The rare earths among them.
RARE = ALL & ~(BITS["Ga"] | BITS["Ge"] | BITS["Sb"])


def mask(elements: Iterable[str]) -> int:
    """The bits of some elements; those that no rule names have none."""
    return join(BITS.get(element, 0) for element in elements)


def join(masks: Iterable[int]) -> int:
    """The bits that any of the masks has."""
    joined = 0
    for bits in masks:
        joined |= bits
    return joined


def names(bits: int) -> tuple[str, ...]:
    """The elements of a mask.

    >>> names(mask(["Y", "Dy"]))
    ('Dy', 'Y')
    """
    return tuple(element for element, bit in BITS.items() if bits & bit)


def truths(sure: int, possible: int) -> dict[str, Truth]:
    """Each element as True (sure), None (possible) or False (neither)."""
    return {e: True if sure & bit else None if possible & bit else False for e, bit in BITS.items()}
