"""A page of the supply model as parts: a title, the answer, sections of texts, figures and tables, a foot.

Every page is one HTML file: it opens without a network, works without JavaScript, and prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xenotime.report.atomic import write
from xenotime.report.figures.svg import Figure, inline
from xenotime.report.sheet import environment, sheet, style, trusted
from xenotime.report.spell import anchor, links
from xenotime.report.words import Words

#: Keys of a caption that explains a fan.
FAN = ("wide", "narrow", "median", "rest")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, claim ids that lead to the evidence, and a muted second line."""

    text: str
    claims: tuple[str, ...] = ()
    note: str = ""
    strong: bool = False
    code: bool = False

    @property
    def tight(self) -> bool:
        """Whether it is a date, a number or a span of them, which stay on one line."""
        return bool(self.text) and not self.claims and not any(char.isalpha() for char in self.text)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: heads, rows, and the places of right-aligned columns; `folded` behind a line to click.

    `broad` are the places of columns that hold more than a word, and are not squeezed.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()
    folded: str = ""
    empty: str = ""
    broad: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its caption, and the keys of the swatches that explain its marks."""

    figure: Figure
    caption: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One thing told at length: its sign and state, its title, named lines, and dated observations."""

    sign: str
    state: str
    title: str
    lines: tuple[tuple[str, str], ...]
    seen: tuple[tuple[str, str, str], ...] = ()
    harm: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its heading, what it says, its pieces in order, and the place it can be addressed by."""

    id: str
    title: str
    says: tuple[str, ...] = ()
    pieces: tuple[Drawn | Rows, ...] = ()
    notes: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of the answer: its size, its words, its interval."""

    number: str
    says: str
    span: str = ""
    harm: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A published figure as the page cites it."""

    id: str
    says: str
    value: str
    source: str
    url: str
    published: str
    sureness: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A whole page."""

    title: str
    sub: tuple[str, ...]
    answer: str
    parts: tuple[Part, ...]
    facts: tuple[Fact, ...] = ()
    hash: str = ""
    says: str = ""
    warnings: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    foot: tuple[str, ...] = field(default=())


def html(leaf: Leaf, say: Words) -> str:
    """The page as HTML text."""
    template = environment().get_template("supply.html")
    return template.render(
        it=leaf,
        say=say,
        known={source.id for source in leaf.sources},
        anchor=anchor,
        links=links,
        opened=lambda text: text[:1].upper() + text[1:],
        is_figure=lambda piece: isinstance(piece, Drawn),
        inline=lambda figure: trusted(inline(figure)),
        swatch=lambda key: trusted(swatch(key)),
        **sheet(style("supply.css")),
    )


def put(folder: Path, name: str, leaf: Leaf, say: Words) -> Path:
    """The page as a file of a folder, whole or not at all. Raises InputError when it cannot be written."""
    return write(folder / name, html(leaf, say).encode(errors="replace"))


_SPAN = '<path d="M2 5H22M2 2v6M22 2v6" class="sw va"/>'
#: The small pictures beside the words of a caption, 24 by 10.
_SWATCHES = {
    "wide": '<rect width="24" height="10" class="sb-w va"/>',
    "narrow": '<rect width="24" height="10" class="sb-w va"/><rect width="24" height="10" class="sb-n va"/>',
    "median": '<path d="M0 5h24" class="sb-m va"/>',
    "wide_b": '<rect width="24" height="10" class="sb-w vb"/>',
    "median_b": '<path d="M0 5h24" class="sb-m vb"/>',
    "wide80": '<rect width="24" height="10" class="sb-w va"/>',
    "median_b2": '<path d="M0 5h24" class="sb-m vb"/>',
    "wide_b2": '<rect width="24" height="10" class="sb-w vb"/>',
    "shade_even": '<rect width="24" height="10" class="s-shade"/>',
    "rest": '<path d="M0 5h24" class="sb-rest"/>',
    "stop_wide": '<rect width="24" height="10" class="ss-w"/>',
    "stop_narrow": '<rect width="24" height="10" class="ss-n"/>',
    "stop_median": '<rect width="24" height="10" class="ss-m"/>',
    "stop_first": (
        '<path d="M2 5H22M2 2v6M22 2v6" class="sw harm"/>'
        '<path d="M12 1l4 4-4 4-4-4z" class="sp-diamond harm"/>'
    ),
    "ghost": '<rect width="24" height="10" class="sk-ghost"/>',
    "home": '<rect width="24" height="10" class="sk-home"/>',
    "other": '<rect width="24" height="10" class="sk-other"/>',
    "interval": f'{_SPAN}<circle cx="12" cy="5" r="4" class="sp-dot va"/>',
    "inner": f'{_SPAN}<rect x="7" y="2" width="10" height="6" class="sw-in va"/>',
    "seen": '<circle cx="12" cy="5" r="4" class="sp-dot ink"/>',
    "missed": '<circle cx="12" cy="5" r="4" class="sp-ring ink"/>',
    "shade": '<rect width="24" height="10" class="s-shade"/>',
    "project": '<circle cx="7" cy="5" r="3.6" class="sp-dot va"/>',
    "planned": '<circle cx="7" cy="5" r="3.6" class="sp-ring va"/>',
    "free": '<path d="M0 5h24" class="st-free"/>',
    "event": '<circle cx="12" cy="5" r="5" class="st-dot"/>',
}


def swatch(key: str) -> str:
    """The small picture of a caption's key."""
    return f'<svg class="figure sw-key" viewBox="0 0 24 10" aria-hidden="true">{_SWATCHES[key]}</svg>'


def cells(rows: Iterable[Sequence[str | Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of texts as rows of cells."""
    return tuple(tuple(Cell(each) if isinstance(each, str) else each for each in row) for row in rows)
