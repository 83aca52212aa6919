from __future__ import annotations

from xenotime.report.change.groups import detail_words, grouped, shown, span_words
from xenotime.report.change.words import speak


def test_articles_that_changed_alike_share_a_line(made):
    groups = grouped(made.law.changes)
    assert [(g.kind, g.how, g.label) for g in groups] == [
        ("instrument", "added", "cn/b"),
        ("article", "redated", "cn/a/1, 2"),
        ("article", "changed", "cn/a/3"),
        ("condition", "changed", "floor"),
        ("hinge", "added", "cn/b"),
    ]
    assert groups[1].titles == ("magnets", "motors")


def test_stretches_and_pieces_are_told_in_words(made):
    say, groups = speak(), grouped(made.law.changes)
    assert [span_words(s, say) for s in groups[1].spans] == [
        "2025-12-01 to 2026-11-09: in force → suspended",
        "from 2026-11-10 on: in force → unverified",
    ]
    assert [detail_words(d, say) for g in groups for d in shown(g)] == [
        "conclusion: licence → report"
        if "conclusion" in say("detail.answer")
        else "answer: licence → report",
        "condition: p * 1000 >= w → p * 200 >= w",
        "day: 2026-11-10",
    ]
