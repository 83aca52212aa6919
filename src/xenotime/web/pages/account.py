"""One's own account: language, second factor, API tokens."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from xenotime.core.errors import Problem, XenotimeError
from xenotime.services.programme.people import accounts, tokens
from xenotime.web.pages.desk import At, Desk, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.pages.holding import named
from xenotime.web.pages.render import page
from xenotime.web.pages.speech import COOKIE

router = APIRouter(include_in_schema=False)

#: For how long a token may be made here [days].
TERMS = ("7", "30", "90")


@router.get("/account")
def mine(at: At) -> Response:
    """The account as it stands."""
    return _show(at)


def _show(at: Desk, *, secret: str = "", status: int = 200, fault: Problem | None = None) -> Response:
    return page(
        at.request,
        "account.html",
        status=status,
        fault=fault,
        tokens=tokens.own(at.office, at.actor),
        scopes=tokens.scopes(at.actor.role),
        terms=TERMS,
        secret=secret,
        at=at.at,
        mine=named(at, (at.actor.organisation,) if at.actor.organisation else ()).get(at.actor.organisation),
        done=at.asked("done"),
    )


@router.post("/account/language")
def speak(at: At, sent: Sent) -> Response:
    """Keep the language of the account."""
    accounts.set_language(at.office, at.actor.id, sent.text("language"))
    made = RedirectResponse("/account?done=edited", 303)
    made.delete_cookie(COOKIE)
    return made


@router.post("/account/tokens")
def token(at: At, sent: Sent) -> Response:
    """Make a token; its secret is shown once."""
    days = int(sent.text("days")) if sent.text("days") in TERMS else int(TERMS[0])
    rules = at.request.app.state.settings.rules
    until = at.at + timedelta(days=days)
    try:
        _, secret = tokens.create(
            at.office, at.actor, sent.text("title"), sent.many("scopes"), until, at.at, rules
        )
    except XenotimeError as error:
        return _show(at, status=status_of(error), fault=error.problem)
    return _show(at, secret=secret)


@router.post("/account/tokens/{token}/revoke")
def revoke(at: At, token: str) -> Response:
    """End a token."""
    tokens.revoke(at.office, at.actor, token, at.at)
    return RedirectResponse("/account?done=revoked", 303)
