from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.report.supply.backtest import write_backtest
from xenotime.report.words import LANGUAGES, load
from xenotime.services.supply.backtest import Backtest, Error, Month, Ratio, Scored, Stopped

SPREAD = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)


@pytest.fixture
def scored(claims):
    """Four months of one series, two firms, one price ratio."""
    months = (
        Month("2025-05", "fit", 4.0, "backtest-001", SPREAD, 0.5, 4.0, None, 3.0),
        Month("2025-06", "fit", 9.0, "backtest-002", SPREAD, 0.5, 4.0, 4.0, 3.0),
        Month("2025-07", "check", 2.5, "backtest-003", SPREAD, 0.5, 4.0, 9.0, None),
        Month("2025-08", "ahead", None, "", SPREAD, None, 4.0, None, None),
    )
    return Backtest(
        "april-2025", 200, 1, 31.5, 1e-12, "abc123",
        (Scored("world", "world magnet exports", "t", 5.0, 5.1, months),),
        (
            Error("world", "fit", 2, 0.4, 0.3, 0.5, 0.5, 0.6, None),
            Error("world", "check", 1, 0.1, 0.1, 1.0, 0.5, 0.6, None),
        ),
        (
            Stopped("Maker", "disruptions-001", "JP product ev lean", 1, 30, 40, 0.8, 35.0, True),
            Stopped("Other", "", "US wind", 0, 0, 0, 0.6, 90.0, False),
        ),
        0.75, (1, 1), (1, 1), (Ratio("oxide/Dy", "2025-05", 3.0, 2.5, 3.5, SPREAD, (), "prices-001"),),
        ("Prices rise too slowly.",), "frozen 2025", claims,
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_written_in_every_language(scored, tmp_path, lang):
    text = write_backtest(tmp_path, scored, load(lang)).read_text("utf-8")
    assert text.index('id="fails"') < text.index('id="series"') < text.index('id="errors"')


def test_the_answer_is_judged_on_months_that_nothing_was_fitted_to(scored, tmp_path):
    text = write_backtest(tmp_path, scored).read_text("utf-8")
    assert "beats every naive forecast in 1 of 1 comparisons" in text
    assert "Of 1 reported stops it names 1; of 1 firms that were not reported to stop it stops 1." in text
    assert "1 months that nothing was fitted to" in text
    assert "electric cars, Japan, thin stocks" in text


def test_a_month_that_is_not_known_is_no_zero(scored, tmp_path):
    text = write_backtest(tmp_path, scored).read_text("utf-8")
    row = text[text.index("<td>2025-08-01</td>") :].split("</tr>")[0]
    assert row.startswith('<td>2025-08-01</td><td class="r">–</td><td class="r">2</td>')


def test_where_it_fails_is_said_in_words(scored, tmp_path):
    text = write_backtest(tmp_path, scored).read_text("utf-8")
    assert "Prices rise too slowly." in text
    assert "<b>wrong</b>" in text


def test_bands_that_rest_on_few_draws_are_not_to_be_trusted(scored, tmp_path):
    few = write_backtest(tmp_path, replace(scored, effective=2.14)).read_text("utf-8")
    many = write_backtest(tmp_path, scored).read_text("utf-8")
    assert ("worth only 2.1 equal ones" in few, "equal ones" in many) == (True, False)
