from __future__ import annotations

from dataclasses import replace

from xenotime.law.answer import Outcome
from xenotime.report.figures.counts import counts
from xenotime.report.words import load


def test_one_bar_per_outcome_that_occurs(sample):
    figure = counts(sample, load())
    assert figure.body.count("<rect") == len(Outcome)
    assert figure.table.rows[0] == ("not controlled", "8")
    assert figure.desc.startswith("Horizontal bars, one per outcome. not controlled 8, report 2")


def test_nothing_counted_is_an_empty_drawing(sample):
    figure = counts(replace(sample, counts={}), load())
    assert (figure.body, figure.table.rows) == ("", ())
