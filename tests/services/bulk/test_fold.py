from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from xenotime.core.errors import InputError
from xenotime.law.answer import Outcome
from xenotime.services.bulk.fold import governing, story_of, told
from xenotime.services.bulk.pair import Pair
from xenotime.services.bulk.sheet import STORY, Sheet

DAY = date(2026, 9, 1)
KINDS = {"outcome": pl.Int8, "low": pl.Int8, "high": pl.Int8, "rule": pl.Int32}
#: Outcome, lowest and highest bound of one leg.
NONE, LICENCE, BAN = (0, 0, 0), (2, 2, 2), (5, 5, 5)
OPEN, UNKNOWN, HINGED, CONFLICT = (6, 0, 2), (7, 0, 5), (8, 0, 2), (9, 2, 3)


@pytest.fixture
def legs_of(law):
    """Legs with given answers before and after, and what people know them by."""

    def build(*rows, **story):
        columns = {"key": list(range(len(rows))), "on": [DAY] * len(rows)}
        schema = {"key": pl.Int64, "on": pl.Date}
        for side, place in (("before", 0), ("after", 1)):
            for number, name in enumerate(("outcome", "low", "high")):
                columns[f"{name}_{side}"] = [row[place][number] for row in rows]
                schema[f"{name}_{side}"] = KINDS[name]
            columns[f"rule_{side}"], schema[f"rule_{side}"] = [-1] * len(rows), pl.Int32
        table = pl.DataFrame(columns, schema=schema)
        kept = {n: k for n, k in STORY.items() if n in story}
        known = pl.DataFrame({"key": columns["key"], **story}, schema={"key": pl.Int64, **kept})
        facts = pl.DataFrame(
            {"key": columns["key"], "on": columns["on"]}, schema={"key": pl.Int64, "on": pl.Date}
        )
        return told(Pair(table, table, table, (law, law)), Sheet(facts, known), law)

    return build


def test_a_leg_without_a_shipment_is_one_by_itself(legs_of):
    legs = legs_of((NONE, LICENCE), (LICENCE, LICENCE))
    assert legs.select("from", "to").rows() == [(0, 2), (2, 2)]
    assert "head" not in legs.columns


@pytest.mark.parametrize("order", ["sorted", "shuffled"])
def test_different_shipments_are_left_as_they_are(legs_of, order):
    ids = ["S-1", "S-2", "S-3"] if order == "sorted" else ["S-3", "S-1", "S-2"]
    assert "head" not in legs_of(*[(NONE, NONE)] * 3, shipment=ids).columns


@pytest.mark.parametrize("ids", [["S-1", "S-1", "S-2", None, None], ["S-2", "S-9", "S-2", None, None]])
def test_the_legs_of_one_shipment_have_one_outcome_and_one_head(legs_of, ids):
    legs = legs_of((NONE, LICENCE), (LICENCE, NONE), (NONE, BAN), (NONE, NONE), (BAN, BAN), shipment=ids)
    several = legs.filter(pl.col("many") > 1)
    assert several["shipment"].n_unique() == 1
    assert several["head"].to_list() == [True, False]
    assert several["many"].to_list() == [2, 2]
    assert legs.filter("head")["many"].sum() == 5
    assert legs.filter(pl.col("shipment").is_null()).select("from", "to", "many").rows() == [
        (0, 0, 1),
        (5, 5, 1),
    ]
    assert legs["key"].to_list() == list(range(5))


@pytest.mark.parametrize(
    ("legs", "outcome"),
    [
        ([NONE, LICENCE], Outcome.LICENCE),
        ([NONE, OPEN], Outcome.OPEN),
        ([LICENCE, OPEN], Outcome.LICENCE),
        ([UNKNOWN, OPEN], Outcome.UNDETERMINED),
        ([UNKNOWN, HINGED, OPEN], Outcome.UNVERIFIED),
        ([BAN, UNKNOWN], Outcome.PROHIBITED),
        ([LICENCE, UNKNOWN], Outcome.UNDETERMINED),
        ([NONE, CONFLICT], Outcome.CONFLICT),
        ([BAN, CONFLICT], Outcome.PROHIBITED),
    ],
)
def test_the_strictest_leg_governs(legs, outcome):
    for order in (legs, legs[::-1]):
        table = pl.DataFrame(
            order, schema={f"{n}_before": pl.Int8 for n in ("outcome", "low", "high")}, orient="row"
        )
        assert Outcome(table.select(governing("before")).item()) is outcome


def test_legs_that_state_different_values_are_refused(legs_of):
    stated = {"value": [Decimal(1), Decimal(2)], "currency": ["USD", "USD"]}
    with pytest.raises(InputError) as caught:
        legs_of((NONE, NONE), (NONE, NONE), shipment=["S-1", "S-1"], **stated)
    assert caught.value.problem.where == "shipment S-1"
    legs_of((NONE, NONE), (NONE, NONE), shipment=["S-1", "S-2"], **stated)


def test_a_shipment_without_a_status_is_planned_after_the_day_of_knowledge(legs_of, law):
    legs = legs_of(*[(NONE, NONE)] * 3, status=["planned", "shipped", None])
    assert legs["planned"].to_list() == [True, False, law.known < DAY]


def test_a_story_in_another_order_finds_its_rows_by_key():
    facts = pl.DataFrame({"key": [5, 6, 7], "on": [DAY] * 3})
    story = pl.DataFrame({"key": [7, 5], "shipment": ["c", "a"]})
    found = story_of(Sheet(facts, story))
    assert found["shipment"].to_list() == ["a", None, "c"]
    assert found.columns == list(STORY)
