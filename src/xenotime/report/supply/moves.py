"""The result's flows as streams from stage to stage, in tonnes of rare earths a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from xenotime.report.supply.sankey import Stream
from xenotime.report.words import Words
from xenotime.supply.measure.values import Flow

#: The stages that are drawn, left to right: ores hold elements that magnets never use, and stay out.
COLUMNS = ("separation", "metal", "magnet", "component", "product")
#: Elements that are followed: those of magnets.
MAGNETIC = ("Nd", "Pr", "Dy", "Tb", "Sm", "Gd", "Ho")


def streams(flows: Iterable[Flow], home: str, say: Words) -> tuple[Stream, ...]:
    """Streams [t a day] between neighbouring stages, but for what stays within the country named `home`.

    What goes past a stage ends at "other uses"; what returns is left out.
    """
    sums: dict[tuple[int, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in flows:
        if one.origin == one.destination == home:
            continue
        if one.stage not in COLUMNS or one.to_stage not in COLUMNS or not _followed(one.good):
            continue
        column, target = COLUMNS.index(one.stage), COLUMNS.index(one.to_stage)
        if target <= column:
            continue
        end = one.destination if target == column + 1 else say.maybe("use", "other")
        pair = sums[(column, one.origin, end)]
        pair[0] += one.before * one.kg / 1000
        pair[1] += one.during * one.kg / 1000
    return tuple(Stream(start, end, column, *pair) for (column, start, end), pair in sorted(sums.items()))


def _followed(good: str) -> bool:
    form, _, what = good.partition("/")
    return form not in ("oxide", "metal") or what in MAGNETIC
