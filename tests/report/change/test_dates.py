from __future__ import annotations

from datetime import date

from xenotime.law.compare import Span
from xenotime.report.change.dates import dates
from xenotime.report.change.groups import Group, grouped
from xenotime.report.change.words import speak


def test_changed_stretches_are_drawn_before_and_after(made):
    figure = dates(grouped(made.law.changes), speak())
    assert figure.body.count("<rect") >= 3
    assert [figure.body.count(f'class="p-{s}"') for s in ("in_force", "suspended", "unverified")] == [1, 1, 1]
    assert figure.table.rows == (
        ("cn/a/1, 2", "2025-12-01", "2026-11-09", "in force", "suspended", "cn/b"),
        ("cn/a/1, 2", "2026-11-10", "no end stated", "in force", "unverified", "cn/b"),
    )
    assert "cn/a/1, 2: 2025-12-01 to 2026-11-09: in force → suspended" in figure.desc


def test_where_no_date_changed_nothing_is_drawn(made):
    assert dates([g for g in grouped(made.law.changes) if not g.spans], speak()) is None


def test_stretches_apart_stay_apart():
    spans = (
        Span(date(2025, 1, 1), date(2025, 1, 9), "in_force", "suspended"),
        Span(date(2025, 3, 1), date(2025, 3, 9), "in_force", "suspended"),
    )
    figure = dates([Group("article", "redated", "cn/a", ("1",), ("x",), spans, (), ())], speak())
    assert figure.body.count('class="p-in_force"') == 2
