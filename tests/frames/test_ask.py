from __future__ import annotations

import pytest

import xenotime as xt


def test_every_fact_says_what_it_asks(law):
    found = xt.facts(known="2026-11-21")
    names = [f.name for f in law.facts if not f.name.startswith(("listed_", "held_"))]
    assert found["fact"].to_list() == names
    assert found.columns == ["fact", "type", "unit", "absence", "asks", "who"]


def test_facts_of_one_who_can_answer(law):
    found = xt.facts("engineer", known="2026-11-21")
    assert found["fact"].to_list() == [f.name for f in law.facts if f.who == "engineer"]


def test_a_name_that_is_not_offered_is_no_attribute():
    with pytest.raises(AttributeError, match="module 'xenotime' has no attribute 'nothing'"):
        xt.nothing  # noqa: B018 - asking for it is the test
