"""The gate before every route: who asks, whether it is theirs to do, and whether the change is their own."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response

from xenotime.core.errors import AccessError, AddressError
from xenotime.programme.access import PUBLIC, RIGHTS, Actor
from xenotime.programme.casework.case import Case
from xenotime.services.ports import Clock
from xenotime.services.programme.casework.effects import manifest_of
from xenotime.services.programme.office import Office
from xenotime.services.programme.people import entry, passwords, tokens
from xenotime.services.programme.people.entry import Entered
from xenotime.web.caller import caller
from xenotime.web.errors import FactorError, ForgeryError, SignInError, StaleError
from xenotime.web.settings import Settings
from xenotime.web.verbs import HALF, OPEN

#: Cookies: the session of who is signed in, and the visit of who is about to.
SESSION, VISIT = "session", "visit"
_SAFE = ("GET", "HEAD", "OPTIONS")
#: Verbs whose acts ask for a sign-in of the last minutes, wherever they are used.
GRAVE = frozenset({"account.manage", "keys.rotate", "certificate.sign"})


@dataclass(frozen=True, slots=True)
class Desk:
    """What a request needs of its server."""

    office: Office
    settings: Settings
    clock: Clock
    verbs: Mapping[str, str]


def desk(request: Request) -> Desk:
    """The server that a request came to."""
    state: Desk = request.app.state.desk
    return state


def place(app: FastAPI, office: Office, settings: Settings, clock: Clock, verbs: Mapping[str, str]) -> None:
    """Lay down what requests need."""
    app.state.desk = Desk(office, settings, clock, verbs)
    app.state.office, app.state.settings, app.state.clock = office, settings, clock


def admit(request: Request) -> None:
    """Find who asks and whether this route is theirs; raises AccessError if not. No table, no entry."""
    at, here = desk(request).clock.now(), desk(request)
    state = request.state
    state.actor, state.account, state.session, state.csrf, state.language = PUBLIC, None, None, "", "en"
    verb = here.verbs.get(named(request.method, getattr(request.scope.get("route"), "path", "")))
    state.verb, state.bearer, state.entered = verb or "", False, None
    entered = _identify(request, here, at)
    if verb is None:
        raise _refused("a route of the table", "none")
    if verb == OPEN:
        return
    if verb == HALF:
        if entered is None:
            raise SignInError
        return
    _entitled(request, verb, entered)


def named(method: str, path: str) -> str:
    """A route as the table of verbs names it."""
    return f"{'GET' if method == 'HEAD' else method} {path}"


def _identify(request: Request, here: Desk, at: datetime) -> Entered | None:
    """Who asks: a token if one is sent (then cookies count for nothing), or else a session."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and request.url.path.startswith("/api/"):
        request.state.bearer = True
        request.state.actor = tokens.actor_of(here.office, given.strip(), at)
        return None
    cookie = request.cookies.get(here.settings.cookie(SESSION), "")
    entered = entry.session_of(here.office, cookie, at, here.settings.rules) if cookie else None
    if entered is None:
        visit = request.cookies.get(here.settings.cookie(VISIT)) or passwords.secret(here.settings.rules.draw)
        request.state.visit = visit
        request.state.csrf = signed(here, visit)
        return None
    request.state.entered, request.state.account, request.state.session = (
        entered,
        entered.account,
        entered.session,
    )
    request.state.csrf, request.state.language = entered.session.csrf, entered.account.language
    if entry.whole(entered):
        request.state.actor = entry.actor(entered, at, here.settings.rules)
    return entered


def signed(here: Desk, visit: str) -> str:
    """The sign that the forms of a visitor carry, who has no session yet."""
    return hmac.new(here.office.keys.secret("csrf"), visit.encode(), sha256).hexdigest()


def _entitled(request: Request, verb: str, entered: Entered | None) -> None:
    """The role has this right over something; whose thing it is, the service asks."""
    actor: Actor = request.state.actor
    if entered is not None and actor is PUBLIC and "public" not in RIGHTS.get(verb, {}):
        raise FactorError
    if actor is PUBLIC and "public" not in RIGHTS.get(verb, {}):
        raise SignInError
    scoped = actor.scopes is None or verb in actor.scopes
    if actor.role not in RIGHTS.get(verb, {}) or not scoped:
        raise _refused("a role, and for a token a scope, with the right " + verb, f"role {actor.role}")
    if verb in GRAVE and request.method not in _SAFE and not actor.fresh:
        raise StaleError


def _refused(expected: str, found: str) -> AccessError:
    return AccessError(
        "this is not yours to do",
        where="this address",
        expected=expected,
        found=found,
        next_step="ask the operator which role you have",
    )


async def genuine(request: Request, _: Annotated[None, Depends(admit)]) -> AsyncIterator[None]:
    """A change comes from our own page: the browser says so, and it carries the sign. Raises ForgeryError.

    A request with an API token needs neither: no browser sends one by itself. What was uploaded is let go at
    the end, however it ends.
    """
    try:
        if request.method not in _SAFE and not request.state.bearer:
            await _signed(request)
        yield
    finally:
        await request.close()


async def _signed(request: Request) -> None:
    _from_here(request)
    given = request.headers.get("x-csrf-token", "")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not given and kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        field = (await request.form()).get("csrf", "")
        given = field if isinstance(field, str) else ""
    known = bool(request.state.session) or desk(request).settings.cookie(VISIT) in request.cookies
    if not known or not hmac.compare_digest(given.encode(), request.state.csrf.encode()):
        raise ForgeryError("no sign, or an old one")


def _from_here(request: Request) -> None:
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        raise ForgeryError(f"a request from {site}")
    origin = request.headers.get("origin")
    scheme = desk(request).settings.url.partition("://")[0]
    if origin is not None and origin != f"{scheme}://{request.headers.get('host', '')}":
        raise ForgeryError("another origin")


def who(request: Request) -> Actor:
    """Who asks; the public if nobody is signed in."""
    actor: Actor = request.state.actor
    return actor


Who = Annotated[Actor, Depends(who)]


def step_up(request: Request) -> None:
    """Nothing if who asks proved it a moment ago; raises StaleError otherwise."""
    if not request.state.actor.fresh:
        raise StaleError


def prove(request: Request, case: str, event: str) -> None:
    """Nothing if this move of a case needs no fresh proof, or it is there; raises StaleError otherwise.

    Moves that grant or revoke need it. A case that is not there is for the service to say.
    """
    try:
        with desk(request).office.store.view() as view:
            held = view.get(Case, case)
    except AddressError:
        return
    moves = manifest_of(held.kind).moves
    effects = [e for m in moves if (m.source, m.event) == (held.state, event) for e in m.effects]
    if any(effect.startswith(("issue_", "revoke_")) for effect in effects):
        step_up(request)


def address(request: Request) -> str:
    """Where the request came from."""
    return caller(request.scope, desk(request).settings)


def keep(request: Request, answer: Response, entered: Entered) -> None:
    """Give the browser its new session; whatever it had before counts for nothing."""
    settings = desk(request).settings
    answer.set_cookie(
        settings.cookie(SESSION),
        entered.secret,
        httponly=True,
        secure=settings.secure,
        samesite="lax",
        path="/",
    )
    answer.delete_cookie(
        settings.cookie(VISIT), path="/", secure=settings.secure, httponly=True, samesite="lax"
    )


def forget(request: Request, answer: Response) -> None:
    """Take the session's cookie back."""
    settings = desk(request).settings
    answer.delete_cookie(
        settings.cookie(SESSION), path="/", secure=settings.secure, httponly=True, samesite="lax"
    )


def visiting(request: Request, answer: Response) -> Response:
    """The answer with the visitor's cookie, so that the form on it can be sent."""
    settings = desk(request).settings
    visit = getattr(request.state, "visit", "")
    if visit and settings.cookie(VISIT) not in request.cookies:
        answer.set_cookie(
            settings.cookie(VISIT), visit, httponly=True, secure=settings.secure, samesite="lax", path="/"
        )
    return answer
