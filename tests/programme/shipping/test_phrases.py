from __future__ import annotations

from string import Formatter

import pytest

from xenotime.programme.shipping.phrases import PHRASES, reason, said


def parts(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", PHRASES)
def test_both_languages_say_the_same_parts(name):
    english, chinese = PHRASES[name]
    assert parts(english) == parts(chinese)
    assert english
    assert any("\u4e00" <= c <= "\u9fff" for c in chinese)


def test_a_reason_carries_both_languages():
    found = reason("date", False, "date.far", "source", on="2027-01-01", days=60)
    assert (found.says, found.says_zh) == said("date.far", on="2027-01-01", days=60)
    assert (found.check, found.met, found.source) == ("date", False, "source")
