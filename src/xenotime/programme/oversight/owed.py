"""What each kind of obligation says, when it is due, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xenotime.core.clocks import Calendar
from xenotime.core.errors import InputError
from xenotime.programme.figures import number, text
from xenotime.programme.oversight import calendar
from xenotime.programme.profile import Profile

#: Kinds that come once a calendar year for each certificate.
YEARLY = ("annual_report", "records")
#: Kinds that a person puts on record as proof rather than being owed by a day.
PROOFS = ("undertaking", "notice_period")
#: kind -> the line of a profile that says when it is due.
LINES = {
    "annual_report": "duty.annual_report.due",
    "records": "duty.records.years",
    "review": "duty.review.months",
    "humanitarian_report": "duty.humanitarian.working_days",
    "downstream_notice": "duty.downstream.working_days",
    "cure": "duty.cure.days",
}
#: kind -> what it rests on, for kinds that no line of a profile dates.
SOURCES = {
    "notice": ("15 CFR 748.15(g), 77 FR 75011 (condition C6)", "B"),
    "undertaking": ("15 CFR 748.15: condition C5; official question 43", "A"),
    "notice_period": ("15 CFR 748.15(g), 77 FR 75011 (condition C6)", "B"),
}
#: What a dated kind rests on where the profile has no line for it: the figures below.
OWN = ("own policy of this programme", "own")
KINDS = (*LINES, *PROOFS, "notice", "condition")
_LONGEST = 3_000


@dataclass(frozen=True, slots=True)
class Term:
    """When an obligation is due, for which calendar year (0: none), and what it rests on."""

    due: date
    year: int
    source: str
    confidence: str


def term(profile: Profile, kept: Calendar, kind: str, on: date, *, year: int = 0, days: int = 0) -> Term:
    """The term of an obligation that begins on a day; `year` of a yearly one (that of `on` if 0).

    `days` is the period of a notice, cure or condition [calendar days]. Raises InputError for an unknown
    kind.
    """
    line = profile.lines.get(LINES.get(kind, ""))
    source, confidence = (line.source, line.confidence) if line else SOURCES.get(kind, OWN)
    which = (year or on.year) if kind in YEARLY else 0
    return Term(_due(profile, kept, kind, on, which, days), which, source, confidence)


def _due(profile: Profile, kept: Calendar, kind: str, on: date, year: int, days: int) -> date:
    match kind:
        case "annual_report":
            return calendar.yearly(year + 1, text(profile, LINES[kind], "02-15"))
        case "records":
            return calendar.after_years(date(year, 12, 31), number(profile, LINES[kind], 5))
        case "review":
            return calendar.after_months(on, number(profile, LINES[kind], 12))
        case "humanitarian_report" | "downstream_notice":
            return calendar.after_working_days(on, number(profile, LINES[kind], 10), kept)
        case "cure":
            return calendar.after_days(on, days or number(profile, LINES[kind], 30))
        case _ if kind in KINDS and 0 <= days <= _LONGEST:
            return calendar.after_days(on, days)
        case _:
            raise InputError("no such obligation", expected=", ".join(KINDS), found=f"{kind:.40} {days}")
