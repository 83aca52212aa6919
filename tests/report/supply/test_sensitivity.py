from __future__ import annotations

import pytest

from xenotime.report.supply.sensitivity import write_sensitivity
from xenotime.report.words import LANGUAGES, load
from xenotime.services.supply.outcomes import Driven, Screen, Sensitivity, Weight
from xenotime.supply.measure.values import Band

BAND = Band(0.03, 0.05, 0.08, 0.09, 0.1, 0.08, 0.08)


@pytest.fixture
def weighed(basis):
    """Two groups of inputs behind one answer, and one screened answer."""
    weights = (
        Weight("licence", 0.5, 0.1, 0.9, 0.2, 0.6, ("licence.lead.US",), ("production-001",), ()),
        Weight("price", 0.0, 0.0, 0.001, 0.001, 0.95, ("rules.stiff",), (), ("rules.stiff",)),
    )
    return Sensitivity(
        basis, "sobol", 64, 1000,
        (
            Driven("undelivered", "share", "what is not delivered", BAND, weights),
            Driven("days", "days", "days stood", BAND, (), (Screen("stocks", 3.0, 0.5, 1.0),)),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_written_in_every_language(weighed, tmp_path, lang):
    text = write_sensitivity(tmp_path, weighed, load(lang)).read_text("utf-8")
    assert ('id="answer-0"' in text, 'id="answer-1"' in text) == (True, True)


def test_the_answer_names_what_drives_and_what_would_narrow(weighed, tmp_path):
    text = write_sensitivity(tmp_path, weighed).read_text("utf-8")
    assert "90 % of its variance, alone and with the others" in text
    assert "would narrow the interval by 40 %" in text


def test_an_index_beyond_all_variance_ends_in_an_arrow_and_is_never_clipped_in_the_table(weighed, tmp_path):
    text = write_sensitivity(tmp_path, weighed).read_text("utf-8")
    assert "90 (70 – ∞)" in text


def test_groups_that_explain_nothing_are_in_the_table_only(weighed, tmp_path):
    text = write_sensitivity(tmp_path, weighed).read_text("utf-8")
    figure = text[
        text.index('aria-labelledby="sobol-0') : text.index("</svg>", text.index('aria-labelledby="sobol-0'))
    ]
    assert (">price<" in figure, ">licences<" in figure) == (False, True)
    assert "<b>price</b>" in text
