"""Who comes in: sign-in with throttling, sessions that end, and the step up for grave acts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil

from xenotime.core.errors import AccessError, AddressError, StateError
from xenotime.programme.access import Actor
from xenotime.programme.account import Account, Session, Tally
from xenotime.services.programme.office import Office
from xenotime.services.programme.people import passwords
from xenotime.services.programme.people.passwords import Rules, mark
from xenotime.services.programme.ports import Change, Search, View

#: An address may fail so many times more often than a name: many people can share one.
_SHARED = 10
#: A session's last use is written down at most so often [seconds].
_NOTED = 60
#: How often a counter is tried again when another sign-in changed it in between.
_RACES = 5


class ThrottleError(AccessError):
    """Too many failures: this name or address must wait `seconds`."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            "too many tries",
            where="sign-in",
            expected="a pause after several failures",
            found="another try at once",
            next_step="wait a while, then try again",
        )


@dataclass(frozen=True, slots=True)
class Entered:
    """A person who came in: the account, the session, and the cookie's secret when it was made now."""

    account: Account
    session: Session
    secret: str = ""


def settled(account: Account) -> bool:
    """Whether an account has all that its role asks for: the authority's people need a second factor.

    Who signs in by another's identity provider has the second factor there.
    """
    return account.role == "applicant" or bool(account.totp) or bool(account.subject)


def whole(entered: Entered) -> bool:
    """Whether this session may act: settled, and the second factor was given where there is one."""
    account = entered.account
    return settled(account) and (entered.session.strong or not (account.totp or account.subject))


def actor(entered: Entered, at: datetime, rules: Rules) -> Actor:
    """The actor that a session stands for; `fresh` for a while after the sign-in was proved."""
    account = entered.account
    fresh = whole(entered) and at < entered.session.fresh + rules.fresh
    return Actor(account.id, account.role, account.organisation, account.body, None, fresh)


def sign_in(
    office: Office, email: str, password: str, code: str, address: str, at: datetime, rules: Rules
) -> Entered:
    """A new session for who proved who they are. `address`: where the request came from.

    Raises AccessError in the same words whatever was wrong, and ThrottleError after several failures.
    """
    names = (f"name:{email.casefold().strip()}", f"address:{address}")
    take(office, names, at, rules)
    with office.store.view() as view:
        account = _named(view, email)
    good = passwords.right(account.password if account else "", password, rules)
    number = _code(office, account, code, at) if account else None
    if account is None or not good or number is None or account.state != "active":
        raise refused()
    return _enter(office, account, number, names, password, at, rules)


def _enter(
    office: Office,
    account: Account,
    number: int,
    names: tuple[str, str],
    password: str,
    at: datetime,
    rules: Rules,
) -> Entered:
    with office.store.change() as change:
        kept = change.hold(Account, account.id)
        used = kept.totp_step >= number > 0
        if used or kept.state != "active" or kept.password != account.password:
            raise refused()
        if passwords.stale(kept.password, rules):
            kept = replace(kept, password=passwords.hashed(password, rules))
        kept = change.put(replace(kept, totp_step=max(number, kept.totp_step)))
        _give_back(change, names)
        return _opened(change, kept, number > 0, at, rules)


def open_session(office: Office, account: Account, at: datetime, rules: Rules, *, strong: bool) -> Entered:
    """A new session for an account that was proved in another way: an invitation, an identity provider."""
    with office.store.change() as change:
        return _opened(change, change.get(Account, account.id), strong, at, rules)


def _opened(change: Change, account: Account, strong: bool, at: datetime, rules: Rules) -> Entered:
    made = passwords.secret(rules.draw)
    session = Session(mark(made), account.id, at, at, at, strong, passwords.secret(rules.draw))
    change.add(session)
    return Entered(account, session, made)


def again(
    office: Office, entered: Entered, password: str, code: str, address: str, at: datetime, rules: Rules
) -> Entered:
    """The same person proves it again, for a grave act: a new session takes the place of the old one."""
    names = (f"name:{entered.account.email}", f"address:{address}")
    take(office, names, at, rules)
    good = passwords.right(entered.account.password, password, rules)
    number = _code(office, entered.account, code, at)
    if not good or number is None:
        raise refused()
    made = _enter(office, entered.account, number, names, password, at, rules)
    return _instead(office, entered, made)


def _instead(office: Office, old: Entered, made: Entered) -> Entered:
    """A session proved again lives no longer in all than the one before it."""
    with office.store.change() as change:
        kept = change.hold(Session, made.session.id)
        session = change.put(replace(kept, created=old.session.created))
        _drop(change, old.session.id)
    return replace(made, session=session)


def strengthen(office: Office, entered: Entered, at: datetime, rules: Rules) -> Entered:
    """A session under a new id, with the second factor now given."""
    with office.store.change() as change:
        account = change.get(Account, entered.account.id)
        made = _opened(change, account, True, at, rules)
        _drop(change, entered.session.id)
    return made


def session_of(office: Office, cookie: str, at: datetime, rules: Rules) -> Entered | None:
    """Who a cookie stands for now; None if the session is none, is over, or its account is not active."""
    try:
        with office.store.view() as view:
            session = view.get(Session, mark(cookie))
            account = view.get(Account, session.account)
    except AddressError:
        return None
    if account.state != "active" or not _alive(session, at, rules):
        return None
    if (at - session.seen).total_seconds() > _NOTED:
        session = _seen(office, session, at)
    return Entered(account, session)


def _alive(session: Session, at: datetime, rules: Rules) -> bool:
    return at < session.seen + rules.idle and at < session.created + rules.absolute


def _seen(office: Office, session: Session, at: datetime) -> Session:
    try:
        with office.store.change() as change:
            return change.put(replace(session, seen=at))
    except (StateError, AddressError):  # another request noted it, or ended the session, at the same moment
        return session


def sign_out(office: Office, session: Session) -> None:
    """The session is over."""
    with office.store.change() as change:
        _drop(change, session.id)


def end_sessions(change: Change, account: str, but: str = "") -> int:
    """Every session of an account is over, but one; returns how many were."""
    found = 0
    for session in change.find(Session, Search({"account": account}, limit=1000)).items:
        if session.id != but:
            _drop(change, session.id)
            found += 1
    return found


def sweep(office: Office, at: datetime, rules: Rules) -> int:
    """Sessions that are over, and counters that are forgotten, leave the store; returns how many."""
    with office.store.change() as change:
        sessions = change.find(Session, Search(limit=1000)).items
        over = [s for s in sessions if not _alive(s, at, rules)]
        tallies = change.find(Tally, Search(limit=1000)).items
        old = [t for t in tallies if max(t.since, t.until) + rules.memory < at]
        for thing in (*over, *old):
            change.drop(type(thing), thing.id)
    return len(over) + len(old)


def _drop(change: Change, session: str) -> None:
    change.drop(Session, session)


def _named(view: View, email: str) -> Account | None:
    found = view.find(Account, Search({"email": email.casefold().strip()[:254]}, limit=1)).items
    return found[0] if found else None


def _code(office: Office, account: Account, code: str, at: datetime) -> int | None:
    """The step of the second factor; 0 where the account has none, None if the code is wrong or used."""
    if not account.totp:
        return 0
    shared = passwords.unseal(account.totp, office.keys.secret("totp"), account.id)
    return passwords.step(shared, code.replace(" ", ""), at, account.totp_step)


def refused() -> AccessError:
    """The one answer to a sign-in that failed, whatever was wrong."""
    return AccessError(
        "this sign-in is not right",
        where="sign-in",
        expected="the e-mail, password and code of an open account",
        found="a set that does not fit together",
        next_step="type them again, with a new code; or ask the operator for a new invitation",
    )


def take(office: Office, names: tuple[str, str], at: datetime, rules: Rules) -> None:
    """Count a try before it is made, for all instances, so that many at once cannot slip past.

    Raises ThrottleError while the name or the address has to wait.
    """
    left = [1]
    for _ in range(_RACES):
        try:
            with office.store.change() as change:
                held = [_tally(change, mark(name)) for name in names]
                left = [_left(tally, at) for tally in held]
                if max(left) > 0:
                    break
                for tally, name, most in zip(held, names, (rules.tries, rules.tries * _SHARED), strict=True):
                    _count(change, tally or Tally(mark(name), 0, at, at), most, at, rules)
        except StateError:  # another sign-in counted at the same moment: count again
            continue
        return
    raise ThrottleError(max(1, *left))


def _left(tally: Tally | None, at: datetime) -> int:
    """How long a name must wait [seconds, rounded up]; 0: not at all."""
    return 0 if tally is None or tally.until <= at else ceil((tally.until - at).total_seconds())


def _tally(change: Change, key: str) -> Tally | None:
    """The counter of a key, kept from others until the change ends."""
    try:
        return change.hold(Tally, key)
    except AddressError:
        return None


def _count(change: Change, before: Tally, tries: int, at: datetime, rules: Rules) -> None:
    old = max(before.since, before.until) + rules.memory < at
    count = 1 if old else before.count + 1
    over = max(0, count - tries + 1)
    pause = min(rules.longest, rules.wait * 2 ** (min(over, 20) - 1)) if over else rules.wait * 0
    after = replace(before, count=count, since=at, until=at + pause)
    if before.count or before.version:
        change.put(after)
    else:
        change.add(after)


def _give_back(change: Change, names: tuple[str, str]) -> None:
    """A try that was right: the name's failures are forgotten, and the address gets its try back."""
    if _tally(change, mark(names[0])):
        change.drop(Tally, mark(names[0]))
    address = _tally(change, mark(names[1]))
    if address:
        change.put(replace(address, count=max(0, address.count - 1), until=address.since))
