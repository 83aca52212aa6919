"""Pages on the way in and out: sign-in, invitation, second factor, and proving it again."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated

import segno
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from xenotime.core.errors import AddressError, InputError, XenotimeError
from xenotime.report.sheet import trusted
from xenotime.services.programme.people import accounts, entry, organisations, passwords
from xenotime.services.programme.people.entry import Entered, ThrottleError
from xenotime.web import journal
from xenotime.web.errors import SignInError
from xenotime.web.gate import Who, address, desk, forget, keep, step_up, visiting
from xenotime.web.pages import render

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=512)]
START = "/home"


def inside(address: str) -> str:
    r"""An address of this site to go on to; the start page for anything that leads elsewhere.

    >>> inside("/cases?state=open"), inside("//evil.example/"), inside("https://e.example"), inside("/\\e")
    ('/cases?state=open', '/home', '/home', '/home')
    """
    plain = address.startswith("/") and not address.startswith(("//", "/\\"))
    clean = address.isprintable() and "\\" not in address and len(address) < 2_000
    return address if plain and clean else START


@router.get("/sign-in")
def ask(request: Request, next: str = "") -> Response:  # noqa: A002 - the address's own word
    """The page that asks who you are."""
    return visiting(request, _sign_in(request, next))


def _sign_in(request: Request, onward: str, fault: XenotimeError | None = None) -> Response:
    here = desk(request)
    people = accounts.active(here.office) if here.settings.demo else ()
    status, headers = (429, {"Retry-After": str(fault.seconds)}) if isinstance(fault, ThrottleError) else (
        401 if fault else 200, {}
    )  # fmt: skip
    return render.page(
        request,
        "signin.html",
        status=status,
        headers=headers,
        fault=fault.problem if fault else None,
        next=inside(onward) if onward else "",
        oidc="/oidc/start" if here.settings.provider else "",
        demo=people,
        houses=organisations.named(here.office, (a.organisation for a in people)),
    )


@router.post("/sign-in")
def enter(
    request: Request,
    email: Text = "",
    password: Text = "",
    code: Text = "",
    next: Text = "",  # noqa: A002 - as above
) -> Response:
    """Sign in; the same words whatever was wrong."""
    here = desk(request)
    try:
        entered = entry.sign_in(
            here.office, email, password, code, address(request), here.clock.now(), here.settings.rules
        )
    except XenotimeError as error:
        _log(request, "sign-in refused")
        return visiting(request, _sign_in(request, next, error))
    if request.state.session:
        entry.sign_out(here.office, request.state.session)
    return _onward(request, entered, next)


@router.post("/demo/sign-in")
def demo(request: Request, account: Text = "", next: Text = "") -> Response:  # noqa: A002 - as above
    """Sign in as one of the demo's invented people, by one click; without a demo there is no such way."""
    here = desk(request)
    if not here.settings.demo:
        raise AddressError("there is no demo here", where="this address")
    found = [a for a in accounts.active(here.office) if a.id == account]
    if not found:
        raise AddressError("the demo has no such person", where="account")
    if request.state.session:
        entry.sign_out(here.office, request.state.session)
    at = here.clock.now()
    return _onward(
        request, entry.open_session(here.office, found[0], at, here.settings.rules, strong=True), next
    )


def _onward(request: Request, entered: Entered, onward: str) -> Response:
    target = inside(onward) if entry.settled(entered.account) else "/account/second-factor"
    made = RedirectResponse(target, 303)
    keep(request, made, entered)
    journal.note(
        desk(request).clock.now(), "signed in", account=entered.account.id, role=entered.account.role
    )
    return made


def _log(request: Request, kind: str) -> None:
    journal.note(desk(request).clock.now(), kind, address=address(request))


@router.post("/sign-out")
def leave(request: Request) -> Response:
    """Sign out: the session is over at the server, and what the browser kept of it is cleared."""
    entry.sign_out(desk(request).office, request.state.session)
    made = RedirectResponse("/", 303, {"Clear-Site-Data": '"cache", "storage"'})
    forget(request, made)
    return made


@router.get("/invite/{secret}")
def invited(request: Request, secret: str) -> Response:
    """The page on which an invited person chooses a password."""
    here = desk(request)
    account = accounts.invited(here.office, secret, here.clock.now())
    return visiting(request, render.page(request, "invite.html", fault=None, name=account.name))


@router.post("/invite/{secret}")
def accept(request: Request, secret: str, password: Text = "", again: Text = "") -> Response:
    """The invitation is used up, the account is open, and its person signed in."""
    here, at = desk(request), desk(request).clock.now()
    account = accounts.invited(here.office, secret, at)
    try:
        _alike(password, again)
        opened = accounts.accept(here.office, secret, password, at, here.settings.rules)
    except InputError as error:
        page = render.page(request, "invite.html", status=400, fault=error.problem, name=account.name)
        return visiting(request, page)
    entered = entry.open_session(here.office, opened, at, here.settings.rules, strong=False)
    return _onward(request, entered, "")


def _alike(password: str, again: str) -> None:
    if password != again:
        raise InputError("the two passwords differ", where="password", next_step="type both again")


@router.get("/account/second-factor")
def factor(request: Request) -> Response:
    """The page with a new secret for an authenticator, as text and picture."""
    return _factor(request, _entered(request))


def _entered(request: Request) -> Entered:
    entered: Entered | None = request.state.entered
    if entered is None:
        raise SignInError
    if entered.account.totp:
        step_up(request)
    return entered


def _factor(request: Request, entered: Entered, fault: XenotimeError | None = None) -> Response:
    here = desk(request)
    shared = accounts.offered(here.office, entered.session)
    uri = passwords.address(shared, entered.account.email, here.office.authority.name)
    drawn = BytesIO()
    segno.make(uri, error="m").save(drawn, kind="svg", scale=4, xmldecl=False, svgns=True, nl=False)
    return render.page(
        request,
        "factor.html",
        status=400 if fault else 200,
        fault=fault.problem if fault else None,
        secret=shared,
        uri=uri,
        qr=trusted(drawn.getvalue().decode()),
    )


@router.post("/account/second-factor")
def enrol(request: Request, code: Text = "") -> Response:
    """The second factor is set once a code of it is right; every other session of the account ends."""
    here, entered, at = desk(request), _entered(request), desk(request).clock.now()
    try:
        accounts.enrol(here.office, entered, code, at, here.settings.rules)
    except InputError as error:
        return _factor(request, entered, error)
    return _onward(request, entry.strengthen(here.office, entered, at, here.settings.rules), "")


@router.get("/again")
def question(request: Request, next: str = "") -> Response:  # noqa: A002 - as above
    """The page that asks for the password once more."""
    return render.page(request, "again.html", fault=None, next=inside(next))


@router.post("/again")
def again(
    request: Request,
    who: Who,
    password: Text = "",
    code: Text = "",
    next: Text = "",  # noqa: A002 - as above
) -> Response:
    """A new session, fresh for grave acts, in the place of the old one."""
    here = desk(request)
    if request.state.entered is None:
        raise SignInError
    try:
        entered = entry.again(
            here.office, request.state.entered, password, code, address(request), here.clock.now(),
            here.settings.rules,
        )  # fmt: skip
    except XenotimeError as error:
        _log(request, f"proof refused to {who.sign}")
        return render.page(request, "again.html", status=401, fault=error.problem, next=inside(next))
    return _onward(request, entered, next)
