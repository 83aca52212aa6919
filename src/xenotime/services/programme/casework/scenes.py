"""What the machine looks at besides the case, read from the store: always the same few questions."""

from __future__ import annotations

from datetime import date, datetime

from xenotime.programme.casework.case import Case
from xenotime.programme.casework.lots import draw
from xenotime.programme.casework.machine import Scene
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Search, View

Subject = Certificate | Permit | Case


def of(view: View, office: Office, case: Case, at: datetime) -> Scene:
    """The scene of a case at an instant."""
    subject = subject_of(view, case.subject)
    return Scene(
        office.profile,
        office.calendar,
        at.date(),
        view.get(Organisation, case.organisation),
        state_of(subject, at.date()),
        subject.closed.date() if isinstance(subject, Case) and subject.closed else None,
        draw(office.keys.secret("sample"), case.id),
        _cures(view, case),
        involved(subject),
        _reviews(view, case),
    )


def subject_of(view: View, subject: str) -> Subject | None:
    """What a case is about: a certificate or licence, by number or id, or another case; else None."""
    if not subject:
        return None
    kinds: tuple[type[Certificate | Permit], ...] = (Certificate, Permit)
    for kind in kinds:
        for column in ("number", "id"):
            found: tuple[Subject, ...] = view.find(kind, Search({column: subject}, limit=1)).items
            if found:
                return found[0]
    cases: tuple[Case, ...] = view.find(Case, Search({"id": subject}, limit=1)).items
    return cases[0] if cases else None


def state_of(subject: Subject | None, on: date) -> str:
    """The state of what a case is about, on a day; "" if it is about nothing that is kept."""
    if isinstance(subject, Certificate):
        return subject.state_on(on)
    if isinstance(subject, Permit):
        return "expired" if subject.state == "active" and on > subject.valid_until else subject.state
    return subject.state if subject else ""


def _cures(view: View, case: Case) -> int:
    """How many obligations to put something right are open about the subject of a case."""
    where = {"kind": "cure", "state": ("open", "late"), "subject": case.subject or case.id}
    return len(view.find(Duty, Search({**where, "organisation": case.organisation}, limit=100)).items)


def _reviews(view: View, case: Case) -> tuple[str, ...]:
    """How the reviews on site that a case opened ended, in their order; "" for one that has not."""
    asked = Search({"kind": "review", "parent": case.id}, order="opened", limit=100)
    return tuple(review.outcome for review in view.find(Case, asked).items)


def involved(subject: Subject | None) -> frozenset[str]:
    """The signs of everybody who took part in the case that another case is about."""
    if not isinstance(subject, Case):
        return frozenset()
    acted = {s.by for s in subject.steps} | {a.by for a in subject.advice} | {v.by for v in subject.votes}
    signed = {a.countersigned_by for a in subject.advice} | {f.settled_by for f in subject.findings}
    return frozenset(s for s in acted | signed if s and not s.startswith(("applicant:", "system:")))
