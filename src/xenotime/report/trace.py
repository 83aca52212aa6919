"""A product's parts list in the terminal: what is known, declared and missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from xenotime.report.terminal import joined, muted, part
from xenotime.report.words import Words, load
from xenotime.services.results import ValueShare

#: Marks of what stands behind a part.
STATUS = {"known": "✓", "declared": "✎", "missing": "?"}
_COLOURS = {"known": "#2f8f6b", "declared": "#3d86c6", "missing": "#8070d8"}


class Node(Protocol):
    """What a part has to offer to be shown; texts carry their units, "" means unknown."""

    @property
    def name(self) -> str: ...
    @property
    def quantity(self) -> str: ...
    @property
    def mass(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def share(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def gaps(self) -> Sequence[str]: ...
    @property
    def children(self) -> Sequence[Node]: ...


@dataclass(frozen=True, slots=True)
class Part:
    """A plain `Node`: fill it from any parts list."""

    name: str
    quantity: str = ""
    mass: str = ""
    value: str = ""
    share: str = ""
    origin: str = ""
    status: str = "known"
    gaps: tuple[str, ...] = ()
    children: tuple[Part, ...] = ()


def trace(node: Node, words: Words | None = None, *, share: ValueShare | None = None) -> RenderableType:
    """The parts list as a tree, gaps in their place, and the answer to the 0.1 % test below it."""
    say = words or load()
    top = Tree(_line(node, say), guide_style="dim")
    open_nodes = [(top, child) for child in reversed(node.children)]
    while open_nodes:
        above, child = open_nodes.pop()
        branch = above.add(_line(child, say))
        open_nodes += [(branch, below) for below in reversed(child.children)]
    legend = joined(*(f"{STATUS[key]} {say(f'part_status.{key}')}" for key in STATUS), gap="   ")
    empty = [] if node.children else [muted(say("say.no_content"))]
    return Group(top, *empty, Text(""), muted(legend.plain), *share_lines(share, say))


def _line(node: Node, say: Words) -> RenderableType:
    mark = Text(STATUS.get(node.status, "?"), style=f"bold {_COLOURS.get(node.status, '#8070d8')}")
    unknown = say("say.unknown")
    known = [
        ("", node.quantity),
        ("", node.mass),
        ("", node.value),
        (say("label.share"), node.share),
        (say("label.origin"), node.origin or unknown),
    ]
    tail = " · ".join(f"{name} {text}".strip() for name, text in known if text)
    line = joined(mark, Text(node.name, style="bold"), muted(tail), gap=" ")
    return Group(line, *(Text(f"  ? {gap}", style="#8070d8") for gap in node.gaps))


def share_lines(share: ValueShare | None, say: Words) -> list[RenderableType]:
    """The 0.1 % test in words: the answer, the exact fraction beside the percentage, and the gaps."""
    if share is None:
        return []
    lines: list[RenderableType] = [
        Text(say(f"share.{share.answer.replace(' ', '_')}"), style="bold"),
        *(Text(f"{name}: {_bound(fraction, percent, say)}") for name, fraction, percent in bounds(share, say)),
        *(Text(f"? {gap}", style="#8070d8") for gap in share.gaps),
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
