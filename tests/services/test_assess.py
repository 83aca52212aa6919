from __future__ import annotations

from datetime import date
from decimal import Decimal

from xenotime.law.answer import Outcome
from xenotime.law.cover import Demand
from xenotime.services.assess import Ledger, needs_licence, share
from xenotime.services.transaction import read_licence


def test_an_oxide_of_dysprosium_needs_a_licence(assessed):
    (leg,) = assessed().legs
    assert (leg.explanation.outcome, leg.explanation.rule) == (Outcome.LICENCE, "cn/mofcom-2025-18/1C905")
    assert (leg.end_user, leg.exporter, leg.status) == (
        "Fernhill Pigments AG",
        "Lamplight Oxides Co.",
        "shipped",
    )


def test_a_leg_after_the_day_of_knowledge_is_planned(assessed):
    assert [leg.status for leg in assessed(date(2026, 8, 1)).legs] == ["planned"]


def test_the_counts_are_those_of_the_legs(assessed):
    made = assessed()
    assert (dict(made.counts), made.portfolio) == ({"licence": 1}, "small")


def test_a_licence_held_covers(assessed, row):
    (leg,) = assessed(licences=[row("licences")]).legs
    assert leg.explanation.covered_by == ("IL-1",)


def test_an_individual_licence_is_used_once_in_order_of_day(assessed, row):
    made = assessed(
        licences=[row("licences")],
        shipments=[row("shipments", shipment="S-1"), row("shipments", shipment="S-2")],
        legs=[row("legs", day="2026-09-05"), row("legs", shipment="S-2", day="2026-09-01")],
    )
    assert [(leg.shipment, leg.explanation.covered_by) for leg in made.legs] == [
        ("S-2", ("IL-1",)),
        ("S-1", ()),
    ]
    assert made.legs[1].explanation.coverage[0].fails == ("used",)


def test_a_cancelled_shipment_uses_nothing_and_is_counted(assessed, row):
    made = assessed(
        licences=[row("licences")],
        shipments=[row("shipments", status="cancelled"), row("shipments", shipment="S-2")],
        legs=[row("legs"), row("legs", shipment="S-2", day="2026-09-05")],
    )
    assert [leg.explanation.covered_by for leg in made.legs] == [("IL-1",)]
    assert "Left out as cancelled: 1 of 2 shipments." in made.warnings


def test_a_general_licence_is_drawn_down(assessed, row):
    general = row("licences", licence="GL-1", channel="general", quantity_kg="30")
    made = assessed(
        licences=[general],
        shipments=[row("shipments"), row("shipments", shipment="S-2")],
        legs=[row("legs"), row("legs", shipment="S-2", day="2026-09-02")],
    )
    assert [leg.explanation.coverage[0].fails for leg in made.legs] == [(), ("quantity",)]


def test_only_the_licence_that_a_shipment_names_is_tried(assessed, row):
    made = assessed(
        licences=[row("licences"), row("licences", licence="IL-2", to_day="2026-08-31")],
        shipments=[row("shipments", licence="IL-2")],
    )
    assert [(c.licence, c.fails) for c in made.legs[0].explanation.coverage] == [("IL-2", ("date",))]


def test_the_nearest_licences_are_shown_first(assessed, row):
    others = [row("licences", licence=f"IL-{n}", destinations="JP", end_users="maker") for n in range(2, 8)]
    near = row("licences", licence="IL-9", quantity_kg="10", to_day="2026-08-31")
    (leg,) = assessed(licences=[*others, near]).legs
    assert [c.licence for c in leg.explanation.coverage] == ["IL-9", "IL-2", "IL-3", "IL-4"]


def test_on_moves_every_leg_to_one_day(assessed):
    made = assessed(on=date(2025, 4, 3))
    assert [(leg.on, leg.explanation.outcome) for leg in made.legs] == [
        (date(2025, 4, 3), Outcome.NOT_CONTROLLED)
    ]


def test_progress_counts_the_legs(assessed):
    seen = []
    assessed(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]


def test_strictness_presumes_nothing(assessed, row):
    parties = [row("parties"), {"party": "buyer", "name": "Tall Sedge LLC", "country": "US"}]
    legs = [row("legs", to_country="US")]
    plain, strict = assessed(parties=parties, legs=legs), assessed(parties=parties, legs=legs, strict=True)
    assert [a.fact for a in plain.legs[0].explanation.assuming] == [
        "military_user",
        "military_use",
        "red_flag",
    ]
    assert strict.legs[0].explanation.outcome is Outcome.UNDETERMINED


def test_the_end_user_is_the_consignee_unless_named_and_that_is_said(assessed, row):
    made = assessed()
    assert "No end user is named, so the consignee is taken: 1 of 1 shipments." in made.warnings
    named = assessed(shipments=[row("shipments", end_user="buyer")])
    assert [w for w in named.warnings if "end user" in w] == []


def test_a_leg_after_the_last_reading_of_the_lists_is_warned_of(assessed):
    warning = "The party lists were read until 2026-08-22. Move after that day: 1 of 1 legs."
    assert warning in assessed().warnings


def test_a_challenge_dates_the_duty_to_answer_it(assessed, row):
    (leg,) = assessed(shipments=[row("shipments", customs_challenge="2026-09-01")]).legs
    (duty,) = [d for d in leg.explanation.duties if d.duty == "answer-challenge"]
    assert duty.due == (date(2026, 9, 10), date(2026, 9, 10))


def test_the_timeline_holds_what_decided(assessed):
    assert {segment.address for segment in assessed().timeline} == {"cn/mofcom-2025-18/1C905"}


def test_an_empty_portfolio_is_assessed(assessed):
    made = assessed(shipments=[], legs=[])
    assert (made.legs, dict(made.counts), made.actions) == ((), {}, ())


def test_the_ledger_takes_the_first_licence_that_covers():
    rows = [
        {
            "licence": f"GL-{n}",
            "channel": "general",
            "codes": "1C905",
            "destinations": "CH",
            "end_users": "buyer",
            "quantity_kg": "10",
            "from_day": "2026-01-01",
            "to_day": "2026-12-31",
            "holder": "maker",
        }
        for n in (1, 2)
    ]
    ledger = Ledger({str(r["licence"]): read_licence(r, "test") for r in rows})
    demand = Demand(("1C905.b",), "CH", "buyer", "", Decimal(8), date(2026, 5, 1))
    used = [ledger.check(demand, "maker", "")[0].licence for _ in range(2)]
    assert (used, dict(ledger.kg)) == (["GL-1", "GL-2"], {"GL-1": Decimal(8), "GL-2": Decimal(8)})


def test_a_licence_is_asked_for_only_where_it_can_be_granted(assessed):
    assert [needs_licence(leg.explanation) for leg in assessed().legs] == [True]
    assert [needs_licence(leg.explanation) for leg in assessed(on=date(2025, 4, 3)).legs] == [False]


def test_no_share_is_shown_where_nothing_chinese_can_be_inside():
    assert share(None) is None
