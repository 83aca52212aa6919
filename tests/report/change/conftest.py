"""A made-up change of law: five moves, unknown values, two changed articles, an amended condition, duties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from xenotime.law.answer import Outcome
from xenotime.law.compare import Change, Detail, Difference, Span
from xenotime.services.bulk.shift import Measure, Move, Owed, Question, Shift, Side, Touched, Waiting, total

D = Decimal
PAUSED = (
    Span(date(2025, 12, 1), date(2026, 11, 9), "in_force", "suspended", "cn/b"),
    Span(date(2026, 11, 10), None, "in_force", "unverified", "cn/b"),
)
CHANGES = (
    Change("instrument", "added", "cn/b", "Notice B"),
    Change("article", "redated", "cn/a/1", "magnets", (), PAUSED),
    Change("article", "redated", "cn/a/2", "motors", (), PAUSED),
    Change("article", "changed", "cn/a/3", "oxides", (Detail("answer", "licence", "report"),)),
    Change(
        "condition",
        "changed",
        "floor",
        "0.5 % or more",
        (Detail("when", "p * 1000 >= w", "p * 200 >= w"),),
        (),
        ("cn/a/1",),
    ),
    Change(
        "hinge",
        "added",
        "cn/b",
        "Was it extended?",
        (Detail("day", "", "2026-11-10"), Detail("default", "", "revived")),
    ),
)
MOVES = (
    Move(Outcome.LICENCE, Outcome.LICENCE, Measure(90, 96, (("CNY", D(10)),), 2, D(100), 1)),
    Move(
        Outcome.LICENCE,
        Outcome.NOT_CONTROLLED,
        Measure(20, 20, (("EUR", D("12571.5")), ("USD", D(3))), 1, D("11320.25"), 0),
        grounds=(("cn/a/1", "", 19), ("cn/a/2", "cn/a/3", 1)),
    ),
    Move(
        Outcome.LICENCE,
        Outcome.UNVERIFIED,
        Measure(8, 9, (("", D(7)),), 0, D(0), 8),
        5,
        date(2026, 11, 23),
        (("cn/a/1", "cn/a/1", 9),),
    ),
    Move(Outcome.NOT_CONTROLLED, Outcome.UNDETERMINED, Measure(2, 2, (), 2, D(0), 2), 1, date(2026, 12, 1)),
    Move(
        Outcome.REPORT,
        Outcome.PROHIBITED,
        Measure(1, 1, (("USD", D(1)),), 0, D(1), 0),
        1,
        date(2026, 12, 5),
        (("", "cn/a/3", 1),),
    ),
    Move(Outcome.LICENCE, Outcome.OPEN, Measure(3, 3, (), 3, D(0), 3), 0, None, (("cn/a/1", "cn/a/3", 3),)),
)
LEG = {
    "key": 0,
    "shipment": "S-1",
    "leg": 1,
    "on": date(2026, 12, 5),
    "product": "=1+1",
    "consignee": "buyer",
    "end_user": None,
    "planned": True,
    "value": D("12.5000"),
    "currency": "USD",
    "kg": D("100.000000"),
    "outcome_before": "report",
    "outcome_after": "prohibited",
    "article_before": "",
    "article_after": "cn/a/3",
    "shipment_before": "report",
    "shipment_after": "prohibited",
}
SCHEMA = {"value": pl.Decimal(38, 4), "kg": pl.Decimal(38, 6), "end_user": pl.String}


@pytest.fixture
def made():
    """The change over an invented portfolio."""
    sides = [
        Side("cn", "a" * 64, date(2025, 10, 15), {}),
        Side("cn", "b" * 64, date(2025, 11, 8), {"cn/b": "revived"}),
    ]
    much = total(m.measure for m in MOVES if not m.stays)
    touched = (
        Touched("buyer", "Fernhill <AG>", much, ((Outcome.LICENCE, Outcome.NOT_CONTROLLED, 20),)),
        Touched("", "", Measure(), ()),
        Touched("…", "", Measure(), ()),
    )
    return Shift(
        *sides,
        Difference(CHANGES, ((date(2025, 11, 7), date(2026, 1, 1)), (date(2026, 11, 10), None))),
        "june",
        None,
        total(m.measure for m in MOVES),
        MOVES,
        touched,
        touched[:1],
        touched[:1],
        (Question("el_dy", "Does it contain dysprosium?", "supplier", 2),),
        (Waiting("cn/b", date(2026, 11, 10), "Was it extended?", "the ministry's page", 9),),
        (
            Owed("cn/a/7", "notice", "hand over the notice", "with the goods", 4, 0),
            Owed("cn/a/8", "report", "report the export", "10 days", 0, 2),
        ),
        3,
        2,
        pl.DataFrame(
            [LEG, {**LEG, "key": 1, "value": None, "kg": None, "currency": None}], schema_overrides=SCHEMA
        ),
    )


@pytest.fixture
def still(made):
    """The same change where nothing moves."""
    kept = tuple(m for m in MOVES if m.stays)
    return replace(
        made,
        moves=kept,
        whole=total(m.measure for m in kept),
        parties=(),
        products=(),
        kinds=(),
        questions=(),
        waiting=(),
        duties=(),
        legs=made.legs.clear(),
    )


@pytest.fixture
def bare(made):
    """Two laws without a portfolio."""
    return Shift(made.before, made.after, made.law)
