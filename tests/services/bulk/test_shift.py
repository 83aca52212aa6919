from __future__ import annotations

from decimal import Decimal

from xenotime.law.answer import Outcome
from xenotime.services.bulk.shift import Measure, Move, Shift, Side, total

D = Decimal


def test_measures_add_up_by_currency_and_keep_what_is_unknown_apart():
    one = Measure(2, 3, (("EUR", D("0.1")), ("USD", D(5))), 1, D("0.2"), 1)
    two = Measure(1, 1, (("EUR", D("0.2")),), 0, D("0.1"), 0)
    assert one + two == Measure(3, 4, (("EUR", D("0.3")), ("USD", D(5))), 1, D("0.3"), 1)
    assert total(()) == Measure()


def test_what_moves_and_what_stays_are_the_whole(law):
    side = Side("cn", "0" * 64, law.known, {})
    moves = (
        Move(Outcome.LICENCE, Outcome.LICENCE, Measure(5)),
        Move(Outcome.REPORT, Outcome.OPEN, Measure(1)),
        Move(Outcome.LICENCE, Outcome.NOT_CONTROLLED, Measure(3)),
        Move(Outcome.LICENCE, Outcome.OPEN, Measure(1)),
    )
    shift = Shift(side, side, None, whole=total(m.measure for m in moves), moves=moves)
    assert [(m.before, m.after) for m in shift.moved] == [
        (Outcome.LICENCE, Outcome.NOT_CONTROLLED),
        (Outcome.REPORT, Outcome.OPEN),
        (Outcome.LICENCE, Outcome.OPEN),
    ]
    assert (shift.much + shift.kept, shift.much.shipments) == (shift.whole, 5)
