"""Whether this server lives, and whether it can serve."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from xenotime.web import journal
from xenotime.web.gate import desk

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def alive() -> JSONResponse:
    """The process answers."""
    return JSONResponse({"alive": True})


@router.get("/readyz")
def ready(request: Request) -> JSONResponse:
    """Whether the store serves; what keeps it from that is for the journal only."""
    here = desk(request)
    faults = list(here.office.store.ready())
    for fault in faults:
        journal.note(here.clock.now(), "unready", fault=fault)
    return JSONResponse({"ready": not faults}, 503 if faults else 200)
