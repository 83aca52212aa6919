from __future__ import annotations

from xenotime.report.change.told import told
from xenotime.report.change.words import speak
from xenotime.report.terminal import render


def test_the_answer_comes_first_and_the_numbers_add_up(made):
    lines = render(told(made, speak()), width=100).splitlines()
    assert lines[0] == "june  ·  cn as known on 2025-10-15 → cn as known on 2025-11-08"
    assert lines[1] == (
        "34 of 124 shipments get another answer; 90 keep theirs. Still to leave: 7, the first on 2026-11-23."
    )
    text = "\n".join(lines)
    assert "cn/b read as “revived” by your choice" in text
    assert "2 shipments keep the answer of their strictest leg though another leg gets another." in text
    assert "3 more legs keep their answer under another article." in text
    assert [line.split()[:2] for line in lines if "cn/a/7" in line or "cn/a/8" in line] == [
        ["+4", "cn/a/7"],
        ["−2", "cn/a/8"],
    ]
    assert "article dated otherwise  cn/a/1, 2  magnets; motors" in text
    assert "2025-11-07 to 2025-12-31; from 2026-11-10 on" in text


def test_columns_fit_eighty(made):
    lines = render(told(made, speak()), width=80).splitlines()
    (row,) = [line for line in lines if line.startswith("  ■ licence → ○ not controlled")]
    assert row.split()[-5:] == ["20", "EUR", "12,571.5", "11,320.25", "–"]


def test_where_nothing_moves_it_says_so_and_what_to_try(still):
    text = render(told(still, speak()), width=100)
    assert "No shipment of 90 gets another answer." in text
    assert "Try --on DAY" in text
    assert (
        "The rows add up to the portfolio: 90 shipments, 96 legs; CNY 10, value of 2 unknown; 100 kg" in text
    )


def test_without_a_portfolio_only_the_law_is_told(bare):
    text = render(told(bare, speak("zh")), width=100)
    assert "用 --portfolio 指定组合" in text
    assert "哪些货物" not in text
