"""The hedge page: what to hold and sign before the next stop, what it saves, and how sure that is."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

from xenotime.report.supply import basis as grounds
from xenotime.report.supply.bands import Shown, bands
from xenotime.report.supply.bars import Row, bars
from xenotime.report.supply.fan import ends, fan, percents
from xenotime.report.supply.frontier import Step, frontier
from xenotime.report.supply.leaf import FAN, Cell, Drawn, Fact, Leaf, Part, Rows, put
from xenotime.report.supply.naming import country, good
from xenotime.report.supply.scale import larger, percent, spell
from xenotime.report.supply.speak import speak
from xenotime.report.words import Words, load
from xenotime.services.supply.outcomes import Choice, Contract, Hedge, Holding

_PANELS = 9


def write_hedge(folder: Path, result: Hedge, words: Words | None = None) -> Path:
    """The page as ``hedge.html`` in a folder, whole or not at all. Raises InputError when it cannot be."""
    say = speak((words or load()).lang)
    return put(folder, "hedge.html", leaf(result, say), say)


def leaf(result: Hedge, say: Words) -> Leaf:
    """The page's parts: what to do and what it saves, then the trade-off, the worth of more, the futures."""
    basis = result.basis
    parts = (
        _holdings(result, say), _signed(result, say), _missed(result, say), _frontier(result, say),
        _worth(result, say), _arrivals(result, say), _sure(result, say), grounds.grounds(basis, say),
        grounds.rules(basis, say),
    )  # fmt: skip
    return Leaf(
        say("supply.hedge_title", name=result.portfolio),
        (*grounds.sub(basis, say), say("supply.months", n=result.months)),
        _answer(result, say),
        tuple(part for part in parts if part is not None),
        _facts(result, say),
        basis.law_hash,
        basis.says,
        warnings=(result.foresight,),
        sources=grounds.sources(basis, say),
        foot=(result.notice, say("supply.made")),
    )


def usd(value: float | None, say: Words) -> str:
    """An amount in US dollars, in a unit that fits."""
    if value is None:
        return say("say.unknown")
    if not isfinite(value):
        return say("supply.unpaid")
    factor, unit = larger("USD", abs(value))
    return f"{spell(value / factor)} {say.maybe('unit', unit)}"


def _answer(result: Hedge, say: Words) -> str:
    bought = [h for h in result.holdings if h.buy > 0]
    taken = [c for c in result.choices if c.taken]
    return say(
        "supply.hedge_answer",
        spend=usd(result.planned.spent, say),
        saved=usd(result.now.fresh_mean - result.planned.fresh_mean, say),
        tail=usd(result.now.fresh_tail - result.planned.fresh_tail, say),
        worst=percent(1 - result.risk if result.risk > 0.5 else result.risk),
        items=len(bought),
        contracts=sum(c.reserve > 0 for c in result.contracts),
        choices=len(taken),
    )


def _facts(result: Hedge, say: Words) -> tuple[Fact, ...]:
    band = result.planned.band
    span = f"{usd(band.low, say)} – {usd(band.high, say)}"
    return (
        Fact(usd(result.planned.spent, say), say("supply.spent_before")),
        Fact(usd(result.now.fresh_mean, say), say("supply.mean_now"), harm=True),
        Fact(usd(result.planned.fresh_mean, say), say("supply.mean_planned"), span),
        Fact(usd(result.now.fresh_tail, say), say("supply.tail_now"), harm=True),
        Fact(usd(result.planned.fresh_tail, say), say("supply.tail_planned")),
    )  # fmt: skip


def _holdings(result: Hedge, say: Words) -> Part:
    head = ("item", "owned", "buy", "cover_days", "spend", "worth_one")
    rows = tuple(_holding(h, say) for h in result.holdings)
    table = Rows(tuple(say(f"supply.{key}") for key in head), rows, frozenset({1, 2, 3, 4, 5}))
    drawn = [
        Row(h.name or h.item, None, h.days, None, note=say.maybe("form", h.form), says=say("say.unknown"))
        for h in result.holdings
        if h.days is not None
    ]
    texts = (say("supply.holdings_text"),)
    if not drawn:
        return Part("holdings", say("supply.holdings"), texts, (table,))
    figure = bars("holdings", say("supply.cover_days"), drawn, say("unit.days"), say, filled=True)
    picture = Drawn(figure, say("supply.holdings_caption"))
    return Part("holdings", say("supply.holdings"), texts, (picture, table))


def _holding(one: Holding, say: Words) -> tuple[Cell, ...]:
    days = spell(one.days) if one.days is not None else say("say.unknown")
    return (
        Cell(one.name or one.item, note=say.maybe("form", one.form)),
        Cell(f"{spell(one.owned)} {one.unit}"),
        Cell(f"{spell(one.buy)} {one.unit}", strong=one.buy > 0),
        Cell(days),
        Cell(usd(one.spend, say)),
        Cell(f"{usd(one.worth, say)}", note=say("supply.price_now", price=usd(one.price, say))),
    )


def _signed(result: Hedge, say: Words) -> Part | None:
    """Contracts and yes-or-no choices."""
    pieces = []
    if result.contracts:
        head = ("source_name", "country", "item", "reserve", "most", "fee")
        rows = tuple(_contract(c, say) for c in result.contracts)
        pieces.append(Rows(tuple(say(f"supply.{k}") for k in head), rows, frozenset({3, 4, 5})))
    if result.choices:
        head = ("choice", "country", "taken", "cost", "wait", "saves")
        rows = tuple(_choice(c, say) for c in result.choices)
        pieces.append(Rows(tuple(say(f"supply.{k}") for k in head), rows, frozenset({3, 4, 5})))
    return (
        Part("signed", say("supply.signed"), (say("supply.signed_text"),), tuple(pieces)) if pieces else None
    )


def _contract(one: Contract, say: Words) -> tuple[Cell, ...]:
    return (
        Cell(one.name or one.source), Cell(country(one.country, say)), Cell(one.item),
        Cell(f"{spell(one.reserve)} {one.unit}", strong=one.reserve > 0), Cell(spell(one.most)),
        Cell(usd(one.spend, say)),
    )  # fmt: skip


def _choice(one: Choice, say: Words) -> tuple[Cell, ...]:
    return (
        Cell(one.name or one.id, note=say.maybe("choice", one.kind)), Cell(country(one.country, say)),
        Cell(say("supply.yes") if one.taken else say("supply.no"), strong=one.taken),
        Cell(usd(one.cost, say)), Cell(spell(one.wait)), Cell(usd(one.saves, say)),
    )  # fmt: skip


def _missed(result: Hedge, say: Words) -> Part | None:
    if not result.missed:
        return None
    rows = []
    for one in result.missed:
        for series, band in enumerate((one.now, one.planned)):
            rows.append(Row(one.name or one.line, *ends(band), series=series))
    names = (say("supply.as_held"), say("supply.with_plan"))
    figure = bars("missed", say("supply.missed"), rows, say("unit.days"), say, series=names)
    drawn = Drawn(figure, say("supply.missed_caption"), ("interval",))
    return Part("missed", say("supply.missed"), (), (drawn,))


def _frontier(result: Hedge, say: Words) -> Part | None:
    if not result.frontier:
        return None
    steps = [Step(f.spent, f.mean, f.tail) for f in result.frontier]
    figure = frontier("frontier", say("supply.frontier"), steps, result.planned.spent, say)
    drawn = Drawn(figure, say("supply.frontier_caption", dollar=spell(result.dollar, 2)))
    return Part("frontier", say("supply.frontier"), (), (drawn,))


def _worth(result: Hedge, say: Words) -> Part | None:
    """What one more unit would save by the month in which it comes, and one licence day less."""
    months = max((len(h.later) for h in result.holdings), default=0)
    head = (say("supply.item"), *(say("supply.month_n", n=n + 1) for n in range(min(months, 12))))
    rows = tuple(
        (Cell(h.name or h.item, note=f"USD/{h.unit}"), *(Cell(spell(v, 2)) for v in h.later[:12]))
        for h in result.holdings
        if any(v > 0 for v in h.later)
    )
    pieces = [Rows(head, rows, frozenset(range(1, len(head))))] if rows else []
    if result.day:
        days = tuple((Cell(country(c, say)), Cell(usd(v, say))) for c, v in result.day)
        pieces.append(Rows((say("supply.country"), say("supply.day_less")), days, frozenset({1})))
    return Part("worth", say("supply.worth"), (say("supply.worth_text"),), tuple(pieces)) if pieces else None


def _arrivals(result: Hedge, say: Words) -> Part | None:
    start = result.basis.start
    shown = [
        Shown(_source(c.name, say), percents(fan(c, start, 1.0)))
        for c in result.arrivals
        if min(c.low) < 0.995
    ]
    if not shown:
        return None
    figure = bands("arrivals", say("supply.arrivals"), shown[:_PANELS], say)
    return Part("arrivals", say("supply.arrivals"), (), (Drawn(figure, say("supply.arrivals_caption"), FAN),))


def _source(name: str, say: Words) -> str:
    """What arrives from where: the good, and both ends of its way."""
    _, _, rest = name.partition("/")
    address, _, way = rest.rpartition("/")
    start, _, end = way.partition(">")
    return f"{good(address, say)}, {start} → {end}"


def _sure(result: Hedge, say: Words) -> Part:
    rows = (
        (
            Cell(say("supply.futures")),
            Cell(say("supply.futures_of", n=result.futures, drawn=spell(result.drawn))),
        ),
        (Cell(say("supply.fresh")), Cell(spell(result.fresh))),
        (
            Cell(say("supply.blind")),
            Cell(f"{usd(result.now.blind_mean, say)} → {usd(result.planned.blind_mean, say)}"),
        ),
        (Cell(say("supply.drift")), Cell(percent(result.drift))),
        (Cell(say("supply.solver_gap")), Cell(f"{100 * result.gap:.2g} %")),
        (Cell(say("supply.way")), Cell(result.way)),
        *((Cell(say("supply.assumption")), Cell(text)) for text in result.assumed),
    )
    table = Rows((say("label.what"), say("supply.value")), rows)
    return Part("sure", say("supply.how_sure"), (say("supply.sure_text"),), (table,))
