from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xenotime.parties.military.evidence import Evidence, Subject
from xenotime.parties.military.grade import grade, judge

ON = date(2026, 9, 1)


def short(verdict):
    return verdict.word, verdict.line


def test_nothing_known_is_unknown_and_names_what_to_ask(answer):
    verdict = answer()
    assert (short(verdict), verdict.known) == (("unknown", "silent"), False)
    assert [(c.what, c.answer) for c in verdict.changes] == [
        ("a dated on-site check of the company: civil", "no"),
        ("a dated on-site check of the company: military", "yes"),
        ("the defence share of revenue for 2025: 0 %", "no"),
        ("the defence share of revenue for 2025: 50 % or more", "yes"),
        ("a dated declaration of the party: civil", "no"),
        ("a dated declaration of the party: military", "yes"),
    ]


def test_a_bare_declaration_gives_no_only_while_nothing_stands_against_it(answer, piece):
    civil = piece("self_declaration", "civil")
    assert short(answer(civil)) == ("no", "declared")
    assert short(answer(civil, piece("shared_manager"))) == ("no", "declared")
    assert short(answer(civil, piece("product_line"))) == ("unknown", "divided")
    disputed = answer(civil, piece("defence_revenue", share=Decimal(60)))
    assert short(disputed) == ("unknown", "disputed")
    assert [w.evidence.kind for w in (*disputed.carried, *disputed.against)] == [
        "defence_revenue",
        "self_declaration",
    ]


def test_two_strong_pieces_of_different_source_outweigh_a_declaration(answer, piece):
    revenue = piece("defence_revenue", share=Decimal(60))
    owner = piece("state_defence_owner", share=Decimal(51))
    civil = piece("self_declaration", "civil")
    verdict = answer(revenue, owner, civil)
    assert (short(verdict), len(verdict.carried)) == (("yes", "twice"), 2)
    assert short(answer(revenue, replace(owner, source=revenue.source), civil)) == ("unknown", "disputed")


def test_a_declaration_ages_and_then_carries_nothing(answer, piece):
    assert short(answer(piece("self_declaration", "civil", 365))) == ("no", "declared")
    aged = answer(piece("self_declaration", "civil", 366))
    assert (short(aged), [w.weight for w in aged.stale]) == (("unknown", "thin"), ["weak"])
    assert ("the party's own word (self_declaration source, 2025-08-31), renewed", "no") in [
        (c.what, c.answer) for c in aged.changes
    ]


def test_a_list_of_military_users_is_not_answered_by_any_check(answer, piece):
    listed = piece("listed", days=4000, listing="us/meu")
    check = piece("on_site_check", "civil", level="site", place="s")
    verdict = answer(listed, check, site="s")
    assert (short(verdict), verdict.aside) == (("yes", "named"), ())
    assert [(c.what, c.answer) for c in verdict.changes] == [
        ("listing (listed source, 2015-09-19) no longer standing", "no")
    ]


def test_a_mixed_group_and_its_civil_site_have_answers_of_their_own(answer, piece):
    pool = (
        piece("defence_revenue", share=Decimal(38)),
        piece("product_line", level="site", place="yard"),
        piece("on_site_check", "civil", level="site", place="mill"),
        piece("self_declaration", "civil"),
    )
    assert short(answer(*pool)) == ("unknown", "divided")
    mill = answer(*pool, site="mill")
    assert short(mill) == ("no", "checked")
    assert [w.evidence.kind for w in mill.aside] == ["product_line"]
    assert [w.evidence.kind for w in mill.against] == ["defence_revenue"]
    assert short(answer(*pool, site="yard")) == ("unknown", "disputed")
    assert short(answer(*pool[:3], site="yard")) == ("yes", "strong")
    assert short(answer(*pool, site="other")) == ("unknown", "divided")


@pytest.mark.parametrize("strong", ["defence_revenue", "on_site_check"])
def test_a_visit_to_a_civil_site_does_not_answer_strong_evidence_on_its_user(answer, piece, strong):
    visit = piece("on_site_check", "civil", level="site", place="mill")
    user = piece(strong, share=Decimal(60))
    assert short(answer(user, visit)) == ("yes", "strong")
    assert short(answer(user, visit, site="mill")) == ("unknown", "disputed")


def test_a_list_of_a_military_complex_is_a_red_flag_and_no_list_of_military_users(answer, piece):
    company = "Non-SDN Chinese Military-Industrial Complex Companies List"
    users = "Military End User (MEU) List"
    civil = piece("self_declaration", "civil")
    assert short(answer(piece("listed", source=users), civil)) == ("yes", "named")
    assert short(answer(piece("listed", source=company), civil)) == ("unknown", "divided")
    assert short(answer(piece("listed", source="Entity List"), civil)) == ("no", "declared")


def test_a_defence_contract_decides_for_that_contract(answer, piece):
    deal = piece("contract", level="contract", place="PO-9")
    civil = piece("self_declaration", "civil")
    assert short(answer(deal, civil, contract="PO-9")) == ("yes", "decisive")
    assert short(answer(deal, civil, contract="PO-8")) == ("unknown", "divided")
    old = piece("contract", days=2000, level="contract", place="PO-9")
    assert short(answer(old, civil, contract="PO-8")) == ("no", "declared")
    assert short(answer(deal, civil)) == ("unknown", "disputed")


def test_what_nobody_can_vouch_for_decides_nothing_alone(answer, piece):
    for confidence in ("M", "?"):
        rumour = piece("self_declaration", confidence=confidence)
        assert short(answer(rumour)) == ("unknown", "pointing")
        assert short(answer(piece("self_declaration", "civil", confidence=confidence))) == ("unknown", "thin")
        check = piece("on_site_check", "civil", level="site", place="s", confidence=confidence)
        assert short(answer(check, site="s")) == ("unknown", "thin")


def test_a_check_on_each_side_is_a_clash(answer, piece):
    both = [
        piece("on_site_check", says, level="site", place="s", source=says) for says in ("civil", "military")
    ]
    assert short(answer(*both, site="s")) == ("unknown", "clash")


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 8, 21), ("unknown", "pointing")), (date(2026, 8, 22), ("no", "checked"))],
)
def test_an_answer_is_as_known_on_a_day(answer, piece, day, expected):
    check = piece("on_site_check", "civil", level="site", place="s")
    revenue = piece("defence_revenue", days=244, share=Decimal(38))
    assert short(answer(check, revenue, site="s", known=day)) == expected


KINDS = (
    "defence_revenue",
    "product_line",
    "self_declaration",
    "on_site_check",
    "contract",
    "shared_site",
    "listed",
)
PIECES = st.builds(
    lambda kind, military, days, place, share, confidence, number: Evidence(
        "p",
        kind,
        military,
        f"source {number}",
        ON - timedelta(days=days),
        *(("site", place) if place else ("company", "")),
        Decimal(share),
        "us/meu",
        confidence,
    ),
    st.sampled_from(KINDS),
    st.booleans(),
    st.integers(0, 2500),
    st.sampled_from(["", "s", "t"]),
    st.integers(0, 100),
    st.sampled_from("OPVM?"),
    st.integers(0, 3),
)
SUBJECTS = st.sampled_from([Subject("p"), Subject("p", "s"), Subject("p", "t"), Subject("p", "s", "c")])


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=6), SUBJECTS, st.randoms())
def test_order_does_not_matter_and_every_change_named_is_true(policy, pool, subject, random):
    verdict = grade(policy, subject, pool, ON, ON)
    shuffled = list(pool)
    random.shuffle(shuffled)
    again = judge(policy, subject, shuffled, ON, ON)
    assert (verdict.truth, verdict.line) == (again.truth, again.line)
    assert all(change.answer != verdict.word for change in verdict.changes)
    used = (verdict.carried, verdict.lighter, verdict.against, verdict.aside, verdict.unused)
    history = [w for w in verdict.stale if not w.rank]
    assert sum(map(len, used)) + len(history) == len(pool)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=5), PIECES, SUBJECTS)
def test_one_more_piece_never_moves_the_answer_against_its_side(policy, pool, more, subject):
    order = {False: 0, None: 1, True: 2}
    before = order[judge(policy, subject, pool, ON, ON).truth]
    after = order[judge(policy, subject, [*pool, more], ON, ON).truth]
    assert after >= before if more.military else after <= before
