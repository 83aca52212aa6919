from __future__ import annotations

from datetime import date

import pytest

from xenotime.report.supply import brief
from xenotime.report.terminal import render
from xenotime.report.words import LANGUAGES
from xenotime.services.supply.results import Event
from xenotime.supply.measure.values import Band

SAY = brief.catalogue("en")
NEVER = Band(40.0, None, None, None, None, None, None)


@pytest.mark.parametrize(
    ("share", "told"), [(0.123, "12 %"), (0.0451, "4.5 %"), (0.0, "0 %"), (-0.2, "-20 %"), (None, "unknown")]
)
def test_shares_are_told_to_the_digit_that_counts(share, told):
    assert brief.percent(share, SAY) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (6.87e9, "6.87 billion USD"),
        (-2.4e6, "-2.4 million USD"),
        (1200.0, "1.2 thousand USD"),
        (5.0, "5 USD"),
        (None, "unknown"),
    ],
)
def test_money_is_told_with_its_scale(value, told):
    assert brief.money(value, SAY) == told


def test_intervals_stand_in_one_scale():
    band = Band(0.0941, None, 0.123, None, 0.25, None, None)
    assert brief.shared(band, SAY) == "12 % (9.4–25)"
    wide = Band(-4.85e9, None, 0.0, None, 9.32e8, None, None)
    assert brief.monies(wide, SAY) == "-4.85 to 0.932 billion USD"
    assert brief.monies(NEVER, SAY) == "unknown"
    assert (brief.daily(NEVER), brief.daily(wide)) == ("d 40–∞", "d -4850000000–932000000")


def test_numbers_and_days(basis):
    assert [brief.number(x, SAY) for x in (129768.4, 12.345, None)] == ["129,768", "12.3", "unknown"]
    assert brief.when(33.6, basis, SAY) == "day 34 (2025-05-08)"
    assert brief.when(None, basis, SAY) == "not within these 365 days"
    assert brief.dates(NEVER, basis, SAY) == "5–95 %: 2025-05-14 to beyond the run"


def test_what_the_law_does_to_one_instrument_on_one_day_is_one_line():
    events = tuple(
        Event(date(2025, 4, 4), "law", says, f"cn/mofcom-2025-18/{article}")
        for says, article in (("samarium", "1C902"), ("terbium", "1C904"))
    )
    (shown,) = brief.happenings((*events, Event(date(2025, 5, 1), "marker", "a strike")), SAY)
    lines = render(shown).splitlines()
    assert lines[2:] == [
        "  2025-04-04  law    samarium, terbium  cn/mofcom-2025-18",
        "  2025-05-01  event  a strike",
    ]
    assert brief.happenings((), SAY) == []


def test_the_grounds_name_drivers_figures_and_what_is_assumed(basis):
    lines = [" ".join(each.split()) for each in render(brief.driven(basis, SAY), width=110).splitlines()]
    assert lines[3] == (
        "+0.71 median wait for a licence, United States production-001, production-002 medium"
    )
    assert lines[5] == "+0.18 hoarding per licence day declared assumption: no source: half to double the"
    text = render(brief.grounds(basis, SAY), width=120)
    assert "law as known on 2026-11-21, book 5f1c9a7e02d8" in text
    assert "214 published figures behind 63 inputs; 2 inputs are declared assumptions" in text


def test_both_languages_have_every_word():
    english, chinese = (brief.catalogue(lang) for lang in LANGUAGES)
    keys = {key for key in english.texts if key.startswith(("brief.", "answer."))}
    assert keys == {key for key in chinese.texts if key.startswith(("brief.", "answer."))}
    assert not [key for key in keys if english.texts[key] == chinese.texts[key]]
