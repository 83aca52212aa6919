from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import polars as pl
import pytest

from xenotime.report.change import page as module
from xenotime.report.change.page import page
from xenotime.report.change.words import speak


class Balanced(HTMLParser):
    """Fails on an element that is closed and was not opened; collects ids."""

    VOID = frozenset({"meta", "br", "link", "input"})

    def __init__(self):
        super().__init__()
        self.open, self.ids = [], []

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_is_whole_and_its_places_are_there(made, lang):
    text = page(made, speak(lang))
    seen = Balanced()
    seen.feed(text)
    assert seen.open == []
    assert len(seen.ids) == len(set(seen.ids))
    assert set(re.findall(r'<a href="#([^"]+)"', text)) - set(seen.ids) == set()


def test_answer_moves_steps_parties_and_law_are_on_it(made):
    text = page(made, speak())
    assert "34 of 124 shipments get another answer; 90 keep theirs." in text
    assert "Now turning on law that no source confirms: 8" in text
    assert "New duties fall on 4 legs: notice." in text
    assert "Fernhill &lt;AG&gt;" in text
    assert "<del>p * 1000 &gt;= w</del>" in text
    assert "&#39;=1+1" in text
    assert text.count('role="img"') == 3


def test_where_nothing_moves_there_is_no_flow(still):
    text = page(still, speak())
    assert "Nothing moves on these days." in text
    assert text.count('role="img"') == 2


def test_without_a_portfolio_the_page_tells_the_law(bare):
    text = page(bare, speak())
    assert "Name a portfolio with --portfolio" in text
    assert text.count('role="img"') == 1


def test_too_many_legs_are_left_to_the_table(made, monkeypatch):
    monkeypatch.setattr(module, "MOST_LEGS", 1)
    assert "1 of 2 legs are shown; moved.csv holds them all." in page(made, speak())


def test_legs_still_to_leave_come_first(made):
    legs = made.legs.with_columns(
        pl.Series("planned", [False, True]), pl.Series("shipment", ["S-gone", "S-ahead"])
    )
    text = page(replace(made, legs=legs), speak())
    assert text.index("S-ahead") < text.index("S-gone")
