from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.frames.conftest import OUTCOMES, ROWS, RULES
from tests.properties.tables import frame, random_rows

import xenotime as xt
from xenotime.core.errors import AddressError, BookError, FactError, InputError
from xenotime.frames.told import COLUMNS, told
from xenotime.law.decide import Decider


def column(table, name):
    """A column of any kind of dataframe as a list, None where there is no value."""
    values = table[name].tolist() if isinstance(table, pd.DataFrame) else table[name]
    values = values.to_pylist() if isinstance(table, pa.Table) else list(values)
    return [None if isinstance(v, float) and v != v else v for v in values]  # noqa: PLR0124 - only NaN is not itself


def names(table):
    return table.column_names if isinstance(table, pa.Table) else list(table.columns)


def test_the_same_kind_of_dataframe_comes_back_with_the_answers(table, asked):
    found = xt.decide(table, **asked())
    assert type(found) is type(table)
    assert names(found) == [*ROWS, *COLUMNS]
    assert (column(found, "outcome"), column(found, "rule")) == (OUTCOMES, RULES)
    assert column(found, "order") == [7, 8, 9, 10]
    assert column(found, "missing") == [None] * 4
    assert column(found, "branches")[2].split("; ") == [
        "cn/mofcom-2025-70=extended: not_controlled",
        "cn/mofcom-2025-70=revived: licence",
    ]


def test_an_index_of_pandas_stays(rows, asked):
    table = rows.to_pandas().set_index(pd.Index(["d", "c", "b", "a"]))
    found = xt.decide(table, **asked())
    assert (list(found.index), found.loc["c", "outcome"]) == (["d", "c", "b", "a"], "licence")


def test_columns_are_small(rows, asked):
    found = xt.decide(rows.to_pandas(), **asked())
    assert {str(found[name].dtype) for name in COLUMNS} == {"category"}
    arrow = xt.decide(rows.to_arrow(), **asked())
    assert [pa.types.is_dictionary(arrow.schema.field(name).type) for name in COLUMNS] == [True] * len(
        COLUMNS
    )


def test_parties_that_nobody_screened_are_missing(rows, asked):
    found = xt.decide(rows, **asked(parties=()))
    assert found["outcome"].to_list() == ["undetermined", "undetermined", "unverified", "undetermined"]
    asked_of = xt.explain(rows, **asked(parties=())).missing
    assert found["missing"][0] == f"parties on lists ({len(asked_of)})"


def test_a_country_beside_a_name_is_its_own(rows, asked):
    found = xt.decide(rows, **asked(parties={"buyer": "dest"}))
    assert found["outcome"].to_list() == OUTCOMES


def test_a_row_without_a_party_is_not_screened(rows, asked):
    nobody = rows.with_columns(buyer=pl.when(pl.col("order") > 7).then("buyer"))
    assert xt.decide(nobody, **asked())["outcome"].to_list() == ["undetermined", *OUTCOMES[1:]]


@pytest.mark.parametrize("on", ["2025-06-15", date(2025, 6, 15), datetime(2025, 6, 15, 9)])  # noqa: DTZ001 - as a notebook has it
def test_one_day_for_all(rows, asked, on):
    assert xt.decide(rows, **asked(on=on))["outcome"].to_list() == [
        "licence",
        "licence",
        "not_controlled",
        "licence",
    ]


@pytest.mark.parametrize(
    "days",
    [
        pl.Series("day", ROWS["day"]).str.to_date(),
        pl.Series("day", ROWS["day"]).str.to_datetime(),
        pl.Series("day", ROWS["day"]).cast(pl.Categorical),
    ],
)
def test_days_of_any_type_are_days(rows, asked, days):
    assert xt.decide(rows.with_columns(days), **asked())["outcome"].to_list() == OUTCOMES


def test_what_is_known_strictness_branches_and_notices_count(rows, asked):
    assert xt.decide(rows, **asked(known="2025-04-03"))["outcome"].to_list()[0] == "not_controlled"
    assert xt.decide(rows, **asked(strict=True))["outcome"].to_list()[0] == "undetermined"
    revived = xt.decide(rows, **asked(branches={"cn/mofcom-2025-70": "revived"}))
    assert (revived["outcome"][2], revived["branches"][2]) == ("licence", None)


def test_another_name_for_the_results(rows, asked):
    once = xt.decide(rows, **asked())
    twice = xt.decide(once, **asked(prefix="again_"))
    assert twice["again_outcome"].to_list() == twice["outcome"].to_list()


def test_it_decides_as_the_engine_does(law):
    """Every fact, nulls and boundary days: the face adds nothing and loses nothing."""
    facts = frame(law, random_rows(law, 2_000, seed=5)).drop("key")
    ends = [name for name in facts.columns if name.endswith(("_min", "_max"))]
    written = facts.with_columns(
        (pl.col(n).cast(pl.Decimal(20, 4)) / 10_000).cast(pl.Decimal(20, 4)) for n in ends
    )
    found = xt.decide(written, known="2026-11-21")
    assert found.select(COLUMNS).equals(told(Decider(law).decide(facts), law))


def test_pandas_floats_of_whole_numbers_and_absences_are_read(rows, asked):
    table = rows.to_pandas().assign(
        max_temperature=[1200.0, None, 3.0, 4.0],
        red_flag=[True, None, False, pd.NA],
        item_value=[Decimal("99.99"), None, Decimal(5), Decimal(7)],
        day=pd.to_datetime(rows["day"].to_list()),
    )
    assert column(xt.decide(table, **asked()), "outcome") == OUTCOMES


@pytest.mark.parametrize(
    ("changed", "error", "what", "step"),
    [
        ({"on": "dya"}, FactError, "this is neither a column nor a day", "name the column"),
        ({"on": None}, FactError, "nothing says on which day", ""),
        ({"known": "then"}, InputError, "this is not a date", ""),
        ({"columns": {"destination": "to"}}, FactError, "names something that is not there", "columns={"),
        ({"columns": {"dest": "too"}}, FactError, "names something that is not there", "xt.facts()"),
        ({"columns": {"dest": "from"}}, FactError, "two columns answer one fact", "ignore=[…]"),
        ({"parties": ["seller"]}, FactError, "no such column of parties", "parties=['consignee'"),
        ({"branches": {"x": "y"}}, AddressError, "no such hinge or branch", "law hinges"),
        ({"book": "jp"}, BookError, "no such book", ""),
    ],
)
def test_what_cannot_be_asked_is_refused(rows, asked, changed, error, what, step):
    with pytest.raises(error) as caught:
        xt.decide(rows, **asked(**changed))
    assert what in caught.value.problem.what
    assert step in caught.value.problem.next_step


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"Kind": ["magnet"] * 4}, "the column 'Kind' is no fact, but nearly one"),
        ({"el_dy": [True] * 4}, "two columns answer one fact"),
        ({"item_value": [0.1, 1.0, 1.0, 1.0]}, "the column 'item_value' has a type that cannot answer it"),
        ({"red_flag": ["perhaps", "no", "no", "no"]}, "the column 'red_flag' cannot have this value"),
        ({"material": ["NdFeb", "x", "x", "x"]}, "the fact 'material' cannot have this value"),
        ({"elements": ["Xx", "Dy", "Dy", "Dy"]}, "this element is not one of the facts"),
        ({"day": ["2025-04-20", None, "2025-01-01", "2025-01-01"]}, "the column 'on' cannot have this value"),
        ({"outcome": ["x"] * 4}, "the dataframe has a column of this name already"),
        ({"listed_cn_mofcom_2025_22": [True] * 4}, "a list is answered twice"),
    ],
)
def test_columns_that_cannot_be_read_are_named(rows, asked, more, what):
    with pytest.raises((FactError, InputError)) as caught:
        xt.decide(rows.with_columns(**{name: pl.Series(values) for name, values in more.items()}), **asked())
    assert caught.value.problem.what == what
    assert caught.value.problem.found


def test_a_near_name_may_be_taken_or_left_out(rows, asked):
    table = rows.rename({"kind": "Kind"})
    taken = xt.decide(table, **asked(columns={"dest": "to", "Kind": "kind"}))
    assert taken["outcome"].to_list() == OUTCOMES
    left = xt.decide(table, **asked(ignore=["Kind"]))
    assert "kind" in left["missing"][0]


def test_mixed_values_of_pandas_are_named(rows, asked):
    table = rows.to_pandas().assign(red_flag=["no", True, 3, None])
    with pytest.raises(FactError) as caught:
        xt.decide(table, **asked())
    assert caught.value.problem.what == "the column 'red_flag' mixes kinds of values"
    assert caught.value.problem.found == "bool, int, str"


@pytest.mark.parametrize("given", [[1], None, "a table", pl.DataFrame(ROWS).lazy()])
def test_what_is_no_dataframe_is_refused(given):
    with pytest.raises(InputError, match="this is not a dataframe that can be decided"):
        xt.decide(given, on="day")


def test_no_rows_are_no_answers(rows, asked):
    found = xt.decide(rows.clear(), **asked())
    assert (found.height, found.columns) == (0, [*ROWS, *COLUMNS])


@pytest.mark.parametrize(
    ("names", "found"), [(["day", "from", "from"], "'from' 2 times"), (["day", "to", 7], "7")]
)
def test_columns_without_names_of_their_own_are_refused(names, found):
    table = pd.DataFrame([["2025-04-20", "CN", "US"]], columns=names)
    with pytest.raises(InputError) as caught:
        xt.decide(table, on="day")
    problem = caught.value.problem
    assert (problem.what, problem.found) == (
        "the columns of this dataframe have no names of their own",
        found,
    )
