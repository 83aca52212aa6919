from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from xenotime.core.errors import FactError
from xenotime.services.bulk.form import FEW, form_of, kind_of, read_facts, written
from xenotime.services.bulk.sheet import Sheet

DAY = date(2025, 4, 5)


def read(law, carry=(), **columns):
    table = pl.DataFrame({"on": [DAY], **columns})
    form = form_of({name: kind_of(kind) for name, kind in table.schema.items()}, law, "t", carry)
    return read_facts(table, form)


def value(law, **columns):
    """The facts of one row, without its key and day."""
    (row,) = read(law, **columns).rows(named=True)
    return {name: cell for name, cell in row.items() if name not in ("key", "on")}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("yes", True),
        (" Yes\t", True),
        ("1", True),
        ("FALSE", False),
        ("no", False),
        ("unknown", None),
        ("", None),
        ("?", None),
        (True, True),
        (None, None),
    ],
)
def test_truths_are_booleans_or_words(law, given, expected):
    assert value(law, el_sm=[given]) == {"el_sm": expected}


@pytest.mark.parametrize(
    "given",
    ["99.99", " 99.9900 ", "99.99000000", Decimal("99.99"), Decimal("99.990000")],
)
def test_an_amount_is_exact_however_it_is_written(law, given):
    assert value(law, item_value=[given]) == {"item_value_min": 999_900, "item_value_max": 999_900}


def test_whole_amounts_are_whole_units(law):
    assert value(law, item_value_min=[3], cn_part1_value_max=["1000"]) == {
        "item_value_min": 30_000,
        "cn_part1_value_max": 10_000_000,
    }


def test_territories_and_words_are_read_as_people_write_them(law):
    assert value(law, **{"from": ["cn "], "kind": ["magnet"]}) == {"from": "CN", "kind": "magnet"}


def test_days_may_be_text(law):
    table = pl.DataFrame({"on": ["2025-04-05"], "key": [7]})
    form = form_of({"on": "text", "key": "integer"}, law, "t")
    assert read_facts(table, form).rows() == [(date(2025, 4, 5), 7)]


def test_rows_without_keys_are_numbered(law):
    table = pl.DataFrame({"on": [DAY, DAY]})
    assert read_facts(table, form_of({"on": "day"}, law, "t"), 40)["key"].to_list() == [40, 41]


@pytest.mark.parametrize(
    ("columns", "what", "found"),
    [
        ({"el_sm": ["maybe"]}, "the column 'el_sm' cannot have this value", "'maybe'"),
        ({"item_value": ["1.23456"]}, "the column 'item_value' cannot have this value", "'1.23456'"),
        ({"item_value": ["99,99"]}, "the column 'item_value' cannot have this value", "'99,99'"),
        ({"item_value": ["1.234,5"]}, "the column 'item_value' cannot have this value", "'1.234,5'"),
        ({"item_value": ["-1"]}, "the column 'item_value' cannot have this value", "'-1'"),
        (
            {"item_value": ["999999999999"]},
            "the column 'item_value' cannot have this value",
            "'999999999999'",
        ),
        ({"item_value": [10**14]}, "the column 'item_value' cannot have this value", "'100000000000000'"),
        ({"item_value": [Decimal("0.12345")]}, "the column 'item_value' cannot have this value", "'0.12345'"),
        ({"item_value": [Decimal("-0.01")]}, "the column 'item_value' cannot have this value", "'-0.01'"),
        ({"item_value": [Decimal(10**30)]}, "the column 'item_value' cannot have this value", f"'{10**30}'"),
        ({"item_value": [1.5]}, "the column 'item_value' has a type that cannot answer it", "float"),
        ({"el_sm": [1]}, "the column 'el_sm' has a type that cannot answer it", "integer"),
        ({"el_smm": ["yes"]}, "these columns are not the facts of this law", "el_smm (is el_sm meant?)"),
        ({"colour": ["red"]}, "these columns are not the facts of this law", "colour"),
        ({"item_value": [1], "item_value_min": [1]}, "an amount is given twice", "item_value"),
    ],
)
def test_what_cannot_be_a_fact_is_told(law, columns, what, found):
    with pytest.raises(FactError) as refused:
        read(law, **columns)
    assert (refused.value.problem.what, refused.value.problem.found) == (what, found)


def test_the_row_of_a_wrong_value_is_named(law):
    table = pl.DataFrame({"on": [DAY] * 3, "el_sm": ["yes", "no", "perhaps"]})
    with pytest.raises(FactError) as refused:
        read_facts(table, form_of({"on": "day", "el_sm": "text"}, law, "t"), 100)
    assert refused.value.problem.where == "row 103"


#: Texts of each kind, as people write them; the last of each may be no fact.
SAID = {
    "on": ["2025-04-05", " 2026-11-21\t", "5 April"],
    "from": ["CN", "de ", None, "unknown", "?"],
    "kind": ["magnet", " metal", None, "UNKNOWN", "toy"],
    "el_sm": ["yes", "No ", "?", None, "perhaps"],
    "max_temperature": ["1", " -20 ", None, "unknown", "1.5"],
    "item_value": ["99.99", "1", None, "?", "1,5"],
}


def long(count, wrong=""):
    """A table of more rows than are read one by one; only the column that is named has what is no fact."""
    said = {name: texts if name == wrong else texts[:-1] for name, texts in SAID.items()}
    return pl.DataFrame({name: [texts[n % len(texts)] for n in range(count)] for name, texts in said.items()})


def test_a_long_table_is_read_as_its_rows_are(law):
    table = long(FEW + 60)
    form = form_of(dict.fromkeys(SAID, "text"), law, "t")
    rows = pl.concat([read_facts(table[n : n + 12], form, n) for n in range(0, table.height, 12)])
    found = read_facts(table, form)
    assert found.with_columns(pl.col("from", "kind").cast(pl.String)).equals(rows)
    assert isinstance(found["kind"].dtype, pl.Enum)


@pytest.mark.parametrize("column", ["on", "el_sm", "max_temperature", "item_value"])
def test_a_wrong_word_of_a_long_table_is_told_by_its_row(law, column):
    table = long(FEW + 60, wrong=column)
    with pytest.raises(FactError) as refused:
        read_facts(table, form_of(dict.fromkeys(SAID, "text"), law, "t"))
    problem = refused.value.problem
    assert (problem.where, problem.found) == (f"row {len(SAID[column])}", repr(SAID[column][-1]))


def test_a_long_table_may_have_a_word_that_no_fact_has(law):
    table = long(FEW + 60, wrong="kind")
    found = read_facts(table, form_of(dict.fromkeys(SAID, "text"), law, "t"))
    assert found["kind"][4] == "toy"  # `Decider` refuses it, and says which words there are


def test_every_row_of_a_long_table_has_a_day(law):
    table = pl.DataFrame({"on": ["2025-04-05"] * FEW + [None]})
    with pytest.raises(FactError) as refused:
        read_facts(table, form_of({"on": "text"}, law, "t"))
    assert refused.value.problem.where == f"row {FEW + 1}"


@pytest.mark.parametrize("day", [None, "5 April", "2025-4-5", "2025-02-30"])
def test_every_row_has_a_day(law, day):
    table = pl.DataFrame({"on": [day]}, schema={"on": pl.String})
    with pytest.raises(FactError) as refused:
        read_facts(table, form_of({"on": "text"}, law, "t"))
    assert refused.value.problem.expected == "a day such as 2026-11-21 in every row"


def test_a_column_to_carry_must_be_there(law):
    with pytest.raises(FactError) as refused:
        read(law, carry=["color"], el_sm=["yes"])
    assert refused.value.problem.found == "no color"


def test_a_column_to_carry_is_not_read(law):
    assert read(law, carry=["colour"], colour=["red"]).columns == ["key", "on"]


def test_a_sheet_is_written_as_a_person_would_and_reads_back(law, tmp_path):
    facts = pl.DataFrame(
        {"key": [5], "on": [DAY], "from": ["CN"], "el_sm": [True], "item_value_min": [999_901]},
        schema_overrides={"from": pl.Enum(["CN", "DE"])},
    )
    path = tmp_path / "facts.parquet"
    path.write_bytes(written(Sheet(facts, facts.select("key", shipment=pl.lit("S-1"))), law))
    table = pl.read_parquet(path)
    assert table.rows() == [(5, "S-1", DAY, "CN", True, Decimal("99.9901"))]
    form = form_of({n: kind_of(k) for n, k in table.schema.items()}, law, "t")
    assert (form.carried, read_facts(table, form).rows()) == (("shipment",), [(5, DAY, "CN", True, 999_901)])
