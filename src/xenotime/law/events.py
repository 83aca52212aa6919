"""What happened to an article, folded into stretches of days with one status each.

Two layers are kept apart: being in force (not_yet, in_force, repealed) and being suspended.
An article that was suspended before its own start date resumes as if it had started.
After a suspension's stated end comes a *hinge*: its status is not confirmed by any source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xenotime.core.errors import BookError

#: The kinds of event, and the layer each belongs to.
KINDS = {"in_force": "force", "repealed": "force", "suspended": "pause", "resumed": "pause"}
FIRST_DAY = date(1900, 1, 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Event:
    """One dated act on an article; known from the day it was published."""

    kind: str
    day: date
    published: date
    by: str
    through: date | None = None
    hinge: str = ""
    boundary: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `first` (to the next stretch) with one status; `hinge` is set when it is not confirmed."""

    first: date
    status: str
    by: str
    hinge: str = ""


def fold(events: Sequence[Event], known: date, where: str = "") -> tuple[Stretch, ...]:
    """The status of an article over all days, as known on a day.

    Events published after `known` do not exist. Raises BookError when a suspension ends before it starts.
    """
    seen = sorted((e for e in events if e.published <= known), key=lambda e: (e.day, e.published))
    force = _layer((e for e in seen if KINDS[e.kind] == "force"), "not_yet", where)
    pause = _layer((e for e in seen if KINDS[e.kind] == "pause"), "", where)
    days = sorted({s.first for s in force} | {s.first for s in pause})
    merged: list[Stretch] = []
    for day in days:
        base, over = at(force, day), at(pause, day)
        use = over if base.status == "in_force" and over.status not in ("", "resumed") else base
        stretch = Stretch(day, use.status, use.by if use is base else over.by, use.hinge)
        if over.status == "resumed" and base.status == "in_force":
            stretch = Stretch(day, "in_force", over.by)
        if not merged or (merged[-1].status, merged[-1].hinge, merged[-1].by) != (
            stretch.status,
            stretch.hinge,
            stretch.by,
        ):
            merged.append(stretch)
    return tuple(merged)


def at(stretches: Sequence[Stretch], day: date) -> Stretch:
    """The stretch that a day falls in."""
    found = stretches[0]
    for stretch in stretches:
        if stretch.first > day:
            break
        found = stretch
    return found


def _layer(events: Iterable[Event], start: str, where: str) -> list[Stretch]:
    stretches = [Stretch(FIRST_DAY, start, "")]
    for event in events:
        stretches = [s for s in stretches if s.first < event.day] or stretches[:1]
        stretches.append(Stretch(event.day, event.kind, event.by))
        if event.through is None:
            continue
        if event.through < event.day:
            raise BookError(
                "this suspension ends before it begins",
                where=where,
                expected=f"through on or after {event.day}",
                found=str(event.through),
            )
        if event.boundary:
            stretches.append(Stretch(event.through, "unverified", event.by, event.boundary))
        after = event.through + _DAY
        if event.hinge:
            stretches.append(Stretch(after, "unverified", event.by, event.hinge))
        else:
            stretches.append(Stretch(after, "resumed", event.by))
    return stretches
