from __future__ import annotations

import pytest

from xenotime.core.codes import COUNTRIES, CURRENCIES
from xenotime.portfolio.places import _rows, find_country, find_currency, several, split_currency


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("德国", "DE"),
        ("USA", "US"),
        ("Vereinigte Staaten", "US"),
        ("Korea", "KR"),
        ("Hamburg, DE", "DE"),
        ("CN-Ningbo", "CN"),
        ("宁波（中国）", "CN"),
        ("Türkiye", "TR"),
        ("Taiwan", "TW"),
        ("中国澳门", "MO"),
        ("China or Vietnam", ""),
        ("China/Vietnam", ""),
        ("", ""),
        ("no", "NO"),
    ],
)
def test_a_territory_is_known_by_code_and_name(text, code):
    assert find_country(text) == code


def test_the_tables_hold_the_codes_of_the_core():
    assert {row["code"] for row in _rows("countries.csv")} == COUNTRIES
    assert {row["code"] for row in _rows("currencies.csv")} - CURRENCIES == set()


def test_no_two_territories_share_a_name():
    names = [
        name
        for row in _rows("countries.csv")
        for name in {row["name"], row["name_zh"], row["name_de"], *row["other_names"].split(";")} - {""}
    ]
    assert len(names) == len(set(names))


def test_a_sign_of_several_currencies_means_what_was_said():
    assert (find_currency("$", {}), find_currency("$", {"$": "CAD"})) == ("", "CAD")
    assert sorted(several("￥")) == ["CNY", "JPY"]
    assert split_currency("￥3,400", {}) == ("", "¥3,400")
