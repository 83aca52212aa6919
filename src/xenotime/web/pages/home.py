"""The first page after signing in: what waits for this person; and the authority's queues."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from xenotime.core.errors import Problem, XenotimeError
from xenotime.programme import read
from xenotime.programme.casework.case import Case
from xenotime.services.programme.casework import queues
from xenotime.services.programme.casework.queues import Bulk
from xenotime.services.programme.people import organisations
from xenotime.services.programme.ports import Search
from xenotime.web.pages.cases import matters
from xenotime.web.pages.desk import At, Desk, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.pages.holding import named
from xenotime.web.pages.render import page

router = APIRouter(include_in_schema=False)

#: Where a role that has no home of its own begins.
ELSEWHERE = {"auditor": "/audit", "operator": "/system", "customs": "/shipments"}
PAGE = 50
#: An obligation waits on the first page when its day is nearer than this.
SOON = timedelta(days=100)


@router.get("/home")
def home(at: At) -> Response:
    """What waits for the reader, by role."""
    if at.actor.role == "applicant":
        return _applicant(at)
    if at.actor.role in ELSEWHERE:
        return RedirectResponse(ELSEWHERE[at.actor.role], 303)
    return RedirectResponse("/queues", 303)


def _applicant(at: Desk) -> Response:
    """Questions, letters, obligations and drafts first; then what the organisation holds."""
    if not at.actor.organisation:
        return page(at.request, "join.html", fault=None, faults={}, values={})
    view = organisations.view(at.office, at.actor, at.actor.organisation)
    asked = [(c, q) for c in view.cases for q in c.queries if q.answered is None and q.closed is None]
    manifests, soon = read.manifests(), at.today + SOON
    drafts = [c for c in view.cases if c.closed is None and c.state in manifests[c.kind].editable]
    return page(
        at.request,
        "home.html",
        view=view,
        it=view.organisation,
        questions=asked,
        drafts=drafts,
        unread=[x for x in view.letters if x.read is None],
        due=[d for d in view.duties if d.state == "late" or (d.state == "open" and d.due <= soon)],
        manifests=manifests,
        today=at.today,
    )


@router.get("/queues")
def waiting(at: At) -> Response:
    """What waits for the authority: counts, what is late, one's own, and the oldest of a queue."""
    return _waiting(at)


@router.post("/queues/recommend")
def recommend(at: At, sent: Sent) -> Response:
    """Advise to grant several light civil cases at once; each that is not light is left, with why."""
    try:
        made = queues.recommend(at.office, at.actor, sent.many("case"), sent.text("reason"), at.at)
    except XenotimeError as error:
        return _waiting(at, status=status_of(error), fault=error.problem)
    return _waiting(at, bulk=made)


def _waiting(
    at: Desk, *, status: int = 200, fault: Problem | None = None, bulk: Bulk | None = None
) -> Response:
    seen = queues.overview(at.office, at.actor, at.at)
    queue = at.asked("queue")
    where = {"closed": None, **({"queue": queue} if queue else {})}
    with at.office.store.view() as view:
        found = view.find(Case, Search(where, "", "opened", PAGE, at.asked("after")))
    return page(
        at.request,
        "queues.html",
        status=status,
        fault=fault,
        bulk=bulk,
        light=[c for c in found.items if _light(c, at)],
        seen=seen,
        found=found,
        queue=queue,
        holders=named(at, (c.organisation for c in found.items)),
        manifests=read.manifests(),
        waits=[c for c in found.items if _asks(c, at)],
        today=at.today,
    )


def _light(case: Case, at: Desk) -> bool:
    """Whether an officer may advise on a case in bulk: a light civil one that nobody has advised on yet."""
    fresh = not any(not a.superseded for a in case.advice)
    return at.actor.role == "officer" and fresh and not queues.light(case)


def _asks(case: Case, at: Desk) -> bool:
    """Whether a case waits for this person: a countersignature, or the vote of the own body."""
    countersign = any(
        not a.superseded and not a.countersigned_by and a.by != at.actor.sign for a in case.advice
    )
    voted = any(v.body == at.actor.body for v in case.votes)
    return countersign or (bool(case.advice) and not voted and bool(matters(at, case)))
