"""Where a request came from."""

from __future__ import annotations

from starlette.types import Scope

from xenotime.web.settings import Settings


def caller(scope: Scope, settings: Settings) -> str:
    """The address that a request came from, past the proxies that are one's own."""
    address = (scope.get("client") or ("unknown", 0))[0]
    chain = header(scope, b"x-forwarded-for")
    if settings.proxies and chain:
        hops = [hop.strip() for hop in chain.split(",")]
        return hops[-min(settings.proxies, len(hops))][:64]
    return str(address)


def header(scope: Scope, name: bytes) -> str:
    """The first header of a name [small letters], "" if there is none."""
    return next((v.decode("latin-1") for k, v in scope.get("headers", ()) if k == name), "")
