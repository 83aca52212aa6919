"""The leverage page: both sides' losses by day, who loses more, until when, and at what price."""

from __future__ import annotations

from pathlib import Path

from xenotime.report.supply import basis as grounds
from xenotime.report.supply.answer import dated, money
from xenotime.report.supply.bands import Shown, bands
from xenotime.report.supply.bars import Row, bars
from xenotime.report.supply.cumulative import Even, cumulative
from xenotime.report.supply.fan import day, ends, fan
from xenotime.report.supply.leaf import FAN, Drawn, Fact, Leaf, Part, put
from xenotime.report.supply.naming import land
from xenotime.report.supply.scale import larger, percent, shares, spell, spelt
from xenotime.report.supply.speak import speak
from xenotime.report.words import Words, load
from xenotime.services.supply.results import Leverage
from xenotime.supply.measure.values import Band, Loss

#: From this ratio of the highest to the lowest value on, the axis is logarithmic.
_WIDE = 8.0


def write_leverage(folder: Path, result: Leverage, words: Words | None = None) -> Path:
    """The page as ``leverage.html`` in a folder, whole or not at all. Raises InputError when it cannot be."""
    say = speak((words or load()).lang)
    return put(folder, "leverage.html", leaf(result, say), say)


def leaf(result: Leverage, say: Words) -> Leaf:
    """The page's parts: the ratio and its odds first, then the losses by day, what they are made of."""
    basis = result.basis
    parts = (
        _paths(result, say), _pieces(result, say), _dollar(result, say), _split(result, say),
        grounds.drivers(basis, say), grounds.grounds(basis, say), grounds.rules(basis, say),
    )  # fmt: skip
    return Leaf(
        say("supply.leverage_title", a=_name(result.a, say), b=_name(result.b, say)),
        (*grounds.sub(basis, say), say("supply.horizon", n=result.horizon)),
        _answer(result, say),
        tuple(part for part in parts if part is not None),
        _facts(result, say),
        basis.law_hash,
        basis.says,
        warnings=(say("supply.apart"), *grounds.cautions(basis, say)),
        sources=grounds.sources(basis, say),
        foot=(result.notice, say("supply.made")),
    )


def _name(side: Loss, say: Words) -> str:
    return land(side.countries[0] if len(side.countries) == 1 else side.side, say)


def _answer(result: Leverage, say: Words) -> str:
    a, b = _name(result.a, say), _name(result.b, say)
    one, two = _told(result.a.total, say), _told(result.b.total, say)
    if result.ratio.middle is None:
        return say("supply.leverage_none", a=a, b=b, one=one, two=two, odds=percent(result.chance))
    ratio, span = spell(result.ratio.middle, 2), spelt(result.ratio)
    odds = percent(result.chance)
    return say("supply.leverage_answer", a=a, b=b, one=one, two=two, ratio=ratio, span=span, odds=odds)


def _told(band: Band, say: Words) -> str:
    """That a side loses (or gains) so much."""
    middle = band.middle or 0.0
    factor, unit = larger("USD", abs(middle))
    amount = f"{spell(abs(middle) / factor)} {say.maybe('unit', unit)}"
    return say("supply.gains" if middle < 0 else "supply.loses", amount=amount)


def _facts(result: Leverage, say: Words) -> tuple[Fact, ...]:
    a, b = _name(result.a, say), _name(result.b, say)
    start = result.basis.start
    ratio = spell(result.ratio.middle, 2)
    span = spelt(result.ratio) if result.ratio.middle is not None else say("supply.no_ratio", a=a)
    return (
        money(result.b.total, say("supply.loss_of", who=b), say),
        money(result.a.total, say("supply.loss_of", who=a), say),
        Fact(ratio, say("supply.ratio_fact", a=a, b=b), span),
        Fact(percent(result.chance), say("supply.chance_fact", a=a, b=b)),
        dated(result.bites, say("supply.bites_fact", a=a, b=b), start, say),
        dated(result.fades, say("supply.fades_fact", a=a, b=b), start, say),
    )


def _paths(result: Leverage, say: Words) -> Part:
    start = result.basis.start
    when = result.bites if result.bites.middle is not None else result.break_even
    low, middle, high = (day(v, start) for v in ends(when))
    one, two = fan(result.a.path, start), fan(result.b.path, start)
    names = (_name(result.a, say), _name(result.b, say))
    figure = cumulative("paths", say("supply.paths"), one, two, names, Even(low, middle, high), say)
    keys = ("median", "wide", "median_b2", "wide_b2", "shade_even")
    drawn = Drawn(figure, say("supply.paths_caption"), keys)
    return Part("paths", say("supply.paths"), (), (drawn,))


def _pieces(result: Leverage, say: Words) -> Part:
    most = max(abs(b.high or b.middle or 0.0) for side in (result.a, result.b) for b in _bands(side).values())
    factor, unit = larger("USD", most)
    rows = []
    for key in ("lost", "paid", "gained", "sales"):
        for series, side in enumerate((result.a, result.b)):
            low, middle, high = (None if v is None else v / factor for v in ends(_bands(side)[key]))
            rows.append(Row(say(f"supply.piece_{key}"), low, middle, high, series=series))
    names = (_name(result.a, say), _name(result.b, say))
    figure = bars("pieces", say("supply.pieces"), rows, say.maybe("unit", unit), say, series=names)
    drawn = Drawn(figure, say("supply.pieces_caption"), ("interval",))
    return Part("pieces", say("supply.pieces"), (), (drawn,))


def _bands(side: Loss) -> dict[str, Band]:
    return {"lost": side.lost, "paid": side.paid, "gained": side.gained, "sales": side.sales}


def _dollar(result: Leverage, say: Words) -> Part | None:
    """What B lost for each dollar A lost, by day; None where A does not lose."""
    if result.ratio.middle is None:
        return None
    one = fan(result.per_dollar, result.basis.start, 1.0)
    a, b = _name(result.a, say), _name(result.b, say)
    title = say("supply.per_dollar", a=a, b=b)
    wide = one.low > 0 and one.high / one.low > _WIDE
    figure = bands("dollar", title, (Shown(title, one, log=wide),), say, across=1, tall=180)
    drawn = Drawn(figure, say("supply.dollar_caption", a=a, b=b), FAN)
    return Part("dollar", title, (), (drawn,))


def _split(result: Leverage, say: Words) -> Part:
    surplus, transfer = (money(band, "", say).number for band in (result.nash.surplus, result.nash.transfer))
    a, b = _name(result.a, say), _name(result.b, say)
    says = [say("supply.nash_text", surplus=surplus, a=a, b=b, transfer=transfer)]
    waits = result.patience
    if waits is not None and waits.middle is not None:
        says.append(say("supply.nash_patience", a=a, part=percent(waits.middle), span=shares(waits)))
    for key in ("burden", "market"):
        for who, side in ((a, result.a), (b, result.b)):
            band = getattr(side, key)
            if band is not None:
                said = {"share": _small(band.middle), "span": f"{_small(band.low)} – {_small(band.high)}"}
                says.append(say(f"supply.{key}_text", who=who, **said))
    return Part("nash", say("supply.nash"), tuple(says))


def _small(share: float | None) -> str:
    """A share in percent, however small, with two digits that count."""
    return "–" if share is None else f"{spell(100 * share, 2)} %"
