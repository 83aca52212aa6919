from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.evidence.period import meet, span

FORMS = {
    "2025": (date(2025, 1, 1), date(2025, 12, 31)),
    "2025-02": (date(2025, 2, 1), date(2025, 2, 28)),
    "2024-02": (date(2024, 2, 1), date(2024, 2, 29)),
    "2025-12": (date(2025, 12, 1), date(2025, 12, 31)),
    "2025-05-26": (date(2025, 5, 26), date(2025, 5, 26)),
    "2025-Q4": (date(2025, 10, 1), date(2025, 12, 31)),
    "2022-H1": (date(2022, 1, 1), date(2022, 6, 30)),
    "2025-01/06": (date(2025, 1, 1), date(2025, 6, 30)),
    "2021-2024": (date(2021, 1, 1), date(2024, 12, 31)),
    "FY2025": (date(2025, 1, 1), date(2025, 12, 31)),
}


@pytest.mark.parametrize("period", FORMS)
def test_a_period_has_a_first_and_a_last_day(period):
    assert span(period) == FORMS[period]


@pytest.mark.parametrize(
    "period", ["2025-13", "2025-06/01", "2025-02-30", "May 2025", "25", "2024-2021", "2025-Q5", "0000"]
)
def test_another_form_is_refused(period):
    with pytest.raises(InputError, match="this is not a period"):
        span(period)


def test_an_undated_figure_meets_every_period():
    assert (span(""), meet("", "2025"), meet("2019", "")) == (None, True, True)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_lies_within_its_month_and_year(day):
    month, year = span(f"{day:%Y-%m}"), span(f"{day:%Y}")
    assert month[0] <= day <= month[1]
    assert year[0] <= month[0] <= month[1] <= year[1]
    assert meet(day.isoformat(), f"{day:%Y-%m}")
