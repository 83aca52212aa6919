from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from xenotime.parties.military.evidence import Subject
from xenotime.parties.military.weigh import weigh

ON = date(2026, 9, 1)


def classes(policy, *pool, site="", contract="", known=ON):
    scale = weigh(policy, Subject("p", site, contract), pool, ON, known)
    return [w.weight for w in scale.counted], [w.why[-1] for w in scale.unused]


@pytest.mark.parametrize(
    ("days", "weight"),
    [(0, "decisive"), (365, "decisive"), (366, "strong"), (730, "strong")],
)
def test_a_check_falls_one_class_the_day_after_it_ends(policy, piece, days, weight):
    check = piece("on_site_check", "civil", days, level="site", place="s")
    assert classes(policy, check, site="s") == ([weight], [])


def test_after_its_second_term_and_without_a_day_it_is_history(policy, piece):
    old = piece("on_site_check", "civil", 731, level="site", place="s")
    undated = piece("product_line", days=None)
    assert classes(policy, old, undated, site="s") == (
        [],
        ["731 days old, valid for 365 and 365 more: history only", "undated: history only"],
    )


def test_an_owner_on_a_list_of_military_users_weighs_by_its_share(policy, piece):
    owned = [
        piece("owned_by_listed", share=Decimal(share), source="owner on the Military End User (MEU) List")
        for share in ("50", "49.99")
    ]
    assert classes(policy, *owned) == (["strong", "supporting"], [])


@pytest.mark.parametrize(
    ("kind", "share", "weight"),
    [
        ("defence_revenue", "50", "strong"),
        ("defence_revenue", "49.99", "supporting"),
        ("defence_revenue", "10", "supporting"),
        ("defence_revenue", "9.99", "weak"),
        ("defence_revenue", None, "weak"),
        ("owned_by_listed", "100", "weak"),
        ("state_defence_owner", "50", "strong"),
        ("state_defence_owner", "49.99", "supporting"),
        ("state_defence_owner", None, "supporting"),
    ],
)
def test_a_share_has_the_class_of_its_band(policy, piece, kind, share, weight):
    assert classes(policy, piece(kind, share=None if share is None else Decimal(share))) == ([weight], [])


@pytest.mark.parametrize(
    ("listing", "source", "weight"),
    [
        ("us/meu", "", "decisive"),
        ("us-csl", "Military End User (MEU) List - Bureau of Industry and Security", "decisive"),
        ("us-csl", "Entity List", "weak"),
        ("cn/mofcom-2025-21", "", "weak"),
        ("", "", "weak"),
    ],
)
def test_only_a_list_of_military_users_decides(policy, piece, listing, source, weight):
    assert classes(policy, piece("listed", listing=listing, source=source)) == ([weight], [])


@pytest.mark.parametrize(
    ("confidence", "weight"),
    [
        ("O", "decisive"),
        ("T", "decisive"),
        ("P", "strong"),
        ("V", "supporting"),
        ("M", "weak"),
        ("?", "weak"),
        ("Z", "weak"),
    ],
)
def test_confidence_caps_the_class(policy, piece, confidence, weight):
    check = piece("on_site_check", "civil", level="site", place="s", confidence=confidence)
    assert classes(policy, check, site="s") == ([weight], [])


@pytest.mark.parametrize(
    ("site", "contract", "weight"),
    [("s", "", "strong"), ("", "", "supporting"), ("t", "", "weak"), ("s", "c", "strong"), ("", "c", "weak")],
)
def test_what_is_known_of_one_site_weighs_less_elsewhere(policy, piece, site, contract, weight):
    line = piece("product_line", level="site", place="s")
    assert classes(policy, line, site=site, contract=contract) == ([weight], [])


def test_civil_evidence_of_a_place_says_nothing_of_another(policy, piece):
    check = piece("on_site_check", "civil", level="site", place="s")
    assert classes(policy, check) == ([], ["speaks of site s only"])
    assert classes(policy, check, site="t") == ([], ["speaks of site s only"])


def test_what_was_not_known_or_is_of_a_later_day_is_not_used(policy, piece):
    late = piece("product_line", days=-5)
    assert classes(policy, late) == ([], ["not known yet on 2026-09-01"])
    assert classes(policy, late, known=ON + timedelta(days=30)) == ([], ["of a later day than 2026-09-01"])


def test_a_check_of_this_place_sets_aside_what_the_policy_lets_it(policy, piece):
    check = piece("on_site_check", "civil", level="site", place="s")
    owner = piece("state_defence_owner", share=Decimal(60))
    scale = weigh(policy, Subject("p", "s"), [check, piece("product_line"), owner], ON, ON)
    assert [w.evidence.kind for w in scale.counted] == ["on_site_check", "state_defence_owner"]
    assert [w.why[-1] for w in scale.aside] == [
        "kind.product_line.reaches = unless_checked: answered by the on-site check of site s, 2026-08-22"
    ]


def test_an_aged_check_and_a_check_of_another_site_set_nothing_aside(policy, piece):
    line = piece("product_line")
    for check in (
        piece("on_site_check", "civil", 400, level="site", place="s"),
        piece("on_site_check", "civil", level="site", place="t"),
        piece("on_site_check", "civil"),
    ):
        assert weigh(policy, Subject("p", "s"), [check, line], ON, ON).aside == ()


def test_the_users_own_word_stands_without_a_day(policy, piece):
    assert classes(policy, piece("self_declaration", "civil", None, confidence="own")) == (["supporting"], [])
