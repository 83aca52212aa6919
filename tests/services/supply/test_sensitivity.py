from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from xenotime.core.errors import InputError
from xenotime.evidence.draw import quantile
from xenotime.evidence.parameter import Parameter, Spread
from xenotime.services.supply.sensitivity import (
    ANSWERS,
    CHANCE,
    RULES,
    STREAMS,
    drawn,
    groups,
    left,
    luck,
    rationing,
    sensitivity,
    study,
)
from xenotime.supply.engine.run import RATIONING, Asked

WIDE = Parameter("wide", "factor", Spread("uniform", (0.0, 2.0)), ("stocks-001",), "", "one")
FIXED = Parameter("fixed", "factor", Spread("point", (3.0,)), (), "given", "one")
OTHER = Parameter("other", "factor", Spread("uniform", (1.0, 2.0)), (), "assumed", "two")
INPUTS = (WIDE, FIXED, OTHER)
ASKED = Asked(150, every=7)


class Kept(dict):
    """A store in memory that counts what is put."""

    def __init__(self):
        self.puts = 0

    def put(self, name, values):
        self.puts += 1
        self[name] = values


@pytest.fixture(scope="module")
def found(toy):
    return sensitivity(toy.model, toy.scenario(days=150), ASKED, base=32)


def answer(found, name):
    return next(a for a in found.answers if a.answer == name)


def test_a_design_has_each_uncertain_input_and_chance_and_rules():
    design = study(INPUTS, 8, "sobol", 1)
    assert [p.name for p in design.inputs] == ["wide", "other"]
    assert design.groups == ("one", "two", CHANCE, RULES)
    assert design.chances.shape == (8 * (4 + 2), 4)
    assert groups(INPUTS) == ("one", "two", CHANCE, RULES)


def test_by_ground_inputs_are_data_or_assumptions():
    design = study(INPUTS, 8, "sobol", 1, "ground")
    assert design.groups == ("figures", "assumptions", CHANCE, RULES)


def test_the_variance_is_split_into_data_assumptions_rules_and_chance(toy):
    split = sensitivity(toy.model, toy.scenario(days=150), ASKED, base=32, by="ground")
    driven = answer(split, "first-stop")
    assert {w.group for w in driven.weights} == {"figures", "assumptions", CHANCE, RULES}
    assert driven.weights[0].group == "figures"  # the stocks of the toy rest on two figures
    assert driven.weights[0].alone > 0.9
    assert {"stocks-001", "stocks-002"} < set(driven.weights[0].claims)
    assert driven.weights[0].assumed == ()


def test_chances_become_values_of_their_own_spread_and_a_point_stays():
    design = study(INPUTS, 8, "sobol", 1)
    values = drawn(design, INPUTS, np.arange(5))
    assert values[0].tolist() == pytest.approx(quantile(WIDE.spread, design.chances[:5, 0]).tolist())
    assert values[1].tolist() == [3.0] * 5
    assert values[2].tolist() == pytest.approx(quantile(OTHER.spread, design.chances[:5, 1]).tolist())


def test_each_stream_and_each_rule_is_met():
    design = study(INPUTS, 64, "sobol", 1)
    assert sorted(set(rationing(design).tolist())) == list(range(len(RATIONING)))
    streams = luck(design, np.arange(len(design.chances)))
    assert (streams.min() >= 0, streams.max() < STREAMS) == (True, True)
    assert len(set(streams.tolist())) > 100


@pytest.mark.parametrize(("base", "method"), [(1, "sobol"), (12, "sobol"), (1, "morris"), (8, "guess")])
def test_a_study_that_cannot_be_made_is_refused(base, method):
    with pytest.raises(InputError, match="this study cannot be made"):
        study(INPUTS, base, method, 1)


def test_the_first_stop_is_driven_by_the_stocks_it_hangs_on(found):
    driven = answer(found, "first-stop")
    assert driven.weights[0].group == "stocks"
    assert driven.weights[0].alone > 0.9
    assert driven.weights[0].claims == ("stocks-001", "stocks-002")
    assert min(driven.weights, key=lambda w: w.left).group == "stocks"


def test_what_would_be_left_never_rests_on_more_than_the_total(found):
    for driven in found.answers:
        for weight in driven.weights:
            assert weight.left == left(min(weight.alone, weight.total))


def test_a_study_says_how_large_it_was(found):
    model_groups = {w.group for w in answer(found, "stop-days").weights}
    assert (found.method, found.base) == ("sobol", 32)
    assert found.runs == 32 * (len(model_groups) + 2)
    assert [a.answer for a in found.answers] == [a.name for a in ANSWERS]
    assert {CHANCE, RULES} < model_groups


def test_an_answer_that_never_changes_has_no_driver(toy):
    calm = sensitivity(toy.model, toy.scenario(days=60, turns=()), ASKED, base=2)
    assert {w.total for w in answer(calm, "stop-days").weights} == {0.0}
    assert answer(calm, "stop-days").band.high == 0.0


def test_a_study_goes_on_where_it_stopped_with_the_same_numbers(toy):
    kept, told = Kept(), []
    made = toy.scenario(days=150)
    whole = sensitivity(toy.model, made, ASKED, base=4, keep=kept)
    puts = kept.puts
    kept.pop(next(iter(kept)))
    again = sensitivity(
        toy.model, made, ASKED, base=4, keep=kept, progress=lambda done, of: told.append((done, of))
    )
    assert again == whole
    assert kept.puts == puts + 1
    assert told[-1] == (whole.runs, whole.runs)


def test_what_is_kept_for_one_seed_is_not_used_for_another(toy):
    kept = Kept()
    made = toy.scenario(days=150)
    sensitivity(toy.model, made, ASKED, base=2, keep=kept)
    first = {name.split("-")[1] for name in kept}
    sensitivity(toy.model, made, replace(ASKED, seed=2), base=2, keep=kept)
    assert len(first) == 1
    assert len({name.split("-")[1] for name in kept}) == 2


def test_threads_and_width_change_nothing(toy):
    made = toy.scenario(days=150)
    one, two = (
        sensitivity(toy.model, made, replace(ASKED, width=w, threads=t), base=2) for w, t in ((1, 1), (16, 2))
    )
    assert one.answers == two.answers


def test_morris_ranks_the_stocks_first(toy):
    found = sensitivity(toy.model, toy.scenario(days=150), ASKED, base=4, method="morris")
    driven = answer(found, "first-stop")
    assert driven.screens[0].group == "stocks"
    assert driven.weights == ()
