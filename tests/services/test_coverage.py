from __future__ import annotations

from xenotime.law.read import JURISDICTIONS, read_book
from xenotime.services.coverage import census, trial_texts

CASES = """
cases:
  - {id: X1, expect: {rule: cn/mofcom-2025-62/3, notes: [cn/mofcom-2025-70/mixed-day]}}
  - {id: X2, also: [{expect: {rule: cn/mofcom-2025-62/3}}]}
"""
TRIALS = """
trials:
  - {of: cn/mofcom-2025-62/3, rows: [{holds: yes}, {holds: no}]}
  - {of: export_from_china, rows: [{holds: yes, rule: cn/mofcom-2025-62/2}]}
"""


def test_cases_and_trials_are_counted_by_article(book):
    found = {r.address: r for r in census(book, {"cn/cases.yaml": CASES, "cn/trials.yaml": TRIALS}).readings}
    tried = found["cn/mofcom-2025-62/3"]
    assert (tried.cases, tried.trials, tried.tested, tried.encoded) == (("X1", "X2"), 2, True, True)
    assert found["cn/mofcom-2025-70/mixed-day"].cases == ("X1",)
    assert (found["cn/mofcom-2025-62/2"].trials, found["cn/mofcom-2025-62/4"].tested) == (1, False)


def test_every_article_is_encoded_or_says_why_not():
    for name in JURISDICTIONS:
        book = read_book(jurisdiction=name)
        found = census(book, trial_texts(name))
        assert [r.address for r in found.readings if r.encoded != (r.address in book.rules)] == []
        assert [r.address for r in found.not_encoded if len(r.reason) < 10] == []
        assert [r.address for r in found.untested] == []


def test_the_sums_add_up(book):
    found = census(book, {})
    *rows, total = found.table()
    sums = [sum(int(row[k]) for row in rows) for k in range(1, 6)]
    assert list(total[1:6]) == sums
    assert (total[1], total[2], total[5]) == (len(found.readings), len(book.rules), len(found.not_encoded))


def test_who_read_an_article(book):
    text = "cn/mofcom-2025-62/1"
    found = {r.address: r for r in census(book, {}).readings}
    assert (found[text].read_by, found[text].read_until) == ("project", "2026-09-15")
