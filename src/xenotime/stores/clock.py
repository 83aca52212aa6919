"""The clock: the only place that asks what day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time


class SystemClock:
    """The machine's own calendar."""

    def today(self) -> date:
        """The day on this machine."""
        return date.today()  # noqa: DTZ011 - a civil day in the user's own time zone is what is meant

    def now(self) -> datetime:
        """This instant, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still, for tests and for XENOTIME_TODAY."""

    def __init__(self, day: date) -> None:
        self.day = day

    def today(self) -> date:
        """The day the clock stands on."""
        return self.day

    def now(self) -> datetime:
        """Noon of that day, in UTC."""
        return datetime.combine(self.day, time(12), UTC)
