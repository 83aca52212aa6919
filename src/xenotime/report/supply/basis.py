"""What every answer of the supply model rests on, as parts of a page: drivers, what was adjusted, rules."""

from __future__ import annotations

from collections.abc import Iterable

from xenotime.evidence.figure import Figure as Claim
from xenotime.report.supply.bars import Row, bars
from xenotime.report.supply.leaf import Cell, Drawn, Part, Rows, Source, cells
from xenotime.report.supply.naming import parameter
from xenotime.report.supply.scale import spell
from xenotime.report.words import Words
from xenotime.services.supply.results import Basis
from xenotime.supply.measure.values import Driver

#: Drivers that are drawn.
_MOST = 12
#: Below so many draws, bands say little.
FEW = 30
#: Rules that are stated in days.
_DAYS = frozenset({"smooth", "gap", "reroute", "back", "contract"})


def sub(basis: Basis, say: Words) -> tuple[str, ...]:
    """The line under a page's title: span, draws, seed, day of knowledge."""
    return (
        say("supply.span", start=basis.start.isoformat(), days=basis.days),
        say("supply.draws", n=spell(basis.draws), seed=basis.seed),
        say("supply.known", day=basis.known.isoformat()),
        say("supply.scenario", name=basis.scenario),
    )


def cautions(basis: Basis, say: Words) -> tuple[str, ...]:
    """What a reader must know before reading bands: that they rest on few draws."""
    return (say("supply.few_draws", n=basis.draws),) if basis.draws < FEW else ()


def drivers(basis: Basis, say: Words) -> Part:
    """Which inputs move the answer, with the published figures behind them."""
    kept = basis.drivers[:_MOST]
    rows = [
        Row(parameter(d.parameter, say), None, d.weight, None, note=_grounds(d.claims, d.sureness, say))
        for d in kept
    ]
    figure = bars("drivers", say("supply.drivers"), rows, say("supply.weight_unit"), say, filled=True)
    head = tuple(say(f"supply.{key}") for key in ("input", "weight", "group", "rests_on", "sure"))
    folded = say("supply.drivers_table", n=len(basis.drivers))
    table = Rows(head, tuple(_driver(d, say) for d in basis.drivers), frozenset({1}), folded=folded)
    says = (say("supply.drivers_text", answer=answer(basis, say)),)
    drawn = Drawn(figure, say("supply.drivers_caption"))
    return Part("drivers", say("supply.drivers"), says, (drawn, table) if kept else (table,))


def _driver(one: Driver, say: Words) -> tuple[Cell, ...]:
    assumed = "" if one.claims else say("supply.assumption")
    sure = say.maybe("sureness", one.sureness) if one.sureness else say("say.unknown")
    return (
        Cell(parameter(one.parameter, say), note=one.unit),
        Cell(spell(one.weight, 2)),
        Cell(say.maybe("group", one.group)),
        Cell(one.rule if not one.claims else "", one.claims, note=assumed),
        Cell(sure),
    )


def answer(basis: Basis, say: Words) -> str:
    """The answer that the drivers were ranked for, in words."""
    return say.maybe("answer", basis.answer)


def grounds(basis: Basis, say: Words) -> Part:
    """What was adjusted, assumed, uncertain or missing."""
    head = tuple(say(f"supply.{key}") for key in ("adjusted", "claimed", "used", "why", "claim"))
    adjusted = Rows(
        head,
        tuple(
            (Cell(r.what), Cell(r.claimed), Cell(r.used), Cell(r.why), Cell("", r.claims))
            for r in basis.reconciled
        ),
        folded=say("supply.reconciled", n=len(basis.reconciled)),
        empty=say("supply.reconciled_none"),
    )
    named = [parameter(name, say) for name in basis.assumed]
    lists = [
        _list(say("supply.assumed", n=len(named)), named, say("supply.input")),
        _list(say("supply.doubtful", n=len(basis.doubtful)), basis.doubtful, say("supply.claim")),
        _list(say("supply.gaps", n=len(basis.gaps)), basis.gaps, say("label.what")),
    ]
    says = (say("supply.grounds_text", claims=basis.claims, parameters=basis.parameters),)
    pieces = (adjusted, *[each for each in lists if each.rows])
    return Part("grounds", say("supply.grounds"), says, pieces)


def rules(basis: Basis, say: Words) -> Part:
    """The rules of behaviour, the seed, the law's hash, and how well mass was kept."""
    last = basis.first + basis.draws - 1
    rows = [(say.maybe("rule", name), _ruled(name, value, say)) for name, value in basis.rules]
    rows += [
        (say("supply.seed"), str(basis.seed)),
        (
            say("supply.draws_row"),
            say("supply.draws_range", first=basis.first, last=last),
        ),
        (say("supply.every"), say("supply.days", n=basis.every)),
        (say("supply.certified"), f"{100 * basis.certified:g} %"),
        (say("supply.residue"), f"{basis.residue:.1e}"),
        (say("supply.law_used"), basis.law_hash if basis.law else say("supply.law_none")),
        *((name, branch) for name, branch in basis.branches.items()),
    ]
    table = Rows((say("supply.rule"), say("supply.value")), cells(rows))
    return Part("rules", say("supply.rules"), (say("supply.rules_text"),), (table,))


def sources(basis: Basis, say: Words) -> tuple[Source, ...]:
    """The published figures that the page cites, by id."""
    return cited(basis.cited, say)


def cited(figures: Iterable[Claim], say: Words) -> tuple[Source, ...]:
    """Published figures as the page's last table shows them."""
    return tuple(_source(each, say) for each in figures)


def _source(one: Claim, say: Words) -> Source:
    value = say("supply.gap") if one.value is None else f"{spell(float(one.value), 4)} {one.unit}"
    if one.low is not None and one.high is not None:
        value += f" ({spell(float(one.low), 4)} – {spell(float(one.high), 4)})"
    what = " · ".join(x for x in (one.subject, one.stage, one.element, one.country, one.period) if x)
    return Source(one.id, what, value, one.source, one.url, one.published, one.sureness)


def _grounds(claims: tuple[str, ...], sureness: str, say: Words) -> str:
    if not claims:
        return say("supply.assumption")
    more = f" +{len(claims) - 1}" if len(claims) > 1 else ""
    return f"{claims[0]}{more} · {say.maybe('sureness', sureness)}"


def _ruled(name: str, value: str, say: Words) -> str:
    """A rule's value with its unit."""
    if name == "rationing":
        return say.maybe("rationing", value)
    number = value.removesuffix(".0")
    return say("supply.days_long", n=number) if name in _DAYS else number


def _list(title: str, items: list[str] | tuple[str, ...], head: str) -> Rows:
    return Rows((head,), cells([(item,) for item in items]), folded=title)
