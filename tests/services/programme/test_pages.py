from __future__ import annotations

from datetime import UTC, datetime

import pytest

from xenotime.programme.organisation import Organisation
from xenotime.services.programme import pages

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("size", [1, 2, 5, 6])
def test_everything_comes_once_and_in_order_however_the_pages_fall(office, monkeypatch, size):
    monkeypatch.setattr(pages, "_PAGE", size)
    with office.store.change() as change:
        for n in range(5):
            country = "DE" if n % 2 else "JP"
            change.add(Organisation(f"O{n}", f"Invented {n}", country, "both", "active", "civil", AT))
    with office.store.view() as view:
        assert [o.id for o in pages.every(view, Organisation)] == ["O0", "O1", "O2", "O3", "O4"]
        assert [o.id for o in pages.every(view, Organisation, {"country": "DE"})] == ["O1", "O3"]
