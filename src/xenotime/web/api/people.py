"""Accounts: one's own (tokens, sessions, password, language), and all of them for the operator."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Request
from fastapi.responses import Response
from pydantic import AwareDatetime, Field

from xenotime.core.errors import AccessError
from xenotime.services.programme.people import accounts, tokens
from xenotime.services.programme.people.entry import Entered
from xenotime.services.programme.ports import Search
from xenotime.web.api.kinds import After, Asked, Ident, InPath, Input, Limit, Output, Short, Word
from xenotime.web.api.routing import router as _router
from xenotime.web.gate import Who, address, desk

router = _router("accounts")

Role = Literal["applicant", "officer", "approver", "auditor", "customs", "operator"]


class TokenNew(Input):
    """A token to make: what for, which verbs, until when."""

    title: Word
    scopes: Annotated[tuple[Word, ...], Field(min_length=1, max_length=60)]
    expires: AwareDatetime


class TokenOut(Output):
    """A token of one's own; its secret was shown when it was made."""

    id: str
    title: str
    scopes: tuple[str, ...]
    created: datetime
    expires: datetime
    used: datetime | None
    revoked: datetime | None


class TokenMade(Output):
    """A token just made, with its secret: this once."""

    token: TokenOut
    secret: str


class PasswordIn(Input):
    """The old password and the new."""

    old: Annotated[str, Field(max_length=256)]
    new: Annotated[str, Field(max_length=256)]


class LanguageIn(Input):
    """The language that one reads."""

    language: Literal["en", "zh"]


class AccountNew(Input):
    """Somebody to invite."""

    email: Annotated[str, Field(min_length=3, max_length=254)]
    name: Word
    role: Role
    organisation: Ident | Literal[""] = ""
    body: Short = ""


class RoleIn(Input):
    """The role that an account shall have."""

    role: Role
    organisation: Ident | Literal[""] = ""
    body: Short = ""


class AccountOut(Output):
    """An account, without anything that proves it."""

    id: str
    email: str
    name: str
    role: str
    state: str
    created: datetime
    organisation: str
    body: str
    language: str


class Invited(Output):
    """An account just invited, with the secret of its invitation: this once."""

    account: AccountOut
    secret: str


class AccountPage(Output):
    """A page of accounts."""

    items: tuple[AccountOut, ...]
    next: str


class SelfOut(Output):
    """Who one is here, and what one may do."""

    actor: str
    role: str
    organisation: str
    body: str
    verbs: tuple[str, ...]


def _entered(request: Request) -> Entered:
    entered: Entered | None = request.state.entered
    if entered is None:
        raise AccessError("a token cannot do this", where="session", next_step="sign in, and do it yourself")
    return entered


@router.get("/me")
def me(who: Who) -> SelfOut:
    """Who one is here."""
    verbs = tuple(v for v in tokens.scopes(who.role) if who.scopes is None or v in who.scopes)
    return SelfOut(actor=who.sign, role=who.role, organisation=who.organisation, body=who.body, verbs=verbs)


@router.get("/tokens")
def own(request: Request, who: Who) -> tuple[TokenOut, ...]:
    """One's own tokens."""
    return tuple(TokenOut.model_validate(t) for t in tokens.own(desk(request).office, who))


@router.post("/tokens", status_code=201)
def create(request: Request, who: Who, given: TokenNew) -> TokenMade:
    """Make a token. Its secret is in this answer only."""
    here = desk(request)
    token, secret = tokens.create(
        here.office, who, given.title, given.scopes, given.expires, here.clock.now(), here.settings.rules
    )
    return TokenMade(token=TokenOut.model_validate(token), secret=secret)


@router.delete("/tokens/{token}", status_code=204, response_class=Response)
def revoke(request: Request, who: Who, token: InPath) -> Response:
    """Revoke a token of one's own: it is dead from the next call on."""
    here = desk(request)
    tokens.revoke(here.office, who, token, here.clock.now())
    return Response(status_code=204)


@router.post("/me/password", status_code=204, response_class=Response)
def password(request: Request, given: PasswordIn) -> Response:
    """Change the own password; every other session ends."""
    here = desk(request)
    accounts.change_password(
        here.office, _entered(request), given.old, given.new, here.clock.now(), here.settings.rules,
        address(request),
    )  # fmt: skip
    return Response(status_code=204)


@router.put("/me/language", status_code=204, response_class=Response)
def language(request: Request, who: Who, given: LanguageIn) -> Response:
    """Choose the language of pages and letters."""
    accounts.set_language(desk(request).office, who.id, given.language)
    return Response(status_code=204)


@router.delete("/me/sessions", status_code=204, response_class=Response)
def end_others(request: Request) -> Response:
    """End every other session of one's own."""
    accounts.end_others(desk(request).office, _entered(request))
    return Response(status_code=204)


@router.get("/accounts")
def find(
    request: Request, who: Who, role: Asked = None, state: Asked = None, limit: Limit = 50, after: After = ""
) -> AccountPage:
    """All accounts, for the operator."""
    where = {k: v for k, v in {"role": role, "state": state}.items() if v is not None}
    page = accounts.find(desk(request).office, who, Search(where, "", "created", limit, after))
    return AccountPage(items=tuple(AccountOut.model_validate(a) for a in page.items), next=page.next)


@router.post("/accounts", status_code=201)
def invite(request: Request, who: Who, given: AccountNew) -> Invited:
    """Invite somebody; the secret goes into the address /invite/SECRET, good for some days and once."""
    here = desk(request)
    made, secret = accounts.invite(
        here.office, who, given.email, given.name, given.role, here.clock.now(), here.settings.rules,
        organisation=given.organisation, body=given.body,
    )  # fmt: skip
    return Invited(account=AccountOut.model_validate(made), secret=secret)


@router.post("/accounts/{account}/invite")
def renew(request: Request, who: Who, account: InPath) -> Invited:
    """Invite again somebody who lost password or second factor; both are gone, and all sessions end."""
    here = desk(request)
    made, secret = accounts.renew(here.office, who, account, here.clock.now(), here.settings.rules)
    return Invited(account=AccountOut.model_validate(made), secret=secret)


@router.put("/accounts/{account}/role")
def assign(request: Request, who: Who, account: InPath, given: RoleIn) -> AccountOut:
    """Give an account another role: its sessions and tokens end."""
    here = desk(request)
    made = accounts.assign(
        here.office, who, account, given.role, here.clock.now(),
        organisation=given.organisation, body=given.body,
    )  # fmt: skip
    return AccountOut.model_validate(made)


@router.post("/accounts/{account}/close")
def close(request: Request, who: Who, account: InPath) -> AccountOut:
    """Close an account for good: its sessions end now."""
    here = desk(request)
    return AccountOut.model_validate(accounts.close(here.office, who, account, here.clock.now()))
