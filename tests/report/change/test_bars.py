from __future__ import annotations

from xenotime.law.answer import Outcome
from xenotime.report.change.bars import bars, counts
from xenotime.report.change.words import speak


def test_all_shipments_are_counted_on_both_sides(made):
    before, after = (counts(made, side) for side in (0, 1))
    assert before == {Outcome.NOT_CONTROLLED: 2, Outcome.REPORT: 1, Outcome.LICENCE: 121}
    assert sum(after.values()) == sum(before.values()) == made.whole.shipments


def test_the_table_tells_the_net_change(made):
    figure = bars(made, speak())
    assert figure.table.rows[0] == ("not controlled", "2", "20", "+18")
    assert figure.table.rows[2] == ("licence", "121", "90", "−31")
    assert "Before: not controlled 2, report 1, licence 121." in figure.desc
