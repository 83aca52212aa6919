"""Prices inside and outside the control, as ratios to rest: one panel per good, both zones in it."""

from __future__ import annotations

from collections.abc import Mapping

from xenotime.report.figures.svg import Figure
from xenotime.report.supply.bands import Shown, bands
from xenotime.report.supply.fan import Fan
from xenotime.report.words import Words

#: From this ratio of the highest to the lowest price on, the axis is logarithmic.
_WIDE = 8.0


def prices(
    name: str, title: str, zones: Mapping[str, tuple[Fan, Fan]], say: Words, *, across: int = 3
) -> Figure:
    """A panel per good (its name: inside, outside); goods that move far get a logarithmic axis."""
    shown = []
    for good, (inside, outside) in zones.items():
        low, high = min(inside.low, outside.low), max(inside.high, outside.high)
        log = low > 0 and high / low >= _WIDE
        shown.append(
            Shown(
                good,
                inside,
                outside,
                low=None if log else 0.0,
                one=say("supply.inside"),
                two=say("supply.outside"),
                log=log,
            )
        )
    return bands(name, title, shown, say, across=across, tall=140)
