from __future__ import annotations

from xenotime.report.questions.told import told
from xenotime.report.terminal import render


def test_the_terminal_says_the_order_then_whom_then_what_stays_open(inquiry, sheets):
    shown = render(told(inquiry, sheets), width=110)
    places = [
        shown.index(text)
        for text in (
            "2 questions to 1 counterparties settle 2 of 4 open shipments",
            "What to ask first",
            "supplier: Hollow Magnets & Co.",
            "also decided again, as they rest on a presumption of this: S-9",
            "counsel",
            "What no answer is sure to settle",
            "A question asks what is so.",
        )
    ]
    assert places == sorted(places)
    assert "可" in render(told(inquiry, sheets, "zh"), width=110)
