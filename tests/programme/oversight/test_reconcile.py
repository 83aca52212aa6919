from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.programme.organisation import Product
from xenotime.programme.oversight.reconcile import (
    BALANCED,
    GAP,
    OPEN,
    SURPLUS,
    Delivery,
    Known,
    Return,
    Rules,
    Use,
    balance,
)

RULES = Rules(tolerance=5, loss=30)
MOTOR = Product("P1", "drive motor", "S1", "electric car", {"Dy": 20, "Nd": 300}, 5000)
AT = datetime(2027, 2, 1, tzinfo=UTC)


def report(*rows, year=2026):
    return Return("R1", "O1", year, AT, "A1", rows)


def year(*, lots=4, grams=25_000):
    """A clean year: each lot is delivered, made into motors with 1 % loss, and partly in stock at the end."""
    rows, deliveries = [], []
    for n in range(lots):
        lot = f"L{n}"
        deliveries.append(Delivery("Dy", lot, grams, f"V{n}"))
        used = 20 * (grams * 90 // 100 // 20)
        loss = grams // 100
        rows += [
            Use("received", "Dy", lot, grams),
            Use("used", "Dy", lot, used, "P1", used // 20),
            Use("loss", "Dy", lot, loss),
            Use("closing", "Dy", lot, grams - used - loss),
        ]
    return report(*rows), Known(tuple(deliveries), {"P1": MOTOR}, {"O2": "civil", "O3": "military"})


def found(given_report, known, rules=RULES):
    return Counter(issue.kind for issue in balance(given_report, known, rules).issues)


def moved(given_report, lot, kind, grams):
    return replace(
        given_report,
        rows=tuple(
            replace(row, grams=row.grams + grams) if (row.lot, row.kind) == (lot, kind) else row
            for row in given_report.rows
        ),
    )


def test_a_clean_year_passes():
    result = balance(*year(), RULES)
    assert (result.clean, {line.verdict for line in result.lines}) == (True, {BALANCED})
    assert result.totals == {
        "Dy": {
            "delivered": 100_000,
            "opening": 0,
            "received": 100_000,
            "used": 90_000,
            "scrap": 0,
            "loss": 1_000,
            "transfer": 0,
            "closing": 9_000,
            "gap": 0,
        }
    }


def test_two_percent_taken_from_one_lot_is_a_gap():
    clean, known = year()
    result = balance(moved(clean, "L2", "closing", -500), known, RULES)
    assert [(i.kind, i.lot, i.grams, i.weight) for i in result.issues] == [("gap", "L2", 500, "stop")]
    assert result.totals["Dy"]["gap"] == 500


def test_two_percent_hidden_as_use_is_more_than_the_pieces_hold():
    clean, known = year()
    hidden = moved(moved(clean, "L2", "closing", -2000), "L2", "used", 2000)
    assert found(hidden, known) == {"product_differs": 1}


def test_two_percent_hidden_as_loss_is_an_implausible_loss():
    clean, known = year()
    for lot in ("L0", "L1", "L2", "L3"):
        clean = moved(moved(clean, lot, "closing", -520), lot, "loss", 520)
    assert found(clean, known) == {"loss_high": 1}


def test_two_percent_never_reported_as_received_differs_from_the_register():
    clean, known = year()
    less = moved(moved(clean, "L1", "received", -500), "L1", "closing", -500)
    assert found(less, known) == {"received_differs": 1}


def test_a_lot_that_is_not_reported_at_all_is_missing():
    clean, known = year()
    without = replace(clean, rows=tuple(row for row in clean.rows if row.lot != "L3"))
    result = balance(without, known, RULES)
    assert [(i.kind, i.lot, i.grams, i.weight) for i in result.issues] == [
        ("lot_missing", "L3", 25_000, "stop")
    ]


def test_a_lot_that_nobody_delivered_is_unknown():
    clean, known = year()
    more = replace(clean, rows=(*clean.rows, Use("received", "Dy", "X", 10), Use("closing", "Dy", "X", 10)))
    assert found(more, known) == {"lot_unknown": 1}


def test_a_mass_claimed_twice_in_one_report_is_a_surplus():
    clean, known = year()
    twice = replace(clean, rows=(*clean.rows, Use("used", "Dy", "L0", 22_500, "P1", 1125)))
    assert next((line.verdict, line.low) for line in balance(twice, known, RULES).lines) == (SURPLUS, -22_500)
    assert found(twice, known) == {"surplus": 1}


def test_a_lot_claimed_by_two_reports_is_claimed_twice():
    clean, known = year()
    shared = replace(known, elsewhere={("Dy", "L0"): 25_000})
    assert [(i.kind, i.grams) for i in balance(clean, shared, RULES).issues] == [("claimed_twice", 25_000)]


def test_a_flow_to_the_strict_track_stops_and_one_to_nobody_known_asks():
    clean, known = year()
    sent = moved(moved(clean, "L0", "closing", -200), "L1", "closing", -100)
    rows = (
        *sent.rows,
        Use("transfer", "Dy", "L0", 100, to="O3"),
        Use("transfer", "Dy", "L0", 100, to="O2"),
        Use("transfer", "Dy", "L1", 100, to="Somebody"),
    )
    result = balance(replace(sent, rows=rows), known, RULES)
    assert [(i.kind, i.lot, i.weight) for i in result.issues] == [
        ("military_flow", "L0", "stop"),
        ("unknown_flow", "L1", "concern"),
    ]


def test_stock_that_changed_over_new_year_is_found():
    clean, known = year()
    assert found(clean, replace(known, closing={("Dy", "L9"): 700})) == {"opening_differs": 1}


@pytest.mark.parametrize(
    ("kind", "bounds"),
    [("closing", (None, 2_250)), ("received", (-25_000, None)), ("used", (None, 22_500))],
)
def test_what_is_not_stated_is_not_zero(kind, bounds):
    clean, known = year(lots=1)
    rows = tuple(replace(row, grams=None) if row.kind == kind else row for row in clean.rows)
    result = balance(report(*rows), known, RULES)
    assert [(line.verdict, line.low, line.high) for line in result.lines] == [(OPEN, *bounds)]
    assert "cannot_be_shown" in {issue.kind for issue in result.issues}


def test_an_unstated_inflow_cannot_hide_a_gap_that_is_there_anyway():
    rows = (Use("received", "Dy", "L", 1000), Use("opening", "Dy", "L", None), Use("used", "Dy", "L", 900))
    line = balance(report(*rows), Known((Delivery("Dy", "L", 1000, "V"),), {}, {}), RULES).lines[0]
    assert (line.verdict, line.low, line.high) == (GAP, 100, None)


def test_an_unstated_outflow_cannot_hide_a_surplus():
    rows = (Use("received", "Dy", "L", 1000), Use("closing", "Dy", "L", None), Use("used", "Dy", "L", 1100))
    line = balance(report(*rows), Known((Delivery("Dy", "L", 1000, "V"),), {}, {}), RULES).lines[0]
    assert (line.verdict, line.low, line.high) == (SURPLUS, None, -100)


@pytest.mark.parametrize(("gap", "verdict"), [(125, BALANCED), (126, GAP), (-125, BALANCED), (-126, SURPLUS)])
def test_the_tolerance_is_five_in_a_thousand_and_exact(gap, verdict):
    clean, known = year(lots=1)
    assert balance(moved(clean, "L0", "closing", -gap), known, RULES).lines[0].verdict == verdict


@given(st.integers(1, 10**9), st.integers(6, 1000))
def test_no_diversion_above_the_tolerance_of_one_lot_passes(grams, permille):
    clean, known = year(lots=1, grams=grams)
    taken = -(-grams * permille // 1000)
    spare = next(row.grams for row in clean.rows if row.kind == "closing")
    short = moved(clean, "L0", "closing", -min(taken, spare))
    rest = taken - min(taken, spare)
    short = moved(short, "L0", "used", -rest)
    assert not balance(short, known, RULES).clean


@given(st.lists(st.sampled_from(["L0", "L1", "L2", "L3"]), min_size=1, max_size=20))
def test_the_order_of_rows_changes_nothing(order):
    clean, known = year()
    turned = replace(clean, rows=tuple(sorted(clean.rows, key=lambda row: order.count(row.lot))))
    assert balance(turned, known, RULES) == balance(clean, known, RULES)


@pytest.mark.parametrize("change", [{"pieces": None}, {"product": ""}])
def test_a_use_without_product_or_pieces_is_not_taken_for_shown(change):
    made, known = year(lots=1)
    rows = tuple(replace(row, **change) if row.kind == "used" else row for row in made.rows)
    assert [(i.kind, i.grams, i.weight) for i in balance(report(*rows), known, RULES).issues] == [
        ("use_not_shown", 22_500, "concern")
    ]
