"""Watching: a list update or a change of owners reopens what it touches, by rule, and never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.properties.faults import disagreements

from xenotime.core.errors import AccessError, StateError
from xenotime.parties.listing.entry import ListedName, ListEntry, ListingEvent
from xenotime.programme.casework.case import Case
from xenotime.programme.profile import Line
from xenotime.programme.trust.certificate import Certificate
from xenotime.services.library import open_library
from xenotime.services.programme.casework import cases
from xenotime.services.programme.parties import watch
from xenotime.services.programme.people import organisations
from xenotime.services.programme.ports import Search
from xenotime.services.screening.desk import snapshot

LISTED = "Huntington Ingalls Industries, Inc."


def entry(name):
    return ListEntry(
        "inv/list", "1", (ListedName(name),), events=(ListingEvent("listed", date(2026, 11, 1), "n"),)
    )


def listing(town, name):
    """The town from now on, with an invented list that names somebody."""
    own = snapshot("inv/list", "An invented list", (entry(name),), date(2026, 11, 22))
    library = open_library(town.at.date(), own=lambda: (own,))
    town.office = replace(town.office, library=lambda _: library)


def certificate(town, number):
    with town.office.store.view() as view:
        return view.get(Certificate, number)


def of(town, **where):
    with town.office.store.view() as view:
        return view.find(Case, Search(where=where)).items


def test_nothing_new_is_nothing_done(town):
    town.granted(town.registered())
    with town.office.store.view() as view:
        before = view.head()
    assert watch.look(town.office, town.at) == ()
    with town.office.store.view() as view:
        assert view.head() == before


def test_a_new_listing_suspends_at_once_and_opens_a_case_that_says_why(town_over, store):
    town = town_over(store)
    case = town.granted(town.registered())
    listing(town, "Fernhill Motors GmbH")
    (noticed,) = watch.look(town.office, town.at)
    assert (noticed.what, noticed.follows, noticed.suspended) == (("certain",), "suspend", (case.subject,))
    held = certificate(town, case.subject)
    assert (held.state, held.changes[-1].case, held.changes[-1].by) == (
        "suspended",
        noticed.cases[0],
        "system:system",
    )
    (opened,) = of(town, kind="suspension")
    assert (opened.state, opened.subject) == ("suspended", case.subject)
    assert {"noticed.1", "plain_risk.1", "list_hit.1"} <= {f.id for f in opened.flags}
    assert [f.weight for f in opened.findings if f.kind == "list"] == ["stop"]
    assert disagreements(town.office) == []


def test_looking_twice_does_nothing_twice(town):
    town.granted(town.registered())
    listing(town, "Fernhill Motors GmbH")
    assert len(watch.look(town.office, town.at)) == 1
    with town.office.store.view() as view:
        before = view.head()
    assert watch.look(town.office, town.at + timedelta(hours=1)) == ()
    with town.office.store.view() as view:
        assert view.head() == before


def test_a_list_update_that_names_nobody_known_is_remembered_and_touches_nobody(town):
    case = town.granted(town.registered())
    listing(town, "Somebody Entirely Else Trading House")
    assert watch.look(town.office, town.at) == ()
    with town.office.store.view() as view:
        before = view.head()
    assert watch.look(town.office, town.at) == ()
    with town.office.store.view() as view:
        assert view.head() == before
    assert certificate(town, case.subject).state == "active"


def test_another_owner_opens_a_review_and_leaves_the_certificate(town):
    case = town.granted(town.registered())
    owners = [{"name": "Somebody Entirely Else Trading House", "share": "60", "country": "FR"}]
    organisations.edit(town.office, town.applicant, case.organisation, {"owners": owners}, town.at)
    (noticed,) = watch.look(town.office, town.at)
    assert (noticed.what, noticed.follows) == (("owners",), "review")
    (review,) = of(town, kind="review", subject=case.subject)
    assert [f.says for f in review.flags if f.blocks] == ["noticed by the watch: names or owners changed"]
    assert certificate(town, case.subject).state == "active"


def test_a_listed_owner_is_found_by_the_next_look(town):
    case = town.granted(town.registered())
    owners = [{"name": LISTED, "share": "60", "country": "US"}]
    organisations.edit(town.office, town.applicant, case.organisation, {"owners": owners}, town.at)
    (noticed,) = watch.look(town.office, town.at)
    assert (noticed.what, noticed.follows) == (("certain", "owners"), "suspend")


@pytest.mark.parametrize("rule", ["note", "review", "suspend"])
def test_the_profile_says_what_follows(town, rule):
    case = town.granted(town.registered())
    lines = {**town.office.profile.lines, "watch.certain": Line("watch.certain", rule, "", "", "M")}
    town.office = replace(town.office, profile=replace(town.office.profile, lines=lines))
    listing(town, "Fernhill Motors GmbH")
    (noticed,) = watch.look(town.office, town.at)
    assert noticed.follows == rule
    assert (certificate(town, case.subject).state == "suspended") is (rule == "suspend")
    assert len(of(town, kind="review", subject=case.subject)) == (rule == "review")


def test_a_case_that_is_open_already_takes_up_what_is_noticed(town):
    case = town.granted(town.registered())
    for share in ("60", "61"):
        owners = [{"name": "Somebody Entirely Else Trading House", "share": share, "country": "FR"}]
        organisations.edit(town.office, town.applicant, case.organisation, {"owners": owners}, town.at)
        watch.look(town.office, town.at)
    (review,) = of(town, kind="review", subject=case.subject)
    assert [f.id for f in review.flags if f.id.startswith("noticed")] == ["noticed.1", "noticed.2"]


def test_a_suspension_by_rule_is_lifted_when_all_that_was_noticed_is_settled(town):
    town.granted(town.registered())
    listing(town, "Fernhill Motors GmbH")
    (noticed,) = watch.look(town.office, town.at)
    o, key = town.office, noticed.cases[0]
    with pytest.raises(StateError, match="flags block"):
        cases.fire(o, town.approver(), key, "reinstate", town.at, {"reason": "too early"})
    town.settle(cases.view(o, town.officer, key, town.at).case)
    for flag in ("noticed.1", "list_hit", "plain_risk"):
        cases.unflag(o, town.officer, key, flag, "another company of that name", town.at)
    after = cases.fire(o, town.approver(), key, "reinstate", town.at, {"reason": "not the listed one"})
    assert after.state == "reinstated"
    assert certificate(town, after.subject).state == "active"


def test_only_officers_and_the_programme_itself_look(town):
    for actor in (town.applicant, town.auditor, town.approver(), town.customs):
        with pytest.raises(AccessError):
            watch.look(town.office, town.at, actor)


def test_a_near_hit_raises_a_flag_and_opens_a_review(town):
    case = town.granted(town.registered())
    listing(town, "Fernhil Motors")
    (noticed,) = watch.look(town.office, town.at)
    assert (noticed.what, noticed.follows, noticed.suspended) == (("probable",), "review", ())
    assert certificate(town, case.subject).state == "active"
    (review,) = of(town, kind="review", subject=case.subject)
    assert [f.weight for f in review.findings if f.kind == "list"] == ["concern"]
    assert [f.id for f in review.flags if f.blocks and f.lowered is None] == ["noticed.1"]
