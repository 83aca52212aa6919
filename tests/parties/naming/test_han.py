from __future__ import annotations

import pytest

from xenotime.parties.naming.han import plain, readings, surname


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("单雄信", "shan xiong xin"),
        ("仇英", "qiu ying"),
        ("区海", "ou hai"),
        ("查良", "zha liang"),
        ("解珍", "xie zhen"),
        ("曾国", "zeng guo"),
        ("任飞", "ren fei"),
        ("尉迟恭", "yu chi gong"),
        ("万俟卨", "mo qi xie"),
        ("吕布", "lv bu"),
    ],
)
def test_a_family_name_has_its_own_reading(name, read):
    assert readings(tuple(name), "person")[0][0] == tuple(read.split())
    assert tuple(read.split()) in dict(readings(tuple(name)))


@pytest.mark.parametrize(
    ("text", "read"), [("重庆银行", "chong qing yin hang"), ("厦门", "xia men"), ("长安", "chang an")]
)
def test_a_phrase_settles_the_reading(text, read):
    assert plain(tuple(text)) == tuple(read.split())


def test_an_open_character_has_its_other_readings():
    found = dict(readings(tuple("瑞长"), "organisation"))
    assert found == {("rui", "chang"): "pinyin", ("rui", "zhang"): "other reading"}


def test_latin_words_stay_in_place():
    assert plain(("l3", "哈", "里", "斯")) == ("l3", "ha", "li", "si")


def test_a_family_name_is_at_the_head_and_not_the_whole():
    assert [surname(tuple(n)) for n in ("欧阳锋", "王五", "王", "稀土")] == [2, 1, 0, 0]
