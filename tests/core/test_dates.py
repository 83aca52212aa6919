from __future__ import annotations

import pytest

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2025-02-30", "2025-02 has 28 days"),
        ("2024-02-30", "2024-02 has 29 days"),
        ("2025-13-01", "there is no month 13"),
        ("20250001", "there is no month 0"),
        ("0000-01-01", "years are 1 to 9999"),
    ],
)
def test_a_day_that_does_not_exist_is_told_with_the_reason(text, why):
    with pytest.raises(InputError) as refused:
        parse_day(text, where="x")
    assert refused.value.problem.found == f"'{text}' ({why})"
