"""The elements that have a market, and how much of each one kilogram of its oxide holds."""

from __future__ import annotations

from collections.abc import Mapping

#: Standard atomic weights [g/mol]. Source: IUPAC, standard atomic weights, abridged values 2021.
WEIGHTS: Mapping[str, float] = {
    "Sc": 44.956,
    "Y": 88.906,
    "La": 138.91,
    "Ce": 140.12,
    "Pr": 140.91,
    "Nd": 144.24,
    "Sm": 150.36,
    "Eu": 151.96,
    "Gd": 157.25,
    "Tb": 158.93,
    "Dy": 162.50,
    "Ho": 164.93,
    "Er": 167.26,
    "Tm": 168.93,
    "Yb": 173.05,
    "Lu": 174.97,
    "O": 15.999,
}
#: The oxide each is sold as: atoms of the metal, atoms of oxygen.
OXIDES: Mapping[str, tuple[int, int]] = {"Ce": (1, 2), "Pr": (6, 11), "Tb": (4, 7)}
#: Every element of the model, light ones first; promethium has no stable isotope and no market.
ELEMENTS = ("La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Sc", "Y")
#: The elements that make a magnet hard and hot-proof, and those that make it strong.
MAGNETIC = ("Nd", "Pr", "Dy", "Tb")
#: What is separated outside China before May 2025: the rest leaves as mixed concentrate, unsold or stored.
#: Source: the first heavy oxide outside China came on 16 May 2025 (claims projects-016, shares-030).
LIGHT = ("La", "Ce", "Pr", "Nd")
#: The heavy elements of China's first list of 2025 that magnets hold.
HEAVY = ("Dy", "Tb")


def held(element: str) -> float:
    """How much metal one kilogram of the oxide holds [kg/kg].

    >>> round(held("Nd"), 3), round(held("Dy"), 3), round(held("Tb"), 3)
    (0.857, 0.871, 0.85)
    """
    metal, oxygen = OXIDES.get(element, (2, 3))
    mass = metal * WEIGHTS[element]
    return mass / (mass + oxygen * WEIGHTS["O"])
