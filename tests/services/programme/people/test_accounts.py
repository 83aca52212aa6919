"""Accounts: invited, opened, changed, closed; and who may not."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta

import pytest

from xenotime.core.errors import AccessError, AddressError, InputError, StateError
from xenotime.programme.access import Actor
from xenotime.programme.account import Account, Session, Token
from xenotime.programme.organisation import Organisation
from xenotime.services.programme.people import accounts, entry, tokens
from xenotime.services.programme.people.passwords import Cost, Rules
from xenotime.services.programme.ports import Search

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
RULES = Rules(secrets.token_bytes, Cost(8, 1, 1))
OPERATOR = Actor("A-op", "operator", fresh=True)
WORD = "seven grey cranes over the weir"


@pytest.fixture
def desk(office):
    with office.store.change() as change:
        change.add(Organisation("O1", "Invented Motors", "DE", "both", "active", "civil", AT, invented=True))
    return office


def invite(office, email="ada@example.com", role="officer", actor=OPERATOR, **more):
    return accounts.invite(office, actor, email, "Ada Invented", role, AT, RULES, **more)


def opened(office, **more):
    _, secret = invite(office, **more)
    account = accounts.accept(office, secret, WORD, AT, RULES)
    return account, entry.open_session(office, account, AT, RULES, strong=True)


def events(office):
    with office.store.view() as view:
        return [json.loads(body) for _, body in view.events()]


@pytest.mark.parametrize(
    "role", ["public", "applicant", "officer", "approver", "auditor", "customs", "system"]
)
def test_only_an_operator_manages_accounts(desk, role):
    actor = Actor("A-x", role, "O1" if role == "applicant" else "")
    for act in (
        lambda: invite(desk, actor=actor),
        lambda: accounts.assign(desk, actor, "A", "officer", AT),
        lambda: accounts.close(desk, actor, "A", AT),
        lambda: accounts.renew(desk, actor, "A", AT, RULES),
        lambda: accounts.find(desk, actor, Search()),
    ):
        with pytest.raises(AccessError):
            act()


def test_an_invitation_is_kept_as_a_hash_and_used_once(desk):
    made, secret = invite(desk)
    assert secret not in repr(made)
    assert accounts.invited(desk, secret, AT).id == made.id
    assert accounts.accept(desk, secret, WORD, AT, RULES).state == "active"
    with pytest.raises(AddressError):
        accounts.accept(desk, secret, WORD, AT, RULES)


def test_an_invitation_ends_with_its_term(desk):
    _, secret = invite(desk)
    last = AT + RULES.invite
    assert accounts.invited(desk, secret, last - timedelta(seconds=1))
    with pytest.raises(AddressError):
        accounts.invited(desk, secret, last)


def test_one_email_is_one_account_however_it_is_written(desk):
    invite(desk, "ada@example.com")
    with pytest.raises(StateError):
        invite(desk, " ADA@Example.COM ")


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "no address"},
        {"email": "a@b@c"},
        {"email": "x" * 250 + "@e.example"},
        {"email": "a\n@example.com"},
        {"role": "public"},
        {"role": "system"},
        {"role": "officer", "organisation": "O1"},
        {"role": "officer", "body": "board"},
    ],
)
def test_an_account_that_does_not_fit_is_refused_and_nothing_kept(desk, wrong):
    with pytest.raises(InputError):
        invite(desk, **wrong)
    assert accounts.find(desk, OPERATOR, Search()).items == ()


def test_an_applicant_of_nobody_known_is_refused(desk):
    with pytest.raises(AddressError):
        invite(desk, role="applicant", organisation="O9")


def test_a_password_with_the_organisations_name_alone_is_refused(desk):
    _, secret = invite(desk, role="applicant", organisation="O1")
    with pytest.raises(InputError):
        accounts.accept(desk, secret, "invented motors 1", AT, RULES)


def test_nobody_changes_the_own_account_as_operator(desk):
    account, _ = opened(desk, role="operator")
    actor = Actor(account.id, "operator")
    for act in (
        lambda: accounts.assign(desk, actor, account.id, "auditor", AT),
        lambda: accounts.close(desk, actor, account.id, AT),
        lambda: accounts.renew(desk, actor, account.id, AT, RULES),
    ):
        with pytest.raises(AccessError):
            act()


def _token(office, account):
    actor = Actor(account.id, account.role, account.organisation)
    return tokens.create(office, actor, "t", ["case.read"], AT + timedelta(days=1), AT, RULES)[0]


def left(office, account):
    with office.store.view() as view:
        sessions = view.find(Session, Search({"account": account.id})).items
        held = view.find(Token, Search({"account": account.id})).items
    return len(sessions), [t.revoked is None for t in held]


@pytest.mark.parametrize(
    ("act", "after"),
    [
        (lambda o, a: accounts.assign(o, OPERATOR, a.id, "auditor", AT), (0, [False])),
        (lambda o, a: accounts.close(o, OPERATOR, a.id, AT), (0, [False])),
        (lambda o, a: accounts.renew(o, OPERATOR, a.id, AT, RULES), (0, [True])),
    ],
)
def test_a_change_of_rights_ends_what_rests_on_them(desk, act, after):
    account, _ = opened(desk)
    _token(desk, account)
    act(desk, account)
    assert left(desk, account) == after


def test_a_renewed_account_opens_nothing_until_its_person_is_back(desk):
    account, _ = opened(desk, role="applicant", organisation="O1")
    actor = Actor(account.id, "applicant", "O1")
    _, secret = tokens.create(desk, actor, "t", ["case.read"], AT + timedelta(days=1), AT, RULES)
    accounts.renew(desk, OPERATOR, account.id, AT, RULES)
    with pytest.raises(AccessError):
        tokens.actor_of(desk, secret, AT)


def test_what_is_done_to_accounts_is_in_the_log_without_a_name(desk):
    account, _ = opened(desk)
    accounts.assign(desk, OPERATOR, account.id, "auditor", AT)
    accounts.close(desk, OPERATOR, account.id, AT)
    said = events(desk)
    assert [e["kind"] for e in said] == [
        "account.invited",
        "account.opened",
        "account.assigned",
        "account.closed",
    ]
    assert [word in json.dumps(said) for word in ("Ada", "ada@", "example.com")] == [False] * 3


def test_a_closed_account_cannot_be_had_again(desk):
    account, _ = opened(desk)
    accounts.close(desk, OPERATOR, account.id, AT)
    with pytest.raises(StateError):
        accounts.assign(desk, OPERATOR, account.id, "auditor", AT)
    with pytest.raises(StateError):
        accounts.renew(desk, OPERATOR, account.id, AT, RULES)
    with desk.store.view() as view:
        assert (view.get(Account, account.id).password, view.get(Account, account.id).totp) == ("", "")


def test_a_language_is_one_of_two(desk):
    account, _ = opened(desk)
    assert accounts.set_language(desk, account.id, "zh").language == "zh"
    with pytest.raises(InputError):
        accounts.set_language(desk, account.id, "<b>")


def test_the_offered_secret_is_the_sessions_own(desk):
    account, one = opened(desk)
    two = entry.open_session(desk, account, AT, RULES, strong=True)
    offers = [accounts.offered(desk, e.session) for e in (one, one, two)]
    assert (offers[0] == offers[1], offers[0] == offers[2], len(offers[0])) == (True, False, 32)
