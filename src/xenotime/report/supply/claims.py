"""Claims as people read them: who says what number, of what and when; what is a gap is called one."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files

from rich.console import Group, RenderableType
from rich.text import Text

from xenotime.evidence.contest import Contest, Reason, labels
from xenotime.evidence.figure import Figure
from xenotime.evidence.units import unit
from xenotime.evidence.voice import KINDS, bound, who
from xenotime.report.terminal import heading, listing, muted
from xenotime.report.words import LANGUAGES, Words, load

#: How many claims a list shows before it says how many more there are.
MOST = 400


@cache
def speak(lang: str = "en") -> Words:
    """The catalogue of a language with the words about claims. Raises KeyError for another language."""
    common = load(lang)
    place = LANGUAGES.index(lang)
    raw = tomllib.loads((files("xenotime.report") / "texts" / "evidence.toml").read_text("utf-8"))
    ours = {
        f"{section}.{key}": pair[place] for section, entries in raw.items() for key, pair in entries.items()
    }
    return Words(lang, {**common.texts, **ours}, common.counted)


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
    rows = [_row(figure, say) for figure in found[:MOST]]
    shown: list[RenderableType] = [muted(say("claims.found", n=len(found))), listing(_head(say), rows, keep=(0, 4))]
    if len(found) > MOST:
        shown.append(muted(say("claims.more", n=len(found) - MOST)))
    return Group(*shown)


def _head(say: Words) -> tuple[str, ...]:
    return tuple(
        say(f"column.{name}") for name in ("id", "what", "element", "period", "value", "unit", "who", "published")
    )


def _row(figure: Figure, say: Words) -> tuple[str, ...]:
    what = figure.subject if figure.country in figure.subject else f"{figure.subject}, {figure.country}"
    return (
        figure.id,
        what.rstrip(", "),
        figure.element,
        figure.period or say("claims.undated"),
        told(figure, say),
        figure.unit,
        who(figure),
        figure.published,
    )


def contests(found: Sequence[Contest], say: Words) -> RenderableType:
    """Competing claims for the terminal: the question, the numbers, who says which, and why they may differ."""
    if not found:
        return Text(say("claims.nothing"))
    return Group(*(_contest(contest, say) for contest in found))


def _contest(contest: Contest, say: Words) -> RenderableType:
    parts: list[RenderableType] = [heading(asks(contest, say))]
    if contest.values:
        values = ", ".join(numeral(value) for value in contest.values)
        parts.append(Text(say("claims.said", values=values, unit=contest.unit)))
    pairs = sum(len(side.competing) for side in contest.sides)
    if contest.figures:
        parts.append(muted(say("claims.compete", n=pairs) if pairs else say("claims.agreed")))
        parts.append(_table(contest, say))
    parts.extend(Text(f"{say('claims.gaps')}: {gap.subject} ({gap.id}). {gap.note}") for gap in contest.gaps)
    if contest.reasons:
        parts.append(Text(f"{say('claims.why')}:"))
        parts.extend(Text(f"· {text}") for text in reasons(contest, say))
    return Group(*parts, Text(""))


def _table(contest: Contest, say: Words) -> RenderableType:
    head = tuple(say(f"column.{name}") for name in ("value", "who", "period", "published", "sureness", "id", "note"))
    rows: list[tuple[str, ...]] = []
    for name, side in zip(named(contest, say), contest.sides, strict=True):
        rows.append((name, "", "", "", "", "", ""))
        rows.extend(
            (
                f"  {told(figure, say)}",
                who(figure),
                figure.period or say("claims.undated"),
                figure.published,
                say(f"sure.{figure.sureness}"),
                figure.id,
                figure.note,
            )
            for figure in side.figures
        )
    return listing(head, rows, keep=(0, 5))


def named(contest: Contest, say: Words) -> tuple[str, ...]:
    """The name of each side, in the order of the sides."""
    short = labels([side.scope for side in contest.sides])
    return tuple(
        f"{name} ({say('claims.expected')})" if side.scope.expected else name
        for name, side in zip(short, contest.sides, strict=True)
    )
