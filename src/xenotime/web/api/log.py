"""The log for outsiders: its signed heads, and the proofs that it holds a leaf and only ever grew."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response, StreamingResponse

from xenotime.core.errors import InputError
from xenotime.services.programme.oversight import logbook
from xenotime.web.api.kinds import Output
from xenotime.web.api.routing import router as _router
from xenotime.web.gate import desk

router = _router("log")

Place = Annotated[int, Query(ge=0, le=2**40)]


class ProofOut(Output):
    """A proof: hashes in hexadecimal, in the order of RFC 9162, with the head that they lead to."""

    hashes: tuple[str, ...]
    checkpoint: str


@router.get("/log/checkpoint", response_class=Response)
def checkpoint(request: Request) -> Response:
    """The log's size and root, signed: keep it, and hold the log to it."""
    return Response(logbook.checkpoint(desk(request).office), media_type="text/plain; charset=utf-8")


@router.get("/log/inclusion")
def inclusion(request: Request, index: Place, size: Place = 0) -> ProofOut:
    """The proof that a leaf is in the log of `size` leaves (0: as it stands)."""
    office = desk(request).office
    found = logbook.inclusion(office, index, size)
    return ProofOut(hashes=tuple(h.hex() for h in found), checkpoint=logbook.checkpoint(office))


@router.get("/log/consistency")
def consistency(request: Request, old: Place, new: Place = 0) -> ProofOut:
    """The proof that the log of `new` leaves (0: as it stands) begins with that of `old`."""
    if old == 0 or (new and new < old):
        raise InputError(
            "a log grows", where="old, new", expected="1 or more, and not before", found=f"{old}, {new}"
        )
    office = desk(request).office
    found = logbook.consistency(office, old, new)
    return ProofOut(hashes=tuple(h.hex() for h in found), checkpoint=logbook.checkpoint(office))


@router.get("/log/entries", response_class=Response)
def entries(request: Request) -> Response:
    """The whole log, line by line under its checkpoint, for an auditor."""
    return StreamingResponse(logbook.export(desk(request).office), media_type="application/x-ndjson")
