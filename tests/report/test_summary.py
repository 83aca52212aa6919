from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.report.summary import summary
from xenotime.report.terminal import render
from xenotime.report.words import load


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(sample, width):
    for lang in ("en", "zh"):
        lines = render(summary(sample, load(lang)), width=width).splitlines()
        assert max(map(len, lines)) <= width


def test_the_parts_come_in_order_of_use(sample):
    lines = render(summary(sample), width=100).splitlines()
    heads = [line for line in lines if line and not line.startswith(" ")][1:9]
    assert heads == [
        "Outcomes",
        "What to do",
        "What no source confirms",
        "What needs action, by deadline",
        "Dates ahead",
        "Facts that would settle most open shipments",
        "The law used",
        "Warnings",
    ]


def test_counts_stand_beside_their_bar(sample):
    text = render(summary(sample), width=100)
    assert "  ■ licence          10  ████████████████████  allowed only with a licence\n" in text


def test_a_deadline_already_past_says_so(sample):
    assert "2026-10-31 past" in render(summary(sample), width=100)


def test_unconfirmed_law_is_a_question_with_an_answer_in_each_branch(sample):
    text = " ".join(render(summary(sample), width=200).split())
    assert (
        "2026-11-11 First day after the suspension's stated end; no source says what followed. "
        "extended 7 ○ not controlled revived† 7 ■ licence cn/mofcom-2025-70 7 shipments: "
    ) in text


def test_one_shipment_depends_and_two_depend():
    say = load()
    assert [say.count("shipment_depends", n) for n in (1, 2)] == ["1 shipment depends", "2 shipments depend"]


def test_a_chosen_branch_is_repeated(sample):
    text = render(summary(replace(sample, branches={"cn/mofcom-2025-70": "extended"})), width=200)
    assert "cn/mofcom-2025-70 was read as “extended” by your choice (--branch)." in text


def test_an_empty_portfolio_teaches(sample):
    empty = replace(sample, legs=(), counts={}, actions=(), ahead=(), asks=(), warnings=())
    text = render(summary(empty), width=200)
    assert "xenotime new FOLDER --from export.xlsx" in text
    assert "Nothing is due." in text


def test_the_notice_is_always_there(sample):
    assert render(summary(sample), width=400).rstrip().endswith(sample.notice)
