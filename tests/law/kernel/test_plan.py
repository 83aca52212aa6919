from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from xenotime.law.kernel.gates import YES, Circuit
from xenotime.law.kernel.plan import planned
from xenotime.law.kernel.run import answered
from xenotime.law.kernel.values import Bits, Number, constant
from xenotime.law.kernel.wires import GATES, Sheet

COL, LIT = GATES.col, GATES.lit


def numbers(*names):
    """A sheet of columns of large numbers, none of them unknown but where the table says so."""
    circuit = Circuit()
    return Sheet(circuit, {n: Number(("column", n), circuit.input(("known", n))) for n in names})


def flag(test):
    """1 where a test holds, 0 where it does not, 2 where nobody knows."""
    known = GATES.when(test).then(LIT(1, pl.Int8)).otherwise(LIT(0, pl.Int8))
    return GATES.when(test.is_null()).then(LIT(2, pl.Int8)).otherwise(known)


def run(sheet, frame):
    return answered(planned(sheet), frame).to_dict(as_series=False)


def test_sums_differences_and_products_are_exact():
    frame = pl.DataFrame({"a": [2**53, 3, 5], "b": [2**52, 4, None]})
    a, b = COL("a"), COL("b")
    wide = LIT(1000, pl.Int64)
    sheet = numbers("a", "b").select(
        flag(a * wide >= b * wide + wide).alias("more"),
        flag(a - b == LIT(-1, pl.Int64)).alias("one less"),
        flag(a + b < wide).alias("few"),
        flag(a > b).alias("above"),
    )
    assert run(sheet, frame) == {
        "more": [1, 0, 2],
        "one less": [0, 1, 2],
        "few": [0, 1, 2],
        "above": [1, 0, 2],
    }


@pytest.mark.parametrize("number", [-(2**53), -40_000, -1, 0, 40_000, 65_535, 2**53])
def test_numbers_are_compared_with_literals_of_any_size(number):
    frame = pl.DataFrame({"a": [number - 1, number, number + 1]})
    sheet = numbers("a").select(
        flag(COL("a") >= number).alias("at least"), flag(COL("a") == number).alias("same")
    )
    assert run(sheet, frame) == {"at least": [0, 1, 1], "same": [0, 1, 0]}


def test_a_gap_in_numbers_is_filled():
    frame = pl.DataFrame({"a": [1, None, 7]})
    sheet = numbers("a").with_columns(COL("a").fill_null(7).alias("b"))
    assert run(sheet.select(flag(COL("b") == 7).alias("seven")), frame) == {"seven": [0, 1, 1]}


@pytest.mark.parametrize(
    ("value", "kind"), [(-1, pl.Int16), (79, pl.Int16), (127, pl.Int8), (0, pl.Int32), (None, pl.Int8)]
)
def test_what_is_the_same_for_every_row_is_not_worked_out(value, kind):
    plan = planned(Sheet(Circuit(), {"x": constant(value, kind)}))
    found = answered(plan, pl.DataFrame({"a": [1, 2]}))
    assert (plan.answers, found.schema) == ((), {"x": kind})
    assert found["x"].to_list() == [value, value]


def test_more_answers_than_a_record_holds_go_to_several():
    circuit = Circuit()
    bits = tuple(circuit.input(("bit", "code", k)) for k in range(8))
    words = {f"w{k}": Bits((bits[k % 8],) * 31, YES, pl.Int32) for k in range(9)}
    frame = pl.DataFrame({"code": pl.Series([0b10000001, 0b00000010], dtype=pl.UInt8)})
    found = run(Sheet(circuit, words), frame)
    assert [found[f"w{k}"] for k in (0, 1, 7, 8)] == [
        [2**31 - 1, 0],
        [0, 2**31 - 1],
        [2**31 - 1, 0],
        [2**31 - 1, 0],
    ]


def test_days_of_the_whole_calendar_are_told_apart():
    circuit = Circuit()
    on = Bits(tuple(circuit.input(("bit", "on", k)) for k in range(22)), YES)
    days = [date.min, date(1969, 12, 31), date(1970, 1, 1), date(2025, 4, 4), date.max]
    sheet = Sheet(circuit, {"on": on}).select(
        *(flag(COL("on") >= day).alias(str(day)) for day in days), flag(COL("on") <= days[3]).alias("until")
    )
    found = run(sheet, pl.DataFrame({"on": days}))
    assert [found[str(day)] for day in days] == [[int(d >= day) for d in days] for day in days]
    assert found["until"] == [1, 1, 1, 1, 0]
