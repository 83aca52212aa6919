from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fixtures.cases import draft, form, organisation

from xenotime.programme.casework.criteria import allowed, unmet

CIVIL = {
    "vehicles", "wind", "drives", "electronics", "medical", "robots", "energy", "research", "civil_aircraft",
    "other_civil",
}  # fmt: skip


def missing(kinds, profile, kind="certificate", country="CN", track="civil", **answers):
    case = replace(draft(kinds[kind], track), form={**form(kinds[kind], track), **answers})
    return [
        line.id.removeprefix("criterion.") for line in unmet(case, profile, organisation(country=country))
    ]


def test_a_good_application_meets_every_criterion(kinds, profile):
    for kind in ("certificate", "extension", "general_licence", "individual_licence"):
        assert missing(kinds, profile, kind) == []


def test_who_will_not_be_reviewed_on_site_is_not_eligible(kinds, profile):
    # VE-10
    assert missing(kinds, profile, review_consent=False) == ["review_consent"]
    assert missing(kinds, profile, review_consent=None) == ["review_consent"]


@pytest.mark.parametrize(
    ("country", "uses", "eligible"),
    [
        ("CN", ["vehicles"], True),
        ("CN", ["military"], False),  # VE-12: civil end use only
        ("CN", ["vehicles", "military"], False),
        ("IN", ["military"], True),  # 82 FR 6218: India may be civil or military
        ("IN", ["vehicles", "military"], True),
        ("IN", ["nuclear"], False),
        ("IN", ["missile"], False),
        ("IN", ["chemical"], False),
        ("IN", ["biological"], False),
        ("JP", ["military"], False),
        ("", ["vehicles"], True),
        ("CN", [], False),
    ],
)
def test_end_uses_by_country_after_the_us_programme(kinds, veu, country, uses, eligible):
    found = missing(kinds, veu, country=country, end_uses=uses)
    assert found == ([] if eligible else ["end_use"])


def test_end_uses_after_the_reported_plan_are_civil_everywhere(kinds, cn):
    assert missing(kinds, cn, country="IN", end_uses=["military"]) == ["end_use"]
    assert (allowed(cn, "IN"), allowed(cn, "CN")) == (CIVIL, CIVIL)


def test_what_is_never_allowed_is_taken_out_of_what_a_profile_allows(veu):
    line = replace(veu.lines["end_use.military"], value=["military", "nuclear"])
    wide = replace(veu, lines={**veu.lines, line.id: line})
    assert allowed(wide, "IN") == CIVIL | {"military"}


def test_a_penalty_or_a_missing_paper_bars_a_grant(kinds, cn):
    assert missing(kinds, cn, penalties="administrative") == ["penalties"]
    assert missing(kinds, cn, "general_licence", controlled_foreigner=True) == ["controlled_foreigner"]
    assert missing(kinds, cn, "general_licence", channels="") == ["channels"]
    assert missing(kinds, cn, undertaking=[]) == ["undertaking"]


def test_items_that_are_never_eligible(kinds, veu):
    assert missing(kinds, veu, items=["1C901", "MT"]) == ["items"]


def test_an_exporter_may_apply_for_the_end_user(kinds, profile):
    # VE-14
    found = {c.id for c in next(f for f in kinds["certificate"].fields if f.id == "filed_by").choices}
    assert found == {"end_user", "exporter", "reexporter"}
    assert missing(kinds, profile, filed_by="exporter") == []


def test_both_tracks_meet_the_same_criteria(kinds, profile):
    assert missing(kinds, profile, track="military", review_consent=False) == ["review_consent"]
