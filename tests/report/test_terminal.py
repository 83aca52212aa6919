from __future__ import annotations

import io

import pytest
from rich.text import Text

from xenotime.law.answer import Outcome
from xenotime.report.terminal import Trimmed, badge, bar, console, grid, joined, render
from xenotime.report.words import load


def test_a_bar_is_in_proportion_and_never_vanishes():
    assert [bar(10, 10, 4), bar(5, 10, 4), bar(1, 10_000, 4), bar(0, 10, 4), bar(1, 0, 4)] == [
        "████",
        "██",
        "▏",
        "",
        "",
    ]


def test_colour_is_only_there_when_asked():
    shown = badge(Outcome.LICENCE, load())
    assert render(shown) == "■ licence\n"
    assert "\x1b[" in render(shown, colour=True)


def test_no_text_steers_the_terminal(capsys):
    hostile = Text("a\x1b]0;title\x07b\u202ec北方", style="bold")
    console(width=40).print(grid([(hostile, "two")]), "\x1b[31mred")
    assert capsys.readouterr().out == "a]0;titlebc北方  two\n[31mred\n"
    assert render(hostile, colour=True).count("\x1b") == 2  # bold on, bold off


def test_a_pipe_gets_no_colour_and_no_blanks_at_line_ends(capsys):
    console(width=40).print(grid([("one", "two")]), badge(Outcome.OPEN, load()))
    assert capsys.readouterr().out == "one  two\n◇ open\n"


def test_a_wide_terminal_is_not_filled_beyond_reading(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    assert console().width == 120


@pytest.mark.parametrize("pieces", [["a  \nb ", " \nc"], ["a", "  ", "\nb", "  \n", "c"]])
def test_blanks_split_between_writes_are_dropped_too(pieces):
    target = io.StringIO()
    stream = Trimmed(target)
    for piece in pieces:
        stream.write(piece)
    assert target.getvalue() == "a\nb\nc"


def test_empty_parts_leave_no_gap():
    assert joined("a", "", Text("b"), gap=" · ").plain == "a · b"
