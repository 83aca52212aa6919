"""One router of the API, and the failures that every route of it can answer with."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

PREFIX = "/api/v1"
#: Status -> what it means, on every route.
FAILURES = {
    400: "the request cannot be read",
    401: "nobody is signed in, or the token is not good",
    403: "this role, scope or proof is not enough",
    404: "there is nothing here for you",
    405: "this address does not take this method",
    409: "the state of the thing does not allow it now, or a key was used for another content",
    413: "too large",
    422: "a part of the request cannot be used",
    429: "too many requests",
    503: "the store cannot be used now; try again",
}


def _failures() -> dict[int | str, dict[str, Any]]:
    body = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": text, "content": body} for status, text in FAILURES.items()}


def router(tag: str) -> APIRouter:
    """A router of the API whose routes name every failure."""
    return APIRouter(prefix=PREFIX, tags=[tag], responses=_failures())
