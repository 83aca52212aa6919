"""Quota: caps as they nest, what is held and used under them, and the lines that prove it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query, Request
from pydantic import Field

from xenotime.programme.shipping.quota import Cap
from xenotime.services.programme.shipping import quota
from xenotime.services.programme.shipping.quota import Node
from xenotime.web.api.kinds import Country, Element, Grams, Ident, Input, Output, Short
from xenotime.web.api.routing import router as _router
from xenotime.web.gate import Who, desk

router = _router("quota")

#: A cap's id has its levels in it, so it is asked for beside the path.
CapId = Annotated[str, Query(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$")]
Place = Annotated[int, Query(ge=0, le=2**53)]


class CapIn(Input):
    """A cap to set: grams over every draw that fits all its levels; "" and 0 fit any."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$")]
    grams: Grams
    element: Element | Literal[""] = ""
    organisation: Ident | Literal[""] = ""
    site: Short = ""
    country: Country | Literal[""] = ""
    certificate: Ident | Literal[""] = ""
    licence: Ident | Literal[""] = ""
    year: Annotated[int, Field(ge=0, le=2199)] = 0
    closed: bool = False


class CapOut(Output):
    """A cap with what is held and used under it [grams]."""

    id: str
    grams: int
    element: str
    organisation: str
    site: str
    country: str
    certificate: str
    licence: str
    year: int
    held: int
    used: int
    closed: bool


class NodeOut(Output):
    """A cap, and the id of the narrowest one that it lies in ("": none)."""

    cap: CapOut
    inside: str


class OverviewOut(Output):
    """Caps from wide to narrow, and the ids of those that lie under what is held and used."""

    caps: tuple[NodeOut, ...]
    over: tuple[str, ...]


class EntryOut(Output):
    """One line of the ledger."""

    id: int
    kind: str
    reservation: str
    cap: str
    grams: int
    at: datetime
    reason: str


def _flat(nodes: tuple[Node, ...], inside: str = "") -> tuple[NodeOut, ...]:
    found: tuple[NodeOut, ...] = ()
    for node in nodes:
        here = NodeOut(cap=CapOut.model_validate(node.cap), inside=inside)
        found = (*found, here, *_flat(node.parts, node.cap.id))
    return found


@router.get("/quota")
def overview(
    request: Request, who: Who, organisation: Annotated[str, Query(pattern=r"^[A-Za-z0-9._:-]{0,80}$")] = ""
) -> OverviewOut:
    """The caps that bind an organisation; for an applicant the own one, for others all if none is named."""
    found = quota.overview(desk(request).office, who, organisation or who.organisation)
    return OverviewOut(caps=_flat(found.roots), over=tuple(c.id for c in found.over))


@router.get("/quota/entries")
def entries(
    request: Request, who: Who, cap: CapId, after: Place = 0, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> tuple[EntryOut, ...]:
    """The lines under a cap, in the order of their effect."""
    found = quota.entries(desk(request).office, who, cap, after, limit)
    return tuple(EntryOut.model_validate(e) for e in found)


@router.post("/quota/caps")
def bound(request: Request, who: Who, given: CapIn) -> CapOut:
    """Set a cap, or bound one anew; a rise waits for a second person, and shows the cap as it stands."""
    here = desk(request)
    return CapOut.model_validate(quota.set_cap(here.office, who, Cap(**given.model_dump()), here.clock.now()))
