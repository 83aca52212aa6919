"""The only file that knows every part: it builds services from stores, and asks the clock."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from xenotime.core.dates import parse_day
from xenotime.services.library import Library, open_library
from xenotime.services.ports import Clock, Overlays
from xenotime.stores.clock import FixedClock, SystemClock
from xenotime.stores.notices import NoticeFolder, read_notice


def home() -> Path:
    """The folder of the user's own notices: $XENOTIME_HOME, or ~/.xenotime."""
    return Path(os.environ.get("XENOTIME_HOME") or Path.home() / ".xenotime")


def clock() -> Clock:
    """The system clock, or the day in $XENOTIME_TODAY (for reproducible runs)."""
    fixed = os.environ.get("XENOTIME_TODAY")
    return FixedClock(parse_day(fixed, where="XENOTIME_TODAY")) if fixed else SystemClock()


def overlays() -> Overlays:
    """The user's notices."""
    return NoticeFolder(home() / "law")


def library(
    known: date | None = None,
    *,
    branches: Mapping[str, str] | None = None,
    strict: bool = False,
    extra: tuple[Path, ...] = (),
) -> Library:
    """The law library with the user's notices and any extra files, as known on a day (today by default)."""
    laid = {**overlays().read(), **{p.name: read_notice(p) for p in extra}}
    return open_library(known or clock().today(), overlays=laid, branches=branches, strict=strict)
