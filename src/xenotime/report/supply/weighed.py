"""An adaptation and a leverage in the terminal, the answer first."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.supply.brief import (
    catalogue,
    dates,
    driven,
    fraction,
    grounds,
    happenings,
    head,
    money,
    monies,
    number,
    percent,
    span,
    when,
)
from xenotime.report.supply.naming import country
from xenotime.report.terminal import listing, muted, part
from xenotime.report.words import Words
from xenotime.services.supply.results import Adapt, Leverage
from xenotime.supply.measure.adapt import LEAST
from xenotime.supply.measure.values import Band, Build, Loss, Side

#: Channels below this share are not told.
_LEAST = 0.02


def adapt_told(adapt: Adapt, words: Words | None = None) -> RenderableType:
    """An adaptation: the sides that lack anything, who is faster, and how long building took."""
    say = words or catalogue()
    lacking = [side for side in adapt.sides if side.t50.middle is not None or (side.worst.high or 0) > 0]
    names = ("side", "worst_gap", "t50", "t90", "lasting", "rate")
    rows = [_side(side, say) for side in lacking]
    table = Group(
        listing([say(f"brief.{name}") for name in names], rows, keep=(1, 2, 3, 4, 5)),
        Text(""),
        listing(
            [say("brief.side"), say("brief.by")], [(country(x.country, say), _ways(x, say)) for x in lacking]
        ),
    )
    return Group(
        head(adapt.basis, say),
        part(say("brief.head_sides"), table if rows else muted(say("brief.none_lacks"))),
        *_faster(adapt, say),
        part(say("brief.head_builds"), _builds(adapt.builds, say)),
        *happenings(adapt.events, say),
        driven(adapt.basis, say),
        grounds(adapt.basis, say),
        Text(""),
        muted(say("brief.notice")),
    )


def _side(side: Side, say: Words) -> tuple[RenderableType, ...]:
    lacks = (side.worst.high or 0.0) > LEAST
    return (
        country(side.country, say),
        percent(side.worst.middle, say),
        Text(_day(side.t50, lacks=lacks), style="bold"),
        _day(side.t90, lacks=lacks),
        _day(side.lasting, lacks=lacks),
        "–" if side.rate.middle is None else f"{side.rate.middle:.4f}",
    )


def _ways(side: Side, say: Words) -> str:
    """By which channels a side meets what it lacks, the largest first."""
    used = sorted(side.channels, key=lambda channel: -(channel.share.middle or 0.0))
    return ", ".join(
        f"{say.maybe('channel', each.channel)} {percent(each.share.middle, say)}"
        for each in used
        if (each.share.middle or 0.0) > _LEAST
    )


def _day(band: Band, *, lacks: bool) -> str:
    """A day with its interval; ∞ alone for a side that lacks something and never gets there."""
    if band.low is None and band.central is None:
        return "∞" if lacks else "–"
    low, middle, high = ("∞" if day is None else f"{day:.0f}" for day in (band.low, band.middle, band.high))
    return f"{middle} ({low}–{high})"


def _faster(adapt: Adapt, say: Words) -> list[RenderableType]:
    """Each side against each: the share of draws in which the one of the row is faster."""
    chances = {(each.a, each.b): each.chance for each in adapt.faster if each.chance is not None}
    chances |= {
        (each.b, each.a): 1.0 - each.chance - (each.tied or 0.0)
        for each in adapt.faster
        if each.chance is not None
    }
    places = sorted({place for pair in chances for place in pair})
    if not places:
        return []
    rows = [
        (country(a, say), *(f"{100 * chances[a, b]:.0f}" if (a, b) in chances else "·" for b in places))
        for a in places
    ]
    table = listing(["", *places], rows, keep=range(len(places) + 1))
    return [part(say("brief.head_faster"), muted(say("brief.faster_note")), table)]


def _builds(builds: tuple[Build, ...], say: Words) -> RenderableType:
    if not builds:
        return muted(say("say.none"))
    low, high = builds[0].claimed
    rows = [
        (
            say("brief.all") if each.stage == "all" else say.maybe("stage", each.stage),
            say(f"brief.{each.kind}"),
            str(len(each.projects)),
            Text(number(each.years.middle, say), style="bold"),
            f"{each.projects[0][1]:g}–{each.projects[-1][1]:g}",
            percent(each.inside, say),
        )
        for each in builds
    ]
    names = [say(f"brief.{name}") for name in ("stage", "kind", "projects", "median", "spread")]
    return listing([*names, say("brief.inside", low=low, high=high)], rows, keep=(2, 3, 4, 5))


def leverage_told(found: Leverage, words: Words | None = None) -> RenderableType:
    """A leverage: what each dollar of one side's loss costs the other, and until when."""
    say = words or catalogue()
    return Group(
        head(found.basis, say),
        part(say("brief.head_answer"), *(Text(line) for line in weighed(found, say))),
        part(say("brief.head_losses", horizon=found.horizon), _losses((found.a, found.b), say)),
        *happenings(found.events, say),
        driven(found.basis, say),
        grounds(found.basis, say),
        Text(""),
        muted(say("brief.apart")),
        muted(say("brief.notice")),
    )


def name(loss: Loss, say: Words) -> str:
    """A side in words: its countries joined."""
    return loss.side if len(loss.countries) > 4 else " + ".join(country(code, say) for code in loss.countries)


def weighed(found: Leverage, say: Words) -> list[str]:
    """The answer of a leverage in sentences."""
    a, b, basis = name(found.a, say), name(found.b, say), found.basis
    lines = []
    if found.ratio.mean is None:
        lines.append(say("brief.no_leverage", a=a))
    else:
        ends = (
            (f"{found.ratio.low:.3g}", f"{found.ratio.high:.3g}")
            if found.ratio.low is not None
            else ("?", "?")
        )
        ratio = f"{found.ratio.mean:.3g}"
        lines.append(say("brief.leverage", a=a, b=b, ratio=ratio, interval=span(*ends, say)))
    lines.append(say("brief.odds", a=a, b=b, chance=percent(found.chance, say)))
    begun, ended = found.bites, found.fades
    if begun.middle is None:
        lines.append(say("brief.no_bite", a=a, b=b, days=found.horizon))
    else:
        first, last = when(begun.middle, basis, say), when(ended.middle, basis, say)
        lines.append(say("brief.bites", a=a, b=b, when=first, interval=dates(begun, basis, say)))
        lines.append(say("brief.fades", a=a, b=b, when=last, interval=dates(ended, basis, say)))
    moved = found.nash.transfer.middle or 0.0
    giver, taker = (b, a) if moved >= 0 else (a, b)
    surplus, transfer = money(found.nash.surplus.middle, say), money(abs(moved), say)
    lines.append(say("brief.nash", surplus=surplus, transfer=transfer, giver=giver, taker=taker))
    waits = found.patience
    if waits is not None and waits.middle is not None:
        within = span(percent(waits.low, say), percent(waits.high, say), say)
        lines.append(say("brief.patience", a=a, part=percent(waits.middle, say), interval=within))
    return lines


def _losses(sides: tuple[Loss, ...], say: Words) -> RenderableType:
    parts = ("lost_part", "paid", "gained", "sales")
    bands = [[loss.total, loss.lost, loss.paid, loss.gained, loss.sales] for loss in sides]
    rows: list[tuple[RenderableType, ...]] = [
        (say(f"brief.{name}"), *(money(each[at].middle, say) for each in bands))
        for at, name in enumerate(("total", *parts))
    ]
    rows.insert(1, (muted(say("brief.range")), *(muted(monies(each[0], say)) for each in bands)))
    for key in ("burden", "market"):
        shares = [getattr(loss, key) for loss in sides]
        if any(shares):
            told = (fraction(each and each.middle, say) for each in shares)
            rows.append((say(f"brief.{key}"), *told))
    return listing(["", *(name(loss, say) for loss in sides)], rows)
