"""Which region of the model a territory lies in."""

from __future__ import annotations

#: The member states of the European Union, ISO 3166 two letters. Source: Treaty on European Union,
#: Article 52, as it stands since 1 February 2020.
UNION = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
#: Territories that the model keeps apart.
APART = frozenset("CN MM US AU JP KR IN VN MY".split())
#: Everywhere else; Hong Kong and Macao too, which the law of the mainland treats as destinations of exports.
REST = "ROW"


def region(territory: str) -> str:
    """The model's region of a territory.

    >>> [region(t) for t in ("DE", "JP", "HK", "EU", "")]
    ['EU', 'JP', 'ROW', 'EU', 'ROW']
    """
    if territory in UNION or territory == "EU":
        return "EU"
    return territory if territory in APART else REST
