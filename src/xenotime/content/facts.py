"""What the bills of material say, as facts that a rule of law can read: whole numbers and truths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from xenotime.content.bounds import Bounds
from xenotime.content.rollup import Content, Totals
from xenotime.core.truth import Truth

#: Whole numbers up to here stay exact in every engine, also a thousand times as large.
LIMIT = 2**53
#: A money fact: least and greatest whole number of money units; None is unknown.
Money = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Scale:
    """How money became whole numbers: `factor` units for one of the currency; `exact` unless rounded."""

    factor: Fraction
    exact: bool

    def text(self, currency: str) -> str:
        """The scale in words, for an explanation."""
        unit = f"money in units of 1/{self.factor} {currency}"
        return unit if self.exact else f"{unit}, intervals rounded outwards to whole units"


def law_facts(content: Content | Totals) -> dict[str, Truth | Money]:
    """The facts of one unit of a product: five money intervals in one unit, and truths.

    An unknown price is at least one unit: a price is never nothing. Where no magnet or target is inside,
    the smallest item is the item itself. See `scaling` for the unit.
    """
    totals = content.totals if isinstance(content, Content) else content
    facts: dict[str, Truth | Money] = {}
    scale = scaling(totals)
    for name, bounds in _values(totals).items():
        facts[name] = _whole(bounds, scale.factor, least=int(not name.startswith("cn_")))
    for element, truth in totals.elements.items():
        facts[f"el_{element.lower()}"] = truth
    facts["holds_magnet"] = totals.holds_magnet
    facts["holds_target"] = totals.holds_target
    facts["cn_technology"] = totals.cn_technology
    facts["cn_rare_earths"] = totals.cn_rare_earths
    return facts


def scaling(content: Content | Totals) -> Scale:
    """The one money unit in which all five values are whole, or the finest that the limit allows."""
    totals = content.totals if isinstance(content, Content) else content
    ends = [end for b in _values(totals).values() for end in (b.low, b.high) if end]
    factor = math.lcm(*(end.denominator for end in ends))
    top = max(ends, default=Fraction(0))
    if top * factor <= LIMIT:
        return Scale(Fraction(factor), exact=True)
    whole = LIMIT // math.ceil(top)
    return Scale(Fraction(whole) if whole else Fraction(1, math.ceil(top / LIMIT)), exact=False)


def _values(totals: Totals) -> dict[str, Bounds]:
    inner = totals.innermost
    return {
        "cn_part1_value": totals.part1,
        "item_value": totals.price,
        "cn_part1_value_in_smallest": totals.part1 if inner is None else inner.part1,
        "smallest_value": totals.price if inner is None else inner.value,
        "cn_part1_value_largest": totals.largest,
    }


def _whole(bounds: Bounds, factor: Fraction, *, least: int) -> Money:
    low = max(least, math.floor(bounds.low * factor))
    return low, None if bounds.high is None else max(low, math.ceil(bounds.high * factor))
