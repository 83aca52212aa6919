"""`xenotime law fine | due | ask`."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from xenotime.cli.main import cli


def run(*words: str) -> str:
    result = CliRunner().invoke(cli, ["law", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_fine_is_a_span_with_its_article() -> None:
    lines = run("fine", "unlicensed_export", "--amount", "2000000").splitlines()

    assert lines[0] == "RMB 10,000,000 to 20,000,000, and illegal gains are taken"
    assert lines[1].strip().startswith("5 to 10 times the turnover")


def test_the_acts_are_listed() -> None:
    assert len(run("fine").splitlines()) == 15


def test_working_days_are_counted_and_past_the_calendar_they_are_a_range() -> None:
    assert run("due", "2025-10-20", "10").splitlines()[0] == "2025-11-03"
    assert run("due", "2026-12-20", "45").startswith("between 2027-")


def test_a_question_of_procedure_is_answered_with_its_article() -> None:
    answered = run("ask", "validity", "channel=individual", "months=14").splitlines()

    assert answered == ["not_possible  cn/order-792/15", "  limit_months: 12"]
    assert "kept_years=whole number" in run("ask")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("fine", "nope"), "no such offence"),
        (("ask", "validity", "months=14"), "needs other particulars"),
        (("ask", "validity", "months"), "a particular is NAME=VALUE"),
    ],
)
def test_what_cannot_be_answered_says_what_was_expected(words: tuple[str, ...], message: str) -> None:
    result = CliRunner().invoke(cli, ["law", *words])

    assert result.exit_code == 2
    assert message in result.output
