from __future__ import annotations

from datetime import UTC, datetime

from xenotime.programme.access import PUBLIC
from xenotime.programme.casework.case import Case
from xenotime.programme.organisation import Organisation
from xenotime.services.programme.oversight import statistics

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)


def filled(office, number=4):
    with office.store.change() as change:
        change.add(Organisation("O1", "Invented One", "DE", "end_user", "active", "civil", AT, invented=True))
        for n in range(number):
            closed = AT.replace(day=11 + n)
            change.add(
                Case(
                    f"C{n}", "certificate", "civil", "granted", "O1", "t", AT, "applicant:A",
                    closed=closed, outcome="granted",
                )
            )  # fmt: skip
        change.add(Case("C9", "incident", "civil", "draft", "O1", "t", AT, "applicant:A"))


def test_what_is_published_counts_cases_by_kind_country_and_month_and_hides_the_few(office):
    filled(office)
    rows = statistics.feed(office, AT)
    assert rows == [
        ("table", "keys", "count"),
        ("applications", "certificate / granted", "3"),
        ("applications", "incident / open", "<3"),
        ("countries", "DE / granted", "3"),
        ("countries", "DE / open", "<3"),
        ("months", "2026-09 / certificate", "3"),
        ("months", "2026-09 / incident", "<3"),
        ("days_median", "certificate / civil", "11"),
        ("days_nine_in_ten", "certificate / civil", "13"),
    ]


def test_a_day_is_published_once_and_shown_as_published(office):
    filled(office, 3)
    first = statistics.latest(office, PUBLIC, AT)
    with office.store.change() as change:
        change.add(Case("C7", "certificate", "civil", "draft", "O1", "t", AT, "applicant:A"))
    assert statistics.latest(office, PUBLIC, AT.replace(hour=20)) == first
    assert statistics.latest(office, PUBLIC, AT.replace(day=2)).id == "2026-09-02"
