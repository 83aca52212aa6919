"""API tokens: whose, for what, how long, and never more than their person may."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from xenotime.core.errors import AccessError, AddressError, InputError
from xenotime.programme.access import RIGHTS, Actor
from xenotime.programme.account import Account, Token
from xenotime.services.programme.people import tokens
from xenotime.services.programme.people.passwords import Cost, Rules, mark

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
RULES = Rules(secrets.token_bytes, Cost(8, 1, 1))
CUSTOMS = Actor("A-customs", "customs")
DAY = timedelta(days=1)


@pytest.fixture
def desk(office):
    with office.store.change() as change:
        change.add(Account("A-customs", "c@example.com", "C", "customs", "active", AT, totp="00"))
    return office


def create(office, scopes=("usage.report",), until=AT + DAY, actor=CUSTOMS, title="press"):
    return tokens.create(office, actor, title, scopes, until, AT, RULES)


def test_a_token_stands_for_its_person_cut_down_to_its_scopes(desk):
    made, given = create(desk)
    actor = tokens.actor_of(desk, given, AT)
    assert (actor.id, actor.role, actor.scopes, actor.fresh) == (
        "A-customs", "customs", frozenset({"usage.report"}), False,
    )  # fmt: skip
    assert (made.id, given.startswith("xtk_"), given in repr(made)) == (mark(given), True, False)


@pytest.mark.parametrize(
    "scopes", [(), ("account.self",), ("account.manage",), ("no.verb",), ("usage.report", "case.open")]
)
def test_only_what_the_role_may_can_be_given(desk, scopes):
    with pytest.raises(InputError):
        create(desk, scopes)


@pytest.mark.parametrize("until", [AT, AT - DAY, AT + RULES.token + timedelta(seconds=1)])
def test_a_term_is_in_the_future_and_not_too_far(desk, until):
    with pytest.raises(InputError):
        create(desk, until=until)


def test_a_token_counts_from_its_making_to_its_end(desk):
    _, given = create(desk)
    assert tokens.actor_of(desk, given, AT + DAY - timedelta(seconds=1))
    for at in (AT - timedelta(seconds=1), AT + DAY):
        with pytest.raises(AccessError):
            tokens.actor_of(desk, given, at)


def test_every_bad_token_is_refused_in_the_same_words(desk):
    _, revoked = create(desk)
    tokens.revoke(desk, CUSTOMS, mark(revoked), AT)
    said = set()
    for given in (revoked, "xtk_guess", "", "\ud800"):
        with pytest.raises(AccessError) as caught:
            tokens.actor_of(desk, given, AT)
        said.add(str(caught.value))
    assert len(said) == 1


@pytest.mark.parametrize("change", [{"state": "closed"}, {"state": "invited"}, {"totp": ""}])
def test_a_token_ends_with_its_account(desk, change):
    _, given = create(desk)
    with desk.store.change() as made:
        made.put(replace(made.hold(Account, "A-customs"), **change))
    with pytest.raises(AccessError):
        tokens.actor_of(desk, given, AT)


def test_a_role_that_lost_a_right_takes_it_from_the_token(desk):
    _, given = create(desk, ("usage.report", "usage.read"))
    with desk.store.change() as made:
        made.put(replace(made.hold(Account, "A-customs"), role="auditor"))
    assert tokens.actor_of(desk, given, AT).scopes == {"usage.read"}


def test_a_token_of_another_is_none_of_ones_own(desk):
    made, _ = create(desk)
    with pytest.raises(AddressError):
        tokens.revoke(desk, Actor("A-other", "customs"), made.id, AT)
    assert tokens.own(desk, Actor("A-other", "customs")) == ()
    with desk.store.view() as view:
        assert view.get(Token, made.id).revoked is None


def test_every_scope_that_can_be_given_is_a_right():
    for role in ("applicant", "officer", "approver", "auditor", "customs", "operator"):
        assert set(tokens.scopes(role)) <= set(RIGHTS)
