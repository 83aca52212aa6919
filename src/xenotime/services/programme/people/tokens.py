"""API tokens: made by their person, shown once, kept as a hash, cut down to named verbs, good for a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from xenotime.core.errors import AccessError, AddressError, InputError, StateError
from xenotime.programme import access
from xenotime.programme.access import RIGHTS, Actor
from xenotime.programme.account import Account, Token
from xenotime.services.programme.office import Office
from xenotime.services.programme.people import entry, passwords
from xenotime.services.programme.people.passwords import Rules, mark
from xenotime.services.programme.ports import Search

#: What every token begins with, so that one left in a file is found by those who look for such.
PREFIX = "xtk_"
#: A token's last use is written down at most so often [seconds].
_NOTED = 3_600
_MOST = 50


def scopes(role: str) -> tuple[str, ...]:
    """The verbs that a token of this role can be given: what the role may do, but not making tokens.

    >>> "shipment.decide" in scopes("customs"), "account.self" in scopes("customs")
    (True, False)
    """
    return tuple(v for v, roles in RIGHTS.items() if role in roles and v != "account.self")


def create(
    office: Office,
    actor: Actor,
    title: str,
    wanted: Sequence[str],
    until: datetime,
    at: datetime,
    rules: Rules,
) -> tuple[Token, str]:
    """A new token of one's own account and its secret, shown this once.

    Raises AccessError for a token that would make another, InputError for scopes the role has not or a term
    that is too long, StateError when there are too many.
    """
    access.require(actor, "account.self")
    if actor.scopes is not None:
        raise AccessError(
            "a token makes no tokens", where="tokens", next_step="sign in, and make it yourself"
        )
    title = _title(title)
    _bounded(actor, wanted, until, at, rules)
    given = PREFIX + passwords.secret(rules.draw)
    token = Token(mark(given), actor.id, title, tuple(sorted(set(wanted))), at, until)
    with office.store.change() as change:
        held = change.find(Token, Search({"account": actor.id}, limit=1000)).items
        if sum(t.revoked is None and t.expires > at for t in held) >= _MOST:
            raise StateError("there are too many tokens", where="tokens", next_step="revoke those not used")
        change.add(token)
    return token, given


def _title(title: str) -> str:
    text = title.strip()
    if not (text and text.isprintable() and len(text) <= 100):
        raise InputError("this is no title", where="title", expected="1 to 100 letters", found=text[:40])
    return text


def _bounded(actor: Actor, wanted: Sequence[str], until: datetime, at: datetime, rules: Rules) -> None:
    allowed = scopes(actor.role)
    strange = sorted(set(wanted) - set(allowed))
    if strange or not wanted:
        raise InputError(
            "these scopes cannot be given",
            where="scopes",
            expected=", ".join(allowed),
            found=", ".join(strange)[:200] or "none",
            next_step="name some of those expected",
        )
    if not at < until <= at + rules.token:
        raise InputError(
            "this term cannot be given",
            where="expires",
            expected=f"a moment within {rules.token.days} days",
            found=until.isoformat(),
            next_step="choose a nearer one",
        )


def own(office: Office, actor: Actor) -> tuple[Token, ...]:
    """The tokens of one's own account, newest first."""
    access.require(actor, "account.self")
    with office.store.view() as view:
        found: tuple[Token, ...] = view.find(Token, Search({"account": actor.id}, limit=1000)).items
    return tuple(sorted(found, key=lambda t: t.created, reverse=True))


def revoke(office: Office, actor: Actor, token: str, at: datetime) -> Token:
    """A token of one's own account, revoked. Raises AddressError if it is none of one's own."""
    access.require(actor, "account.self")
    with office.store.change() as change:
        kept = change.hold(Token, token)
        if kept.account != actor.id:
            raise AddressError("there is no such token", where="tokens", next_step="see your list")
        return kept if kept.revoked else change.put(replace(kept, revoked=at))


def actor_of(office: Office, given: str, at: datetime) -> Actor:
    """Whom a token stands for, cut down to its scopes. Raises TokenError in the same words always."""
    try:
        with office.store.view() as view:
            token = view.get(Token, mark(given))
            account = view.get(Account, token.account)
    except AddressError:
        raise unknown() from None
    over = token.revoked is not None or not token.created <= at < token.expires
    if over or account.state != "active" or not entry.settled(account):
        raise unknown()
    if token.used is None or (at - token.used).total_seconds() > _NOTED:
        _used(office, token, at)
    allowed = frozenset(token.scopes) & frozenset(scopes(account.role))
    return Actor(account.id, account.role, account.organisation, account.body, allowed)


def _used(office: Office, token: Token, at: datetime) -> None:
    try:
        with office.store.change() as change:
            change.put(replace(token, used=at))
    except (StateError, AddressError):  # another request noted it at the same moment
        return


class TokenError(AccessError):
    """A token that stands for nobody."""


def unknown() -> TokenError:
    """The one answer to a token that is not good."""
    return TokenError(
        "this token is not good",
        where="Authorization",
        expected="a token that is known, in its term and not revoked",
        found="another",
        next_step="make a new one on your account page",
    )
