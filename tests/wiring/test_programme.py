"""The demo is told once, whole, or said to be cut short."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from xenotime.core.errors import StateError
from xenotime.wiring import programme


def _cut(said):
    if said.startswith("certifying"):
        raise InterruptedError


def test_a_demo_that_was_cut_short_is_said_and_a_whole_one_is_left_as_it_is(tmp_path):
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with programme.office("", tmp_path / "cut", demo=True) as place:
        with pytest.raises(InterruptedError):
            programme.demo(place, at, _cut)
        assert tuple(place.store.check()) == ()
        with pytest.raises(StateError, match="no whole demo"):
            programme.demo(place, at)
    with programme.office("", tmp_path / "whole", demo=True) as place:
        assert programme.demo(place, at) is not None
        with place.store.view() as view:
            told = view.head()
        assert programme.demo(place, at) is None
        with place.store.view() as view:
            assert view.head() == told
