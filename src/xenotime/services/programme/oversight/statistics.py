"""The public statistics: made once a day from columns alone, kept, and shown as kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xenotime.core.errors import AddressError
from xenotime.programme import access
from xenotime.programme.access import PUBLIC, Actor
from xenotime.programme.casework.case import Case
from xenotime.programme.figures import number
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.statistics import Opened, Publication, published
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.trust.certificate import Certificate
from xenotime.services.programme.office import Office
from xenotime.services.programme.pages import every
from xenotime.services.programme.ports import View


def latest(office: Office, actor: Actor, at: datetime) -> Publication:
    """The publication of the day, made now if nobody asked today."""
    access.require(actor, "statistics.read")
    with office.store.view() as view:
        try:
            return view.get(Publication, at.date().isoformat())
        except AddressError:
            pass
    return publish(office, at)


def publish(office: Office, at: datetime) -> Publication:
    """The statistics of a day, counted now and kept; a day is published once."""
    with office.store.view() as view:
        made = _counted(office, view, at)
    with office.store.change() as change:
        try:
            return change.get(Publication, made.id)
        except AddressError:
            change.add(made)
    return made


def feed(office: Office, at: datetime) -> list[tuple[str, ...]]:
    """The publication as rows (table, keys, count) for a spreadsheet; "<3" says: fewer than are shown."""
    made = latest(office, PUBLIC, at)
    hidden = f"<{made.least}"
    rows: list[tuple[str, ...]] = [("table", "keys", "count")]
    for table in made.tables:
        rows.extend(
            (table.name, " / ".join(cell.keys), hidden if cell.count is None else str(cell.count))
            for cell in table.cells
        )
    for days in made.days:
        of = f"{days.kind} / {days.track}"
        rows += [("days_median", of, str(days.median)), ("days_nine_in_ten", of, str(days.ninth))]
    return rows


def _counted(office: Office, view: View, at: datetime) -> Publication:
    countries = dict(view.columns(Organisation, ("id", "country")))
    names = ("kind", "track", "outcome", "organisation", "opened", "closed")
    cases = [
        Opened(
            kind,
            track,
            outcome or "",
            countries.get(owner, "?"),
            _instant(first),
            _instant(last) if last else None,
        )
        for kind, track, outcome, owner, first, last in view.columns(Case, names)
    ]
    counted = {
        "shipments": dict(view.count(Verdict, "answer")),
        "certificates": dict(view.count(Certificate, "state")),
    }
    least = number(office.profile, "statistics.least", 3)
    return published(at, cases, counted, _certified(view, countries), least=least)


def _certified(view: View, countries: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Country and control code of every certificate, once for each code."""
    for certificate in every(view, Certificate):
        for code in certificate.scope.items:
            yield countries.get(certificate.organisation, "?"), code


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
