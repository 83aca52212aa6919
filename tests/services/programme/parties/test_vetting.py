"""Vetting: what each check finds, how it weighs, and that a page can draw it again from the case."""

from __future__ import annotations

import pytest

from xenotime.core.errors import AccessError, InputError
from xenotime.parties.owners.check import check
from xenotime.programme.profile import Line, Profile
from xenotime.report.figures.ownership import ownership
from xenotime.report.holders import charted
from xenotime.report.words import load
from xenotime.services.programme.casework import cases
from xenotime.services.programme.parties import vetting
from xenotime.services.programme.parties.dossier import dossier
from xenotime.services.programme.parties.vetting import Scale
from xenotime.services.programme.people import organisations

LISTED = "Huntington Ingalls Industries, Inc."


def owner(share, name=LISTED):
    return {"owners": [{"name": name, "share": share, "country": "US"}]}


def submitted(town, **form):
    case = town.register(**form)
    return cases.fire(town.office, town.applicant, case.id, "submit", town.at)


def found(case, kind):
    return [(f.weight, f.data["answer"]) for f in case.findings if f.kind == kind]


def test_a_clean_organisation_has_a_clear_finding_of_every_check(town):
    case = submitted(town)
    assert found(case, "list") == [("clear", "none")]
    assert found(case, "ownership") == [("clear", "not")] * 3
    assert found(case, "military") == [("clear", "no")]
    assert case.flags == ()


def test_every_name_is_put_to_the_lists(town):
    case = submitted(town, agents=["Ada Agent"], other_names=["Fernhill"])
    (finding,) = [f for f in case.findings if f.kind == "list"]
    assert set(finding.data["asked"]) == {"Fernhill Motors GmbH", "Erna Beispiel", "Ada Agent", "Plant North"}
    assert finding.data["lists"] == vetting.versions(town.office.library(town.at.date()))


@pytest.mark.parametrize(
    ("form", "who", "said"),
    [
        ({"owners": [{"name": LISTED, "share": "1", "country": "US"}]}, "owner", ("stop", "certain")),
        ({"agents": [LISTED]}, "agent", ("stop", "certain")),
        ({"other_names": [LISTED]}, "O-00001", ("concern", "probable")),  # it sits in another country
        ({"sites": [{"name": LISTED, "address": "Road 9", "country": "US"}]}, "site", ("stop", "certain")),
    ],
)
def test_a_listed_name_anywhere_is_found_with_its_explanation(town, form, who, said):
    case = submitted(town, **form)
    (finding,) = [f for f in case.findings if f.kind == "list"]
    assert (finding.weight, finding.data["answer"]) == said
    assert finding.data["party"].partition(":")[0] == who
    (hit,) = vetting.hits_of(finding)
    assert hit.match.entry_name == LISTED
    assert hit.match.how
    assert [f.id for f in case.flags] == ["list_hit.1"]


@pytest.mark.parametrize(
    ("share", "answer", "low"),
    [("49.99", "minority", "4999/10000"), ("50", "unverified", "1/2"), ("?", "unverified", "0")],
)
def test_ownership_is_exact_at_the_threshold_and_can_be_drawn_and_proved(town, share, answer, low):
    case = submitted(town, **owner(share))
    finding = next(f for f in case.findings if f.kind == "ownership" and f.data["rule"] == "mofcom-61")
    owned = vetting.owned_of(finding)
    held = owned.resolution.held[case.organisation]
    assert (finding.data["answer"], str(held.low)) == (answer, low)
    drawn = ownership(charted(owned.resolution, load()), load())
    assert ("Fernhill Motors" in drawn.body, LISTED[:10] in drawn.body) == (True, True)
    asked = dossier(organisations.view(town.office, town.officer, case.organisation).organisation, case)
    listed = {n.body: n.listed for n in owned.resolution.nodes}
    proof = finding.data["proof"]
    assert check(proof, asked.structure, listed, owned.rule, owned.resolution.listings) == ()
    assert check({**proof, "data": "0" * 64}, asked.structure, listed, owned.rule, owned.resolution.listings)


def test_an_unknown_share_raises_its_flag_and_a_known_one_lowers_it(town):
    case = submitted(town, **owner("?"))
    assert "owners_unknown.1" in [f.id for f in case.flags]
    cases.fire(town.office, town.officer, case.id, "return", town.at, {"reason": "shares"})
    cases.edit(town.office, town.applicant, case.id, owner("1"), town.at)
    case = cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    flag = next(f for f in case.flags if f.id == "owners_unknown.1")
    assert (flag.lowered, flag.why) == (town.at, "the checks no longer find it")


def test_what_was_settled_stays_settled_only_while_it_says_the_same(town):
    case = town.settle(submitted(town, **owner("10")))
    again = vetting.vet(town.office, town.officer, case.id, town.at)
    assert [f.settled for f in again.findings if f.kind == "list"] == ["looked at"]
    cases.fire(town.office, town.officer, case.id, "return", town.at, {"reason": "another owner"})
    other = {"owners": [*owner("10")["owners"], {"name": "Boeing Defense, Space & Security", "share": "1"}]}
    cases.edit(town.office, town.applicant, case.id, other, town.at)
    again = cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    lists = {f.data["party"]: f.settled for f in again.findings if f.kind == "list"}
    assert lists == {f"owner:{LISTED}": "looked at", "owner:Boeing Defense, Space & Security": ""}


def test_findings_that_others_made_stay_when_vetting_runs_again(town):
    case = submitted(town)
    assert [f.kind for f in vetting.merged((), case.findings)] == [f.kind for f in case.findings]
    foreign = case.findings[0].__class__("x", "return", "stop", "a gap", town.at)
    assert vetting.merged((foreign,), case.findings)[0] == foreign


def test_evidence_that_an_officer_adds_changes_the_military_verdict(town):
    held = town.registered()
    row = {
        "kind": "state_defence_owner",
        "military": True,
        "source": "a register",
        "day": "2026-10-01",
        "confidence": "O",
    }
    organisations.witness(town.office, town.officer, held.id, row, town.at)
    case = town.applied(held)
    verdict = vetting.verdict_of(next(f for f in case.findings if f.kind == "military"))
    assert verdict.truth is not False
    assert [w.evidence.kind for w in verdict.carried + verdict.against if w.evidence.military] == [
        row["kind"]
    ]
    with pytest.raises(InputError, match="no such kind"):
        organisations.witness(town.office, town.officer, held.id, {**row, "kind": "rumour"}, town.at)
    with pytest.raises(AccessError):
        organisations.witness(town.office, town.applicant, held.id, row, town.at)


def test_the_law_answers_for_each_item_of_the_application(town):
    case = town.applied(town.registered(), items=["1C905.b", "9Z999"])
    laws = {f.data["law"]["code"]: f.data["answer"] for f in case.findings if f.kind == "law"}
    assert laws == {"1C905.b": "licence", "9Z999": "unknown_code"}


def test_a_profile_line_says_how_an_answer_weighs_and_a_line_of_the_track_goes_first(town):
    lines = {
        "vetting.list.certain": Line("vetting.list.certain", "note", "", "", "M"),
        "military.vetting.list.certain": Line("military.vetting.list.certain", "stop", "", "", "M"),
    }
    profile = Profile("p", "", "", "", lines)
    said = [Scale(profile, track, town.at, {}).weight("list", "certain") for track in ("civil", "military")]
    assert said == ["note", "stop"]
    assert Scale(profile, "civil", town.at, {}).weight("list", "a word nobody foresaw") == "concern"


def test_only_officers_vet(town):
    case = submitted(town)
    for actor in (town.applicant, town.auditor, town.approver(), town.customs):
        with pytest.raises(AccessError):
            vetting.vet(town.office, actor, case.id, town.at)


def test_a_party_on_the_watch_list_takes_the_time_limit_away(town):
    held = town.registered()
    case = town.applied(held)
    cases.fire(town.office, town.officer, case.id, "accept", town.at)
    before = cases.view(town.office, town.officer, case.id, town.at)
    owners = {"owners": [{"name": "SUBARU Corporation", "share": "5", "country": "JP"}]}
    organisations.edit(town.office, town.applicant, held.id, owners, town.at)
    case = cases.fire(town.office, town.officer, case.id, "vet", town.at)
    after = cases.view(town.office, town.officer, case.id, town.at)
    assert "watch_listed.1" in [f.id for f in case.flags]
    decision = [next(r for r in seen.clocks if r.clock == "decision") for seen in (before, after)]
    assert [(r.unlimited, r.due is None) for r in decision] == [(False, False), (True, True)]


def test_a_vetting_prepared_before_a_change_counts_only_while_nothing_changed(town, monkeypatch):
    held = town.registered()
    case = town.applied(held)
    looked = []
    look = vetting.look
    monkeypatch.setattr(vetting, "look", lambda *args: looked.append(1) or look(*args))
    ready = vetting.prepared(town.office, case.id, town.at)
    owners = {"owners": [{"name": LISTED, "share": "5", "country": "US"}]}
    organisations.edit(town.office, town.applicant, held.id, owners, town.at)
    monkeypatch.setattr(vetting, "prepared", lambda *_: ready)
    after = vetting.vet(town.office, town.officer, case.id, town.at)
    assert (len(looked), found(after, "list")) == (2, [("stop", "certain")])
