"""What anybody may read: the register, credentials, statistics and the log's heads and proofs."""

from __future__ import annotations

from datetime import date

from fastapi import Request
from fastapi.responses import Response

from xenotime.services.programme.oversight import statistics
from xenotime.services.programme.ports import Search
from xenotime.services.programme.trust import certificates
from xenotime.web.api.kinds import After, Asked, Day, InPath, Limit, Output
from xenotime.web.api.routing import router as _router
from xenotime.web.gate import Who, desk
from xenotime.web.send import table

router = _router("public")


class ListedOut(Output):
    """A certificate as the public register shows it on a day."""

    number: str
    organisation: str
    organisation_zh: str
    lei: str
    uscc: str
    country: str
    sites: tuple[str, ...]
    items: tuple[str, ...]
    valid_from: date
    valid_until: date
    state: str
    since: date
    on: date


class RegisterPage(Output):
    """A page of the register."""

    items: tuple[ListedOut, ...]
    next: str


@router.get("/register")
def register(
    request: Request, text: Asked = None, on: Day | None = None, limit: Limit = 50, after: After = ""
) -> RegisterPage:
    """The register of certificates, as it counts on a day (today)."""
    here = desk(request)
    search = Search({}, text or "", "-issued", limit, after)
    page = certificates.public(here.office, search, on or here.clock.today())
    return RegisterPage(items=tuple(ListedOut.model_validate(r) for r in page.items), next=page.next)


@router.get("/register/{number}")
def entry(request: Request, number: InPath, on: Day | None = None) -> ListedOut:
    """One certificate of the register."""
    here = desk(request)
    return ListedOut.model_validate(certificates.entry(here.office, number, on or here.clock.today()))


@router.get("/register/{number}/credential", response_class=Response)
def credential(request: Request, who: Who, number: InPath) -> Response:
    """The signed credential, as `xenotime verify` takes it: for its holder, the authority and customs."""
    text = certificates.view(desk(request).office, who, number).credential
    return Response(text, media_type="application/vc+jwt")


@router.get("/statistics.csv", response_class=Response)
def feed(request: Request) -> Response:
    """The published statistics as a table."""
    here = desk(request)
    return table("statistics.csv", statistics.feed(here.office, here.clock.now()))
