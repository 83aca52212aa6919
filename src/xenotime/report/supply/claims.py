"""Claims as people read them: who says what number, of what and when; what is a gap is called one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.evidence.contest import Contest
from xenotime.evidence.figure import Figure
from xenotime.evidence.reason import Reason
from xenotime.evidence.side import labels
from xenotime.evidence.units import Unit, unit
from xenotime.evidence.voice import KINDS, bound, remark, who
from xenotime.report.terminal import grid, heading, joined, listing, muted
from xenotime.report.words import LANGUAGES, Words, laid, load

#: So many claims are shown whole; of a list so many, before it says how many more there are.
FEW, MOST = 3, 400


@cache
def speak(lang: str = "en") -> Words:
    """The catalogue of a language with the words about claims. Raises KeyError for another language."""
    found = laid(load(lang), "evidence")
    counted = {
        "claim": (found("claims.one"), found("claims.many")),
        "pair": (found("claims.pair"), found("claims.pairs")),
    }
    return replace(found, counted={**found.counted, **counted})


def asks(contest: Contest, say: Words) -> str:
    """The question in the language asked for."""
    return contest.question.asks[LANGUAGES.index(say.lang)]


def numeral(value: Decimal) -> str:
    """A number with its digits as printed, thousands apart.

    >>> numeral(Decimal("270000")), numeral(Decimal("61.0"))
    ('270\u202f000', '61.0')
    """
    return f"{value:,f}".replace(",", "\u202f") if abs(value) >= 10_000 else f"{value:f}"


def told(figure: Figure, say: Words) -> str:
    """The number as it was said: over 90, 5 (4 – 6), or that there is none."""
    if figure.value is None:
        return say("claims.event" if unit(figure.unit).dimension == "mark" else "claims.gap")
    value = numeral(figure.value)
    kinds = bound(figure)
    if kinds == "over":
        return say("claims.over", value=value)
    if kinds == "up to":
        return say("claims.upto", value=value)
    if kinds == "interval":
        low, high = (numeral(figure.value if end is None else end) for end in (figure.low, figure.high))
        return say("claims.between", value=value, low=low, high=high)
    return value


def reasons(contest: Contest, say: Words) -> tuple[str, ...]:
    """Why the claims may differ, one sentence each."""
    return tuple(_reason(reason, say) for reason in contest.reasons)


def _reason(reason: Reason, say: Words) -> str:
    if reason.kind == "source":
        named = [f"{say(f'sort.{name}')}{rest}" for name, rest in map(_sorted, reason.says)]
        return say("why.source", a="; ".join(named))
    return say(f"why.{reason.kind}", a="; ".join(_some(reason.says)))


def _sorted(text: str) -> tuple[str, str]:
    name = next(name for name in KINDS if text.startswith(f"{name}:"))
    return name, text.removeprefix(name)


def _some(texts: Sequence[str], most: int = 12) -> list[str]:
    return [*texts[:most], *([f"… +{len(texts) - most}"] if len(texts) > most else [])]


def figures(found: Sequence[Figure], say: Words) -> RenderableType:
    """Figures as a list for the terminal, gaps among them."""
    if not found:
        return Text(say("claims.nothing"))
    if len(found) <= FEW:
        return Group(*(_whole(figure, say) for figure in found))
    rows = [_row(figure, say) for figure in found[:MOST]]
    shown: list[RenderableType] = [
        muted(say.count("claim", len(found))),
        _listed(_head(say), rows, keep=(0,)),
    ]
    if len(found) > MOST:
        shown.append(muted(say("claims.more", n=len(found) - MOST)))
    return Group(*shown)


def _whole(figure: Figure, say: Words) -> RenderableType:
    """One claim with everything that is known of it."""
    what = ", ".join(filter(None, (figure.stage, figure.element, figure.country)))
    lines = {
        "value": f"{told(figure, say)} [{figure.unit}]",
        "period": figure.period or say("claims.undated"),
        "scope": what,
        "who": f"{figure.source} ({figure.published})",
        "address": figure.url,
        "sureness": say(f"sure.{figure.sureness}"),
        "note": figure.note,
    }
    rows = [(muted(say(f"column.{name}")), Text(text)) for name, text in lines.items() if text]
    return Group(joined(heading(figure.id), figure.subject), grid(rows, grow=1), Text(""))


def _listed(head: Sequence[str], rows: Sequence[Sequence[str | Text]], keep: Sequence[int]) -> RenderableType:
    """A listing of plain texts: brackets in a claim are brackets."""
    return listing(
        head, [[cell if isinstance(cell, Text) else Text(cell) for cell in row] for row in rows], keep=keep
    )


def _head(say: Words) -> tuple[str, ...]:
    return tuple(say(f"column.{name}") for name in ("id", "value", "what", "who"))


def _row(figure: Figure, say: Words) -> tuple[str, ...]:
    said = told(figure, say)
    of = [figure.subject, *(part for part in (figure.element, figure.country) if part not in figure.subject)]
    what = ", ".join([*filter(None, of), figure.period or say("claims.undated")])
    return (figure.id, f"{said} [{figure.unit}]", what, f"{who(figure)}, {figure.published}")


def contests(found: Sequence[Contest], say: Words) -> RenderableType:
    """Competing claims for the terminal: the question, the numbers, who says which, why they may differ."""
    if not found:
        return Text(say("claims.nothing"))
    return Group(*(_contest(contest, say) for contest in found))


def heads(found: Sequence[Contest], say: Words) -> RenderableType:
    """Every conflict on a line: the question, how many claims, from the lowest to the highest."""
    head = tuple(say(f"column.{name}") for name in ("what", "claims", "low", "high", "unit"))
    rows = [
        (asks(one, say), str(len(one.figures)), numeral(one.values[0]), numeral(one.values[-1]), one.unit)
        for one in found
        if one.values
    ]
    return Group(_listed(head, rows, keep=(1, 2, 3)), Text(f"\n{say('claims.ask')}"))


def units(found: Sequence[Unit], say: Words) -> RenderableType:
    """Units as a list: what each measures and what it turns into."""
    head = tuple(say(f"column.{name}") for name in ("unit", "measures", "turns"))
    rows = [
        (one.name, one.dimension, f"{one.factor.normalize():f} {one.canonical}" if one.countable else "")
        for one in sorted(found, key=lambda one: (one.dimension, one.factor, one.name))
    ]
    return _listed(head, rows, keep=())


def _contest(contest: Contest, say: Words) -> RenderableType:
    parts: list[RenderableType] = [heading(asks(contest, say))]
    for key, numbers in (("claims.said", contest.values), ("claims.ahead", contest.ahead)):
        if numbers:
            values = ", ".join(_some([numeral(value) for value in numbers], 30))
            parts.append(Text(say(key, values=values, unit=contest.unit)))
    pairs = sum(len(side.competing) for side in contest.sides)
    if contest.figures:
        parts.append(muted(say.count("pair", pairs) if pairs else say("claims.agreed")))
        parts.append(_table(contest, say))
    parts.extend(Text(f"{say('claims.gaps')}: {gap.subject} ({gap.id}). {gap.note}") for gap in contest.gaps)
    if contest.reasons:
        parts.append(Text(f"{say('claims.why')}:"))
        parts.extend(Text(f"· {text}") for text in reasons(contest, say))
    return Group(*parts, Text(""))


def _table(contest: Contest, say: Words) -> RenderableType:
    head = tuple(say(f"column.{name}") for name in ("value", "who", "period", "published", "sureness", "id"))
    parts: list[RenderableType] = []
    for name, side in zip(named(contest, say), contest.sides, strict=True):
        parts.append(Text(f"\n{name}"))
        parts.append(_listed(head, [_said(figure, say) for figure in side.figures], keep=(0, 2, 3, 4, 5)))
    return Group(*parts, Text(""))


def _said(figure: Figure, say: Words) -> tuple[str | Text, ...]:
    when = figure.period or say("claims.undated")
    sure = say(f"sure.{figure.sureness}")
    value, note = told(figure, say), remark(figure)
    name = Text(who(figure))
    if note and note != value:
        name.append(f"\n{note}", "dim")
    return (value, name, when, figure.published, sure, figure.id)


def named(contest: Contest, say: Words) -> tuple[str, ...]:
    """The name of each side, in the order of the sides."""
    short = labels([side.scope for side in contest.sides], LANGUAGES.index(say.lang))
    return tuple(
        f"{name} ({say('claims.expected')})" if side.scope.expected else name
        for name, side in zip(short, contest.sides, strict=True)
    )
