from __future__ import annotations

import pytest

from xenotime.parties.naming.numerals import characters, sounds


@pytest.mark.parametrize(
    ("digits", "written"),
    [
        ("0", "〇"),
        ("9", "九"),
        ("10", "十"),
        ("11", "十一"),
        ("30", "三十"),
        ("54", "五十四"),
        ("771", "七七一"),
    ],
)
def test_digits_are_written_in_characters(digits, written):
    assert characters(digits) == written


def test_digits_are_read_aloud():
    assert sounds("54") == ("wu", "shi", "si")
