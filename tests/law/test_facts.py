from __future__ import annotations

import pytest

from xenotime.core.errors import BookError, FactError
from xenotime.law.facts import Fact, list_fact, parse_facts, parse_value, show_value

FLAG = Fact("flag", "bool", "Is it?", "supplier")
KIND = Fact("kind", "enum", "What?", "supplier", ("oxide", "metal"))
PLACE = Fact("to", "country", "Where?", "exporter")
COUNT = Fact("count", "int", "How many?", "exporter")
MONEY = Fact("value", "money", "Worth?", "exporter")


@pytest.mark.parametrize(
    ("fact", "given", "value"),
    [
        (FLAG, "yes", True),
        (FLAG, " YES ", True),
        (FLAG, True, True),
        (FLAG, "1", True),
        (FLAG, "no", False),
        (FLAG, "false", False),
        (FLAG, "unknown", None),
        (FLAG, "?", None),
        (FLAG, "", None),
        (FLAG, None, None),
        (KIND, "oxide", "oxide"),
        (KIND, "Unknown", None),
        (PLACE, "cn", "CN"),
        (COUNT, "12", 12),
        (COUNT, "-3", -3),
        (COUNT, "1e3", 1000),
        (COUNT, 7, 7),
        (MONEY, "99.99", (999_900, 999_900)),
        (MONEY, "1,000.5", (10_005_000, 10_005_000)),
        (MONEY, 0, (0, 0)),
        (MONEY, {"min": 0, "max": "120.5"}, (0, 1_205_000)),
        (MONEY, {"min": 1}, (10_000, None)),
        (MONEY, {"max": 1}, (None, 10_000)),
        (MONEY, {"min": "unknown", "max": ""}, None),
        (MONEY, (1, 2), (10_000, 20_000)),
        (MONEY, "none stated", None),
    ],
)
def test_a_value_is_stored_in_its_type(fact, given, value):
    assert parse_value(fact, given) == value


@pytest.mark.parametrize(
    ("fact", "given", "expected"),
    [
        (FLAG, "maybe", "yes, no or unknown"),
        (FLAG, 2, "yes, no or unknown"),
        (KIND, "Oxide", "oxide | metal"),
        (PLACE, "DEU", "an ISO 3166 territory of two letters, such as CN"),
        (PLACE, "ÄÖ", "an ISO 3166 territory of two letters, such as CN"),
        (PLACE, "D1", "an ISO 3166 territory of two letters, such as CN"),
        (COUNT, "many", "a whole number"),
        (COUNT, "1.5", "a whole number below 2^53"),
        (COUNT, str(2**53 + 1), "a whole number below 2^53"),
        (COUNT, "nan", "a whole number below 2^53"),
        (COUNT, "inf", "a whole number below 2^53"),
        (MONEY, "a lot", "a decimal number such as 99.99"),
        (MONEY, "-1", "a number from 0 to 9e11 with at most four decimals"),
        (MONEY, "0.00001", "a number from 0 to 9e11 with at most four decimals"),
        (MONEY, "nan", "a number from 0 to 9e11 with at most four decimals"),
        (MONEY, "1e12", "a number from 0 to 9e11 with at most four decimals"),
        (MONEY, {"min": 2, "max": 1}, "min at most max"),
    ],
)
def test_another_value_is_refused(fact, given, expected):
    with pytest.raises(FactError) as caught:
        parse_value(fact, given, "here")
    problem = caught.value.problem
    assert (problem.where, problem.expected, problem.next_step) == ("here", expected, f"answer: {fact.asks}")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "unknown"),
        (True, "yes"),
        (False, "no"),
        ("oxide", "oxide"),
        (0, "0"),
        ((999_900, 999_900), "99.99"),
        ((1_000_000, 1_000_000), "100"),
        ((0, 1_205_000), "0 to 120.5"),
        ((None, 10_000), "unknown to 1"),
        ((10_000, None), "1 to unknown"),
    ],
)
def test_a_value_is_shown_in_words(value, text):
    assert show_value(value) == text


def test_money_on_a_scale_of_its_own():
    assert show_value((1, 1), 8) == "0.125"
    assert show_value((1, 1), 3) == "about 0.333333"


HEAD = 'type = "bool"\nasks = "?"\nwho = "x"\n'


def test_a_dictionary_is_read_in_its_order():
    read = parse_facts(f'[b]\n{HEAD}absence = "unknown"\n[a]\n{HEAD}absence = "unknown"\n', "f")
    assert list(read) == ["b", "a"]
    text = f'[a]\n{HEAD}absence = "presumed no"\nground = "g"\nreviewer = "r"\n'
    presumed = parse_facts(text, "f")["a"]
    assert (presumed.presumed, presumed.ground, presumed.reviewer) == ("no", "g", "r")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[a", "this dictionary is not TOML"),
        ('[a]\ntype = "float"', "this fact has no known type"),
        (f"[a]\n{HEAD}", "this fact does not say what its absence means"),
        (f'[a]\n{HEAD}absence = "no"', "this fact does not say what its absence means"),
        (f'[a]\n{HEAD}absence = "presumed no"', "this presumption has no ground or no reviewer"),
    ],
)
def test_a_wrong_dictionary_is_refused(text, what):
    with pytest.raises(BookError) as caught:
        parse_facts(text, "f")
    assert caught.value.problem.what == what


def test_every_presumption_of_the_book_is_a_value_and_every_fact_asks(book):
    assert [f.name for f in book.facts.values() if not (f.asks.endswith("?") and f.who)] == []
    presumed = {f.name: parse_value(f, f.presumed) for f in book.facts.values() if f.presumed is not None}
    assert [name for name, value in presumed.items() if value is None] == []


def test_list_facts_have_one_name_per_list():
    assert list_fact("cn/mofcom-2025-21.a", held=True) == "held_cn_mofcom_2025_21_a"
