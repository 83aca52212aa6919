"""What organisations have: certificates, licences, obligations, letters, and the export of it all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Request
from fastapi.responses import Response
from pydantic import Field

from xenotime.services.programme.casework import letters
from xenotime.services.programme.oversight import archive, duties
from xenotime.services.programme.people import organisations
from xenotime.services.programme.ports import Search
from xenotime.services.programme.trust import certificates, licences
from xenotime.web.api.kinds import (
    After,
    Asked,
    Country,
    Form,
    InPath,
    Input,
    Limit,
    Long,
    Output,
    Short,
    Word,
)
from xenotime.web.api.routing import router as _router
from xenotime.web.gate import Who, desk
from xenotime.web.send import download

router = _router("holdings")


class OrganisationNew(Input):
    """An organisation to register."""

    name: Word
    country: Country
    role: Literal["end_user", "exporter", "both"]
    name_zh: Short = ""


class OrganisationEdit(Input):
    """What its own people may change of an organisation; what is not given stays."""

    fields: Form


class SiteOut(Output):
    """A facility; approved from `since` until `until`."""

    id: str
    name: str
    address: str
    country: str
    purpose: str
    since: date | None
    until: date | None


class OwnerOut(Output):
    """A declared owner."""

    name: str
    share: str
    country: str
    kind: str
    source: str


class ProductOut(Output):
    """A declared product and what one piece of it holds."""

    id: str
    name: str
    site: str
    end_use: str
    grams: dict[str, int]
    yearly: int


class OrganisationOut(Output):
    """An organisation as registered."""

    id: str
    name: str
    name_zh: str
    other_names: tuple[str, ...]
    country: str
    role: str
    state: str
    track: str
    created: datetime
    lei: str
    uscc: str
    address: str
    activity: str
    sites: tuple[SiteOut, ...]
    owners: tuple[OwnerOut, ...]
    products: tuple[ProductOut, ...]
    agents: tuple[str, ...]
    version: int


class OrganisationPage(Output):
    """A page of organisations."""

    items: tuple[OrganisationOut, ...]
    next: str


class ScopeOut(Output):
    """What a certificate covers: sites, control codes, grams a year by element, end uses, countries."""

    sites: tuple[str, ...]
    items: tuple[str, ...]
    grams: dict[str, int]
    end_uses: tuple[str, ...]
    countries: tuple[str, ...]


class ConditionOut(Output):
    """A condition that can be checked."""

    id: str
    subject: str
    test: str
    value: str
    evidence: str
    period: str
    consequence: str
    says: str
    source: str
    confidence: str


class CertificateOut(Output):
    """A certificate with everything on it but the credential, which is at its own address."""

    id: str
    number: str
    organisation: str
    track: str
    state: str
    scope: ScopeOut
    valid_from: date
    valid_until: date
    issued: datetime
    case: str
    conditions: tuple[ConditionOut, ...]
    serial: int


class CertificatePage(Output):
    """A page of certificates."""

    items: tuple[CertificateOut, ...]
    next: str


class PermitOut(Output):
    """A licence."""

    id: str
    number: str
    kind: str
    exporter: str
    users: tuple[str, ...]
    items: tuple[str, ...]
    grams: dict[str, int]
    valid_from: date
    valid_until: date
    state: str
    issued: datetime
    case: str
    uses: int


class PermitPage(Output):
    """A page of licences."""

    items: tuple[PermitOut, ...]
    next: str


class DutyOut(Output):
    """An obligation: what is owed, by when, and what was shown."""

    id: str
    kind: str
    organisation: str
    subject: str
    says: str
    due: date
    state: str
    opened: datetime
    source: str
    confidence: str
    evidence: tuple[str, ...]
    met: datetime | None
    step: int


class DutyPage(Output):
    """A page of obligations."""

    items: tuple[DutyOut, ...]
    next: str


class MeetIn(Input):
    """What shows that an obligation is met: ids of documents, or sentences."""

    evidence: Annotated[tuple[Short, ...], Field(min_length=1, max_length=50)]


class JudgeIn(Input):
    """Whether what was shown is accepted, and why."""

    ok: bool
    reason: Annotated[Long, Field(min_length=1)]


class LetterOut(Output):
    """A letter as it was sent, in both languages."""

    id: str
    template: str
    case: str
    organisation: str
    title: str
    text: str
    title_zh: str
    text_zh: str
    sent: datetime
    read: datetime | None


class LetterPage(Output):
    """A page of letters."""

    items: tuple[LetterOut, ...]
    next: str


def _where(**named: Any) -> dict[str, Any]:  # noqa: ANN401 - values of a search, of any column
    return {name: value for name, value in named.items() if value is not None}


@router.get("/organisations")
def find(
    request: Request, who: Who, state: Asked = None, track: Asked = None, text: Asked = None,
    limit: Limit = 50, after: After = "",
) -> OrganisationPage:  # fmt: skip
    """Organisations that one may read: an applicant the own one."""
    search = Search(_where(state=state, track=track), text or "", "-created", limit, after)
    page = organisations.find(desk(request).office, who, search)
    return OrganisationPage(
        items=tuple(OrganisationOut.model_validate(o) for o in page.items), next=page.next
    )


@router.post("/organisations", status_code=201)
def register(request: Request, who: Who, given: OrganisationNew) -> OrganisationOut:
    """Register an organisation: a draft, with its registration case opened."""
    here = desk(request)
    made = organisations.register(
        here.office, who, given.name, given.country, given.role, here.clock.now(), name_zh=given.name_zh
    )
    return OrganisationOut.model_validate(made)


@router.get("/organisations/{organisation}")
def view(request: Request, who: Who, organisation: InPath) -> OrganisationOut:
    """One organisation."""
    found = organisations.view(desk(request).office, who, organisation)
    return OrganisationOut.model_validate(found.organisation)


@router.patch("/organisations/{organisation}")
def edit(request: Request, who: Who, organisation: InPath, given: OrganisationEdit) -> OrganisationOut:
    """Change what is one's own to change; sites are added, and never approved by this."""
    here = desk(request)
    made = organisations.edit(here.office, who, organisation, given.fields, here.clock.now())
    return OrganisationOut.model_validate(made)


@router.get("/organisations/{organisation}/export", response_class=Response)
def export(request: Request, who: Who, organisation: InPath) -> Response:
    """Everything an organisation has, as one archive."""
    data = archive.export(desk(request).office, who, organisation)
    return download(f"{organisation}.zip", "application/zip", data)


@router.get("/organisations/{organisation}/letters")
def post(
    request: Request, who: Who, organisation: InPath, limit: Limit = 50, after: After = ""
) -> LetterPage:
    """Letters to an organisation, newest first."""
    search = Search({}, "", "-sent", limit, after)
    page = letters.of(desk(request).office, who, organisation, search)
    return LetterPage(items=tuple(LetterOut.model_validate(x) for x in page.items), next=page.next)


@router.get("/letters/{letter}")
def letter(request: Request, who: Who, letter: InPath) -> LetterOut:
    """One letter; it counts as read when its organisation's people open it."""
    here = desk(request)
    return LetterOut.model_validate(letters.read(here.office, who, letter, here.clock.now()))


@router.get("/certificates")
def held(
    request: Request, who: Who, state: Asked = None, organisation: Asked = None, track: Asked = None,
    limit: Limit = 50, after: After = "",
) -> CertificatePage:  # fmt: skip
    """Certificates that one may read in full; the public register is at /api/v1/register."""
    search = Search(_where(state=state, organisation=organisation, track=track), "", "-issued", limit, after)
    page = certificates.find(desk(request).office, who, search)
    return CertificatePage(items=tuple(CertificateOut.model_validate(c) for c in page.items), next=page.next)


@router.get("/certificates/{number}")
def certificate(request: Request, who: Who, number: InPath) -> CertificateOut:
    """One certificate with everything on it."""
    return CertificateOut.model_validate(certificates.view(desk(request).office, who, number))


@router.get("/licences")
def permits(
    request: Request, who: Who, state: Asked = None, kind: Asked = None, limit: Limit = 50, after: After = ""
) -> PermitPage:
    """Licences that one may read."""
    search = Search(_where(state=state, kind=kind), "", "-issued", limit, after)
    page = licences.find(desk(request).office, who, search)
    return PermitPage(items=tuple(PermitOut.model_validate(p) for p in page.items), next=page.next)


@router.get("/licences/{number}")
def permit(request: Request, who: Who, number: InPath) -> PermitOut:
    """One licence."""
    return PermitOut.model_validate(licences.view(desk(request).office, who, number))


@router.get("/duties")
def owed(
    request: Request, who: Who, state: Asked = None, kind: Asked = None, limit: Limit = 50, after: After = ""
) -> DutyPage:
    """Obligations that one may read, the next due first."""
    page = duties.find(
        desk(request).office, who, Search(_where(state=state, kind=kind), "", "due", limit, after)
    )
    return DutyPage(items=tuple(DutyOut.model_validate(d) for d in page.items), next=page.next)


@router.post("/duties/{duty}/meet")
def meet(request: Request, who: Who, duty: InPath, given: MeetIn) -> DutyOut:
    """Show that an obligation is met."""
    here = desk(request)
    return DutyOut.model_validate(duties.meet(here.office, who, duty, given.evidence, here.clock.now()))


@router.post("/duties/{duty}/judge")
def judge(request: Request, who: Who, duty: InPath, given: JudgeIn) -> DutyOut:
    """Accept what was shown, or not; then it is owed again."""
    here = desk(request)
    made = duties.judge(here.office, who, duty, here.clock.now(), ok=given.ok, reason=given.reason)
    return DutyOut.model_validate(made)
