from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from xenotime.report.supply.driven import HEAD, group, rows, sensitivity_told, write_rows
from xenotime.report.supply.hedged import catalogue
from xenotime.report.terminal import render
from xenotime.services.supply.outcomes import Driven, Screen, Sensitivity, Weight
from xenotime.supply.measure.values import Band

BAND = Band(1.0, 2.0, 3.0, 4.0, 5.0, 3.0, 3.0)
WEIGHTS = (
    Weight("licence", 0.6, 0.05, 0.7, 0.06, 0.63, ("a", "b"), ("backtest-003", "disruptions-001"), ("b",)),
    Weight("chance", 0.1, 0.02, 0.2, 0.03, 0.95, (), (), ()),
)
DRIVEN = Driven("stop-days", "line-days", "days", BAND, WEIGHTS)


@pytest.fixture
def study(basis):
    return Sensitivity(basis, "sobol", 32, 128, (DRIVEN,))


def test_the_groups_come_with_their_indices_and_what_would_be_left(study):
    text = render(sensitivity_told(study), width=140)
    (line,) = [line for line in text.splitlines() if "licence" in line and "±" in line]
    assert "0.70 ± 0.06" in line
    assert "0.60 ± 0.05" in line
    assert "63 %" in line
    assert "2 claims, 1 assumptions" in text
    assert "Knowing licence would shrink this answer most: to at most 63 % of its interval." in text


def test_chance_and_rules_have_names_people_read():
    say = catalogue()
    assert [group(name, say) for name in ("chance", "rules", "price_outside")] == [
        "luck of the draw",
        "which rationing rule",
        "price outside",
    ]


def test_a_small_sample_does_not_name_a_group(study):
    wide = replace(DRIVEN, weights=tuple(replace(w, alone_within=0.9) for w in WEIGHTS))
    text = render(sensitivity_told(replace(study, answers=(wide,))), width=140)
    assert "too small to tell" in text
    assert "Knowing" not in text


def test_money_and_shares_are_told_in_their_own_form(study):
    money = replace(DRIVEN, unit="USD", band=Band(1e9, 2e9, 3e9, 4e9, 5e9, 3e9, 3e9))
    share = replace(DRIVEN, unit="share", band=Band(0.1, 0.2, 0.3, 0.4, 0.5, 0.3, 0.3))
    text = render(sensitivity_told(replace(study, answers=(money, share))), width=140)
    assert "3 billion USD (1 billion USD to 5 billion USD)" in text
    assert "30 % (10 % to 50 %)" in text


def test_a_variance_that_a_few_runs_make_is_told(study):
    few = replace(study, answers=(replace(DRIVEN, crest=0.9),))
    assert "One run in a hundred makes 90 % of this variance" in render(sensitivity_told(few), width=140)
    assert "One run in a hundred" not in render(sensitivity_told(study), width=140)


def test_an_answer_that_never_changes_says_so(study):
    idle = replace(DRIVEN, weights=tuple(replace(w, total=0.0, alone=0.0) for w in WEIGHTS))
    text = render(sensitivity_told(replace(study, answers=(idle,))), width=140)
    assert "It is the same in every run: nothing drives it." in text


def test_morris_effects_are_told_in_the_answers_unit(study):
    screened = replace(DRIVEN, weights=(), screens=(Screen("licence", 12.5, 1.5, 3.0),))
    text = render(sensitivity_told(replace(study, method="morris", answers=(screened,))), width=140)
    assert "12.5 line-days ± 1.5 line-days" in text


def test_rows_are_one_for_each_answer_and_group(study, tmp_path):
    path = write_rows(study, tmp_path / "s.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *lines = csv.reader(file)
    assert tuple(head) == HEAD
    assert [(line[0], line[3], line[9]) for line in lines] == [
        ("stop-days", "licence", "backtest-003 disruptions-001"),
        ("stop-days", "chance", ""),
    ]
    assert len(rows(study)) == 2


def test_the_study_speaks_chinese(study):
    say = catalogue("zh")
    assert say("sense.explain")[:8] in render(sensitivity_told(study, say), width=140)
