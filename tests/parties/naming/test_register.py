from __future__ import annotations

import pytest

from xenotime.parties.naming.register import by_han, by_latin, key, translate


def test_a_declared_name_is_found_both_ways():
    assert [(line.latin, line.how) for line in by_han("清华大学")] == [
        (("tsinghua", "university"), "register, recalled")
    ]
    assert [line.han for line in by_latin("tsinghuauniversity")] == ["清华大学"]
    assert by_han("") == by_latin("") == ()


def test_a_line_from_a_notice_is_told_from_a_recalled_one():
    assert {line.how for line in by_han("亨索尔特")} == {"register"}


@pytest.mark.parametrize("acronym", ["cnpc", "casc", "norinco", "avic", "cetc"])
def test_an_acronym_leads_to_its_chinese_name(acronym):
    assert by_latin(acronym)[0].han.startswith("中国")


@pytest.mark.parametrize(
    ("han", "latin"),
    [
        ("包头瑞鑫稀土材料", "baotou ruixin rare earth material"),
        ("北方兵器科技", "north ordnance technology"),
        ("第三机床厂", "3 machine tool factory"),
        ("瑞鑫", "ruixin"),
    ],
)
def test_words_are_translated_and_the_rest_is_spelt(han, latin):
    words, known = translate(tuple(han))
    assert " ".join(words).replace("machinery", "machine") == latin
    assert known is (han != "瑞鑫")


def test_a_key_has_no_form_and_no_dots():
    assert key("清华·大學 有限公司") == "清华大学"
