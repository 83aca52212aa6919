from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from xenotime.parties.naming.fold import LONGEST, fold

TRADITIONAL = OpenCC("s2t")
#: The 6,763 everyday simplified characters.
EVERYDAY = "".join(
    char
    for row in range(0xB0, 0xF8)
    for cell in range(0xA1, 0xFF)
    for char in bytes([row, cell]).decode("gb2312", "ignore")
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Lafert S.p.A.", "lafert spa"),
        ("OMNIPOL a.s.", "omnipol as"),
        ("\u200cHigh\u00a0Point", "high point"),
        ("ＴＤＫ㈱", "tdk(株)"),
        ("Łódź Øresund Đà Nẵng", "lodz oresund da nang"),
        ("Straße İstanbul", "strasse istanbul"),
        ("People’s Qa'ida", "peoples qaida"),
        ("ООО «Газпром»", "ooo gazprom"),
        ("삼성", "samseong"),
        ("ヤマハ", "yamaha"),
        ("Ελλάδα", "ellada"),
        ("বাংলা", "bamla"),
        ("محمود", "mhmud"),
        ("№ 5", "no 5"),
        ("臺灣國際造船", "台湾国际造船"),
        ("トヨタ自動車", "toyota自动车"),
        ("Ig0r", "ig0r"),
    ],
)
def test_a_text_is_folded(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    "pair", ["東东", "廣广", "広广", "戸户", "澤泽", "沢泽", "辺边", "濱滨", "浜滨", "齋斋"]
)
def test_traditional_japanese_and_simplified_are_one(pair):
    assert fold(pair[0]) == fold(pair[1])


@pytest.mark.parametrize("variant", ["s2t", "s2tw", "s2hk"])
def test_every_everyday_character_is_found_in_its_traditional_writing(variant):
    converter = OpenCC(variant)
    written = [(char, converter.convert(char)) for char in EVERYDAY]
    assert [pair for pair in written if fold(pair[0]) != fold(pair[1])] == []


def test_a_text_is_cut_at_a_word():
    assert fold("ab " * 10_000) == ("ab " * (LONGEST // 3)).strip()
    assert len(fold("x" * 10_000)) == LONGEST


@pytest.mark.parametrize(
    "text", ["", "\ud800", "\u202e\u200f", "😀" * 500, "\u0301\u0308", "\x00\x07", "ﷺ" * 600, "a.b." * 500]
)
def test_nothing_is_too_strange_to_fold(text):
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) <= LONGEST


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from(EVERYDAY), max_size=20))
def test_a_traditional_writing_folds_to_the_simplified_one(text):
    assert fold(TRADITIONAL.convert(text)) == fold(text)
