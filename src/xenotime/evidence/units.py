"""What a figure's unit measures, and how to turn one unit into another; an unknown unit is refused."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache
from importlib import resources

from xenotime.core.errors import InputError


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its name: what it measures, the unit its dimension is counted in, and the factor to that."""

    name: str
    dimension: str
    canonical: str
    factor: Decimal

    @property
    def countable(self) -> bool:
        """Whether numbers in this unit can be compared and turned; a mark (`event`, `announced`) cannot."""
        return self.dimension != "mark"


@cache
def units() -> dict[str, Unit]:
    """Every known unit by its name: the table `units.toml` beside this module."""
    text = (resources.files("xenotime.evidence") / "units.toml").read_text("utf-8")
    found: dict[str, Unit] = {}
    for dimension, entry in tomllib.loads(text, parse_float=Decimal).items():
        canonical = str(entry["canonical"])
        for name, factor in entry["units"].items():
            found[name] = Unit(name, dimension.partition(".")[0], canonical, Decimal(factor))
    return found


def unit(name: str, where: str = "") -> Unit:
    """The unit of a name. Raises InputError when nothing has it.

    >>> unit("kt").canonical, unit("kt").factor
    ('kg', Decimal('1000000'))
    """
    found = units().get(name)
    if found is None:
        raise InputError(
            "this unit is unknown",
            where=where,
            expected="a unit of `xenotime evidence units`, as t, kg, percent, USD/kg, days",
            found=name,
            next_step="write the figure in a unit of the table",
        )
    return found


def convert(value: Decimal, source: str, target: str, where: str = "") -> Decimal:
    """A value of one unit in another of the same dimension, to 28 digits.

    Raises InputError when a unit is unknown or the two measure different things.

    >>> convert(Decimal("73.8"), "kt", "t")
    Decimal('73800')
    """
    one, two = unit(source, where), unit(target, where)
    if one.dimension != two.dimension or not (one.countable or source == target):
        raise InputError(
            "these units do not measure the same thing",
            where=where,
            expected=f"a unit of {two.dimension}, as {target}",
            found=f"{source}, a unit of {one.dimension}",
            next_step="give the figure in a unit that fits",
        )
    if one.factor == two.factor:
        return value
    with localcontext() as context:
        context.prec = 28
        turned = value * one.factor / two.factor
        return turned.quantize(Decimal(1)) if turned == turned.to_integral_value() else turned
