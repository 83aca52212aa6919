from __future__ import annotations

import re
from dataclasses import replace

import pytest

from xenotime.report.supply.hedge import write_hedge
from xenotime.report.words import LANGUAGES, load
from xenotime.services.supply.outcomes import Choice, Contract, Cost, Frontier, Hedge, Holding, Missed
from xenotime.supply.measure.values import Band, Curve

BAND = Band(1e5, 2e5, 3e5, 4e5, 5e5, 3e5, 3e5)
CURVE = Curve("arrivals/magnet/ndfeb/CN>EU", "1", (0, 30, 60), *([(1.0, 0.2, 0.9)] * 6))


@pytest.fixture
def hedged(basis):
    """A plan that buys one stock and takes one of two preparations."""
    return Hedge(
        "motor-maker", basis, 12, 0.9, 0.5, None,
        (
            Holding("mg", "Magnet", "magnet", "kg", 1e3, 5e3, 120.0, 3e5, 60.0, 75.0, (75.0, 60.0)),
            Holding("dy", "Oxide", "oxide", "kg", 0.0, 0.0, None, 0.0, 240.0, 100.0, (0.0, 0.0)),
        ),
        (Contract("ee", "Maker", "EU", "mg", "kg", 100.0, 200.0, 1e4),),
        (
            Choice("source", "jp", "Second", "JP", True, 1e5, 6, 2e5),
            Choice("substitution", "fe", "Ferrite", "", False, 2e5, 9, -1e5),
        ),
        (Missed("axle", "E-axle", "kg", 1e3, BAND, BAND),),
        1e6, Cost(0.0, 5e6, 9e6, 5e6, 9e6, 6e6, 9e6, BAND),
        Cost(4e5, 1e6, 2e6, 1e6, 2e6, 1e6, 2e6, BAND),
        (("CN", 500.0),), 0.2, (Frontier(0.0, 0.0, 5e6, 9e6), Frontier(4e5, 4e5, 1e6, 2e6)), (CURVE,),
        64, 16, 64,
        0.001, 0.02, "each", ("stocks.csv, row 2: assumed 12",),
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_written_in_every_language(hedged, tmp_path, lang):
    text = write_hedge(tmp_path, hedged, load(lang)).read_text("utf-8")
    assert re.findall(r'<section class="part" id="(\w+)"', text)[:7] == [
        "holdings", "signed", "missed", "frontier", "worth", "arrivals", "sure",
    ]  # fmt: skip


def test_the_answer_says_what_is_spent_and_what_it_saves(hedged, tmp_path):
    text = write_hedge(tmp_path, hedged).read_text("utf-8")
    assert "Spend 400 thousand USD beforehand (stocks bought: 1, contracts: 1, preparations: 1)." in text
    assert "the mean cost falls by 4 million USD, that of the worst 10 % by 7 million USD" in text
    assert "NdFeB magnets, CN → EU" in text


def test_what_cannot_be_counted_in_days_is_unknown_and_not_zero(hedged, tmp_path):
    text = write_hedge(tmp_path, hedged).read_text("utf-8")
    part = text[text.index('id="holdings"') : text.index('id="signed"')]
    assert ' class="r">unknown</td>' in part


def test_a_plan_without_choices_leaves_no_empty_part(hedged, tmp_path):
    bare = replace(hedged, contracts=(), choices=(), frontier=(), arrivals=(), missed=(), day=())
    text = write_hedge(tmp_path, bare).read_text("utf-8")
    assert 'id="signed"' not in text
    assert 'id="frontier"' not in text


def test_what_is_beyond_the_budget_is_said_in_words(hedged, tmp_path):
    beyond = Choice("source", "jp", "Second", "JP", False, 1e9, 6, float("-inf"))
    text = write_hedge(tmp_path, replace(hedged, choices=(beyond,))).read_text("utf-8")
    assert "cannot be paid" in text
