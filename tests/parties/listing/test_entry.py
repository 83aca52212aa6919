from __future__ import annotations

from datetime import date

import pytest

from xenotime.parties.listing.entry import ListedName, ListEntry, ListingEvent

ENTRY = ListEntry(
    "inv",
    "1",
    (ListedName("QMW", "strong"), ListedName("Quillmoor")),
    events=(
        ListingEvent("paused", date(2025, 5, 14)),
        ListingEvent("listed", date(2025, 4, 4)),
        ListingEvent("stopped", date(2025, 11, 10)),
    ),
)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2025, 4, 3), "not yet listed"),
        (date(2025, 4, 4), "listed"),
        (date(2025, 5, 13), "listed"),
        (date(2025, 5, 14), "paused"),
        (date(2025, 11, 9), "paused"),
        (date(2025, 11, 10), "stopped"),
        (date(2025, 11, 11), "stopped"),
    ],
)
def test_the_status_is_that_of_the_last_event(on, status):
    assert ENTRY.status(on) == status


def test_an_entry_without_days_is_listed():
    assert ListEntry("inv", "1", (ListedName("Q"),)).status(date(1990, 1, 1)) == "listed"


def test_the_name_to_show_is_the_primary_one():
    assert (ENTRY.name, ENTRY.listed_on) == ("Quillmoor", date(2025, 4, 4))
    assert ListEntry("inv", "1", (ListedName("QMW", "weak"),)).name == "QMW"
