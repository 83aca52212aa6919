"""Organisations: who registers, what they may change of themselves, and who sees what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xenotime.core.errors import AccessError, AddressError, InputError, StateError
from xenotime.programme.access import Actor
from xenotime.programme.account import Account
from xenotime.services.programme.casework import cases
from xenotime.services.programme.people import organisations
from xenotime.services.programme.ports import Search


def account(town, key):
    with town.office.store.change() as change:
        change.add(Account(key, f"{key}@example.org", "Ada Beispiel", "applicant", "active", town.at))


def test_an_account_that_registers_becomes_the_organisations_own_once(town):
    account(town, "A7")
    new = organisations.register(
        town.office, Actor("A7", "applicant"), "Fernhill KG", "DE", "exporter", town.at
    )
    with town.office.store.view() as view:
        assert view.get(Account, "A7").organisation == new.id
    with pytest.raises(StateError, match="already"):
        organisations.register(town.office, Actor("A7", "applicant"), "Other KG", "DE", "exporter", town.at)
    with pytest.raises(AccessError, match="already"):
        organisations.register(
            town.office, Actor("A7", "applicant", new.id), "Other KG", "DE", "both", town.at
        )
    found = organisations.find(town.office, town.officer, Search())
    assert [o.name for o in found.items] == ["Fernhill KG"]


@pytest.mark.parametrize(
    ("name", "country", "role"),
    [("", "DE", "both"), ("x" * 301, "DE", "both"), ("A", "DEU", "both"), ("A", "DE", "king")],
)
def test_a_registration_without_name_country_or_role_is_refused_whole(town, name, country, role):
    with pytest.raises(InputError):
        organisations.register(town.office, Actor("A7", "applicant"), name, country, role, town.at)
    assert organisations.find(town.office, town.officer, Search()).items == ()


def test_its_own_people_change_names_numbers_owners_and_add_sites_that_are_not_approved(town):
    held = town.registered()
    fields = {
        "address": "Road 7", "other_names": ["Fernhill"], "owners": [{"name": "Bo Beispiel", "share": "100"}],
        "sites": [{"id": held.sites[0].id, "name": "Renamed"}, {"name": "Plant South", "country": "DE"}],
        "products": [{"name": "Pump", "grams": {"Tb": 3}, "yearly": 5}],
    }  # fmt: skip
    after = organisations.edit(town.office, town.applicant, held.id, fields, town.at)
    assert (after.address, after.other_names, [o.name for o in after.owners]) == (
        "Road 7",
        ("Fernhill",),
        ["Bo Beispiel"],
    )
    assert [(s.name, s.since) for s in after.sites] == [
        ("Plant North", town.at.date()),
        ("Plant South", None),
    ]
    assert [(p.name, dict(p.grams)) for p in after.products] == [("Pump", {"Tb": 3})]


@pytest.mark.parametrize(
    "fields",
    [
        {"track": "civil"},
        {"state": "active"},
        {"evidence": []},
        {"steps": 0},
        {"name": ""},
        {"address": 7},
        {"address": "x" * 4000},
        {"other_names": "Fernhill"},
        {"owners": "all"},
        {"owners": [{"share": "5"}]},
        {"owners": [{"name": "x" * 301}]},
        {"products": "many"},
        {"sites": [{"name": "x"}] * 201},
    ],
)
def test_what_is_not_theirs_or_no_text_is_refused_and_nothing_is_changed(town, fields):
    held = town.registered()
    with pytest.raises(InputError):
        organisations.edit(town.office, town.applicant, held.id, fields, town.at)
    assert organisations.view(town.office, town.applicant, held.id).organisation == held


def test_officials_do_not_edit_for_it_and_strangers_learn_nothing(town):
    held = town.registered()
    stranger = Actor("A9", "applicant", "O-99999")
    for actor in (town.officer, town.approver(), town.auditor, town.customs, stranger):
        with pytest.raises(AccessError):
            organisations.edit(town.office, actor, held.id, {"address": "Road 7"}, town.at)
    said = []
    for key in (held.id, "O-77777"):
        with pytest.raises(AccessError) as refused:
            organisations.view(town.office, stranger, key)
        said.append(str(refused.value))
    assert said[0] == said[1]
    with pytest.raises(AddressError):
        organisations.view(town.office, town.officer, "O-77777")


def test_an_organisation_sees_what_it_has_and_no_vetting_of_itself(town):
    case = town.granted(town.registered())
    cases.flag(town.office, town.officer, case.id, "owners_unknown", "INTERNAL", town.at + timedelta(days=1))
    own = organisations.view(town.office, town.applicant, case.organisation)
    assert (own.full, own.vetted, own.unread) == (False, None, len(own.letters))
    assert {(c.flags, c.findings) for c in own.cases} == {((), ())}
    assert [c.number for c in own.certificates] == [case.subject]
    whole = organisations.view(town.office, town.auditor, case.organisation)
    assert whole.full
    assert whole.vetted.case == case.id
    assert {c.kind for c in whole.cases if c.findings} == {"registration", "certificate"}


def test_an_applicant_finds_only_the_own_organisation(town):
    town.registered("Ashgrove Pumps KG", account="A2")
    held = town.registered()
    assert organisations.find(town.office, town.applicant, Search()).items == (held,)
    assert len(organisations.find(town.office, town.auditor, Search()).items) == 2
    with pytest.raises(AccessError):
        organisations.find(town.office, town.operator, Search())
