"""The telling shipments of the example portfolio: what the law says of each, worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from xenotime.law.explain import explain
from xenotime.portfolio.read import read_portfolio
from xenotime.services.assess import assess
from xenotime.services.intake import control_codes
from xenotime.services.rows import Desk

KNOWN = date(2026, 11, 22)
FOLDER = Path(__file__).parents[2] / "examples" / "magnet-maker"
SUSPENSION = "cn/mofcom-2025-70"
DAY = "cn/mofcom-2025-70.day"


@pytest.fixture(scope="module")
def portfolio(book):
    return read_portfolio(FOLDER, codes=control_codes(book))


@pytest.fixture(scope="module")
def made(portfolio, libraries):
    """The whole portfolio, decided once."""
    return assess(portfolio, libraries(KNOWN))


@pytest.fixture(scope="module")
def legs(made):
    return {(leg.shipment, leg.leg): leg for leg in made.legs}


@pytest.fixture(scope="module")
def alone(portfolio, libraries):
    """Decides one leg by itself, under any law: also legs of cancelled shipments, which assess leaves out."""

    def decide(shipment, known=KNOWN, *, branches=None, strict=False):
        library = libraries(known, branches, strict=strict)
        desk = Desk(portfolio, library)
        row = next(r for r in portfolio["shipments"] if r.text("shipment") == shipment)
        leg = next(r for r in portfolio["legs"] if r.text("shipment") == shipment)
        moved = desk.movement(row, leg)
        return explain(library.law, moved.facts, moved.on, calendar=library.calendar, strict=strict)

    return decide


def told(leg):
    """Outcome and deciding article, as a person would cite them."""
    exp = leg.explanation
    return exp.outcome.word, exp.rule.removeprefix("cn/")


def branches(leg):
    """The outcome in each branch of each hinge."""
    found = {}
    for each in leg.explanation.branches:
        found.setdefault(each.hinge, {})[each.branch] = each.outcome.word
    return found


FIRM = {
    # Announcement 18 began on 4 April 2025.
    ("S-2025-0032", 1): ("not_controlled", ""),
    ("S-2025-0035", 1): ("licence", "mofcom-2025-18/1C902"),
    ("S-2025-0037", 1): ("licence", "mofcom-2025-18/1C905"),
    # Chinese magnets from the stock in Hamburg to France: limb 3 acted from 9 October to 6 November 2025.
    ("S-2025-0093", 1): ("not_controlled", ""),
    ("S-2025-0096", 1): ("licence", "mofcom-2025-61/1.3"),
    ("S-2025-0108", 1): ("licence", "mofcom-2025-61/1.3"),
    ("S-2025-0123", 1): ("licence", "mofcom-2025-61/1.3"),
    ("S-2025-0126", 1): ("not_controlled", ""),
    # Disaster relief abroad goes after a report; both legs through Singapore are decided apart.
    ("S-2025-0109", 1): ("report", "mofcom-2025-61/5"),
    ("S-2025-0091", 1): ("licence", "mofcom-2025-18/1C905"),
    ("S-2025-0091", 2): ("licence", "mofcom-2025-61/1.3"),
    ("S-2026-0127", 1): ("licence", "mofcom-2025-18/1C905"),
    # One dollar cent below 0.1 % is outside in every branch; Viet Nam was never reached by limb 2 in 2025.
    ("S-2026-0207", 1): ("not_controlled", ""),
    ("S-2025-0143", 1): ("not_controlled", ""),
    # Holmium was suspended before its first day; dysprosium never was.
    ("S-2025-0128", 1): ("not_controlled", ""),
    ("S-2026-0145", 1): ("licence", "mofcom-2025-18/1C905"),
    # A move inside a bonded zone is no export; what follows is.
    ("S-2025-0147", 1): ("not_controlled", ""),
    ("S-2025-0147", 2): ("licence", "mofcom-2025-18/1C905"),
    # Listed parties: from China, and passed on abroad.
    ("S-2026-0169", 1): ("prohibited", "mofcom-2026-23/1"),
    ("S-2026-0174", 1): ("prohibited", "mofcom-2026-23/2"),
    ("S-2026-0179", 1): ("prohibited", "mofcom-2026-20/1"),
    ("S-2026-0203", 1): ("prohibited", "mofcom-2026-20/2"),
    ("S-2026-0189", 1): ("prohibited", "mofcom-2026-30/1"),
    ("S-2026-0201", 1): ("prohibited", "mofcom-2025-51/1"),
    ("S-2026-0193", 1): ("licence", "mofcom-2025-18/1C905"),
    # Names near a listed one: a control list bans, a watch list does not; a loudspeaker is no dual-use item.
    ("S-2026-0091", 1): ("undetermined", "mofcom-2026-20/1"),
    ("S-2025-0041", 1): ("not_controlled", ""),
    ("S-2026-0118", 1): ("licence", "mofcom-2025-18/1C905"),
    # Gallium to the United States: refusal presumed until 8 November 2025, then paused.
    ("S-2025-0107", 1): ("presumed_denied", "mofcom-2024-46/2"),
    ("S-2025-0148", 1): ("licence", "mofcom-2023-23/1"),
    # Know-how: Announcement 62 acted for four weeks; what is left is the older catalogue, which is open.
    ("S-2025-0097", 1): ("licence", "mofcom-2025-62/1"),
    ("S-2025-0125", 1): ("licence", "mofcom-2025-62/1"),
    ("S-2025-0127", 1): ("open", "technology-catalogue/1"),
    ("S-2026-0178", 1): ("not_controlled", ""),
    ("S-2025-0104", 1): ("licence", "mofcom-2025-62/2"),
    ("S-2025-0142", 1): ("not_controlled", ""),
    # Chips: 256 layers are examined case by case.
    ("S-2025-0115", 1): ("case_by_case", "mofcom-2025-61/4"),
    # What the text leaves open, and what a red flag does.
    ("S-2026-0072", 1): ("open", "mofcom-2025-18/scrap"),
    ("S-2026-0087", 1): ("licence", "order-792/39.4"),
    ("S-2025-0151", 1): ("open", "mofcom-2025-18/hk"),
    ("S-2025-0119", 1): ("open", "mofcom-2025-18/hk"),
    ("S-2026-0058", 1): ("undetermined", "mofcom-2025-18/1C905"),
    ("S-2026-0098", 1): ("undetermined", "mofcom-2025-18/1C905"),
    ("S-2025-0054", 1): ("not_controlled", ""),
    ("S-2025-0102", 1): ("licence", "mofcom-2025-18/1C905"),
    ("S-2026-0050", 1): ("licence", "mofcom-2025-18/1C905"),
}  # fmt: skip


@pytest.mark.parametrize("key", FIRM, ids=lambda key: f"{key[0]}/{key[1]}")
def test_answers_that_no_hinge_touches(legs, key):
    assert (told(legs[key]), branches(legs[key])) == (FIRM[key], {})


TURNING = {
    # Is 10 November 2026 itself still suspended?
    ("S-2026-0133", 1): {DAY: {"inclusive": "not_controlled", "exclusive": "licence"}},
    ("S-2026-0134", 1): {DAY: {"inclusive": "not_controlled", "exclusive": "licence"}},
    ("S-2026-0135", 1): {DAY: {"inclusive": "not_controlled", "exclusive": "licence"}},
    # Was it extended after that?
    ("S-2026-0137", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    ("S-2026-0127", 2): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    ("S-2026-0139", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    ("S-2026-0144", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    ("S-2026-0157", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    ("S-2026-0173", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    # Exactly 0.1 %, and a lot with nothing Chinese in it but the technology.
    ("S-2026-0208", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    ("S-2026-0215", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    # A motor below the line whose magnet is above it; suppliers who do not answer.
    ("S-2026-0191", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "open"}},
    ("S-2026-0198", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "undetermined"}},
    ("S-2026-0218", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "undetermined"}},
    # A customer that a listed party owns: 60 % reaches the rule of Article 2, 49 % does not.
    ("S-2026-0211", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    ("S-2026-0214", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    # A listed party whose pause ended, and gallium once its own pause ends.
    ("S-2026-0197", 1): {"cn/mofcom-2025-21": {"renewed": "licence", "lapsed": "prohibited"}},
    ("S-2026-0162", 1): {"cn/mofcom-2025-72.day": {"inclusive": "licence", "exclusive": "presumed_denied"}},
    ("S-2026-0163", 1): {"cn/mofcom-2025-72": {"extended": "licence", "lapsed": "presumed_denied"}},
    # Know-how, furnaces inside and beyond the figures of the list, chips of 14 and 28 nanometres.
    ("S-2026-0147", 1): {SUSPENSION: {"extended": "open", "revived": "licence"}},
    ("S-2026-0151", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    ("S-2026-0155", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "open"}},
    ("S-2026-0195", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "case_by_case"}},
    ("S-2026-0199", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "licence"}},
    ("S-2026-0217", 1): {SUSPENSION: {"extended": "not_controlled", "revived": "case_by_case"}},
}  # fmt: skip


@pytest.mark.parametrize("key", TURNING, ids=lambda key: f"{key[0]}/{key[1]}")
def test_answers_that_turn_on_what_no_source_confirms(legs, key):
    assert (legs[key].explanation.outcome.word, branches(legs[key])) == ("unverified", TURNING[key])


FAILS = {
    ("S-2025-0135", 1): {"IL-2025-0203": {"quantity"}},
    ("S-2025-0150", 1): {"IL-2025-0160": {"quantity", "used"}},
    ("S-2026-0080", 1): {"IL-2026-0058": {"used"}},
    ("S-2026-0025", 1): {"IL-2025-0151": {"date", "quantity", "used"}},
    ("S-2026-0061", 1): {"IL-2026-0031": {"end_user", "used"}},
    ("S-2026-0142", 1): {"IL-2026-0077": {"date", "quantity", "used"}},
    ("S-2026-0165", 1): {"GL-2025-01": {"date"}},
    ("S-2026-0205", 1): {"GL-2025-01": {"date"}},
    ("S-2026-0193", 1): {"GL-2026-02": {"end_user", "watch_listed"}},
}


@pytest.mark.parametrize("key", FAILS, ids=lambda key: f"{key[0]}/{key[1]}")
def test_the_bound_of_the_nearest_licence_that_fails(legs, key):
    coverage = legs[key].explanation.coverage
    assert (legs[key].explanation.covered_by, {c.licence: set(c.fails) for c in coverage[:1]}) == (
        (),
        FAILS[key],
    )


@pytest.mark.parametrize(
    ("key", "licence"),
    [
        (("S-2026-0136", 1), "IL-2026-0077"),  # on its last day
        (("S-2026-0164", 1), "GL-2025-01"),  # on its last day
        (("S-2025-0147", 2), "GL-2025-01"),
    ],
)
def test_a_licence_covers_up_to_its_last_day(legs, key, licence):
    assert legs[key].explanation.covered_by == (licence,)


@pytest.mark.parametrize("key", [("S-2025-0035", 1), ("S-2025-0037", 1)])
def test_in_april_2025_nobody_held_a_licence_yet(legs, key):
    exp = legs[key].explanation
    assert (exp.covered_by, [c.licence for c in exp.coverage if "date" not in c.fails]) == ((), [])


CANCELLED = {
    "S-2025-0049": ("prohibited", "cn/mofcom-2024-46/1"),
    "S-2026-0001": ("licence", "cn/mofcom-2025-18/1C903"),
    "S-2026-0002": ("prohibited", "cn/mofcom-2026-1/1"),
    "S-2026-0184": ("prohibited", "cn/mofcom-2024-46/closing"),
}


@pytest.mark.parametrize("shipment", CANCELLED)
def test_what_screening_stopped_would_have_been(alone, shipment):
    exp = alone(shipment)
    assert (exp.outcome.word, exp.rule) == CANCELLED[shipment]


def test_cancelled_shipments_are_left_out_and_counted(made, portfolio):
    cancelled = {r.text("shipment") for r in portfolio["shipments"] if r.text("status") == "cancelled"}
    assert {leg.shipment for leg in made.legs} & cancelled == set()
    assert "Left out as cancelled: 12 of 370 shipments." in made.warnings


def test_what_was_known_decides(alone):
    seen = [alone("S-2025-0143", date(2025, *day)).outcome.word for day in ((10, 15), (11, 8))]
    assert seen == ["licence", "not_controlled"]


def test_a_chosen_branch_settles_its_legs(alone):
    answers = [
        alone("S-2026-0137", branches={SUSPENSION: way}).outcome.word for way in ("extended", "revived")
    ]
    assert answers == ["not_controlled", "licence"]


def test_strictness_asks_for_the_military_status(alone):
    plain, strict = alone("S-2026-0049"), alone("S-2026-0049", strict=True)
    assert (plain.outcome.word, strict.outcome.word) == ("licence", "undetermined")
    assert {fact.fact for fact in strict.missing} == {"military_user", "military_use", "red_flag"}
    assert {fact.fact for fact in alone("S-2026-0050", strict=True).missing} == {"red_flag"}


def test_the_fact_that_a_near_miss_leaves_open_is_named(legs):
    assert [f.fact for f in legs["S-2026-0091", 1].explanation.missing] == ["listed_cn_mofcom_2026_20"]


@pytest.mark.parametrize("shipment", ["S-2026-0091", "S-2025-0041", "S-2026-0118"])
def test_near_misses_wait_for_a_person(made, legs, shipment):
    assert [hit.sure for hit in legs[shipment, 1].hits] == [False]
    assert [a.what[:10] for a in made.actions if shipment in a.shipments and a.what.startswith("Review")] == [
        "Review: is"
    ]


def test_a_watch_listed_buyer_needs_an_individual_licence(legs):
    channels = {c.channel: c.eligible for c in legs["S-2026-0193", 1].explanation.channels}
    assert (channels["individual"], channels["general"]) == (True, False)


def test_a_prohibition_offers_no_channel(made):
    banned = [leg.explanation for leg in made.legs if leg.explanation.outcome.word == "prohibited"]
    assert [exp.channels for exp in banned] == [()] * 6


def test_deadlines_fall_on_working_days(made, legs):
    report = [a.due for a in made.actions if a.address == "cn/mofcom-2025-61/5-report"]
    duty = next(d for d in legs["S-2025-0054", 1].explanation.duties if d.address == "cn/gac-2025-123/2")
    assert report == [(date(2025, 11, 3), date(2025, 11, 3))]
    assert duty.due == (date(2025, 6, 25), date(2025, 6, 25))


def test_metal_abroad_owes_the_compliance_notice(legs):
    duties = [d.address for d in legs["S-2025-0102", 1].explanation.duties]
    assert "cn/mofcom-2025-61/7" in duties


def test_nothing_controlled_goes_unexplained(made):
    """Where rare earths move and nothing applies, the nearest articles say why not."""
    bare = [
        leg.product
        for leg in made.legs
        if leg.explanation.outcome.word == "not_controlled" and not leg.explanation.rules
    ]
    assert {product[:3] for product in bare} == {"SP-", "T-B", "T-C", "T-P"}


def test_the_same_portfolio_gives_the_same_counts(made):
    assert dict(made.counts) == {
        "not_controlled": 201, "licence": 89, "unverified": 41, "undetermined": 15, "open": 11,
        "prohibited": 6, "report": 1, "case_by_case": 1, "presumed_denied": 1,
    }  # fmt: skip
