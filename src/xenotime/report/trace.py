"""A product's parts list in the terminal: what is known, declared and missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from xenotime.content.bounds import Bounds
from xenotime.content.tree import Node
from xenotime.law.answer import Outcome
from xenotime.report.palette import LOOKS
from xenotime.report.terminal import joined, muted, part
from xenotime.report.words import Words, load
from xenotime.services.results import ValueShare

#: Marks of what stands behind a part.
STATUS = {"known": "✓", "declared": "✎", "missing": "?"}
_OPEN = LOOKS[Outcome.UNDETERMINED].terminal
_COLOURS = {
    "known": LOOKS[Outcome.NOT_CONTROLLED].terminal,
    "declared": LOOKS[Outcome.REPORT].terminal,
    "missing": _OPEN,
}
#: How many lines a tree may have before shared parts are shown once and the rest is counted.
LINES = 2000


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it is shown; texts carry their units, "" means nothing to show."""

    name: str
    quantity: str = ""
    mass: str = ""
    value: str = ""
    share: str = ""
    origin: str = ""
    status: str = "known"
    gaps: tuple[str, ...] = ()
    children: tuple[Part, ...] = ()


def part_of(node: Node, currency: str = "", words: Words | None = None) -> Part:
    """A content tree as parts to be shown; a part used twice stays one object. No recursion: any depth."""
    say = words or load()
    made: dict[int, Part] = {}
    stack = [node]
    while stack:
        top = stack[-1]
        waiting = [child for child in top.children if id(child) not in made]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        made[id(top)] = _shown(top, tuple(made[id(child)] for child in top.children), currency, say)
    return made[id(node)]


def _shown(node: Node, children: tuple[Part, ...], currency: str, say: Words) -> Part:
    low, high = node.share
    return Part(
        name=node.name or node.key,
        quantity="" if node.quantity is None else f"{decimal(node.quantity)} {node.unit}",
        mass=f"{spread(node.mass, say)} kg",
        value=f"{spread(node.value, say)} {currency}".strip(),
        share=spread(Bounds(low * 100, None if high is None else high * 100), say) + " %",
        origin=node.origin or say("say.unknown"),
        status=node.status,
        gaps=node.gaps,
        children=children,
    )


def spread(bounds: Bounds, say: Words) -> str:
    """An interval in words: one number, ``low…high``, ``≥ low``, or unknown."""
    if bounds.high is None:
        return f"≥ {decimal(bounds.low)}" if bounds.low else say("say.unknown")
    return decimal(bounds.low) if bounds.exact else f"{decimal(bounds.low)}…{decimal(bounds.high)}"


def decimal(value: Fraction) -> str:
    """A fraction as a decimal, exact when it ends within six places, else marked as rounded.

    >>> decimal(Fraction(1, 8)), decimal(Fraction(1, 3))
    ('0.125', '≈0.333333')
    """
    scaled = value * 10**6
    text = f"{Decimal(round(scaled)).scaleb(-6):f}".rstrip("0").rstrip(".") or "0"
    return text if scaled.denominator == 1 else f"≈{text}"


def trace(node: Part, words: Words | None = None, *, share: ValueShare | None = None) -> RenderableType:
    """The parts list as a tree, gaps in their place, and the answer to the 0.1 % test below it."""
    say = words or load()
    top = Tree(_line(node, say), guide_style="dim")
    waiting = [(top, child) for child in reversed(node.children)]
    lines = 1
    while waiting and lines < LINES:
        above, child = waiting.pop()
        branch = above.add(_line(child, say))
        lines += 1
        waiting += [(branch, below) for below in reversed(child.children)]
    legend = joined(*(f"{STATUS[key]} {say(f'part_status.{key}')}" for key in STATUS), gap="   ")
    empty = [] if node.children else [muted(say("say.no_content"))]
    more = [muted(say("say.more", n=len(waiting)))] if waiting else []
    return Group(top, *empty, *more, Text(""), muted(legend.plain), *share_lines(share, say))


def _line(node: Part, say: Words) -> RenderableType:
    mark = Text(STATUS.get(node.status, "?"), style=f"bold {_COLOURS.get(node.status, _OPEN)}")
    known = [
        ("", node.quantity),
        ("", node.mass),
        ("", node.value),
        (say("label.share"), node.share),
        (say("label.origin"), node.origin),
    ]
    tail = " · ".join(f"{name} {text}".strip() for name, text in known if text)
    line = joined(mark, Text(node.name, style="bold"), muted(tail))
    return Group(line, *(Padding(Text(f"? {gap}", style=_OPEN), (0, 0, 0, 2)) for gap in node.gaps))


def share_lines(share: ValueShare | None, say: Words) -> list[RenderableType]:
    """The 0.1 % test in words: the answer, the exact fraction beside the percentage, and the gaps."""
    if share is None:
        return []
    lines: list[RenderableType] = [
        Text(say(f"share.{share.answer.replace(' ', '_')}"), style="bold"),
        *(
            Text(f"{name}: {_bound(fraction, percent, say)}")
            for name, fraction, percent in bounds(share, say)
        ),
        *(Text(f"? {gap}", style=_OPEN) for gap in share.gaps),
    ]
    return [part(say("part.share"), *lines)]


def bounds(share: ValueShare, say: Words) -> list[tuple[str, str, str]]:
    """The bounds as (name, exact fraction, percentage); one row when both are the same."""
    if share.low == share.high:
        return [(say("share.exact"), share.low, share.low_percent)]
    return [
        (say("share.low"), share.low, share.low_percent),
        (say("share.high"), share.high, share.high_percent),
    ]


def _bound(fraction: str, percent: str, say: Words) -> str:
    return f"{fraction}  ({percent})" if fraction else say("say.unknown")
