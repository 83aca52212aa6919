"""Every failure as an answer: a status, the four parts, and no word about what is inside."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from xenotime.core import errors as core
from xenotime.core.errors import Problem, XenotimeError
from xenotime.programme.access import OWN, RIGHTS
from xenotime.services.programme.people.entry import ThrottleError
from xenotime.services.programme.people.tokens import TokenError
from xenotime.web import journal
from xenotime.web.errors import FactorError, SignInError, StaleError
from xenotime.web.pages import render

#: Where machines ask: they get JSON whatever they accept.
MACHINES = ("/api/", "/status/", "/.well-known/", "/healthz", "/readyz")
_SHOWN = 500


def nothing() -> Problem:
    """What is said of a thing that is not there, and of one that belongs to another: the same."""
    return Problem(
        "there is nothing here for you",
        "this address",
        "something of your own organisation, or something public",
        "neither",
        "check the address, or begin at the start page",
    )


def register(app: FastAPI) -> None:
    """Turn every failure of this app into an answer."""
    app.add_exception_handler(XenotimeError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)


def machine(path: str) -> bool:
    """Whether an address is asked by machines."""
    return path.startswith(MACHINES)


def judged(request: Request, error: XenotimeError) -> tuple[int, Problem]:
    """The status of a failure, and what of it this caller may read."""
    if isinstance(error, ThrottleError):
        return 429, error.problem
    if isinstance(error, (SignInError, TokenError)):
        return 401, error.problem
    if isinstance(error, core.AccessError):
        hidden = _reach(request, error.problem.where) == OWN
        return (404, nothing()) if hidden else (403, error.problem)
    if isinstance(error, core.AddressError):
        own = _reach(request, str(getattr(request.state, "verb", ""))) == OWN
        return 404, nothing() if own else error.problem
    if isinstance(error, (core.BusyError, core.OutageError)):
        return 503, busy()
    if isinstance(error, core.StateError):
        return 409, error.problem
    if isinstance(error, core.BookError):
        return 500, unknown()
    return (422 if machine(request.url.path) else 400), error.problem


def _reach(request: Request, verb: str) -> str | None:
    actor = getattr(request.state, "actor", None)
    return RIGHTS.get(verb, {}).get(actor.role) if actor else None


def unknown() -> Problem:
    """What is said of an error of ours."""
    return Problem(
        "something failed on our side",
        "this address",
        "an answer",
        "an error that is now in the journal",
        "try again; if it stays, tell the operator the reference below",
    )


def busy() -> Problem:
    """What is said when the store cannot be used now; why is for the journal."""
    return Problem(
        "this cannot be done at this moment",
        "this address",
        "a store that is free",
        "one that is busy or away",
        "try again in a moment; nothing was changed",
    )


def _known(request: Request, error: Exception) -> Response:
    if not isinstance(error, XenotimeError):
        raise error
    status, problem = judged(request, error)
    if isinstance(error, core.AccessError):
        _denied(request, status, error)
        away = _elsewhere(request, error)
        if away:
            return RedirectResponse(away, 303)
    if isinstance(error, (core.BusyError, core.OutageError)):
        journal.note(
            request.app.state.clock.now(),
            "store away",
            fault=error.problem.what,
            reference=reference(request),
        )
    return answer(request, status, problem, _headers(error))


def _elsewhere(request: Request, error: XenotimeError) -> str:
    """Where a person at a browser goes on instead of reading an error."""
    if machine(request.url.path):
        return ""
    if isinstance(error, SignInError) and request.method in ("GET", "HEAD"):
        return f"/sign-in?next={quote(_here(request))}"
    if isinstance(error, FactorError):
        return "/account/second-factor"
    if isinstance(error, StaleError):
        back = _here(request) if request.method in ("GET", "HEAD") else _before(request)
        return f"/again?next={quote(back)}"
    return ""


def _here(request: Request) -> str:
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


def _before(request: Request) -> str:
    """The page of ours that the form was on."""
    host = f"//{request.headers.get('host', '')}/"
    _, found, rest = request.headers.get("referer", "").partition(host)
    return f"/{rest}" if found else "/home"


def _headers(error: XenotimeError) -> dict[str, str]:
    if isinstance(error, ThrottleError):
        return {"Retry-After": str(error.seconds)}
    if isinstance(error, (core.BusyError, core.OutageError)):
        return {"Retry-After": "1"}
    if isinstance(error, (SignInError, TokenError)):
        return {"WWW-Authenticate": 'Bearer realm="xenotime"'}
    return {}


def _denied(request: Request, status: int, error: XenotimeError) -> None:
    state, actor = request.app.state, getattr(request.state, "actor", None)
    journal.note(
        state.clock.now(),
        "denied",
        status=status,
        method=request.method,
        path=request.url.path,
        actor=actor.sign if actor else "public:",
        reason=error.problem.what,
        where=error.problem.where,
        reference=reference(request),
    )


def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0] if error.errors() else {}
    place = ".".join(str(part) for part in first.get("loc", ()))
    problem = Problem(
        "this request cannot be used",
        place[:_SHOWN],
        str(first.get("msg", "what the API description says"))[:_SHOWN],
        f"{len(error.errors())} part(s) that do not fit",
        "see /api/v1/openapi.json for what this address takes",
    )
    return answer(request, 422, problem)


def _plain(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 404:
        return answer(request, 404, nothing())
    words = {
        400: ("this request cannot be read", "a request as the API description says"),
        405: ("this address does not take this method", "one of the methods in the Allow header"),
        413: ("this is too large", "a smaller request or file"),
        415: ("this kind of content is not taken", "a content type that the address names"),
    }
    what, expected = words.get(error.status_code, ("this request cannot be answered", "another request"))
    problem = Problem(
        what, "this address", expected, f"status {error.status_code}", "change it and send it again"
    )
    return answer(request, error.status_code, problem, dict(error.headers or {}))


def reference(request: Request) -> str:
    """The mark by which this request is found in the journal."""
    return str(request.scope.get("reference", ""))


def answer(
    request: Request, status: int, problem: Problem, headers: dict[str, str] | None = None
) -> Response:
    """A failure as problem+json for machines, as a page for people. Source: RFC 9457."""
    if machine(request.url.path):
        return JSONResponse(
            written(problem, status, reference(request)), status, headers, "application/problem+json"
        )
    return render.page(
        request, "error.html", status=status, headers=headers, fault=problem, reference=reference(request)
    )


def written(problem: Problem, status: int, mark: str) -> dict[str, Any]:
    """The parts of a problem as RFC 9457 names them, and ours beside."""
    return {
        "type": "about:blank",
        "title": problem.what,
        "status": status,
        "where": problem.where,
        "expected": problem.expected,
        "found": problem.found,
        "next": problem.next_step,
        "reference": mark,
    }
