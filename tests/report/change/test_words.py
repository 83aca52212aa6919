from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from xenotime.report.change.words import amount, called, days, mass, side_words, speak, title, worth
from xenotime.services.bulk.shift import Measure, Touched


def test_every_text_stands_in_both_languages_with_the_same_places():
    def places(text):
        return set(re.findall(r"{(\w+)}", text))

    english, chinese = speak("en").texts, speak("zh").texts
    assert set(english) == set(chinese)
    assert {k: places(chinese[k]) for k in english} == {k: places(english[k]) for k in english}
    with pytest.raises(KeyError):
        speak("xx")


def test_an_amount_is_exact_with_thousands_apart():
    assert [amount(n) for n in (Decimal("1234567.891"), Decimal("1E+3"), 1234, 0)] == [
        "1,234,567.891",
        "1,000",
        "1,234",
        "0",
    ]


def test_unknown_is_said_and_never_nought():
    say = speak()
    some = Measure(3, 3, (("", Decimal(7)), ("USD", Decimal(2))), 1, Decimal(5), 2)
    assert worth(some, say) == ("(no currency) 7", "USD 2", "1 unknown")
    assert mass(some, say) == ("5", "2 unknown")
    nothing = Measure(2, 2, (), 2, Decimal(0), 2)
    assert (worth(nothing, say), mass(nothing, say)) == (("2 unknown",), ("2 unknown",))
    assert (worth(Measure(), say), mass(Measure(), say)) == (("0",), ("0",))


def test_days_are_told_as_a_day_a_stretch_or_open():
    say, first = speak(), date(2026, 11, 10)
    assert days(first, first, say) == "2026-11-10"
    assert days(first, date(2026, 12, 1), say) == "2026-11-10 to 2026-12-01"
    assert days(first, None, say) == "from 2026-11-10 on"


def test_a_party_is_called_by_name_else_by_id(made):
    say = speak()
    assert [called(one, say) for one in made.parties] == ["Fernhill <AG>", "unknown", "all others"]
    assert called(Touched("x", "", Measure(), ()), say) == "x"


def test_a_side_is_a_book_of_a_day_or_a_name(made):
    say = speak()
    assert title(made, say) == "cn as known on 2025-10-15 → cn as known on 2025-11-08"
    assert side_words(replace(made.after, name="user/draft"), say) == "user/draft"
