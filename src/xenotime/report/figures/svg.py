"""The few SVG parts that the figures are made of, and the frame that makes one accessible."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from xenotime.report.palette import sprite, variables

Attributes = Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class Table:
    """A figure's numbers as a table; `numeric` are the places of right-aligned columns."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing of `width` by `height` [px] with its title, alt text (`desc`) and table."""

    name: str
    title: str
    desc: str
    width: int
    height: int
    body: str
    table: Table


def tag(name: str, content: str = "", **attributes: str | float) -> str:
    """An element; ``class_`` and ``text_anchor`` become ``class`` and ``text-anchor``.

    >>> tag("rect", x=1.0, class_="bar")
    '<rect x="1" class="bar"/>'
    """
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{pairs}>{content}</{name}>" if content else f"<{name}{pairs}/>"


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """A coordinate with at most one decimal.

    >>> number(12.04), number(3.25)
    ('12', '3.2')
    """
    return f"{value:.1f}".removesuffix(".0")


def words(text: str, x: float, y: float, kind: str = "t", **attributes: str | float) -> str:
    """A line of text at (x, y); kind: t ink, m muted, b bold."""
    return tag("text", escape(text), x=x, y=y, class_=kind, **attributes)


def symbol(outcome: str, x: float, y: float, size: float = 12) -> str:
    """The shape of an outcome with its middle at (x, y), in its colour."""
    drawn = tag("use", href=f"#o-{outcome}", x=x - size / 2, y=y - size / 2, width=size, height=size)
    return tag("g", drawn, class_=f"c-{outcome}")


def breadth(text: str, size: float = 12) -> float:
    """A text's width [px], estimated: wide characters count as one em, others as half and a bit."""
    return sum(size if unicodedata.east_asian_width(char) in "WF" else size * 0.55 for char in text)


def clip(text: str, room: float, size: float = 12) -> str:
    """The text, shortened with an ellipsis to fit a room [px]."""
    if breadth(text, size) <= room:
        return text
    while text and breadth(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def style() -> str:
    """The figures' style sheet; colours come from CSS variables."""
    return (files("xenotime.report") / "templates" / "figure.css").read_text("utf-8")


def inline(figure: Figure) -> str:
    """The figure for a page that already has the style sheet and the shapes."""
    return _frame(figure, "")


def standalone(figure: Figure) -> str:
    """The figure as a file of its own, light or dark as its reader's system asks."""
    return _frame(
        figure,
        f"<style>{variables()}{style()}</style>{_defs(sprite())}",
        ' xmlns="http://www.w3.org/2000/svg"',
    )


def patterns() -> str:
    """The hatchings of suspended and unverified stretches and of tokens left over, defined once per page."""
    return (
        '<pattern id="h-suspended" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)">'
        '<rect width="6" height="6" class="h0"/><rect width="2" height="6" class="h-suspended"/></pattern>'
        '<pattern id="h-unverified" width="7" height="7" patternUnits="userSpaceOnUse">'
        '<rect width="7" height="7" class="h0"/>'
        '<circle cx="3.5" cy="3.5" r="1.5" class="h-unverified"/></pattern>'
        '<pattern id="h-alone" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)">'
        '<rect width="6" height="6" class="h0"/><rect width="1.5" height="6" class="h-alone"/></pattern>'
    )


def definitions() -> str:
    """Shapes and hatchings for a page, drawn nowhere by themselves."""
    return f'<svg width="0" height="0" class="defs" aria-hidden="true">{_defs(sprite())}</svg>'


def _defs(shapes: str) -> str:
    return f"<defs>{shapes}{patterns()}</defs>"


def _frame(figure: Figure, head: str, space: str = "") -> str:
    title, desc = f"{figure.name}-title", f"{figure.name}-desc"
    return (
        f'<svg{space} class="figure" viewBox="0 0 {figure.width} {figure.height}" role="img" '
        f'aria-labelledby="{title} {desc}"><title id="{title}">{escape(figure.title)}</title>'
        f'<desc id="{desc}">{escape(figure.desc)}</desc>{head}{figure.body}</svg>'
    )
