from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from xenotime.core.errors import InputError
from xenotime.programme.shipping.usage import MOST_LINES, REASONS, Batch, Line, added, missing, proper

LINE = Line("L1", "V1", {"Dy": 5}, date(2026, 11, 21))
BATCH = Batch("B1", 1, (LINE,))


def test_a_batch_in_order_is_taken():
    assert proper(BATCH) is None


@pytest.mark.parametrize(
    "batch",
    [
        replace(BATCH, id=""),
        replace(BATCH, run=0),
        replace(BATCH, run=True),
        replace(BATCH, lines=()),
        replace(BATCH, lines=(LINE,) * (MOST_LINES + 1)),
        *(
            replace(BATCH, lines=(replace(LINE, **wrong),))
            for wrong in (
                {"id": ""},
                {"id": "x" * 201},
                {"shipment": ""},
                {"grams": {}},
                {"grams": {"Dy": 0}},
                {"grams": {"Dy": -1}},
                {"grams": {"Dy": 0.5}},
                {"grams": {"": 5}},
            )
        ),
    ],
)
def test_a_batch_out_of_order_is_refused(batch):
    with pytest.raises(InputError):
        proper(batch)


def test_missing_runs_are_named_up_to_a_bound():
    assert missing(1, []) == ()
    assert missing(4, [1, 2, 3, 9]) == ()
    assert missing(10**6, [], most=3) == (1, 2, 3)


def test_amounts_are_added_never_set():
    assert added([]) == {}
    assert added([{"Dy": 1}, {"Dy": 1}]) == {"Dy": 2}


def test_every_reason_is_said_in_both_languages():
    assert all(says and says_zh and isinstance(alert, bool) for says, says_zh, alert in REASONS.values())
