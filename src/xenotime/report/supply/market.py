"""The parts of the stress page about trade: prices in two zones, flows, exports, and what waits."""

from __future__ import annotations

from xenotime.report.supply.bands import Shown, bands
from xenotime.report.supply.fan import fan, percents
from xenotime.report.supply.halts import dated
from xenotime.report.supply.leaf import FAN, Drawn, Part, Rows, cells
from xenotime.report.supply.moves import COLUMNS, streams
from xenotime.report.supply.naming import country, good, land
from xenotime.report.supply.prices import prices
from xenotime.report.supply.sankey import sankey
from xenotime.report.supply.scale import spell, spelt
from xenotime.report.words import Words
from xenotime.services.supply.results import Stress
from xenotime.supply.measure.values import Curve, Peak

#: How many panels are drawn of each; the tables hold every one.
_GOODS, _PANELS, _QUEUES = 9, 9, 6
#: The country whose own use is left out of the flows where none controls them.
_HOME = "CN"


def priced(result: Stress, say: Words) -> Part | None:
    """Spot prices inside and outside the control, the good that becomes dearest outside first."""
    pairs = _zones(result.prices)
    if not pairs:
        return None
    start = result.basis.start
    ranked = sorted(pairs, key=lambda g: (-max(pairs[g][1].middle), g))[:_GOODS]
    zones = {good(g, say): (fan(pairs[g][0], start, 1.0), fan(pairs[g][1], start, 1.0)) for g in ranked}
    head = [say(f"supply.{key}") for key in ("good", "zone", "spot", "contract", "highest_on", "split")]
    table = Rows(
        (*head[:3], "5–95 %", head[3], "5–95 %", *head[4:]),
        cells([_peak(peak, result, say) for peak in result.peaks]),
        frozenset({2, 3, 4, 5, 7}),
        folded=say("supply.price_table", n=len(result.peaks)),
    )
    keys = ("median", "wide", "median_b", "wide_b", "rest")
    drawn = Drawn(prices("prices", say("supply.prices"), zones, say), say("supply.prices_caption"), keys)
    return Part("prices", say("supply.prices"), (say("supply.prices_text"),), (drawn, table))


def moved(result: Stress, say: Words) -> Part | None:
    """Flows of magnet elements from stage to stage, at rest and while the shock lasts."""
    home = result.controller or _HOME
    found = streams(result.flows, home, say)
    if not found:
        return None
    names = [say.maybe("stage", stage) for stage in COLUMNS]
    unit, named = say("supply.t_day"), land(home, say)
    first, last = (dated(v, result.basis.start, say) for v in result.window)
    figure = sankey("sankey", say("supply.flows"), found, names, unit, say, home=home)
    caption = say("supply.flows_caption", unit=unit, first=first, last=last, home=named)
    drawn = Drawn(figure, caption, ("home", "other", "ghost"))
    return Part("flows", say("supply.flows"), (say("supply.flows_text", home=named),), (drawn,))


def shipped(result: Stress, say: Words) -> Part | None:
    """What the controlling country ships, and what waits for a licence."""
    start = result.basis.start
    falls = sorted(result.exports, key=lambda c: (min(c.middle), c.name))[:_PANELS]
    sent = [Shown(lane(c, say), percents(fan(c, start, 1.0))) for c in falls]
    queues = sorted(result.waiting, key=lambda c: (-max(c.middle), c.name))
    waits = [Shown(lane(c, say), fan(c, start)) for c in queues if max(c.high) > 0][:_QUEUES]
    pieces = []
    if sent:
        figure = bands("exports", say("supply.exports"), sent, say, tall=96)
        pieces.append(Drawn(figure, say("supply.exports_caption"), FAN))
    if waits:
        figure = bands("waiting", say("supply.waiting"), waits, say, tall=96)
        pieces.append(Drawn(figure, say("supply.waiting_caption"), FAN[:3]))
    return Part("exports", say("supply.exports"), (), tuple(pieces)) if pieces else None


def lane(curve: Curve, say: Words) -> str:
    """What an export or waiting curve is of: its good, and where it goes if it says so."""
    parts = curve.name.split("/")[1:]
    where = parts.pop().rpartition(">")[2]
    what = good("/".join(parts), say)
    return what if where in ("*", "") else f"{what} → {country(where, say)}"


def _zones(curves: tuple[Curve, ...]) -> dict[str, tuple[Curve, Curve]]:
    """Spot curves of goods that have both zones: inside, outside."""
    spot = {tuple(c.name.split("/", 2)[1:]): c for c in curves if c.name.startswith("price/")}
    return {
        name: (spot["inside", name], c)
        for (zone, name), c in spot.items()
        if zone == "outside" and ("inside", name) in spot
    }


def _peak(peak: Peak, result: Stress, say: Words) -> tuple[str, ...]:
    return (
        good(peak.good, say), say(f"supply.{peak.zone}"), spell(peak.spot.middle), spelt(peak.spot),
        spell(peak.contract.middle), spelt(peak.contract), dated(peak.day.middle, result.basis.start, say),
        spell(peak.split.middle),
    )  # fmt: skip
