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
    heads = [line for line in lines if line and not line.startswith(" ")][1:7]
    assert heads == [
        "Outcomes",
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


def test_unconfirmed_law_is_said_plainly(sample):
    text = " ".join(render(summary(sample), width=200).split())
    assert (
        "No source confirms what followed the stated end (cn/mofcom-2025-70); the first unconfirmed day is "
        "2026-11-11. 7 shipments depend on it. Default legal reading: revived."
    ) in text


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
