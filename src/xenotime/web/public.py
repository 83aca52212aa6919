"""What anybody's verifier fetches: the keys' document and the status lists."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from xenotime.core.errors import AddressError
from xenotime.web.gate import desk

router = APIRouter(include_in_schema=False)

#: Verifiers anywhere may read these, and keep them a short while.
_SHARED = {
    "Cache-Control": "public, max-age=300",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PURPOSES = ("revocation", "suspension")


@router.get("/.well-known/did.json")
def document(request: Request) -> Response:
    """The did:web document with every key that still verifies something."""
    keys = desk(request).office.keys.document()
    return JSONResponse(dict(keys), headers=_SHARED, media_type="application/did+json")


@router.get("/status/{purpose}")
def status(request: Request, purpose: str) -> Response:
    """The status list credential of a purpose, as it is current now."""
    found = None
    if purpose in PURPOSES:
        with desk(request).office.store.view() as view:
            found = view.published(purpose)
    if found is None:
        raise AddressError(
            "no such status list is published", where=purpose[:40], expected=", ".join(PURPOSES)
        )
    return Response(found, media_type="application/vc+jwt", headers=_SHARED)
