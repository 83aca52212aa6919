"""What a certificate is bound by: its days, its holder's sites, and the caps it brings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from xenotime.core.errors import InputError, StateError
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import Case
from xenotime.programme.figures import number
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.calendar import DAY, after_years, asked_years, day
from xenotime.programme.shipping.quota import Cap
from xenotime.programme.trust.certificate import Certificate, Scope
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Change

_YEARS = 2


def days(office: Office, case: Case, at: datetime) -> tuple[date, date]:
    """The first and last day that a case asks for. Raises InputError beyond the years of the profile."""
    most = number(office.profile, "certificate.years", _YEARS)
    start = max(day(case.form.get("valid_from"), at.date(), case.id), at.date())
    years = asked_years(case.form.get("years"), most)
    end = day(case.form.get("valid_until"), after_years(start, years) - DAY, case.id)
    if not start <= end < after_years(start, most):
        raise InputError(
            "these days cannot be certified",
            where=case.id,
            expected=f"a first day up to the last one, at most {most} years",
            found=f"{start} to {end}",
            next_step="correct the days of the application",
        )
    return start, end


def sound(holder: Organisation, scope: Scope, start: date) -> None:
    """Refuse a holder that is not active and sites that are not approved on the first day."""
    approved = {s.id for s in holder.sites if s.approved(start)}
    wrong = [s for s in scope.sites if s not in approved]
    if holder.state != "active" or wrong:
        raise StateError(
            "this cannot be certified",
            where=holder.id,
            expected="an active organisation, and sites that are approved on the first day",
            found=f"organisation {holder.state}" + (f"; not approved: {', '.join(wrong)}" if wrong else ""),
            next_step="approve the sites first, or leave them out",
        )


def bound(
    change: Change, office: Office, made: Certificate, holder: Organisation, actor: Actor, at: datetime
) -> None:
    """Set the caps of the certificate for each of its years, and those above it that the profile names.

    A cap above it that stands already is left as it is: somebody may have set it since.
    """
    for year in range(made.valid_from.year, made.valid_until.year + 1):
        for element, most in made.scope.grams.items():
            own = Cap(f"{made.number}/{element}/{year}", most, element, certificate=made.number, year=year)
            change.set_cap(own, at, actor.sign)
            standing = {c.id for c in change.caps({"element": element, "year": year})}
            for cap in _above(office, made, holder, element, year):
                if cap.id not in standing:
                    change.set_cap(cap, at, actor.sign)
    _closed(change, made, actor, at)


def _closed(change: Change, made: Certificate, actor: Actor, at: datetime) -> None:
    """Bring caps of elements that the scope no longer names down to nothing."""
    for cap in change.caps({"certificate": made.number}):
        if cap.element not in made.scope.grams and cap.grams:
            change.set_cap(replace(cap, grams=0), at, actor.sign)


def _above(
    office: Office, made: Certificate, holder: Organisation, element: str, year: int
) -> tuple[Cap, ...]:
    found: list[Cap] = []
    tail = f"{element}/{year}"
    most = number(office.profile, f"cap.organisation.{element}", -1)
    if most >= 0:
        found.append(
            Cap(f"organisation/{holder.id}/{tail}", most, element, organisation=holder.id, year=year)
        )
    most = number(office.profile, f"cap.site.{element}", -1)
    for site in made.scope.sites if most >= 0 else ():
        place = f"{holder.id}/{site}"
        found.append(Cap(f"site/{place}/{tail}", most, element, site=place, year=year))
    for country in dict.fromkeys(s.country for s in holder.sites if s.id in made.scope.sites):
        most = number(office.profile, f"cap.country.{country}.{element}", -1)
        if most >= 0:
            found.append(Cap(f"country/{country}/{tail}", most, element, country=country, year=year))
    return tuple(found)
