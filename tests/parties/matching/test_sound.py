from __future__ import annotations

import pytest

from xenotime.parties.matching.sound import skeleton, spell


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("xhevdet", "dzhevdet"),
        ("smirnov", "smirnoff"),
        ("mikhail", "mihail"),
        ("philip", "filip"),
        ("jusuf", "yusuf"),
        ("volodimir", "wolodymyr"),
        ("becker", "beker"),
        ("naciri", "nasiri"),
    ],
)
def test_two_transliterations_have_one_spelling(one, other):
    assert spell(one) == spell(other)


def test_the_consonants_of_transliterations():
    assert {skeleton(w) for w in ("yusuf", "youssef", "jusuf")} == {"Ysf"}
    assert {skeleton(w) for w in ("aleksandr", "alexander", "aleksander")} == {"alksntr"}
