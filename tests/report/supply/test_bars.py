from __future__ import annotations

from xenotime.report.supply.bars import Row, bars
from xenotime.report.supply.speak import speak


def test_rows_give_interval_unit_and_table():
    figure = bars("b", "B", [Row("Dy", 1.0, 2.0, 4.0, "metal")], "%", speak())
    assert figure.table.rows == (("Dy", "metal", "1", "2", "4"),)
    assert figure.table.head[2] == "5 % [%]"
    assert "[%]" in figure.body


def test_what_never_comes_is_said_not_drawn_as_zero():
    figure = bars("b", "B", [Row("Japan", None, None, None, says="never")], "days", speak())
    assert figure.body.count("sp-dot va faint") == 1
    assert "sw va" not in figure.body
    assert figure.table.rows[0][3] == "never"


def test_rows_of_one_label_stand_together_and_differ_in_shape():
    rows = [Row("Japan", 1, 2, 3, series=0), Row("Japan", 2, 3, 4, series=1)]
    figure = bars("b", "B", rows, "days", speak(), series=("half", "all"))
    assert figure.body.count(">Japan<") == 1
    assert (figure.body.count("sp-dot"), figure.body.count("sp-diamond")) == (2, 2)
    assert figure.table.rows[1] == ("Japan", "", "all", "2", "3", "4")


def test_a_reference_is_marked_and_named():
    figure = bars("b", "B", [Row("x", 0.5, 2, 8)], "times", speak(), log=True, mark=1.0, marked="even")
    assert ">even<" in figure.body
    assert figure.body.count('class="now"') == 1


def test_losses_grow_to_the_left_of_zero():
    body = bars("b", "B", [Row("x", -4, -2, -1)], "USD", speak(), filled=True).body
    assert "−4 … −1" in body


def test_nothing_to_draw_still_has_a_description():
    assert "none" in bars("b", "B", [], "%", speak()).desc
