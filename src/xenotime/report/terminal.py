"""Atoms of the terminal's look: badges, headings, bars, grids, and a console for tty and pipe."""

from __future__ import annotations

import io
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, cast

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from xenotime.core.errors import calm
from xenotime.core.truth import Truth
from xenotime.law.answer import Outcome
from xenotime.report.palette import ACCENT, MARK_COLOURS, MARKS, look
from xenotime.report.words import Words

#: Widest text that stays pleasant to read [columns].
WIDEST = 120
_BLANKS = re.compile(r" +\n")
_BLOCKS = " ▏▎▍▌▋▊▉█"


class Trimmed(io.TextIOBase):
    """A text stream that drops spaces at line ends, so that piped output has none."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._held = ""

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a stream of ours reports its target's encoding
        """The encoding of the stream behind."""
        return self._stream.encoding or "utf-8"

    def write(self, text: str) -> int:
        """Pass the text on; blanks wait until something other than a line end follows them."""
        whole = self._held + text
        kept = whole.rstrip(" ")
        self._held = whole[len(kept) :]
        self._stream.write(_BLANKS.sub("\n", kept))
        return len(text)

    def flush(self) -> None:
        """Pass everything on; a stream that is closed already has it all."""
        if not self._stream.closed:
            self._stream.flush()


class Calm(Console):
    """A console on which no text from a file can steer the terminal: such signs, which have no width, go."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """The segments of a renderable; those that the console makes itself, to move and to colour, stay."""
        for one in super().render(renderable, options):
            whole = one.control or one.text.isprintable()
            yield one if whole else Segment(calm(one.text, ""), one.style)


def console(*, width: int | None = None, colour: bool | None = None, error: bool = False) -> Console:
    """A console for people: colour only on a terminal without NO_COLOR (or as asked), at most 120 columns."""
    stream = sys.stderr if error else sys.stdout
    made = Calm(
        file=stream if stream.isatty() else cast("TextIO", Trimmed(stream)),
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        no_color=None if colour is None else not colour,
    )
    if width is None:
        made.width = min(made.width, WIDEST)
    return made


def render(shown: RenderableType, *, width: int = 100, colour: bool = False) -> str:
    """What the terminal would show, as text of the given width [columns]; plain unless colour is asked."""
    sheet = Calm(
        file=io.StringIO(),
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
        legacy_windows=False,
    )
    with sheet.capture() as captured:
        sheet.print(shown)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def badge(outcome: Outcome, words: Words) -> Text:
    """Symbol and word of an outcome in its colour."""
    shown = look(outcome)
    return Text(f"{shown.symbol} {words.outcome(outcome)}", style=f"bold {shown.terminal}")


def mark(value: Truth) -> Text:
    """✓, ✗ or ? in its colour."""
    return Text(MARKS[value], style=f"bold {MARK_COLOURS[value]}")


def heading(text: str) -> Text:
    """The head of a part."""
    return Text(text, style=f"bold {ACCENT}")


def address(text: str) -> Text:
    """An address of an article, instrument or hinge."""
    return Text(text, style=ACCENT)


def muted(text: str) -> Text:
    """Words of less weight."""
    return Text(text, style="dim")


def joined(*parts: Text | str, gap: str = " ") -> Text:
    """Parts on one line, empty ones left out."""
    texts = [part if isinstance(part, Text) else Text(part) for part in parts]
    return Text(gap).join(text for text in texts if text.plain)


def grid(
    rows: Iterable[Sequence[RenderableType]],
    *,
    right: Sequence[int] = (),
    grow: int = -1,
    keep: Sequence[int] = (),
) -> Table:
    """Aligned columns without lines: `right` are numbers, `keep` never wrap, `grow` takes the room left."""
    every = [tuple(row) for row in rows]
    table = Table.grid(padding=(0, 2, 0, 0), expand=grow >= 0)
    for place in range(max((len(row) for row in every), default=0)):
        table.add_column(
            justify="right" if place in right else "left",
            ratio=1 if place == grow else None,
            no_wrap=place in keep,
            overflow="fold",
        )
    for row in every:
        table.add_row(*row)
    return table


def listing(
    head: Sequence[str], rows: Iterable[Sequence[RenderableType]], *, keep: Sequence[int] = ()
) -> Table:
    """A table with a quiet head line; columns in `keep` never wrap."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False, show_edge=False)
    for place, name in enumerate(head):
        table.add_column(name, overflow="fold", no_wrap=place in keep)
    for row in rows:
        table.add_row(*row)
    return table


def part(title: str, *body: RenderableType) -> Group:
    """A titled part with its body set in by two columns and a blank line before."""
    return Group(Text(""), heading(title), Padding(Group(*body), (0, 0, 0, 2)))


def wrapped(line: str, width: int, indent: int = 2) -> str:
    r"""A plain line no wider than `width` [columns], what goes on set in by `indent`; words stay whole.

    >>> wrapped("note  a name and a reason", 16)
    'note  a name and\n  a reason'
    """
    return textwrap.fill(
        line, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )


def bar(number: int, most: int, width: int) -> str:
    """A bar of eighth blocks, `width` [columns] at `most`; at least a sliver for any number above zero.

    >>> bar(1, 2, 4), bar(0, 2, 4)
    ('██', '')
    """
    eighths = 0 if number <= 0 or most <= 0 else max(1, number * width * 8 // most)
    return "█" * (eighths // 8) + (_BLOCKS[eighths % 8] if eighths % 8 else "")
