"""Shipments: asked about, answered, committed or released; and what customs reports of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from xenotime.programme.shipping.shipment import Item, Shipment
from xenotime.programme.shipping.usage import Batch, Line
from xenotime.services.programme.oversight import logbook
from xenotime.services.programme.ports import Search
from xenotime.services.programme.shipping import shipments, usage
from xenotime.web.api.kinds import (
    After,
    Asked,
    Country,
    Day,
    Element,
    Grams,
    Ident,
    InPath,
    Input,
    Key,
    Limit,
    Long,
    Output,
    Short,
    Word,
)
from xenotime.web.api.routing import router as _router
from xenotime.web.gate import Who, desk
from xenotime.web.send import download

router = _router("shipments")

Amounts = Annotated[dict[Element, Grams], Field(max_length=20)]
Signed = Annotated[int, Field(strict=True, ge=-(10**12), le=10**12)]


class ItemIn(Input):
    """One line: control code, grams of each contained element, its lot."""

    code: Word
    grams: Amounts
    lot: Short = ""
    description: Short = ""
    hs: Short = ""


class ShipmentIn(Input):
    """What somebody wants to ship under a certificate. `on` is the day of the customs declaration."""

    certificate: Ident
    exporter: Ident
    end_user: Ident
    site: Word
    items: Annotated[tuple[ItemIn, ...], Field(min_length=1, max_length=100)]
    end_use: Short
    route: Annotated[tuple[Country, ...], Field(min_length=1, max_length=20)]
    on: Day
    licence: Ident | Literal[""] = ""
    parties: Annotated[dict[Word, Short], Field(max_length=20)] = Field(default_factory=dict)
    value: Annotated[str, Field(pattern=r"^([0-9]{1,15}(\.[0-9]{1,4})?)?$")] = ""
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    note: Short = ""

    def shipment(self) -> Shipment:
        """The shipment that is asked about."""
        items = tuple(Item(i.code, dict(i.grams), i.lot, i.description, i.hs) for i in self.items)
        return Shipment(
            self.certificate, self.exporter, self.end_user, self.site, items, self.end_use, self.route,
            self.on, self.licence, dict(self.parties), self.value, self.currency, self.note,
        )  # fmt: skip


class SettleIn(Input):
    """What became of a reservation; `grams` by element if less left than was reserved."""

    act: Literal["commit", "release"]
    grams: Amounts | None = None


class CorrectIn(Input):
    """Grams by element to add, or below 0 to take off; none: reverse the whole commit."""

    grams: Annotated[dict[Element, Signed], Field(max_length=20)] = Field(default_factory=dict)
    reason: Annotated[Long, Field(min_length=1)]


class ConfirmIn(Input):
    """Whether a correction is confirmed."""

    ok: bool


class ItemOut(Output):
    """One line of a shipment."""

    code: str
    grams: dict[str, int]
    lot: str
    description: str
    hs: str


class ShipmentOut(Output):
    """A shipment as it was asked about."""

    certificate: str
    exporter: str
    end_user: str
    site: str
    items: tuple[ItemOut, ...]
    end_use: str
    route: tuple[str, ...]
    on: date
    licence: str
    parties: dict[str, str]
    value: str
    currency: str
    note: str


class ReasonOut(Output):
    """One reason: what was asked, met or not (null: unknown), the words, and where they come from."""

    check: str
    met: bool | None
    says: str
    says_zh: str
    source: str


class VerdictOut(Output):
    """The answer, its reasons, what the law says, what is reserved, and its leaf in the log."""

    id: str
    answer: Literal["allow", "refer", "refuse"]
    shipment: ShipmentOut
    reasons: tuple[ReasonOut, ...]
    at: datetime
    organisation: str
    law: dict[str, str]
    licence: str
    case: str
    reservation: str
    state: str
    held: dict[str, int]
    committed: dict[str, int]
    expires: datetime | None
    settled: datetime | None
    leaf: int


class VerdictPage(Output):
    """A page of verdicts."""

    items: tuple[VerdictOut, ...]
    next: str


class LineIn(Input):
    """One line of customs: its own id, our answer's id, grams that left by element, the day of export."""

    id: Word
    shipment: Word
    grams: Annotated[
        dict[Element, Annotated[int, Field(ge=1, le=10**12)]], Field(min_length=1, max_length=20)
    ]
    on: Day
    declaration: Short = ""


class BatchIn(Input):
    """Lines sent together; `run` counts batches from 1, so that a missing one is seen."""

    id: Word
    run: Annotated[int, Field(ge=1, le=10**9)]
    lines: Annotated[tuple[LineIn, ...], Field(min_length=1, max_length=5_000)]


class RefusalOut(Output):
    """Why a line is not counted."""

    line: str
    reason: str
    says: str
    says_zh: str


class DeliveryOut(Output):
    """Which lines count and which do not; `missing` runs never came; `repeated`: answered before."""

    id: str
    run: int
    accepted: tuple[str, ...]
    rejected: tuple[RefusalOut, ...]
    missing: tuple[int, ...]
    repeated: bool


class UsedOut(Output):
    """A line as it was taken."""

    id: str
    batch: str
    run: int
    shipment: str
    organisation: str
    certificate: str
    grams: dict[str, int]
    on: date
    at: datetime
    outcome: str
    reason: str
    says: str


class UsedPage(Output):
    """A page of lines."""

    items: tuple[UsedOut, ...]
    next: str


class FeedOut(Output):
    """Events of shipments, certificates and licences, with their place in the log."""

    lines: tuple[dict[str, Any], ...]
    after: int


class GapOut(Output):
    """Where our commits and customs' reports part."""

    kind: str
    shipment: str
    organisation: str
    ours: dict[str, int]
    theirs: dict[str, int]
    reason: str


@router.post("/shipments", status_code=201)
def decide(request: Request, who: Who, given: ShipmentIn, key: Key) -> VerdictOut:
    """May this go? Allow (grams are reserved), refer (a case is opened) or refuse, with every reason."""
    here = desk(request)
    made = shipments.decide(here.office, who, given.shipment(), key, here.clock.now())
    return VerdictOut.model_validate(made)


@router.get("/shipments")
def find(
    request: Request,
    who: Who,
    certificate: Asked = None,
    answer: Asked = None,
    state: Asked = None,
    exporter: Asked = None,
    end_user: Asked = None,
    limit: Limit = 50,
    after: After = "",
) -> VerdictPage:
    """Shipments that were asked about: an applicant sees those of the own organisation."""
    named = {
        "certificate": certificate, "answer": answer, "state": state, "exporter": exporter,
        "end_user": end_user,
    }  # fmt: skip
    where = {k: v for k, v in named.items() if v is not None}
    page = shipments.find(desk(request).office, who, Search(where, "", "-at", limit, after))
    return VerdictPage(items=tuple(VerdictOut.model_validate(v) for v in page.items), next=page.next)


@router.get("/shipments/{verdict}")
def view(request: Request, who: Who, verdict: InPath) -> VerdictOut:
    """One answer."""
    return VerdictOut.model_validate(shipments.view(desk(request).office, who, verdict))


@router.post("/shipments/{verdict}/settle")
def settle(request: Request, who: Who, verdict: InPath, given: SettleIn, key: Key) -> VerdictOut:
    """Commit what left, or release what did not, once."""
    here = desk(request)
    grams = None if given.grams is None else dict(given.grams)
    made = shipments.settle(here.office, who, verdict, given.act, key, here.clock.now(), grams=grams)
    return VerdictOut.model_validate(made)


@router.post("/shipments/{verdict}/correction")
def correct(request: Request, who: Who, verdict: InPath, given: CorrectIn) -> VerdictOut:
    """Ask for a correction of what was committed; another person confirms it."""
    here = desk(request)
    made = shipments.correct(here.office, who, verdict, dict(given.grams), given.reason, here.clock.now())
    return VerdictOut.model_validate(made)


@router.post("/shipments/{verdict}/correction/confirm")
def confirm(request: Request, who: Who, verdict: InPath, given: ConfirmIn) -> VerdictOut:
    """Confirm or refuse a correction: never the one who asked for it."""
    here = desk(request)
    made = shipments.confirm(here.office, who, verdict, here.clock.now(), ok=given.ok)
    return VerdictOut.model_validate(made)


@router.get("/shipments/{verdict}/receipt", response_class=Response)
def receipt(request: Request, who: Who, verdict: InPath) -> Response:
    """The answer with its proof that it lies in the log, as `xenotime verify` takes it."""
    office = desk(request).office
    found = shipments.view(office, who, verdict)
    data = logbook.slip(office, found.leaf, shipments.body(found))
    return download(f"{found.id}.receipt.json", "application/json", data)


@router.post("/usage", responses={207: {"model": DeliveryOut}, 208: {"model": DeliveryOut}})
def report(request: Request, who: Who, given: BatchIn) -> JSONResponse:
    """A batch of customs: 200 if every line counts, 207 if some do not, 208 if it was answered before."""
    here = desk(request)
    lines = tuple(Line(x.id, x.shipment, dict(x.grams), x.on, x.declaration) for x in given.lines)
    made = usage.receive(here.office, who, Batch(given.id, given.run, lines), here.clock.now())
    status = 208 if made.repeated else 207 if made.rejected else 200
    return JSONResponse(DeliveryOut.model_validate(made).model_dump(mode="json"), status)


@router.get("/usage")
def lines(
    request: Request,
    who: Who,
    outcome: Asked = None,
    batch: Asked = None,
    limit: Limit = 50,
    after: After = "",
) -> UsedPage:
    """Lines of customs as they were taken."""
    where = {k: v for k, v in {"outcome": outcome, "batch": batch}.items() if v is not None}
    page = usage.find(desk(request).office, who, Search(where, "", "", limit, after))
    return UsedPage(items=tuple(UsedOut.model_validate(u) for u in page.items), next=page.next)


@router.get("/usage/feed")
def feed(
    request: Request, who: Who, after: Annotated[int, Query(ge=0, le=2**53)] = 0, limit: Limit = 50
) -> FeedOut:
    """What customs must know, in the log's order, suspensions too; ask next from `after`."""
    return FeedOut.model_validate(usage.feed(desk(request).office, who, after, limit))


@router.get("/usage/gaps")
def gaps(request: Request, who: Who, since: Day, until: Day) -> tuple[GapOut, ...]:
    """Where our commits and customs' reports part over these days."""
    found = usage.compare(desk(request).office, who, since, until)
    return tuple(GapOut.model_validate(g) for g in found)
