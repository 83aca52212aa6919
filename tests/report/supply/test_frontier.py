from __future__ import annotations

from xenotime.report.supply.frontier import Step, frontier
from xenotime.report.supply.speak import speak


def test_both_lines_carry_marks_and_the_choice_is_shown():
    figure = frontier("f", "F", [Step(2e6, 1e6, 3e6), Step(0, 4e6, 9e6)], 2e6, speak())
    assert (figure.body.count("sp-dot"), figure.body.count("sp-diamond")) == (2, 2)
    assert ">chosen<" in figure.body
    assert figure.table.rows[0] == ("0", "4\u202f000\u202f000", "9\u202f000\u202f000")


def test_an_empty_frontier_is_no_failure():
    assert frontier("f", "F", [], 0, speak()).table.rows == ()
