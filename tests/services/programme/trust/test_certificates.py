from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import jwt
import pytest
from tests.services.programme.world import (
    APPROVER,
    AT,
    DAY,
    EXPORTER,
    OFFICER,
    STRANGER,
    USER,
    World,
    unmet,
)  # fmt: skip

from xenotime.core.errors import AccessError, AddressError, InputError, StateError
from xenotime.programme.access import PUBLIC, SYSTEM
from xenotime.programme.organisation import Organisation
from xenotime.programme.profile import Line
from xenotime.programme.trust.certificate import Certificate
from xenotime.seal import document, status
from xenotime.services.programme.ports import Search
from xenotime.services.programme.trust import certificates

LATER = AT + timedelta(days=10)


@pytest.fixture
def world(office, libraries):
    return World(replace(office, library=lambda _: libraries())).ready()


def stands(world, purpose, place, on=None):
    """Whether a place of the list published last (or at an instant) is set, as an outsider reads it."""
    keys = json.dumps(world.office.keys.document()).encode()
    text = certificates.status(world.office, purpose, on)
    return status.value(status.read(text, document.read(keys, world.office.authority.did)).bits, place)


def get(world):
    with world.office.store.view() as look:
        return look.get(Certificate, world.number)


def kinds(world):
    with world.office.store.view() as look:
        return [json.loads(leaf)["kind"] for _, leaf in look.events(subject=world.number)]


# ---- issued --------------------------------------------------------------------------------
def test_a_certificate_has_number_days_caps_credential_and_event(world):
    made = get(world)
    assert (made.number, made.state, made.serial) == ("XC-2026-0001", "active", 1)
    assert (made.valid_from, made.valid_until) == (DAY, date(2027, 11, 20))
    assert made.revocation_index >= 0
    assert made.suspension_index >= 0
    with world.office.store.view() as look:
        caps = {c.id: c.grams for c in look.caps({"certificate": made.number})}
    assert caps == {
        f"{made.number}/{element}/{year}": grams
        for element, grams in (("Dy", 10_000), ("Nd", 200_000), ("Eu", 500))
        for year in (2026, 2027)
    }
    assert kinds(world) == ["certificate.issued"]


def test_the_credential_verifies_with_an_independent_library_and_names_the_scope(world):
    text = certificates.credential(world.office, world.number)
    head = jwt.get_unverified_header(text)
    method = next(m for m in world.office.keys.document()["verificationMethod"] if m["id"] == head["kid"])
    key = jwt.PyJWK(method["publicKeyJwk"], algorithm="EdDSA").key
    claims = jwt.decode(text, key, algorithms=["EdDSA"], options={"verify_aud": False, "verify_iat": False})
    subject = claims["credentialSubject"]
    assert subject["number"] == world.number
    assert subject["yearlyGrams"] == {"Dy": 10_000, "Eu": 500, "Nd": 200_000}
    assert [s["name"] for s in subject["facilities"]] == ["Werk Nordhain"]
    assert claims["notice"].startswith("This certificate is a demonstration.")


def test_numbers_go_up_and_indexes_differ(world):
    first, second = get(world), world.certify()
    assert (first.number, second.number) == ("XC-2026-0001", "XC-2026-0002")
    assert first.revocation_index != second.revocation_index


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"sites": "S2; S3"}, "not approved: S3"),
        ({"sites": "elsewhere"}, "not approved: elsewhere"),
    ],
)
def test_only_approved_sites_are_certified(world, form, says):
    with pytest.raises(StateError, match=says):
        world.certify(**form)


@pytest.mark.parametrize(
    "form",
    [
        {"sites": ""}, {"items": []}, {"grams": {}}, {"end_uses": []}, {"grams": {"Dy": 0}},
        {"grams": {"Dy": 1.5}},
        {"grams": {"dy": 5}}, {"grams": {"Dy": True}}, {"grams": {"Dy": 10**13}},
        {"valid_until": "2040-01-01"},
        {"valid_from": "2027-05-01", "valid_until": "2027-04-30"}, {"valid_until": "soon"},
    ],
)  # fmt: skip
def test_a_form_without_a_whole_scope_or_with_other_days_is_refused(world, form):
    with pytest.raises(InputError):
        world.certify(**form)
    assert get(world).number == "XC-2026-0001"


def test_fewer_years_than_the_profile_gives_may_be_asked_for(world):
    longer = Line("certificate.years", 3, "says", "own", "own")
    profile = replace(world.office.profile, lines={**world.office.profile.lines, "certificate.years": longer})
    world.office = replace(world.office, profile=profile)
    ends = [world.certify(years=y).valid_until for y in ("1", "", "9")]
    assert ends == [date(2027, 11, 20), date(2029, 11, 20), date(2029, 11, 20)]


def test_an_organisation_that_is_not_active_gets_none(world):
    with world.office.store.change() as change:
        change.put(replace(change.hold(Organisation, "EU"), state="restricted"))
    with pytest.raises(StateError, match="restricted"):
        world.certify()


@pytest.mark.parametrize("actor", [OFFICER, USER, PUBLIC])
def test_only_an_approver_or_the_programme_signs(world, actor):
    case = world.case("certificate", "EU", {})
    with pytest.raises(AccessError), world.office.store.change() as change:
        certificates.issue(change, world.office, case, actor, AT)


def test_caps_above_the_certificate_come_from_the_profile(world):
    lines = {
        f"cap.{name}": Line(f"cap.{name}", grams, "says", "own", "own")
        for name, grams in (("organisation.Dy", 900), ("site.Dy", 800), ("country.DE.Dy", 700))
    }
    profile = replace(world.office.profile, lines={**world.office.profile.lines, **lines})
    world.office = replace(world.office, profile=profile)
    world.certify()
    verdict = world.decide(world.shipment({"Dy": 950}))
    said = {r.says.split(":")[0] for r in verdict.reasons if r.check == "quota"}
    assert verdict.answer == "refuse"
    assert said == {
        "cap organisation/EU/Dy/2026", "cap site/EU/S1/Dy/2026", "cap country/DE/Dy/2026",
    }  # fmt: skip


def test_a_cap_above_that_somebody_set_since_is_left_alone(world):
    line = Line("cap.organisation.Dy", 900, "says", "own", "own")
    profile = replace(world.office.profile, lines={**world.office.profile.lines, line.id: line})
    world.office = replace(world.office, profile=profile)
    world.certify()
    with world.office.store.change() as change:
        (cap,) = change.caps({"organisation": "EU", "element": "Dy", "year": 2026})
        change.set_cap(replace(cap, grams=50), AT, APPROVER.sign)
    world.certify()
    with world.office.store.view() as look:
        assert {c.grams for c in look.caps({"organisation": "EU", "element": "Dy", "year": 2026})} == {50}


# ---- suspended, reinstated, revoked --------------------------------------------------------
def test_a_suspension_counts_at_the_next_call_and_stands_in_the_list_at_once(world):
    place = get(world).suspension_index
    assert world.decide().answer == "allow"
    world.act(certificates.suspend, actor=OFFICER, reason="a diversion is looked into", case="C-9")
    assert unmet(world.decide()) == ["certificate"]
    assert stands(world, "suspension", place)
    world.act(certificates.reinstate, at=LATER)
    assert world.decide(at=LATER, shipment=world.shipment(on=LATER.date())).answer == "allow"
    assert not stands(world, "suspension", place)
    assert stands(world, "suspension", place, AT + timedelta(days=1))
    assert kinds(world) == ["certificate.issued", "certificate.suspended", "certificate.reinstated"]
    assert [c.state for c in get(world).changes] == ["active", "suspended", "active"]


def test_a_past_day_is_answered_from_what_was_kept(world):
    world.act(certificates.suspend, at=AT + timedelta(days=2))
    world.act(certificates.revoke, at=AT + timedelta(days=5))
    days = (-1, 0, 2, 4, 5)
    assert [get(world).state_on(DAY + timedelta(days=n)) for n in days] == [
        "not_yet", "active", "suspended", "suspended", "revoked",
    ]  # fmt: skip
    assert certificates.entry(world.office, world.number, DAY + timedelta(days=3)).state == "suspended"


def test_a_revocation_announced_for_later_comes_into_the_list_on_its_day(world):
    place, counts = get(world).revocation_index, datetime(2026, 12, 31, tzinfo=UTC)
    world.act(certificates.revoke, counts=counts)
    certificates.publish(world.office, AT)
    assert (get(world).state, stands(world, "revocation", place)) == ("active", False)
    certificates.publish(world.office, counts + timedelta(hours=1))
    certificates.publish(world.office, counts + timedelta(hours=2))
    assert (get(world).state, stands(world, "revocation", place)) == ("revoked", True)
    assert kinds(world) == ["certificate.issued", "certificate.revoked", "certificate.revoked"]


@pytest.mark.parametrize(
    ("acts", "last"),
    [
        ([], "reinstate"),
        (["suspend"], "suspend"),
        (["revoke"], "suspend"),
        (["revoke"], "revoke"),
    ],
)
def test_what_its_state_does_not_allow_cannot_be_done(world, acts, last):
    for act in acts:
        world.act(getattr(certificates, act))
    with pytest.raises(StateError):
        world.act(getattr(certificates, last))


def test_a_change_needs_a_reason_and_is_not_dated_back(world):
    with pytest.raises(StateError):
        world.act(certificates.suspend, reason=" ")
    with pytest.raises(StateError):
        world.act(certificates.revoke, counts=AT - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("act", "actor", "allowed"),
    [
        ("suspend", OFFICER, True), ("suspend", SYSTEM, True), ("suspend", USER, False),
        ("suspend", PUBLIC, False),
        ("revoke", OFFICER, False), ("revoke", USER, False), ("surrender", USER, True),
        ("surrender", STRANGER, False),
    ],
)  # fmt: skip
def test_who_may_change_a_certificate(world, act, actor, allowed):
    if allowed:
        assert world.act(getattr(certificates, act), actor=actor).state in ("suspended", "revoked")
        return
    with pytest.raises(AccessError):
        world.act(getattr(certificates, act), actor=actor)
    assert get(world).state == "active"


def test_after_an_appeal_a_revoked_certificate_is_issued_anew(world):
    old = get(world)
    world.act(certificates.revoke)
    back = world.act(certificates.reinstate, at=LATER, reason="the appeal was upheld")
    assert (back.state, back.serial, back.number) == ("active", 2, old.number)
    assert stands(world, "revocation", old.revocation_index)
    assert not stands(world, "revocation", back.revocation_index)
    assert back.credential != old.credential
    assert world.decide(world.shipment(on=LATER.date()), at=LATER).answer == "allow"


# ---- amended -------------------------------------------------------------------------------
def amend(world, verb=certificates.amend, **form):
    case = world.case("amendment", "EU", form, subject=world.number)
    with world.office.store.change() as change:
        return verb(change, world.office, case, APPROVER, LATER)


def test_an_amendment_has_a_new_serial_and_revokes_the_old_credential_only(world):
    old = get(world)
    new = amend(world, grams={"Dy": 500})
    assert (new.number, new.serial, new.state) == (old.number, 2, "active")
    assert new.scope.grams == {"Dy": 500, "Nd": 200_000, "Eu": 500}
    assert stands(world, "revocation", old.revocation_index)
    assert not stands(world, "revocation", new.revocation_index)
    assert new.suspension_index == old.suspension_index
    with world.office.store.view() as look:
        caps = {c.id: c.grams for c in look.caps({"certificate": old.number})}
    assert caps[f"{old.number}/Dy/2027"] == 500


def test_a_cap_lowered_under_what_is_used_stops_the_next_draw(world):
    world.decide(world.shipment({"Dy": 600}))
    amend(world, grams={"Dy": 500})
    assert unmet(world.decide(world.shipment({"Dy": 1}))) == ["quota"]


def test_a_site_can_be_dropped_and_added(world):
    world.certify(sites="S1; S2")
    assert amend(world, drop_sites=["S1"]).scope.sites == ("S2",)
    extended = amend(world, certificates.extend, sites=["S1"], grams={"Dy": 5, "Tb": 7}, items=["1C904"])
    assert extended.scope.sites == ("S2", "S1")
    assert extended.scope.grams == {"Dy": 10_005, "Nd": 200_000, "Eu": 500, "Tb": 7}
    assert extended.scope.items == ("1C905", "1C912", "1C904")
    assert extended.serial == 3


def test_the_last_site_cannot_be_dropped(world):
    with pytest.raises(InputError):
        amend(world, drop_sites=["S1"])
    assert get(world).serial == 1


def test_only_an_active_certificate_is_amended(world):
    world.act(certificates.suspend)
    with pytest.raises(StateError):
        amend(world, grams={"Dy": 500})


# ---- shown ---------------------------------------------------------------------------------
def test_the_register_shows_nothing_confidential(world):
    (row,) = certificates.public(world.office, Search({}), DAY).items
    assert (row.number, row.organisation, row.state, row.sites) == (
        world.number, "Nordhain Antriebe GmbH", "active", ("Werk Nordhain",),
    )  # fmt: skip
    assert {"grams", "end_uses", "conditions", "credential", "changes"}.isdisjoint(row.__slots__)
    assert certificates.public(world.office, Search({}), DAY - timedelta(days=1)).items == ()
    with pytest.raises(AddressError):
        certificates.entry(world.office, world.number, DAY - timedelta(days=1))


def test_a_page_of_the_register_asks_the_store_twice_however_long_it_is(world):
    """One question for the certificates, one for their holders."""
    from_one = counted(world)
    for _ in range(5):
        world.certify()
    world.certify("MU")
    assert (from_one, counted(world)) == (2, 2)


def counted(world):
    """How many questions a page of the register puts to the store."""
    asked = []

    class Counting:
        def __init__(self, look):
            self.look = look

        def find(self, *given):
            asked.append(given)
            return self.look.find(*given)

    class Store:
        @contextmanager
        def view(self):
            with world.office.store.view() as look:
                yield Counting(look)

    rows = certificates.public(replace(world.office, store=Store()), Search({}), DAY).items
    assert {r.organisation for r in rows} <= {"Nordhain Antriebe GmbH", "Zwieseler Doppelwerk AG"}
    return len(asked)


def test_a_holder_sees_the_own_certificates_only(world):
    assert certificates.view(world.office, USER, world.number).number == world.number
    assert [c.number for c in certificates.find(world.office, USER, Search({})).items] == [world.number]
    assert certificates.find(world.office, EXPORTER, Search({"organisation": "EU"})).items == ()
    for number in (world.number, "XC-2026-0999"):
        with pytest.raises(AccessError):
            certificates.view(world.office, STRANGER, number)


def test_no_list_was_published_before_the_first(world):
    with pytest.raises(AddressError):
        certificates.status(world.office, "suspension")
    certificates.publish(world.office, AT)
    assert not stands(world, "suspension", get(world).suspension_index)
    with pytest.raises(AddressError):
        certificates.status(world.office, "suspension", AT - timedelta(seconds=1))
