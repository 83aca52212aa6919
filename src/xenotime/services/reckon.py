"""What the law computes apart from a shipment: fines, due days, and questions of procedure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xenotime.core.clocks import parse_calendar, working_days_after
from xenotime.law.fines import Act, Fine, find_act, fine, parse_fines
from xenotime.law.procedure import Finding, Procedure, answer, parse_procedure
from xenotime.law.read import JURISDICTIONS, packaged, packaged_names


def acts() -> dict[str, Act]:
    """The offences and their fines, by name."""
    return parse_fines(packaged("cn/fines.toml"))


def fined(name: str, amount: int | None) -> Fine:
    """The fine of an act for an amount of its base [RMB]. Raises AddressError, InputError."""
    return fine(find_act(acts(), name), amount)


def due(start: date, days: int) -> tuple[date, date, str]:
    """The day so many working days after another (earliest, latest), and how sure the calendar is."""
    calendar = parse_calendar(packaged("cn/calendar.csv"))
    first, last = working_days_after(start, days, calendar)
    return first, last, calendar.confidence


def procedures() -> Mapping[str, Procedure]:
    """The questions of procedure that the books answer, by name."""
    names = (n for j in JURISDICTIONS for n in packaged_names(j, ".toml") if n.endswith("/procedure.toml"))
    return {name: asked for file in names for name, asked in parse_procedure(packaged(file)).items()}


def asked(name: str, given: Mapping[str, object]) -> Finding:
    """The answer of the book to a question of procedure. Raises AddressError, InputError."""
    return answer(procedures(), name, given)
