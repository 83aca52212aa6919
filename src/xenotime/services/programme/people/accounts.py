"""Accounts: invited by the operator, opened by their person, changed and closed with their sessions."""

from __future__ import annotations

import hmac
import unicodedata
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from xenotime.core.errors import AccessError, AddressError, InputError, StateError
from xenotime.programme import access
from xenotime.programme.access import ROLES, Actor
from xenotime.programme.account import Account, Session, Token
from xenotime.programme.organisation import Organisation
from xenotime.seal.event import Event
from xenotime.services.programme.office import Office
from xenotime.services.programme.people import entry, passwords
from xenotime.services.programme.people.entry import Entered
from xenotime.services.programme.people.passwords import Rules, mark
from xenotime.services.programme.ports import Change, Page, Search, View

INVITED, ACTIVE, CLOSED = "invited", "active", "closed"
#: Roles that a person can have.
PEOPLE = tuple(role for role in ROLES if role not in ("public", "system"))
LANGUAGES = ("en", "zh")
_NAME, _EMAIL = 200, 254


def invite(
    office: Office,
    actor: Actor,
    email: str,
    name: str,
    role: str,
    at: datetime,
    rules: Rules,
    *,
    organisation: str = "",
    body: str = "",
) -> tuple[Account, str]:
    """A new account that waits for its person, and the secret of the invitation, shown once.

    Raises AccessError, InputError for a role or organisation that does not fit, StateError for an e-mail
    that has an account.
    """
    access.require(actor, "account.manage")
    given = passwords.secret(rules.draw)
    account = Account(
        office.mint("account"), _email(email), _name(name), _role(role), INVITED, at,
        organisation=organisation, body=body, invite=mark(given), invited_until=at + rules.invite,
    )  # fmt: skip
    with office.store.change() as change:
        _fits(change, account)
        if change.find(Account, Search({"email": account.email}, limit=1)).items:
            raise StateError(
                "this e-mail has an account", where="email", next_step="change that one, or close it"
            )
        change.add(account)
        _told(change, "account.invited", account, actor, at)
    return account, given


def renew(office: Office, actor: Actor, account: str, at: datetime, rules: Rules) -> tuple[Account, str]:
    """A new invitation for an account whose person lost password or second factor; all sessions end."""
    access.require(actor, "account.manage")
    given = passwords.secret(rules.draw)
    with office.store.change() as change:
        kept = _other(change, actor, account)
        if kept.state == CLOSED:
            raise _closed()
        kept = change.put(
            replace(
                kept, state=INVITED, password="", totp="", totp_step=0, invite=mark(given),
                invited_until=at + rules.invite,
            )
        )  # fmt: skip
        entry.end_sessions(change, kept.id)
        _told(change, "account.renewed", kept, actor, at)
    return kept, given


def invited(office: Office, secret: str, at: datetime) -> Account:
    """The account that an invitation is for. Raises AddressError if it is none, used or too old."""
    with office.store.view() as view:
        return _invited(view, secret, at)


def _invited(view: View, secret: str, at: datetime) -> Account:
    found = view.find(Account, Search({"invite": mark(secret)}, limit=1)).items
    account: Account | None = found[0] if found else None
    until = account.invited_until if account else None
    if account is None or account.state != INVITED or until is None or at >= until:
        raise AddressError(
            "this invitation is not good",
            where="invitation",
            expected="one that is new and unused",
            found="none, or one that was used or is too old",
            next_step="ask the operator for another",
        )
    return account


def accept(office: Office, secret: str, password: str, at: datetime, rules: Rules) -> Account:
    """The account, opened with a password of its person's choice; the invitation is used up.

    Raises AddressError as `invited` does, InputError for a weak password.
    """
    account = invited(office, secret, at)
    _strong(office, account, password)
    made = passwords.hashed(password, rules)
    with office.store.change() as change:
        kept = change.hold(Account, _invited(change, secret, at).id)
        opened = change.put(replace(kept, state=ACTIVE, password=made, invite="", invited_until=None))
        _told(change, "account.opened", opened, Actor(opened.id, opened.role, opened.organisation), at)
    return opened


def change_password(
    office: Office, entered: Entered, old: str, new: str, at: datetime, rules: Rules, address: str = ""
) -> Account:
    """The account with a new password; its other sessions end. Raises AccessError if the old is wrong."""
    entry.take(office, (f"name:{entered.account.email}", f"address:{address}"), at, rules)
    if not passwords.right(entered.account.password, old, rules):
        raise entry.refused()
    _strong(office, entered.account, new)
    made = passwords.hashed(new, rules)
    with office.store.change() as change:
        kept = change.put(replace(change.hold(Account, entered.account.id), password=made))
        entry.end_sessions(change, kept.id, entered.session.id)
        _told(change, "account.password_changed", kept, _self(kept), at)
    return kept


def offered(office: Office, session: Session) -> str:
    """The second factor's secret that a session may set up: its own until it ends, and kept nowhere."""
    made = hmac.new(office.keys.secret("offer"), session.id.encode(), sha256).digest()[:20]
    return b32encode(made).decode()


def enrol(office: Office, entered: Entered, code: str, at: datetime, rules: Rules) -> Account:
    """The account with its second factor set, once a code of it is right; its other sessions end.

    Raises InputError for a wrong code.
    """
    shared = offered(office, entered.session)
    step = passwords.step(shared, code.replace(" ", ""), at, 0)
    if step is None:
        raise InputError(
            "this code is not right",
            where="code",
            expected="the six digits that the authenticator shows now",
            found="others",
            next_step="check the clock of the authenticator, and type the next code",
        )
    sealed = passwords.seal(shared, office.keys.secret("totp"), entered.account.id, rules.draw)
    with office.store.change() as change:
        kept = change.put(replace(change.hold(Account, entered.account.id), totp=sealed, totp_step=step))
        entry.end_sessions(change, kept.id, entered.session.id)
        _told(change, "account.factor_set", kept, _self(kept), at)
    return kept


def set_language(office: Office, account: str, language: str) -> Account:
    """The account with the language its person reads: en | zh."""
    if language not in LANGUAGES:
        raise InputError(
            "this language is not spoken here", where="language", expected="en or zh", found=language[:20]
        )
    with office.store.change() as change:
        kept = change.hold(Account, account)
        return change.put(replace(kept, language=language))


def assign(
    office: Office,
    actor: Actor,
    account: str,
    role: str,
    at: datetime,
    *,
    organisation: str = "",
    body: str = "",
) -> Account:
    """The account in another role; its sessions end, and its tokens are revoked.

    Nobody changes the own role. Raises AccessError, InputError, StateError.
    """
    access.require(actor, "account.manage")
    with office.store.change() as change:
        kept = replace(_other(change, actor, account), role=_role(role), organisation=organisation, body=body)
        if kept.state == CLOSED:
            raise _closed()
        _fits(change, kept)
        kept = change.put(kept)
        _cut(change, kept.id, at)
        _told(change, "account.assigned", kept, actor, at)
    return kept


def close(office: Office, actor: Actor, account: str, at: datetime) -> Account:
    """The account, closed for good: its sessions end now, and its tokens are revoked."""
    access.require(actor, "account.manage")
    with office.store.change() as change:
        kept = _other(change, actor, account)
        kept = change.put(replace(kept, state=CLOSED, password="", totp="", invite="", invited_until=None))
        _cut(change, kept.id, at)
        _told(change, "account.closed", kept, actor, at)
    return kept


def _cut(change: Change, account: str, at: datetime) -> None:
    entry.end_sessions(change, account)
    for token in change.find(Token, Search({"account": account}, limit=1000)).items:
        if token.revoked is None:
            change.put(replace(token, revoked=at))


def find(office: Office, actor: Actor, search: Search) -> Page:
    """Accounts, for the operator."""
    access.require(actor, "account.manage")
    with office.store.view() as view:
        return view.find(Account, search)


def active(office: Office) -> tuple[Account, ...]:
    """The open accounts, by role and name: for the demo's list of people to sign in as."""
    with office.store.view() as view:
        found: tuple[Account, ...] = view.find(Account, Search({"state": ACTIVE}, limit=100)).items
    return tuple(sorted(found, key=lambda a: (PEOPLE.index(a.role), a.name)))


def sessions(office: Office, account: str) -> tuple[Session, ...]:
    """The sessions of one's own account that are kept, newest first."""
    with office.store.view() as view:
        found: tuple[Session, ...] = view.find(Session, Search({"account": account}, limit=100)).items
    return tuple(sorted(found, key=lambda s: s.created, reverse=True))


def end_others(office: Office, entered: Entered) -> int:
    """Every other session of one's own account is over; returns how many were."""
    with office.store.change() as change:
        return entry.end_sessions(change, entered.account.id, entered.session.id)


def linked(office: Office, email: str, subject: str, at: datetime) -> Account:
    """The account of a person whom an identity provider vouches for: by subject, or an invited one by e-mail.

    The first such sign-in uses up the invitation and ties the account to the subject. Raises AccessError.
    """
    with office.store.change() as change:
        found = change.find(Account, Search({"subject": subject}, limit=1)).items
        if found and found[0].state == ACTIVE:
            known: Account = found[0]
            return known
        waiting = change.find(Account, Search({"email": _email(email)}, limit=1)).items
        if found or not waiting or waiting[0].state != INVITED or waiting[0].subject:
            raise entry.refused()
        until = waiting[0].invited_until
        if until is None or at >= until:
            raise entry.refused()
        kept = change.hold(Account, waiting[0].id)
        kept = change.put(replace(kept, state=ACTIVE, subject=subject, invite="", invited_until=None))
        _told(change, "account.linked", kept, _self(kept), at)
    return kept


def _strong(office: Office, account: Account, password: str) -> None:
    known: tuple[str, ...] = (account.email, account.name, office.authority.name)
    if account.organisation:
        with office.store.view() as view:
            known = (*known, view.get(Organisation, account.organisation).name)
    passwords.check(password, known)


def _other(change: Change, actor: Actor, account: str) -> Account:
    if account == actor.id:
        raise AccessError(
            "nobody changes the own account this way",
            where="account",
            expected="another operator",
            found="the account's own person",
            next_step="ask another operator",
        )
    kept: Account = change.hold(Account, account)
    return kept


def _fits(view: View, account: Account) -> None:
    """The authority's people belong to no organisation; an applicant may register one later."""
    if account.role != "applicant" and account.organisation:
        raise InputError(
            "this role and organisation do not go together",
            where="organisation",
            expected="no organisation for the authority's people",
            found=account.organisation,
            next_step="change one of the two",
        )
    if account.organisation:
        view.get(Organisation, account.organisation)
    if account.body and account.role != "approver":
        raise InputError("only approvers vote for a body", where="body", found=account.body[:100])


def _role(role: str) -> str:
    if role not in PEOPLE:
        raise InputError("no person has this role", where="role", expected=", ".join(PEOPLE), found=role[:40])
    return role


def _email(email: str) -> str:
    """An e-mail as it is kept: small letters, no spaces around. Raises InputError if it can be none."""
    text = unicodedata.normalize("NFKC", email).strip().casefold()
    local, _, domain = text.partition("@")
    plain = text.isprintable() and " " not in text and "@" not in domain
    if not (local and domain and plain and len(text) <= _EMAIL):
        raise InputError("this is no e-mail address", where="email", expected="name@domain", found=text[:80])
    return text


def _name(name: str) -> str:
    text = unicodedata.normalize("NFC", name).strip()
    if not (text and text.isprintable() and len(text) <= _NAME):
        raise InputError("this is no name", where="name", expected=f"1 to {_NAME} letters", found=text[:80])
    return text


def _closed() -> StateError:
    return StateError(
        "this account is closed",
        where="account",
        expected="an open one",
        found="closed",
        next_step="invite the person again",
    )


def _self(account: Account) -> Actor:
    return Actor(account.id, account.role, account.organisation, account.body)


def _told(change: Change, kind: str, account: Account, actor: Actor, at: datetime) -> None:
    data: Mapping[str, str] = {"role": account.role, "state": account.state, "body": account.body}
    change.log(Event(at, kind, account.id, account.organisation, actor.sign, data))
