from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.evidence.read import figures
from xenotime.services.supply.adapt import adapt, builds, stages


@pytest.fixture(scope="module")
def found(toy):
    return adapt(toy.model, toy.scenario(), toy.asked)


def test_each_side_that_needs_what_is_under_licence_is_told(found):
    assert sorted(side.country for side in found.sides) == ["EU"]
    (europe,) = found.sides
    assert (europe.t50.middle, europe.reached, europe.worst.central) == (None, 0.0, pytest.approx(1.0))
    shares = {channel.channel: channel.share.central for channel in europe.channels}
    assert sum(shares.values()) == pytest.approx(1.0)
    assert max(shares, key=shares.get) == "less"


def test_one_side_alone_is_compared_with_nobody(found):
    assert (found.faster, found.basis.answer) == ((), "half")


def test_build_times_by_stage_and_whether_they_were_observed():
    every = {(each.stage, each.kind): each for each in builds(figures())}
    magnets = every["magnet", "observed"]
    assert [years for _, years, _ in magnets.projects] == [1.0, 1.75, 2.0, 2.75, 3.5]
    assert (magnets.years.middle, magnets.inside, magnets.claimed) == (2.0, 0.0, (5.0, 8.0))
    assert [years for _, years, _ in every["separation", "observed"].projects] == [0.9, 1.1, 2.5, 3.0]
    assert [years for _, years, _ in every["separation", "planned"].projects] == [3.0, 5.0]
    assert every["all", "said"].projects[0][1] == pytest.approx(2.25)


def test_what_opens_after_the_latest_figure_is_a_plan():
    built = next(figure for figure in figures() if figure.unit == "build years")
    early, late = (replace(built, period=day, published="2025-06-01") for day in ("2025-05", "2027"))
    assert [(made.kind, len(made.projects)) for made in builds((early, late))] == [
        ("observed", 1),
        ("planned", 1),
    ]


def test_a_figure_without_a_value_is_no_build_time():
    gap = replace(next(f for f in figures() if f.unit == "build years"), value=None)
    assert builds((gap,)) == ()


def test_the_evidences_words_for_stages():
    assert [stages(each) for each in ("metal/alloy", "mine (ionic clay)", "mine to magnet", "lead time")] == [
        ("metal",),
        ("mine",),
        (),
        (),
    ]
