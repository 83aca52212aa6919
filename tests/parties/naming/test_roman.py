from __future__ import annotations

import pytest

from xenotime.parties.naming.roman import marked, readings, syllables


def keys(*words):
    return ["".join(s) for s, _ in readings(words)]


@pytest.mark.parametrize(
    ("word", "split"),
    [
        ("zhongguobeifanggongye", "zhong guo bei fang gong ye"),
        ("xian", "xian"),
        ("shuang", "shuang"),
        ("gongan", "gong an"),
        ("lve", "lve"),
        ("petroleum", ""),
        ("", ""),
    ],
)
def test_a_word_is_split_into_syllables(word, split):
    assert syllables(word) == tuple(split.split())


@pytest.mark.parametrize(
    ("words", "pinyin", "how"),
    [
        ("ren zhengfei", "ren zheng fei", "pinyin"),
        ("zhengfei ren", "ren zheng fei", "family name last"),
        ("bei3jing1", "bei jing", "pinyin"),
        ("lu bu", "lv bu", "ü for u"),
        ("lyu bu", "lv bu", "pinyin"),
        ("xi~an", "xi an", "pinyin"),
        ("hsieh ch~ing", "xie qing", "wade-giles"),
        ("hsieh ching", "xie qing", "wade-giles"),
        ("teng hsiao p~ing", "deng xiao ping", "wade-giles"),
        ("mao tse tung", "mao ze dong", "wade-giles"),
        ("kaohsiung", "gao xiong", "wade-giles"),
        ("jhang jhongmou", "zhang zhong mou", "tongyong"),
        ("ciou syongguang", "qiu xiong guang", "tongyong"),
        ("jong shyn", "zhong xin", "taiwan spelling"),
        ("cheung wai ming", "zhang wei ming", "cantonese"),
        ("wai ming cheung", "zhang wei ming", "cantonese"),
        ("ng wing keung", "wu yong qiang", "cantonese"),
        ("kwok pingkwong", "guo bing guang", "cantonese"),
        ("leung chun ying", "liang zhen ying", "cantonese"),
        ("tan kok seng", "chen guo cheng", "hokkien"),
        ("goh chok tong", "wu zuo dong", "hokkien"),
        ("lim boon keng", "lin wen qing", "hokkien"),
        ("ong teng cheong", "wang ding chang", "hokkien"),
        ("ihi yuhang gongcheng", "ihi yu hang gong cheng", "pinyin"),
        ("di 771 yanjiusuo", "di qi qi yi yan jiu suo", "pinyin"),
    ],
)
def test_a_spelling_is_read_in_its_system(words, pinyin, how):
    assert (tuple(pinyin.split()), how) in readings(tuple(words.split()))


@pytest.mark.parametrize("words", ["materials", "mp materials", "771", "steel works", "a" * 41, ""])
def test_what_is_not_chinese_has_no_reading(words):
    assert readings(tuple(words.split())) == ()


def test_an_apostrophe_tells_the_aspirated_consonant():
    assert keys("ch~ang") == ["chang"]
    assert keys("chang")[:2] == ["chang", "zhang"]


def test_the_readings_are_few():
    assert (
        max(len(readings(w)) for w in [("chan", "chi", "wai"), ("tan", "chin", "tuan"), ("chu",) * 14]) <= 12
    )


def test_marks_survive_folding():
    assert marked("Nǚ Ch’en") == "Nv Ch~en"
