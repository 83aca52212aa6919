"""The message of a failure: four parts, and nothing in them that steers a terminal."""

from __future__ import annotations

from xenotime.core.errors import BookError, InputError, Problem


def test_a_message_has_its_four_parts_and_leaves_empty_ones_out():
    failure = InputError("w", where="x", expected="e", found="f", next_step="n")
    assert str(failure) == "w\n  where:    x\n  expected: e\n  found:    f\n  next:     n"
    assert str(Problem("w", found="f")) == "w\n  found:    f"


def test_what_a_file_holds_cannot_steer_the_terminal():
    text = "\x1b[2Jred\u202e\x07\udcff 北方 e\u0301 a\u200db\u3000c"
    assert Problem("w", found=text).lines()[1] == "  found:    �[2Jred��� 北方 e\u0301 a\u200db\u3000c"


def test_a_part_that_is_too_long_is_cut():
    assert Problem("w" * 5_000).lines() == ["w" * 4_000 + "…"]


def test_a_book_that_cannot_be_trusted_says_what_to_do():
    problem = BookError("these events are out of order", where="a.md", expected="x", found="y").problem
    assert problem.next_step.startswith("correct it there")
    assert BookError("x", next_step="look").problem.next_step == "look"
