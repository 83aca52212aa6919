"""Coming in, on both databases: counters that instances share, sessions that end, codes that work once."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from xenotime.core.errors import AccessError
from xenotime.programme.account import Account, Session, Tally
from xenotime.services.programme.people import entry, passwords
from xenotime.services.programme.people.entry import ThrottleError
from xenotime.services.programme.people.passwords import Cost, Rules
from xenotime.services.programme.ports import Search

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
RULES = Rules(secrets.token_bytes, Cost(8, 1, 1))
WORD, GUESS = "seven grey cranes", "a guess"


@pytest.fixture
def desk(office_over, store):
    """An office with an applicant and an officer."""
    office = office_over(store)
    shared = passwords.factor(secrets.token_bytes)
    sealed = passwords.seal(shared, office.keys.secret("totp"), "A-officer", secrets.token_bytes)
    kept = passwords.hashed(WORD, RULES)
    with store.change() as change:
        change.add(Account("A-applicant", "a@example.com", "A", "applicant", "active", AT, password=kept))
        change.add(
            Account("A-officer", "o@example.com", "O", "officer", "active", AT, password=kept, totp=sealed)
        )
    return office, pyotp.TOTP(shared)


def come(office, email="a@example.com", password=WORD, code="", address="1.2.3.4", at=AT):
    return entry.sign_in(office, email, password, code, address, at, RULES)


def outcome(office, **more):
    try:
        come(office, **more)
    except ThrottleError as error:
        return error.seconds
    except AccessError:
        return "refused"
    return "in"


def test_who_proves_it_is_in(desk):
    office, totp = desk
    assert come(office).account.id == "A-applicant"
    entered = come(office, "O@Example.com ", code=totp.at(AT))
    actor = entry.actor(entered, AT, RULES)
    assert (actor.role, actor.fresh, entry.whole(entered)) == ("officer", True, True)
    assert entry.actor(entered, AT + RULES.fresh, RULES).fresh is False


def test_the_store_keeps_no_cookie_and_no_password(desk):
    office, _ = desk
    entered = come(office)
    with office.store.view() as view:
        (session,) = view.find(Session, Search({"account": "A-applicant"})).items
        account = view.get(Account, "A-applicant")
    assert session.id == passwords.mark(entered.secret)
    assert entered.secret not in repr(session)
    assert WORD not in repr(account)


def test_one_code_lets_one_in_even_when_two_try_at_once(desk):
    office, totp = desk
    code = totp.at(AT)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: outcome(office, email="o@example.com", code=code), range(4)))
    assert found.count("in") == 1


def test_many_guesses_at_once_are_counted_before_they_are_tried(desk):
    office, _ = desk
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: outcome(office, password=f"guess {n}"), range(16)))
    assert found.count("refused") <= RULES.tries
    assert "in" not in found


def test_counters_are_shared_by_instances(desk, office_over, store):
    office, _ = desk
    other = office_over(store)
    found = [outcome(o, password=GUESS) for o in (office, other, office, other, office, other)]
    assert found == ["refused"] * 5 + [30]


def test_each_wait_is_twice_the_one_before_up_to_an_hour(desk):
    office, _ = desk
    at, waits = AT, []
    while len(waits) < 9:
        said = outcome(office, password=GUESS, at=at)
        if said != "refused":
            waits.append(said)
            at += timedelta(seconds=said)
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_a_sign_in_that_is_right_forgets_the_failures(desk):
    office, _ = desk
    for _ in range(4):
        outcome(office, password=GUESS)
    assert outcome(office) == "in"
    assert [outcome(office, password=GUESS) for _ in range(5)] == ["refused"] * 5


def test_failures_are_forgotten_after_a_day(desk):
    office, _ = desk
    for _ in range(5):
        outcome(office, password=GUESS)
    later = AT + RULES.memory + timedelta(hours=1, seconds=31)
    assert [outcome(office, password=GUESS, at=later) for _ in range(3)] == ["refused"] * 3


@pytest.mark.parametrize("state", ["invited", "locked", "closed"])
def test_only_an_open_account_comes_in(desk, state):
    office, _ = desk
    with office.store.change() as change:
        change.put(replace(change.hold(Account, "A-applicant"), state=state))
    assert outcome(office) == "refused"


def test_a_session_that_is_over_is_none(desk):
    office, _ = desk
    entered = come(office)
    assert entry.session_of(office, entered.secret, AT + RULES.idle - timedelta(seconds=1), RULES)
    assert entry.session_of(office, entered.secret, AT + 2 * RULES.idle, RULES) is None
    assert entry.session_of(office, "made up", AT, RULES) is None


def test_a_step_up_never_lengthens_a_session(desk):
    office, _ = desk
    entered = come(office)
    later = AT + timedelta(minutes=20)
    made = entry.again(office, entered, WORD, "", "1.2.3.4", later, RULES)
    assert (made.session.created, made.session.fresh, made.secret != entered.secret) == (AT, later, True)
    assert entry.session_of(office, entered.secret, later, RULES) is None


def test_what_is_over_is_swept(desk):
    office, _ = desk
    come(office)
    outcome(office, email="nobody@example.com", password=GUESS)
    assert entry.sweep(office, AT, RULES) == 0
    assert entry.sweep(office, AT + timedelta(days=2), RULES) == 3
    with office.store.view() as view:
        assert [view.find(kind, Search()).items for kind in (Session, Tally)] == [(), ()]


def test_the_authoritys_people_do_nothing_without_a_second_factor(desk):
    office, _ = desk
    with office.store.change() as change:
        change.put(replace(change.hold(Account, "A-officer"), totp=""))
    entered = come(office, "o@example.com")
    assert (entry.settled(entered.account), entry.whole(entered)) == (False, False)
