"""Fines, due days and questions of procedure, from the packaged tables."""

from __future__ import annotations

from datetime import date

from xenotime.services import reckon


def test_a_fine_comes_from_the_packaged_table() -> None:
    found = reckon.fined("unlicensed_export", 500_000)

    assert (found.low, found.high) == (2_500_000, 5_000_000)


def test_a_due_day_carries_the_confidence_of_the_calendar() -> None:
    assert reckon.due(date(2025, 6, 16), 7) == (date(2025, 6, 25), date(2025, 6, 25), "O")


def test_a_question_of_procedure_names_its_article() -> None:
    finding = reckon.asked("records", {"kept_years": "3"})

    assert (finding.answer, finding.article) == ("breach", "cn/order-792/27")
