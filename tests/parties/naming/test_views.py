from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from xenotime.parties.naming.views import MOST, views

TRADITIONAL = OpenCC("s2t")
CHINESE = "北方东西南稀土磁材科技工业瑞鑫长重庆上海深圳单解曾吕绿大华为龙"


def keys(text, kind, party="unknown"):
    return [v.key for v in views(text, party) if v.kind == kind]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("MP Materials Corp.", "mpmaterial"),
        ("EXCALIBUR ARMY spol.s.r.o", "excaliburarmy"),
        ("IHC Merwede Holding B.V.", "ihcmerwedeholding"),
        ("TCOM,\u2002Limited Partnership", "tcom"),
        ("Politechnika Wrocławska", "politechnikawroclawska"),
        ("ＴＤＫ株式会社", "tdk"),
        ("Group W公司", "groupw"),
        ("Company", "company"),
        ("SiemensAG", "siemens"),
        ("AO Kalashnikov", "kalashnikov"),
        ("Ao Yun", "aoyun"),
        ("Deutsche Bank's AG", "deutschebank"),
        ("Al-Rajhi Trading", "alrajhitrading"),
        ("Ar-Rajhi Trading", "alrajhitrading"),
    ],
)
def test_a_latin_name_is_seen_without_its_form(text, key):
    assert keys(text, "latin", "organisation")[0] == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("漢翔航空工業股份有限公司", "汉翔航空工业"),
        ("株式会社東芝", "东芝"),
        ("SpaceKnow捷克分公司", "spaceknow捷克分公司"),
        ("公司", "公司"),
        ("第3机床厂", "三机床厂"),
        ("第三机床厂", "三机床厂"),
        ("614研究所", "六一四研究所"),
        ("佐々木工業", "佐佐木工业"),
        ("北京 有限公司", "北京"),
    ],
)
def test_a_han_name_is_seen_in_simplified_characters(text, key):
    assert keys(text, "han")[0] == key


@pytest.mark.parametrize(
    ("han", "latin"),
    [
        ("中国北方工业公司", "Zhongguo Beifang Gongye Gongsi"),
        ("中国北方工业公司", "zhong guo bei fang gong ye gong si"),
        ("中国北方工业公司", "Zhōngguó Běifāng Gōngyè Gōngsī"),
        ("北京大学", "Bei3jing1 Da4xue2"),
        ("华为技术有限公司", "Huawei Jishu Youxian Gongsi"),
        ("任正非", "Ren Zhengfei"),
        ("任正非", "REN, Zhengfei"),
        ("吕布", "Lǚ Bu"),
        ("吕布", "Lu Bu"),
        ("吕布", "Lu:3 Bu4"),
        ("西安", "Xi'an"),
        ("西安", "Xian"),
        ("昌安", "chang'an"),
        ("谢庆", "Hsieh Ch'ing"),
        ("張偉明", "Cheung Wai Ming"),
        ("陈国成", "Tan Kok Seng"),
        ("第五研究院", "Di Wu Yanjiuyuan"),
        ("奥什科什公司", "Ao Shi Ke Shi Gongsi"),
        ("第771研究所", "di771yanjiusuo"),
        ("IHI宇航工程株式会社", "IHI yuhang gongcheng zhushi huishe"),
    ],
)
def test_a_han_name_and_its_spelling_share_a_key(han, latin):
    assert set(keys(han, "pinyin")) & set(keys(latin, "pinyin"))


def test_a_bilingual_name_is_also_seen_by_its_parts():
    found = [(v.kind, v.key) for v in views("ABC AG (某某公司)") if v.how == "part"]
    assert found == [("latin", "abc"), ("han", "某某")]
    assert [v.key for v in views("Muster a.k.a. Beispiel") if v.how == "part"] == ["muster", "beispiel"]


def test_a_name_written_together_is_also_seen_apart():
    assert [v.tokens for v in views("SergeiLavrov", "person")] == [("sergeilavrov",), ("sergei", "lavrov")]


def test_a_japanese_name_keeps_its_han_and_its_kana():
    assert keys("トヨタ自動車株式会社", "han") == ["toyota自动车"]
    assert keys("トヨタ自動車株式会社", "latin") == ["toyotamotor"]


def test_a_han_name_is_translated_word_by_word():
    found = [
        (v.tokens, v.how) for v in views("包头瑞鑫稀土集团有限公司", "organisation") if v.kind == "latin"
    ]
    assert found == [(("baotou", "ruixin", "rare", "earth", "group"), "translated")]


def test_a_declared_name_is_seen_in_the_other_script():
    assert ("latin", "tsinghuauniversity", "register, recalled") in {
        (v.kind, v.key, v.how) for v in views("清華大學")
    }
    assert ("han", "清华大学", "register, recalled") in {
        (v.kind, v.key, v.how) for v in views("Tsinghua University")
    }
    assert "chinanationalpetroleum" in keys("CNPC", "latin")


def test_a_persons_name_is_not_translated():
    assert keys("石油", "latin", "person") == ["shiyou"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "--",
        "\ud800",
        "\u202e\u200f",
        "😀" * 99,
        "\u0301\u0308",
        "x" * 10_000,
        "中" * 10_000,
        "a-" * 5_000,
        "ng" * 5000,
        "(주)",
        "々",
        "第",
        "1" * 999,
        "𠮷" * 9,
        "bei3" * 99,
    ],
)
def test_nothing_is_too_strange_to_view(text):
    assert len(views(text)) <= MOST


@given(st.text(), st.sampled_from(["unknown", "person", "organisation"]))
def test_views_never_fail_and_never_waver(text, kind):
    assert views(text, kind) == views.__wrapped__(text, kind)


@given(st.text(st.sampled_from(CHINESE), min_size=1, max_size=8))
def test_traditional_writing_has_the_same_key(text):
    assert keys(TRADITIONAL.convert(text), "han") == keys(text, "han")


@given(
    st.lists(
        st.sampled_from(["bei", "fang", "xi", "tu", "zhong", "guo", "jing", "hua"]), min_size=2, max_size=6
    ),
    st.randoms(),
)
def test_the_spacing_of_pinyin_changes_nothing(syllables, chance):
    spaced = "".join(s + chance.choice(["", " "]) for s in syllables)
    assert "".join(syllables) in keys(spaced, "pinyin")
