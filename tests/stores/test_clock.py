"""The two clocks."""

from __future__ import annotations

from datetime import date

from xenotime.stores.clock import FixedClock, SystemClock


def test_a_fixed_clock_stands_still() -> None:
    assert FixedClock(date(2026, 11, 21)).today() == date(2026, 11, 21)


def test_the_system_clock_does_not_run_backwards() -> None:
    clock = SystemClock()

    assert clock.today() <= clock.today()
