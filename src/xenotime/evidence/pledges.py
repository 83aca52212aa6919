"""Pledges: what a side said it would do or uphold, what was observed, and what state that leaves it in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources

from xenotime.core.errors import BookError
from xenotime.evidence.claims import CONFIDENCE

#: An act is done by a day; something is held from a day to a day.
KINDS = ("act", "hold")
#: What an observation shows of a pledge.
SHOWS = ("done", "part", "against", "missing", "prolonged", "disputed")
#: The states of a pledge on a day, as it is known on a day.
STATES = ("kept", "late", "broken", "running", "open", "contested", "cannot be shown")
#: How an instrument was read: its text, an extraction, a translation, or a law firm's account of it.
INSTRUMENT = ("O", "X", "T", "L")
#: Confidence that counts for nothing alone: recalled, or not known.
WEAK = ("M", "?")

#: The rule by which states follow from observations, for readers.
RULE = (
    "An act is kept when it was seen done by its day, late when it was seen done or missing after it, "
    "open before; a hold runs from its first to its last day while it was seen begun, and is kept when it "
    "was seen on or after its last day. An observation against it makes it broken. Where sources name two "
    "days and the state hangs on which, it is contested. A side's own word counts only as an instrument; "
    "a reported extension moves no deadline, an instrument does. After its day, without an observation "
    "that shows it, a pledge cannot be shown: that is not a finding against anyone."
)


@dataclass(frozen=True, slots=True)
class Sight:
    """One observation: `at` the day it speaks of, `day` the day it was published, and which way it points.

    `own`: the promising side says it itself. `until`: the new last day, for ``prolonged``.
    """

    day: date
    at: date
    shows: str
    says: str
    source: str
    url: str
    confidence: str
    own: bool = False
    until: date | None = None

    @property
    def counts(self) -> bool:
        """Whether it may decide a state."""
        return self.confidence not in WEAK and (not self.own or self.confidence in INSTRUMENT)


@dataclass(frozen=True, slots=True)
class Pledge:
    """One commitment: who (`side`) to whom (`to`), what, announced when, from and to when, and its source.

    `rival` is another day that a source names for it. `stated_by` is the side whose words it rests on where
    the promising side published none. `article` is its address in the book of law, `scenario` what happens if
    it lapses.
    """

    id: str
    side: str
    to: tuple[str, ...]
    kind: str
    what: str
    announced: date
    source: str
    url: str
    confidence: str
    scenario: str
    begins: date | None = None
    due: date | None = None
    rival: date | None = None
    article: str = ""
    stated_by: str = ""
    seen: tuple[Sight, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Ledger:
    """All pledges, and the last day on which sources were read."""

    read_until: date
    pledges: tuple[Pledge, ...]


@cache
def ledger() -> Ledger:
    """The packaged ledger."""
    return parse((resources.files("xenotime.evidence") / "pledges.toml").read_text("utf-8"), "pledges.toml")


def parse(text: str, where: str) -> Ledger:
    """The ledger that a file states. Raises BookError for a pledge without its source, day, kind or order."""
    table = tomllib.loads(text)
    found = tuple(_pledge(row, f"{where}: {row.get('id', f'pledge {n}')}") for n, row in _rows(table))
    doubled = {p.id for p in found if sum(q.id == p.id for q in found) > 1}
    if doubled or not isinstance(table.get("read_until"), date):
        raise _wrong(where, "one id for each pledge, and read_until", f"twice: {sorted(doubled)}")
    return Ledger(table["read_until"], found)


def _rows(table: Mapping[str, object]) -> list[tuple[int, dict[str, object]]]:
    rows = table.get("pledge")
    return list(enumerate(rows, 1)) if isinstance(rows, list) else []


def _pledge(row: Mapping[str, object], where: str) -> Pledge:
    texts = {k: str(row.get(k) or "") for k in ("id", "side", "kind", "what", "source", "url", "confidence")}
    missing = [k for k, v in texts.items() if not v and k != "url"]
    if missing or texts["kind"] not in KINDS or texts["confidence"] not in CONFIDENCE:
        raise _wrong(where, f"id, side, kind of {KINDS}, what, source, confidence", f"{missing or texts}")
    announced, begins, due, rival = (_day(row, k, where) for k in ("announced", "begins", "due", "rival"))
    if announced is None or (due and due < (begins or announced)):
        raise _wrong(where, "announced, and due not before it", f"announced {announced}, due {due}")
    if texts["kind"] == "hold" and (begins is None or due is None):
        raise _wrong(where, "the first and last day of what is held", f"begins {begins}, due {due}")
    to, seen = row.get("to"), row.get("seen")
    return Pledge(
        **texts,
        to=tuple(str(x) for x in to) if isinstance(to, list) else (),
        announced=announced,
        begins=begins,
        due=due,
        rival=rival,
        scenario=str(row.get("scenario") or ""),
        article=str(row.get("article") or ""),
        stated_by=str(row.get("stated_by") or ""),
        seen=tuple(_sight(s, where) for s in seen) if isinstance(seen, list) else (),
    )


def _sight(row: Mapping[str, object], where: str) -> Sight:
    shows, confidence = str(row.get("shows")), str(row.get("confidence"))
    day, at, until = (_day(row, k, where) for k in ("day", "at", "until"))
    whole = day is not None and at is not None and at <= day and row.get("says") and row.get("source")
    if day is None or at is None or not whole or shows not in SHOWS or confidence not in CONFIDENCE:
        raise _wrong(where, f"day, at (not after day), says, source, confidence, shows of {SHOWS}", str(row))
    if (shows == "prolonged") is not (until is not None):
        raise _wrong(where, "until beside prolonged, and only there", str(row))
    says, source, url = (str(row.get(k) or "") for k in ("says", "source", "url"))
    return Sight(day, at, shows, says, source, url, confidence, row.get("own") is True, until)


def _day(row: Mapping[str, object], key: str, where: str) -> date | None:
    value = row.get(key)
    if value is None or isinstance(value, date):
        return value
    raise _wrong(where, f"{key}: a date", str(value))


def _wrong(where: str, expected: str, found: str) -> BookError:
    return BookError(
        "this pledge cannot be kept in the ledger",
        where=where,
        expected=expected,
        found=found,
        next_step="complete the entry, with its source",
    )


def deadline(pledge: Pledge, known: date) -> date | None:
    """The day a pledge is due or ends, as instruments published by `known` moved it; None if none is set."""
    moved = [s.until for s in pledge.seen if s.until and s.day <= known and s.confidence in INSTRUMENT]
    return max([*moved, *([pledge.due] if pledge.due else [])], default=None)


def state(pledge: Pledge, on: date, known: date) -> tuple[str, str]:
    """The state of a pledge on a day as known on a day, one of `STATES`, and why. See `RULE`."""
    seen = [s for s in pledge.seen if s.day <= known and s.at <= on and s.counts]
    by = {show: [s for s in seen if s.shows == show] for show in SHOWS}
    due = deadline(pledge, known)
    if pledge.kind == "hold":
        return _held(pledge, by, on, due or on)
    found, rival = _done(by, on, due), _done(by, on, pledge.rival or due)
    if found[0] == rival[0]:
        return found
    return "contested", f"{found[0]} ({found[1]}) or {rival[0]} ({rival[1]}): sources name two days"


def _done(by: Mapping[str, list[Sight]], on: date, due: date | None) -> tuple[str, str]:
    if by["against"]:
        return "broken", f"seen against it on {by['against'][-1].at}"
    if by["done"]:
        first = min(s.at for s in by["done"])
        late = due is not None and first > due
        return ("late" if late else "kept"), f"seen done on {first}" + (f", due {due}" if due else "")
    if due is not None and on > due:
        missing = [s.at for s in by["missing"] if s.at > due]
        if missing:
            return "late", f"due {due}, seen missing on {max(missing)}"
        part = "seen done in part; " if by["part"] else ""
        return "cannot be shown", f"{part}nothing that was read shows it done by {due}"
    if by["part"]:
        return "running", f"seen done in part, last on {max(s.at for s in by['part'])}"
    return "open", f"due {due}" if due else "no day was set, and nothing shows it done"


def _held(pledge: Pledge, by: Mapping[str, list[Sight]], on: date, due: date) -> tuple[str, str]:
    begins = pledge.begins or pledge.announced
    against = [s.at for s in by["against"] if begins <= s.at <= due]
    if against:
        return "broken", f"seen against it on {min(against)}"
    if on < begins:
        return "open", f"begins {begins}"
    upheld = [s.at for s in by["done"] if s.at >= begins]
    if on > due:
        if any(at >= due for at in upheld):
            return "kept", f"seen upheld on its last day, {due}, or after"
        return "cannot be shown", f"it ran to {due}; nothing that was read speaks of that day or after"
    if not upheld:
        return "cannot be shown", f"nothing that was read shows it begun since {begins}"
    return "running", f"seen upheld, last on {max(upheld)}; runs to {due}"
