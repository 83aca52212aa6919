"""One router of the API: its bodies are read strictly, and every route names the failures it answers with."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

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


def single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of which every name is there once: two readers of one text cannot differ over it.

    >>> single([("a", 1), ("b", 2)])
    {'a': 1, 'b': 2}
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        message = "a name stands twice in one object"
        raise json.JSONDecodeError(message, "", 0)
    return found


def _constant(word: str) -> Any:  # noqa: ANN401 - it only raises
    message = f"{word} is no number"
    raise json.JSONDecodeError(message, "", 0)


class StrictRequest(Request):
    """A request whose JSON is UTF-8, with every name once and no number that JSON does not know."""

    async def json(self) -> Any:  # noqa: ANN401 - any JSON value
        """The body, read; raises JSONDecodeError or UnicodeDecodeError for another."""
        text = (await self.body()).decode()
        return json.loads(text, object_pairs_hook=single, parse_constant=_constant)


class StrictRoute(APIRoute):
    """A route that reads its body strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, over a strict request."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            return await handler(StrictRequest(request.scope, request.receive))

        return handle


def router(tag: str) -> APIRouter:
    """A router of the API whose routes read strictly and name every failure."""
    return APIRouter(prefix=PREFIX, tags=[tag], responses=_failures(), route_class=StrictRoute)
