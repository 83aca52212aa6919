from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from threading import Barrier
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.services.programme.world import (
    APPROVER,
    AT,
    CUSTOMS,
    DAY,
    EXPORTER,
    MAGNET,
    OFFICER,
    STRANGER,
    USER,
    World,
    unknown,
    unmet,
)  # fmt: skip

from xenotime.core.errors import AccessError, InputError, RepeatError
from xenotime.parties.listing.entry import ListedName, ListEntry, ListingEvent
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import Case, Condition
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.shipping.shipment import Item, Verdict
from xenotime.seal import receipt
from xenotime.seal.event import decode
from xenotime.services.programme.ports import Search
from xenotime.services.programme.shipping import counsel, shipments
from xenotime.services.programme.trust import certificates, licences
from xenotime.services.screening.desk import snapshot


@pytest.fixture
def world(office, libraries):
    return World(replace(office, library=lambda _: libraries())).ready()


@pytest.fixture
def veu(sqlite_store, office_over, libraries):
    """A world under the profile whose certificate alone suffices, with its conditions C4 to C10."""
    made = World(replace(office_over(sqlite_store, "veu"), library=lambda _: libraries())).settle()
    made.certify(conditions=made.conditions(made.office.profile, "C2", "C4", "C5", "C6", "C7", "C9", "C10"))
    return made


def free(world, cap):
    with world.office.store.view() as look:
        found = next(c for c in look.caps() if c.id == cap)
    return found.grams - found.held - found.used


def reserved(world):
    with world.office.store.view() as look:
        return {r.id for r in look.reservations({"state": "open"})}


# ---- allowed -------------------------------------------------------------------------------
def test_a_shipment_inside_everything_is_allowed_and_its_grams_are_held(world):
    verdict = world.decide()
    assert (verdict.answer, unmet(verdict), unknown(verdict)) == ("allow", [], [])
    assert (verdict.state, verdict.held) == ("reserved", {"Dy": 1000, "Nd": 9000})
    assert verdict.licence == world.licence
    assert free(world, f"{world.number}/Dy/2026") == 9_000
    assert free(world, f"{world.licence}/Dy") == 7_000
    assert reserved(world) == {verdict.id}


def test_the_law_of_the_day_needs_a_licence_and_the_certificate_covers_the_magnets(office, libraries):
    """Dysprosium magnets on 2 June 2025: the packaged book asks for a licence, a day before it came, none."""
    at = datetime(2025, 6, 2, 8, tzinfo=UTC)
    world = World(replace(office, library=libraries)).settle()
    world.certify(at=at)
    world.license(at=at)
    verdict = world.decide(world.shipment(on=date(2025, 6, 2)), at=at)
    assert (verdict.answer, verdict.law["outcome"]) == ("allow", "licence")
    assert (verdict.law["rule"], verdict.law["codes"]) == ("cn/mofcom-2025-18/1C905", MAGNET)
    assert verdict.law["hash"] == libraries(at.date()).law.hash
    before = datetime(2025, 4, 3, 8, tzinfo=UTC)
    early = world.decide(world.shipment(on=date(2025, 4, 3)), at=before)
    assert (early.answer, early.law["outcome"], early.state) == ("allow", "not_controlled", "none")


def test_the_verdict_lies_in_the_log_with_the_digest_of_what_never_changes(world):
    verdict = world.decide()
    with world.office.store.view() as look:
        kept = look.get(Verdict, verdict.id)
        (_, leaf), *_ = look.events(start=verdict.leaf, limit=1)
    index, event = decode(leaf)
    assert (kept, index, event.kind) == (verdict, verdict.leaf, "shipment.decided")
    assert event.data["digest"] == receipt.digest(shipments.body(verdict))
    settled = shipments.settle(world.office, EXPORTER, verdict.id, "commit", "s1", AT)
    assert shipments.body(settled) == shipments.body(verdict)


def test_every_reason_is_said_in_both_languages(world):
    verdict = world.decide(world.shipment(site="S2", end_use="radar"))
    assert all(r.says and any("\u4e00" <= c <= "\u9fff" for c in r.says_zh) for r in verdict.reasons)


def test_customs_and_the_end_user_may_ask_too(world):
    assert world.decide(actor=CUSTOMS).answer == "allow"
    assert world.decide(actor=USER).answer == "allow"


def test_the_licence_that_is_named_is_the_one_taken(world):
    other = world.license(users=("EU",))
    first = world.licence
    verdict = world.decide(world.shipment(licence=other.number))
    assert (verdict.licence, first) == (other.number, other.number)


def test_a_general_licence_goes_before_an_individual_one(world):
    general = world.licence
    world.license("individual_licence")
    assert world.decide().licence == general


# ---- idempotency ---------------------------------------------------------------------------
def test_the_same_key_gives_the_same_verdict_and_holds_nothing_twice(world):
    first = world.decide(key="one")
    assert world.decide(key="one") == first
    assert free(world, f"{world.number}/Dy/2026") == 9_000


def test_a_key_used_with_another_shipment_is_refused(world):
    world.decide(key="one")
    with pytest.raises(RepeatError):
        world.decide(world.shipment({"Dy": 2}), key="one")


def test_two_organisations_may_use_the_same_key(world):
    assert world.decide(key="one").id != world.decide(key="one", actor=USER).id


@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb"])
def test_a_key_is_needed(world, key):
    with pytest.raises(InputError):
        shipments.decide(world.office, EXPORTER, world.shipment(), key, AT)


# ---- access --------------------------------------------------------------------------------
@pytest.mark.parametrize("actor", [STRANGER, OFFICER, APPROVER, Actor("p", "public"), Actor("o", "operator")])
def test_nobody_else_may_ask(world, actor):
    with pytest.raises(AccessError):
        world.decide(actor=actor)


def test_others_see_neither_the_verdict_nor_that_it_is_there(world):
    verdict = world.decide()
    for key in (verdict.id, "verdict-none"):
        with pytest.raises(AccessError) as caught:
            shipments.view(world.office, STRANGER, key)
        assert key not in str(caught.value)
    assert shipments.view(world.office, USER, verdict.id) == verdict
    assert shipments.view(world.office, OFFICER, verdict.id) == verdict


def test_each_finds_only_the_own_shipments(world):
    verdict = world.decide()
    everybody = Search({})
    assert shipments.find(world.office, USER, everybody).items == (verdict,)
    assert shipments.find(world.office, EXPORTER, Search({"exporter": "EX"})).items == (verdict,)
    assert shipments.find(world.office, STRANGER, everybody).items == ()
    assert shipments.find(world.office, STRANGER, Search({"end_user": "EU"})).items == ()
    assert shipments.find(world.office, OFFICER, everybody).items == (verdict,)


# ---- refused, each reason once -------------------------------------------------------------
def suspended(world):
    world.act(certificates.suspend)


def revoked(world):
    world.act(certificates.revoke)


def unlicensed(world):
    world.act(licences.suspend, number=world.licence)


def put(world, key, **more):
    with world.office.store.change() as change:
        change.put(replace(change.hold(Organisation, key), **more))


def closed(world):
    put(world, "EX", state="closed")


NOTHING = {}
REFUSALS = [
    (suspended, {}, "certificate", "is suspended"),
    (revoked, {}, "certificate", "is revoked"),
    (None, {"certificate": "XC-2026-9999"}, "certificate", "no certificate of the number"),
    (None, {"end_user": "XX"}, "certificate", "no certificate of the number"),
    (None, {"exporter": "NN"}, "exporter", "not registered"),
    (closed, {}, "exporter", "the exporter is closed"),
    (None, {"on": DAY - timedelta(days=1)}, "date", "lies before today"),
    (None, {"on": DAY + timedelta(days=61)}, "date", "more than 60 days ahead"),
    (None, {"site": "S2"}, "site", "also if it belongs to the same company"),
    (None, {"end_use": "guided missiles"}, "end_use", "not in scope"),
    (None, {"route": ("CN", "FR")}, "route", "the route ends in FR"),
    (None, {"licence": "XG-2026-9999"}, "licence", "no licence of the exporter"),
    (unlicensed, {}, "licence", "does not fit: state"),
]


@pytest.mark.parametrize(("before", "more", "check", "says"), REFUSALS)
def test_what_is_not_met_refuses_says_so_and_holds_nothing(world, before, more, check, says):
    if before:
        before(world)
    verdict = world.decide(world.shipment(**more), actor=CUSTOMS)
    said = [r.says for r in verdict.reasons if r.check == check and r.met is False]
    assert verdict.answer == "refuse"
    assert any(says in text for text in said), said
    assert (verdict.state, verdict.reservation, reserved(world)) == ("none", "", set())


def test_an_item_outside_the_certificate_is_refused(world):
    metal = Item("1C904.a.1", {"Tb": 10})
    verdict = world.decide(world.shipment(items=(metal,)))
    assert verdict.answer == "refuse"
    assert {"item", "element"} <= set(unmet(verdict))


@pytest.mark.parametrize("on", [date(1990, 1, 1), date(2025, 4, 3), DAY - timedelta(days=1)])
def test_a_day_before_the_law_or_before_today_allows_nothing(world, on):
    verdict = world.decide(world.shipment(on=on))
    assert (verdict.answer, verdict.reservation) == ("refuse", "")
    assert "date" in unmet(verdict)


@pytest.mark.parametrize(
    "stated",
    [
        {"items": (Item(MAGNET, {"Dy": 1}, "L1", facts={"kind": "other"}),)},
        {
            "items": (Item(MAGNET, {"Dy": 1}, "L1", facts={"material": "none"}),),
            "route": ("US", "DE"),
        },
    ],
)
def test_what_is_stated_alone_sets_nothing_free_but_asks_a_person(world, stated):
    verdict = world.decide(world.shipment(certificate="none", **stated))
    assert verdict.law["outcome"] == "not_controlled"
    assert (verdict.answer, verdict.reservation) == ("refer", "")
    assert unknown(verdict) == ["law"]


def test_a_site_that_is_in_scope_but_no_longer_approved_is_refused(world):
    with world.office.store.view() as look:
        sites = look.get(Organisation, "EU").sites
    put(world, "EU", sites=tuple(replace(s, until=DAY) if s.id == "S1" else s for s in sites))
    assert unmet(world.decide()) == ["site"]


def test_a_country_on_the_way_that_the_certificate_does_not_name_is_refused(world):
    world.certify(countries=["NL"])
    named = world.shipment(route=("CN", "NL", "DE"))
    beyond = world.shipment(route=("CN", "SG", "NL", "DE"))
    assert world.decide(named).answer == "allow"
    assert unmet(world.decide(beyond)) == ["route"]


def test_a_short_cap_is_named_with_what_is_free_and_nothing_is_held(world):
    verdict = world.decide(world.shipment({"Dy": 8_001}))
    said = [r.says for r in verdict.reasons if r.check == "quota"]
    assert verdict.answer == "refuse"
    assert said == [f"cap {world.licence}/Dy: 8001 g of Dy asked, 8000 g free of 8000 g"]
    assert reserved(world) == set()


def test_a_listed_user_is_refused_by_the_law(world):
    put(world, "EU", name="Lockheed Martin Corporation", country="US", sites=())
    verdict = world.decide(world.shipment())
    assert verdict.answer == "refuse"
    assert "law" in unmet(verdict)
    assert verdict.law["outcome"] == "prohibited"


@pytest.mark.parametrize("fact", counsel.STRICTER)
def test_what_is_stated_against_the_shipment_is_never_covered(world, fact):
    verdict = world.decide(world.shipment(facts={fact: "yes"}))
    assert verdict.answer == "refuse"
    assert "end_use" in unmet(verdict)


def test_a_shipment_cannot_state_itself_out_of_a_condition(world):
    plain = world.decide(world.shipment())
    stated = world.decide(world.shipment(facts={"military_use": "no", "red_flag": "no"}))
    assert (plain.answer, stated.answer) == ("allow", "allow")
    with pytest.raises(InputError, match="cannot state this fact"):
        world.decide(world.shipment(facts={"origin_china": "no"}))
    with pytest.raises(InputError):
        world.decide(world.shipment(facts={"humanitarian": "perhaps"}))


# ---- referred ------------------------------------------------------------------------------
def test_what_nobody_knows_is_referred_opens_a_notice_and_holds_nothing(world):
    unread = Item("9Z999", {"Dy": 5})
    world.certify(items=["1C905", "9Z999"])
    world.license(items=["1C905", "9Z999"])
    verdict = world.decide(world.shipment(items=(unread,)))
    assert (verdict.answer, verdict.state, reserved(world)) == ("refer", "none", set())
    assert "law" in unknown(verdict)
    with world.office.store.view() as look:
        case = look.get(Case, verdict.case)
    assert (case.kind, case.state, case.subject, case.organisation) == ("notice", "open", verdict.id, "EU")


def test_a_restricted_exporter_needs_an_officer_for_each_shipment(world):
    put(world, "EX", state="restricted")
    verdict = world.decide()
    assert (verdict.answer, unknown(verdict)) == ("refer", ["exporter"])


@pytest.mark.parametrize(
    ("name", "answer", "says"),
    [
        ("Fernweh Spedition", "allow", "no list names any of the 3 parties"),
        ("Shield AI", "allow", "as the law's answer takes into account"),
        ("Illumina", "refer", "on a list in force, a person has to decide"),
        ("Lockhead Martin Corp", "refer", "may be on a list, a person has to settle it"),
        ("Lockheed Martin", "refuse", "as the law's answer takes into account"),
    ],
)
def test_every_named_party_is_screened(world, name, answer, says):
    """A listing that was stopped, one in force without a ban, a doubtful one, and one that bans."""
    verdict = world.decide(world.shipment(parties={"carrier": name}))
    assert verdict.answer == answer
    assert any(says in r.says for r in verdict.reasons if r.check == "parties")


def test_a_list_of_the_operators_own_refers_to_a_person(office, libraries):
    entry = ListEntry(
        "own/one", "1", (ListedName("Fernweh Spedition"),), events=(ListingEvent("listed", DAY, "notice"),)
    )
    own = snapshot("own/one", "A list of our own", (entry,), DAY)
    library = replace(libraries(), own=lambda: (own,))
    world = World(replace(office, library=lambda _: library)).ready()
    verdict = world.decide(world.shipment(parties={"carrier": "Fernweh Spedition"}))
    assert (verdict.answer, unknown(verdict)) == ("refer", ["parties"])


# ---- tracks --------------------------------------------------------------------------------
def military(world):
    """The military-linked user with a certificate of its own."""
    world.certify("MU")
    return world.shipment(end_user="MU")


def test_the_military_track_draws_nothing_under_a_general_licence(world):
    asked = military(world)
    verdict = world.decide(asked)
    assert verdict.answer == "refuse"
    assert {"track", "licence"} <= set(unmet(verdict))


def test_an_individual_licence_stands_behind_one_shipment_of_the_military_track(world):
    asked = military(world)
    made = world.license("individual_licence", users=("MU",), grams={"Dy": 5_000, "Nd": 50_000})
    verdict = world.decide(asked)
    assert (verdict.answer, verdict.licence, unmet(verdict)) == ("allow", made.number, [])
    assert unmet(world.decide(asked)) == ["licence", "track"]


def american(world):
    asked = military(world)
    with world.office.store.view() as look:
        sites = look.get(Organisation, "MU").sites
    put(world, "MU", country="US", sites=tuple(replace(s, country="US") for s in sites))
    world.license("individual_licence", users=("MU",), grams={"Dy": 5_000, "Nd": 50_000})
    return replace(asked, route=("CN", "US"))


def test_who_a_military_linked_user_is_stays_unknown_to_the_law_unless_stated(world):
    """Announcement 46 of 2024 bans American military users; being linked to one is not being one."""
    asked = american(world)
    open_ = world.decide(asked)
    assert (open_.answer, open_.law["outcome"], unknown(open_)) == ("refer", "undetermined", ["law"])
    stated = world.decide(replace(asked, facts={"military_user": "yes"}))
    assert (stated.answer, stated.law["outcome"], unmet(stated)) == ("refuse", "prohibited", ["law"])


#: Europium oxide that is stated to hold none of the seven elements of Announcement 18.
EUROPIUM = Item("1C912.b", {"Eu": 40, **dict.fromkeys(("Sm", "Gd", "Tb", "Dy", "Lu", "Sc", "Y"), 0)})


# ---- cases of validated end users, by id ---------------------------------------------------
def test_ve_01_a_plant_that_is_not_listed_is_not_covered(veu):
    assert "site" in unmet(veu.decide(veu.shipment(site="S2")))


def test_ve_02_nothing_moves_to_a_sister_plant_even_inside_the_company(veu):
    verdict = veu.decide(veu.shipment(exporter="EU", site="S2", route=("DE", "DE")), actor=USER)
    assert verdict.answer == "refuse"
    assert {"site", "condition:C2"} <= set(unmet(verdict))


def test_ve_04_conditions_do_not_bind_an_item_that_needs_no_licence_but_records_stay(veu):
    """Europium (Announcement 57) needs none on a day of its suspension; the suspended certificate does not
    matter.
    """
    veu.act(certificates.suspend)
    at = datetime(2026, 6, 1, 8, tzinfo=UTC)
    verdict = veu.decide(veu.shipment(items=(EUROPIUM,), on=at.date()), at=at)
    assert (verdict.answer, verdict.law["outcome"]) == ("allow", "not_controlled")
    assert {r.check for r in verdict.reasons} == {"date", "law", "parties"}
    assert (verdict.state, reserved(veu)) == ("none", set())
    with veu.office.store.view() as look:
        kept = look.find(Duty, Search({"subject": verdict.id})).items
    assert [(d.kind, d.due) for d in kept] == [("records", date(2031, 12, 31))]


def test_after_the_hinge_nobody_knows_and_a_person_has_to_look(world):
    """From 10 November 2026 on no act says whether Announcement 57 binds: the answer is not guessed."""
    world.license(items=["1C905", "1C912"], grams={"Eu": 500})
    verdict = world.decide(world.shipment(items=(EUROPIUM,)))
    assert (verdict.answer, verdict.law["outcome"], unknown(verdict)) == ("refer", "unverified", ["law"])


def test_what_the_shipment_leaves_open_is_not_taken_as_absent(world):
    verdict = world.decide(world.shipment(items=(Item("1C912.b", {"Eu": 40}),)))
    assert "law" in unknown(verdict)


def test_ve_08_without_a_written_agreement_beforehand_it_does_not_comply(veu):
    veu.record("undertaking")
    verdict = veu.decide()
    assert (verdict.answer, unmet(verdict)) == ("refer", ["condition:C6"])


def test_ve_07_an_agreed_period_gives_a_notice_that_is_due_that_many_days_after_shipping(veu):
    veu.record("undertaking")
    veu.record("notice_period", 30)
    verdict = veu.decide()
    assert (verdict.answer, unmet(verdict)) == ("allow", [])
    with veu.office.store.view() as look:
        (notice,) = look.find(Duty, Search({"subject": verdict.id})).items
    assert (notice.kind, notice.due, notice.organisation) == ("notice", DAY + timedelta(days=30), "EX")


def test_an_agreement_made_after_shipping_does_not_count(veu):
    veu.record("undertaking", signed=DAY)
    veu.record("notice_period", 30, signed=DAY)
    tomorrow = AT + timedelta(days=1)
    late = veu.decide(veu.shipment(on=DAY), at=tomorrow)
    assert "date" in unmet(late)
    assert veu.decide(veu.shipment(on=tomorrow.date()), at=tomorrow).answer == "allow"


def test_c5_an_undertaking_to_another_exporter_is_none(veu):
    with veu.office.store.view() as look:
        assert look.find(Duty, Search({"kind": "undertaking"})).items == ()
    assert "condition:C5" in unmet(veu.decide())


def test_ve_09_a_removal_with_a_forward_date_covers_until_the_day_before(veu):
    veu.record("undertaking")
    veu.record("notice_period", 30)
    until = datetime(2026, 12, 31, tzinfo=UTC)
    veu.act(certificates.revoke, counts=until)
    assert veu.decide(veu.shipment(on=date(2026, 12, 30))).answer == "allow"
    assert unmet(veu.decide(veu.shipment(on=date(2026, 12, 31)))) == ["certificate"]
    after = datetime(2027, 1, 2, 8, tzinfo=UTC)
    assert "certificate" in unmet(veu.decide(veu.shipment(on=after.date()), at=after))


def test_ve_13_no_transfer_inside_the_country_to_somebody_else(veu):
    verdict = veu.decide(veu.shipment(exporter="EU", end_user="XX", route=("DE", "DE")), actor=USER)
    assert verdict.answer == "refuse"
    assert "certificate" in unmet(verdict)


def test_a_condition_that_no_test_knows_waits_for_a_person(world):
    odd = Condition("Q1", "holder", "guess", "", "", "shipment", "refuse", "says")
    world.certify(conditions=(odd,))
    verdict = world.decide()
    assert (verdict.answer, unknown(verdict)) == ("refer", ["condition:Q1"])


# ---- bounds --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "more",
    [
        {"items": ()},
        {"items": (Item(MAGNET, {"Dy": 0}),)},
        {"items": (Item(MAGNET, {"Dy": -1}),)},
        {"items": (Item(MAGNET, {"Dy": 1.5}),)},
        {"items": (Item(MAGNET, {"Dy": True}),)},
        {"items": (Item(MAGNET, {"dysprosium": 1}),)},
        {"items": (Item("", {"Dy": 1}),)},
        {"items": tuple(Item(MAGNET, {"Dy": 1}) for _ in range(101))},
        {"route": ("CN",)},
        {"route": ("CN", "germany")},
        {"end_use": "x" * 201},
        {"value": "1e9"},
        {"parties": {"Weird Role!": "X"}},
        {"parties": {"carrier": "..."}},
        {"note": "x" * 2001},
    ],
)
def test_a_shipment_that_cannot_be_asked_about_is_an_input_error(world, more):
    with pytest.raises(InputError):
        world.decide(world.shipment(**more))


def test_the_digest_is_that_of_an_independent_canonical_form(world):
    verdict = world.decide(
        world.shipment(note='Über 北方 \u2028 "quoted" \\', parties={"carrier": "Müller & Söhne"})
    )
    plain = json.loads(json.dumps(shipments.body(verdict)))
    assert (
        receipt.digest(plain)
        == sha256(
            json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        ).hexdigest()
    )


# ---- racing, on both databases -------------------------------------------------------------
@pytest.fixture
def shared(store, office_over, libraries):
    """A world that threads share, on each kind of database, with ids that no two threads are given."""
    office = replace(
        office_over(store), library=lambda _: libraries(), mint=lambda kind: f"{kind}-{uuid4().hex}"
    )
    return World(office).ready()


def at_once(count, act):
    """What each of some threads got, all begun together."""
    gate = Barrier(count)

    def run(number):
        gate.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def ask(world, key, grams=1_000):
    return shipments.decide(world.office, EXPORTER, world.shipment({"Dy": grams}), key, AT)


def test_whoever_races_never_draws_more_than_the_cap(shared):
    found = at_once(6, lambda n: [ask(shared, f"{n}/{m}").answer for m in range(3)])
    answers = [a for several in found for a in several]
    assert sorted(answers) == ["allow"] * 8 + ["refuse"] * 10
    assert free(shared, f"{shared.licence}/Dy") == 0
    assert free(shared, f"{shared.number}/Dy/2026") == 2_000


def test_whoever_repeats_a_key_at_once_gets_one_answer(shared):
    found = at_once(6, lambda _: ask(shared, "same"))
    assert {v.id for v in found} == {found[0].id}
    assert free(shared, f"{shared.number}/Dy/2026") == 9_000


def test_a_key_repeated_at_once_settles_once(shared):
    verdict = ask(shared, "one")
    found = at_once(
        4, lambda _: shipments.settle(shared.office, EXPORTER, verdict.id, "commit", "s", AT).state
    )
    assert found == ["committed"] * 4
    with shared.office.store.view() as look:
        assert [e.kind for e in look.entries(reservation=verdict.id)].count("commit") == 2


def test_nothing_is_allowed_after_a_suspension_that_races_the_draws(shared):
    def act(number):
        if number == 0:
            shared.act(certificates.suspend, actor=OFFICER)
            return
        for turn in range(8):
            ask(shared, f"{number}/{turn}", 1)

    at_once(4, act)
    with shared.office.store.view() as look:
        events = [decode(leaf)[1] for _, leaf in look.events()]
    kinds = [(e.kind, e.data.get("answer")) for e in events]
    after = kinds[kinds.index(("certificate.suspended", None)) :]
    assert ("shipment.decided", "allow") not in after
    assert ask(shared, "last", 1).answer == "refuse"


# ---- properties ----------------------------------------------------------------------------
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["S1", "S2"]),
    st.sampled_from(["traction motors", "pumps"]),
    st.sampled_from(["1C905.a.4", "1C904.a.4"]),
    st.dictionaries(st.sampled_from(["Dy", "Nd", "Tb"]), st.integers(1, 20_000), min_size=1),
)
def test_a_wider_scope_never_turns_allow_into_refuse(world, site, use, code, grams):
    """The same shipment under a certificate with every site, use and code, and more grams."""
    if not getattr(world, "wide", ""):
        narrow = world.number
        wide = world.certify(
            sites="S1; S2", items=["1C904", "1C905", "1C912"], end_uses=["traction motors", "pumps"],
            grams={"Dy": 10**9, "Nd": 10**9, "Eu": 10**9, "Tb": 10**9},
        )  # fmt: skip
        world.license(items=["1C904", "1C905"], grams={"Dy": 10**9, "Nd": 10**9, "Tb": 10**9})
        world.wide, world.number = wide.number, narrow
    asked = world.shipment(site=site, end_use=use, items=(Item(code, grams),))
    before = world.decide(asked)
    after = world.decide(replace(asked, certificate=world.wide))
    assert (before.answer, after.answer) != ("allow", "refuse")
    assert set(unmet(after)) <= set(unmet(before))
    for verdict in (before, after):
        if verdict.state == "reserved":
            shipments.settle(world.office, EXPORTER, verdict.id, "release", f"r{verdict.id}", AT)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 4_000), min_size=1, max_size=8))
def test_splitting_a_shipment_never_passes_a_cap_that_the_whole_would_not(world, parts):
    world.license(grams={"Dy": 10_000})
    asked = [world.decide(world.shipment({"Dy": g}, licence=world.licence)) for g in parts]
    allowed = [v for v in asked if v.answer == "allow"]
    drawn = sum(v.held["Dy"] for v in allowed)
    assert drawn <= 10_000
    for verdict in allowed:
        shipments.settle(world.office, EXPORTER, verdict.id, "release", f"r{verdict.id}", AT)
    whole = world.decide(world.shipment({"Dy": drawn}, licence=world.licence)) if drawn else None
    if whole:
        assert whole.answer == "allow"
        shipments.settle(world.office, EXPORTER, whole.id, "release", f"r{whole.id}", AT)


def test_a_route_that_does_not_end_at_the_site_is_refused_although_the_law_asks_nothing(world):
    verdict = world.decide(world.shipment(route=("CN", "CN")))
    assert (verdict.answer, [r.check for r in verdict.reasons if r.met is False]) == ("refuse", ["route"])
