from __future__ import annotations

from datetime import date

import pytest

from xenotime.report.shelf import facts, hinges, law_list, law_show, law_timeline
from xenotime.report.terminal import render

ROW = {
    "address": "cn/x",
    "title": "Notice X",
    "title_zh": "公告",
    "published": "2025-10-09",
    "status": "in_force",
    "articles": "2",
}


def test_the_list_has_one_entry_per_instrument():
    lines = [line.split() for line in render(law_list([ROW])).splitlines()[1:]]
    assert lines == [["cn/x", "2025-10-09", "in", "force", "2"], ["Notice", "X"], ["公告"]]
    assert render(law_list([])) == "Nothing to show.\n"


def test_an_instrument_is_shown_with_its_articles():
    article = {
        "address": "cn/x/1",
        "title": "first",
        "text": "Own words.",
        "status": "suspended",
        "answer": "licence",
    }
    text = render(law_show(ROW, [article]))
    assert "cn/x/1  first\nOwn words.\nlicence  ·  suspended\n" in text


def test_a_fact_says_what_its_absence_means():
    row = {"fact": "kind", "type": "enum", "absence": "unknown", "asks": "What is it?", "who": "engineering"}
    assert (
        render(facts([row]))
        == "kind  What is it?\n      type: enum  ·  if absent: unknown  ·  ask: engineering\n"
    )


def test_a_hinge_says_where_to_check():
    row = {
        "hinge": "cn/x",
        "day": "2026-11-11",
        "branches": "a, b",
        "default": "a",
        "asks": "What followed?",
        "check": "the ministry",
    }
    lines = render(hinges([row])).splitlines()
    assert lines[:2] == ["2026-11-11  cn/x", "What followed?"]
    assert lines[-1].split() == ["check", "the", "ministry"]
    assert render(hinges([])) == "Nothing to show.\n"


@pytest.mark.parametrize("width", [80, 120])
def test_the_timeline_fits_and_marks_each_status(sample, width):
    drawn = law_timeline(
        sample.timeline, first=date(2025, 1, 1), last=date(2026, 12, 31), known=sample.known, width=width
    )
    lines = render(drawn, width=width).splitlines()
    assert max(map(len, lines)) <= width
    row = next(line for line in lines if line.startswith("cn/mofcom-2025-21/1")).split()[1]
    assert list(dict.fromkeys(row)) == ["·", "█", "▒", "?"]
    assert any(line.endswith("known 2026-11-21 ↑") for line in lines)


def test_a_stretch_shorter_than_a_step_is_not_lost(sample):
    listed = [s for s in sample.timeline if s.address == "cn/mofcom-2025-21/1"]
    drawn = render(law_timeline(listed, first=date(2020, 1, 1), last=date(2030, 12, 31), width=60), width=60)
    assert "·█▒" in drawn


def test_no_segments_is_said():
    assert render(law_timeline([], first=date(2025, 1, 1), last=date(2025, 2, 1))) == (
        "No article was dated for this portfolio.\n"
    )
