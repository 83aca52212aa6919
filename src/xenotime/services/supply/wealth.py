"""What the economies of a side make: gross domestic product from the figures, by the model's countries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xenotime.evidence.figure import Figure
from xenotime.evidence.units import convert
from xenotime.services.supply.regions import REST

#: What the figures are of, and under which names they stand.
SUBJECT, WORLD = "Gross domestic product", "World"
NAMES = {
    "CN": "China",
    "US": "United States",
    "JP": "Japan",
    "IN": "India",
    "AU": "Australia",
    "KR": "South Korea",
    "VN": "Vietnam",
    "MY": "Malaysia",
    "MM": "Burma",
    "EU": "European Union",
}


def product(figures: Sequence[Figure], countries: Iterable[str]) -> float | None:
    """What countries make in a year [USD]; the rest of the world is the world less all others.

    The figure with the latest period counts. None where one of them is missing.
    """
    said = _said(figures)
    named = {code: said.get(name) for code, name in NAMES.items()}
    others = [value for value in named.values() if value is not None]
    if WORLD in said and len(others) == len(NAMES):
        named[REST] = said[WORLD] - sum(others)
    found = [named.get(country) for country in countries]
    known = [value for value in found if value is not None]
    return sum(known) if known and len(known) == len(found) else None


def _said(figures: Sequence[Figure]) -> dict[str, float]:
    ordered = sorted((f for f in figures if f.subject == SUBJECT), key=lambda f: (f.period, f.id))
    return {
        figure.country: float(convert(figure.value, figure.unit, "USD", figure.id))
        for figure in ordered
        if figure.value is not None
    }
