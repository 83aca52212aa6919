"""A hedge in the terminal and as rows: the answer, what to hold and do, what it is worth, how sure it is."""

from __future__ import annotations

from functools import cache
from math import isinf
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.report.atomic import write
from xenotime.report.supply import brief
from xenotime.report.supply.brief import money, number, percent
from xenotime.report.supply.files import table_text
from xenotime.report.supply.naming import country
from xenotime.report.terminal import heading, listing, muted, part
from xenotime.report.words import Words, laid
from xenotime.services.supply.outcomes import Choice, Hedge
from xenotime.services.supply.tables import Cell
from xenotime.supply.measure.values import Band

HEAD = ("part", "id", "name", "form", "unit", "now", "plan", "spend_usd", "worth_usd", "note")
#: What is less than this is nothing [units, USD].
_LEAST = 0.5


@cache
def catalogue(lang: str = "en") -> Words:
    """The words of a language with those of this face. Raises KeyError for another language."""
    return laid(brief.catalogue(lang), "hold")


def hedge_told(hedge: Hedge, words: Words | None = None) -> RenderableType:
    """A hedge on a screen or two, the answer first."""
    say, basis = words or catalogue(), hedge.basis
    about = say(
        "hold.about",
        months=hedge.months,
        start=basis.start,
        drawn=hedge.drawn,
        futures=hedge.futures,
        seed=basis.seed,
    )
    return Group(
        heading(say("hold.head", portfolio=hedge.portfolio, title=basis.title)),
        muted(about),
        part(say("hold.head_answer"), *(Text(line) for line in answer(hedge, say))),
        part(say("hold.head_stock"), _stock(hedge, say)),
        *([part(say("hold.head_contract"), _contracts(hedge, say))] if hedge.contracts else []),
        *([part(say("hold.head_choice"), _choices(hedge, say))] if hedge.choices else []),
        part(say("hold.head_missed"), _missed(hedge, say)),
        *_worth(hedge, say),
        *([part(say("hold.head_frontier"), _frontier(hedge, say))] if hedge.frontier else []),
        part(say("hold.head_trust"), *(muted(line) for line in trust(hedge, say))),
        brief.driven(basis, say),
        Text(""),
        muted(say("brief.notice")),
    )


def answer(hedge: Hedge, say: Words) -> list[str]:
    """What to spend and what that changes; beyond what."""
    values = {
        "risk": percent(hedge.risk, say),
        "before": money(hedge.now.fresh_tail, say),
        "mean": money(hedge.now.fresh_mean, say),
    }
    if hedge.planned.spent < _LEAST:
        return [say("hold.nothing", **values), say("hold.beyond", months=hedge.months)]
    done = {
        "spent": money(hedge.planned.spent, say),
        "after": money(hedge.planned.fresh_tail, say),
        "then": money(hedge.planned.fresh_mean, say),
    }
    return [say("hold.spend", **values, **done), say("hold.beyond", months=hedge.months)]


def _stock(hedge: Hedge, say: Words) -> RenderableType:
    head = [say(f"hold.{key}") for key in ("item", "owned", "buy", "days", "price", "worth")]
    rows = [
        (
            Group(Text(h.name), muted(say.maybe("form", h.form))),
            f"{number(h.owned, say)} {h.unit}",
            Text(f"{number(h.buy, say)} {h.unit}" if h.buy >= _LEAST else "–", style="bold"),
            number(h.days, say) if h.days is not None else "–",
            money(h.price, say),
            money(h.worth, say),
        )
        for h in hedge.holdings
    ]
    return listing(head, rows, keep=(1, 2, 3, 4, 5))


def _contracts(hedge: Hedge, say: Words) -> RenderableType:
    head = [say(f"hold.{key}") for key in ("source", "item", "reserve", "most", "cost")]
    rows = [
        (
            Text(f"{c.name}, {country(c.country, say)}"),
            c.item,
            Text(f"{number(c.reserve, say)} {c.unit}" if c.reserve >= _LEAST else "–", style="bold"),
            number(c.most, say),
            money(c.spend, say),
        )
        for c in hedge.contracts
    ]
    return listing(head, rows, keep=(2, 3, 4))


def _choices(hedge: Hedge, say: Words) -> RenderableType:
    head = [say(f"hold.{key}") for key in ("choice", "taken", "cost", "wait", "saves")]
    rows = [
        (
            Text(f"{c.name}, {country(c.country, say)}" if c.country else c.name),
            Text(say("hold.yes" if c.taken else "hold.no"), style="bold"),
            money(c.cost, say),
            say("hold.months", n=c.wait) if c.wait else say("hold.at_once"),
            _saves(c, say),
        )
        for c in hedge.choices
    ]
    return listing(head, rows, keep=(1, 2, 3, 4))


def _saves(choice: Choice, say: Words) -> str:
    return say("hold.never_pays") if isinf(choice.saves) else money(choice.saves, say)


def _missed(hedge: Hedge, say: Words) -> RenderableType:
    head = [say(f"hold.{key}") for key in ("line", "now", "planned")]
    rows = [(Text(m.name), _span(m.now, say), _span(m.planned, say)) for m in hedge.missed]
    return listing(head, rows)


def _span(band: Band, say: Words) -> str:
    low, middle, high = (number(x, say) for x in (band.low, band.middle, band.high))
    return say("hold.middle", low=low, middle=middle, high=high)


def _worth(hedge: Hedge, say: Words) -> list[RenderableType]:
    lines = [
        say("hold.day_less", country=country(where, say), money=money(value, say))
        for where, value in hedge.day
        if value >= _LEAST
    ]
    if hedge.budget is not None and hedge.dollar > 0:
        lines.append(say("hold.dollar", value=f"{hedge.dollar:.2f}"))
    return [part(say("hold.head_worth"), *(Text(line) for line in lines))] if lines else []


def _frontier(hedge: Hedge, say: Words) -> RenderableType:
    head = [say("hold.budget"), say("hold.mean"), say("hold.tail", risk=percent(hedge.risk, say))]
    rows = [tuple(money(x, say) for x in (f.spent, f.mean, f.tail)) for f in hedge.frontier]
    return listing(head, rows)


def trust(hedge: Hedge, say: Words) -> list[str]:
    """How the plan held on fresh futures, how it was solved, and what was assumed for it."""
    side = say("hold.higher" if hedge.drift >= 0 else "hold.lower")
    drift, gap, risk = (percent(x, say) for x in (abs(hedge.drift), hedge.gap, hedge.risk))
    blind = {"before": money(hedge.now.blind_tail, say), "after": money(hedge.planned.blind_tail, say)}
    return [
        say("hold.drift", fresh=hedge.fresh, drift=drift, side=side, gap=gap),
        say(f"hold.{hedge.way}"),
        say("hold.foresight", risk=risk, **blind),
        *(say("hold.assumed", what=what) for what in hedge.assumed),
    ]


def rows(hedge: Hedge) -> list[tuple[Cell, ...]]:
    """The plan as rows under `HEAD`: stocks, contracts, choices, lines, other budgets."""
    found: list[tuple[Cell, ...]] = [
        ("stock", h.item, h.name, h.form, h.unit, h.owned, h.owned + h.buy, h.spend, h.worth, "")
        for h in hedge.holdings
    ]
    found += [
        ("contract", c.source, c.name, c.item, f"{c.unit} a month", 0.0, c.reserve, c.spend, None, c.country)
        for c in hedge.contracts
    ]
    found += [
        (
            *(c.kind, c.id, c.name, "", "yes or no", 0.0, float(c.taken)),
            *(c.cost if c.taken else 0.0, None if isinf(c.saves) else c.saves, c.country),
        )
        for c in hedge.choices
    ]
    found += [
        (
            "line",
            m.line,
            m.name,
            "",
            "days missed",
            m.now.middle,
            m.planned.middle,
            None,
            None,
            "fresh futures",
        )
        for m in hedge.missed
    ]
    found += [
        (
            "budget",
            "",
            "",
            "",
            "USD",
            f.budget,
            f.mean,
            f.spent,
            f.tail,
            "mean cost; worth is the tail's cost",
        )
        for f in hedge.frontier
    ]
    return found


def write_rows(hedge: Hedge, path: Path) -> Path:
    """The rows of a hedge as CSV at a path. Raises InputError when it cannot be written."""
    return write(path, table_text((HEAD, rows(hedge))).encode("utf-8-sig"))
