"""One small inquiry, made by hand."""

from __future__ import annotations

from datetime import date

import pytest

from xenotime.law.answer import Outcome
from xenotime.services.ask.answers import Key
from xenotime.services.ask.form import forms
from xenotime.services.ask.inquiry import Inquiry, Step, Waiting, by_counterparty
from xenotime.services.ask.question import Question

DY, WORTH = Key("product", "MG-1", "el_dy"), Key("product", "MG-1", "cn_part1_value")
TURN, CLASS = Key("hinge", "cn/mofcom-2025-70", "branch"), Key("product", "=MG-2", "classified")


@pytest.fixture(scope="session")
def inquiry():
    waiting = tuple(
        Waiting(name, "MG-1", "planned", Outcome.NOT_CONTROLLED, Outcome.LICENCE, keys, sure, may, readings)
        for name, keys, sure, may, readings in (
            ("S-1", (DY,), (frozenset({DY}),), (frozenset({DY}),), ()),
            ("S-2", (DY, WORTH), (frozenset({DY, WORTH}),), (frozenset({DY}),), ()),
            ("S-3", (TURN,), (), (frozenset({TURN}),), ("cn/technology-catalogue/1",)),
            ("S-4", (CLASS,), (), (), ()),
        )
    )
    maker = ("supplier", "hollow", "Hollow Magnets & Co.")
    questions = (
        Question(DY, *maker, "MG-1 Magnet", "Does it contain dysprosium?", "yes_no", step=1,
                 frees=("S-1",), touches=("S-1", "S-2"), also=("S-9",)),
        Question(WORTH, *maker, "MG-1 Magnet", "What is the value?", "money", unit="USD per piece",
                 currency="USD", step=2, frees=("S-2",), touches=("S-2",)),
        Question(TURN, "counsel", "", "", "cn/mofcom-2025-70 (2026-11-11)", "What followed?", "choice",
                 ("extended", "revived"), check="look there", may=("S-3",), touches=("S-3",)),
    )  # fmt: skip
    steps = (Step((DY,), ("S-1",)), Step((WORTH,), ("S-2",)))
    return Inquiry("small", date(2026, 11, 21), "ab" * 32, {}, 9, waiting, steps, questions)


@pytest.fixture(scope="session")
def sheets(inquiry):
    return forms(inquiry.portfolio, inquiry.known.isoformat(), by_counterparty(inquiry))
