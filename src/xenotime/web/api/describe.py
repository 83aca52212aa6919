"""The description of the API: OpenAPI 3.1 over its routes alone, with how callers prove themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from xenotime import __version__
from xenotime.programme.access import RIGHTS
from xenotime.web.api.routing import PREFIX
from xenotime.web.gate import GRAVE

router = APIRouter(prefix=PREFIX, include_in_schema=False)

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "A failure: what, where, expected against found, and the next step (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "where", "expected", "found", "next", "reference"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "where": {"type": "string"},
        "expected": {"type": "string"},
        "found": {"type": "string"},
        "next": {"type": "string"},
        "reference": {"type": "string", "description": "the mark of this request in the journal"},
    },
}


def described(routers: Sequence[APIRouter], verbs: dict[str, str]) -> dict[str, Any]:
    """The description of these routers' routes; each operation names the verb (and scope) it asks for."""
    routes = [route for r in routers for route in r.routes]
    made = get_openapi(
        title="Xenotime programme API",
        version=__version__,
        description="Every action of the certified-end-user programme.",
        routes=routes,
    )
    parts = made.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    parts["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "a token with the scope"},
        "session": {
            "type": "apiKey", "in": "cookie", "name": "session",
            "description": "a signed-in person; changes also carry X-CSRF-Token",
        },
    }  # fmt: skip
    for path, methods in made["paths"].items():
        for method, said in methods.items():
            verb = verbs.get(f"{method.upper()} {path}", "")
            said["x-verb"], said["security"] = verb, _proof(verb, method)
    return made


def _proof(verb: str, method: str) -> list[dict[str, list[str]]]:
    """How a caller proves itself: not at all, in a session only, or either way."""
    if "public" in RIGHTS.get(verb, {}):
        return [{}]
    alone = verb == "account.self" or (verb in GRAVE and method != "get")
    return [{"session": []}] if alone else [{"token": []}, {"session": []}]


@router.get("/openapi.json")
def openapi(request: Request) -> JSONResponse:
    """This API, described."""
    return JSONResponse(request.app.state.description)
