from __future__ import annotations

from xenotime.parties.naming.characters import is_han, simplified


def test_han_is_told_from_other_scripts():
    assert [c for c in "漢a々ア가〇1" if is_han(c)] == ["漢", "々", "〇"]


def test_a_simplified_character_that_is_also_japanese_stays():
    """芸 is a given name of its own in China, though Japan writes 藝 so."""
    assert [simplified(c) for c in "芸沪研叙"] == ["芸", "沪", "研", "叙"]
