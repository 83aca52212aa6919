from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.report.supply.brief import catalogue
from xenotime.report.supply.told import answer, line, stress_told
from xenotime.report.terminal import render
from xenotime.supply.measure.values import Band

SAY = catalogue("en")
_SECTORS = "Sectors outside China: how much of their output stands still"
NEVER = Band(None, None, None, None, None, None, None)


def test_the_answer_says_when_where_how_much_and_by_when_it_is_back(stressed):
    assert answer(stressed, SAY) == [
        "Lines outside China stop from day 33 (2025-05-07) on; 5–95 %: 2025-04-28 to 2025-05-25.",
        "At the worst, lines with 18 % of end value there stand still; 5–95 %: 5.0 % to 31 %.",
        "End deliveries there fall to 74 % of need; 5–95 %: 62 % to 86 %.",
        "They are above 95 % for good from day 190 (2025-10-11) on; 5–95 %: 2025-08-22 to beyond the run.",
        "Value added lost, all countries: 5.4 billion USD; 5–95 %: 2.1 billion USD to 12 billion USD.",
    ]


def test_a_world_that_is_not_back_says_so(stressed):
    lines = answer(replace(stressed, back=NEVER), SAY)
    days = stressed.basis.days
    assert lines[3] == f"They are not above 95 % for good within these {days} days; 5–95 %: beyond the run."


def test_where_nothing_stops_it_says_so(stressed):
    zero = Band(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    lines = answer(replace(stressed, first=NEVER, back=zero), SAY)
    assert lines[0] == "No line outside China stops."
    assert "output outside China never falls below 95 % of normal" in lines


def test_where_nobody_controls_it_speaks_of_all_countries(stressed):
    lines = answer(replace(stressed, controller="", first=NEVER), SAY)
    assert lines[0] == "No line stops in any country."
    assert answer(replace(stressed, controller=""), SAY)[0].startswith(
        "Lines in all countries stop from day 33"
    )


def test_no_dollar_is_broken(stressed):
    noise = Band(-8.3e-5, -1e-5, -4e-8, 1e-5, 7.7e-5, 0.0, 0.0)
    lines = answer(replace(stressed, lost=noise), SAY)
    assert lines[-1] == "Value added lost, all countries: 0 USD; 5–95 %: 0 USD to 0 USD."


def test_the_parts_come_in_their_order_and_your_lines_first(stressed):
    sectors = tuple(replace(stop, country="outside") for stop in stressed.stops[1:3])
    text = render(stress_told(replace(stressed, sectors=sectors)), width=120)
    heads = [
        *("Answer", "Your lines", _SECTORS, "Lines that stand first", "What is missing"),
        *("Prices (highest, times rest)", "Against Certified-user fast lane", "What happens when"),
        *("What drives the answer", "What it rests on"),
    ]
    assert [each for each in text.splitlines() if each in heads] == heads
    assert "  Line 7" in text
    assert "electric cars, United States, thin stocks" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_part_is_told_in_both_languages(stressed, lang):
    text = render(stress_told(stressed, catalogue(lang)), width=120)
    assert catalogue(lang)("brief.notice") in text
    assert "brief." not in text


def test_a_line_says_sector_stage_country_and_stocks(stressed):
    stop = stressed.stops[1]
    assert line(stop, SAY).plain == "electric cars, United States, thin stocks"
    assert line(replace(stop, stage="component"), SAY).plain == (
        "electric cars, component, United States, thin stocks"
    )
    metal = replace(stop, stage="metal", use="", cover="", label="Dy")
    assert line(metal, SAY).plain == "metal, Dy, United States"
