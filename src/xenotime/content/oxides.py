"""The share of an oxide's mass that is the element: exact fractions of standard atomic weights.

Source: abridged standard atomic weights of 2021 (IUPAC); the common commercial oxide of each element.
"""

from __future__ import annotations

from fractions import Fraction

_OXYGEN = Fraction("15.999")
#: element: (atomic weight, atoms of the element, atoms of oxygen)
_OXIDES = {
    "Sc": ("44.956", 2, 3),
    "Y": ("88.906", 2, 3),
    "La": ("138.91", 2, 3),
    "Ce": ("140.12", 1, 2),
    "Pr": ("140.91", 6, 11),
    "Nd": ("144.24", 2, 3),
    "Sm": ("150.36", 2, 3),
    "Eu": ("151.96", 2, 3),
    "Gd": ("157.25", 2, 3),
    "Tb": ("158.93", 4, 7),
    "Dy": ("162.50", 2, 3),
    "Ho": ("164.93", 2, 3),
    "Er": ("167.26", 2, 3),
    "Tm": ("168.93", 2, 3),
    "Yb": ("173.05", 2, 3),
    "Lu": ("174.97", 2, 3),
}


def metal_share(element: str) -> Fraction | None:
    """The mass of the element in one mass of its oxide, or None for an oxide that is not kept here.

    >>> metal_share("Dy")
    Fraction(325000, 372997)
    """
    if element not in _OXIDES:
        return None
    weight, atoms, oxygen = _OXIDES[element]
    metal = Fraction(weight) * atoms
    return metal / (metal + _OXYGEN * oxygen)
