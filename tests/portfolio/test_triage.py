from __future__ import annotations

import re

import pytest

from xenotime.portfolio.schema import schema
from xenotime.portfolio.triage import Answer, triage
from xenotime.portfolio.values import parse_cell


@pytest.mark.parametrize(
    ("hs", "text", "schedule", "answer", "codes"),
    [
        ("2805301200", "Dysprosium metal", "CN", Answer.NAMED, ("1C905.a",)),
        ("2805301910", "金属钐", "CN", Answer.NAMED, ("1C902.a",)),
        ("2805301910", "metal", "CN", Answer.NAMED, ("1C902.a", "1C903.a", "1C906.a")),
        ("28469016", "氧化铽", "CN", Answer.NAMED, ("1C904.b",)),
        ("2846909920", "gadolinium acetate", "CN", Answer.NAMED, ("1C903.c",)),
        ("2805301990", "Holmium metal", "CN", Answer.MAY, ("1C909.a",)),
        ("8505111000", "钕铁硼磁钢 N42", "CN", Answer.MAY, ("1C904.a", "1C905.a")),
        ("8505111000", "ring 釤鈷", "CN", Answer.MAY, ("1C902.a",)),
        ("850511", "segment 45UH", "", Answer.MAY, ("1C904.a", "1C905.a")),
        ("2805301100", "Nd metal", "CN", Answer.CANNOT, ()),
        ("731815", "hex screw", "DE", Answer.CANNOT, ()),
        ("731815", "screw with samarium cobalt magnet", "DE", Answer.MAY, ("1C902.a",)),
        ("", "Halter", "", Answer.MAY, ()),
        ("", "Dy-Fe alloy", "", Answer.MAY, ("1C905",)),
        ("3907", "Er ist der Halter", "DE", Answer.CANNOT, ()),
    ],
)
def test_number_and_text_give_one_of_three_answers(customs, hs, text, schedule, answer, codes):
    found = triage(hs, text, customs, schedule=schedule)
    assert (found.answer, found.codes) == (answer, codes)
    assert found.why != ""


def test_digits_after_the_sixth_count_only_in_the_chinese_schedule(customs):
    here, there = (triage("2805301200", "", customs, schedule=place) for place in ("CN", "DE"))
    assert (here.answer, here.number) == (Answer.NAMED, "2805301200")
    assert (there.answer, there.number, there.facts) == (Answer.MAY, "280530", {})


def test_the_number_settles_facts_and_the_text_picks_among_its_elements(customs):
    assert dict(triage("2805301910", "samarium", customs, schedule="CN").facts) == {
        "kind": "metal",
        "material": "element",
        "elements": "Sm",
        "source": "customs number 2805301910 of CN and the text (Sm)",
    }
    assert triage("2805301910", "metal", customs, schedule="CN").facts["elements"] == "?Sm;?Gd;?Lu"


def test_scrap_settles_nothing(customs):
    assert dict(triage("8505111000", "废磁钢", customs, schedule="CN").facts) == {}


def test_every_entry_of_the_table_can_be_used(customs):
    columns = schema()["products"].columns
    for number in customs.numbers.values():
        assert re.fullmatch(r"[0-9]{2,10}", number.number)
        assert number.goods != ""
        assert (number.answer is Answer.NAMED) <= (number.codes != ())
        assert (number.answer is Answer.CANNOT) <= (number.codes == ())
        for name in ("kind", "material", "elements"):
            value = getattr(number, name)
            assert value == "" or parse_cell(columns[name], value, number.number) == value
    assert {word.match for word in customs.words} == {"word", "part", "symbol", "grade"}


def test_every_chapter_has_an_entry(customs):
    chapters = {f"{chapter:02d}" for chapter in range(1, 98)} - {"77", "98"}
    covered = {number[:2] for number in customs.numbers}
    assert chapters - covered == set()
    assert triage("7700", "", customs).answer is Answer.MAY
