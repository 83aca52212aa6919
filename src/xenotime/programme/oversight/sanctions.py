"""Progressive sanctions: how far a late obligation has come, one step at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

#: What a step can be, mildest first.
STEPS = ("warn", "restrict", "suspend", "revoke")


def thresholds(due: date, on: date, days: Sequence[int]) -> int:
    """How many reminders should have gone out by a day: one for each threshold [days before due] that was
    reached.

    >>> thresholds(date(2027, 2, 15), date(2027, 2, 10), (30, 7, 1))
    2
    """
    return sum(on >= due - timedelta(days=d) for d in days)


def next_step(due: date, stepped: date | None, reached: int, on: date, steps: Sequence[str], gap: int) -> int:
    """The step that a late obligation has reached on a day: at most one more than before, `gap` days apart.

    The first step comes the day after `due`; nothing is skipped even if nobody looked for long.
    """
    if on <= due or reached >= len(steps):
        return reached
    start = due + timedelta(days=1) if stepped is None else stepped + timedelta(days=gap)
    return reached + (on >= start)
