from __future__ import annotations

from datetime import date

from xenotime.report.receipt import facts
from xenotime.report.terminal import render
from xenotime.report.words import load
from xenotime.services.receipt import Answer, Body, Ground, Group, Receipt

SAID = Answer("licence", "licence", "licence", "", "", {}, {}, (), {}, {}, {}, {}, (), {}, "0" * 64)
DAY = date(2026, 11, 21)
GROUPS = (
    Group("bill", "products.csv, row 2", {"item_value": [999900, None], "money_scale": 1000, "el_dy": True}),
    Group("list", "screening of buyer", {"listed_a": True, "listed_b": False, "held_b": False}),
    Group("given", "facts.yaml, facts", {"red_flag": None}),
)
KEPT = Receipt(
    "a" * 64,
    Body("k", "0.1.0", "t", DAY, DAY, False, Ground("cn", "b" * 64, "c"), GROUPS, None, (), None, SAID),
)


def test_facts_stand_beside_their_sources():
    shown = render(facts(KEPT), width=110)
    assert [" ".join(line.split()) for line in shown.splitlines() if line.strip()] == [
        f"Receipt {'a' * 64} xenotime 0.1.0",
        f"Law cn {'b' * 64}",
        "Facts, by their source",
        "item_value = 999.9 to unknown, el_dy = yes rolled up from the bill of material",
        "products.csv, row 2",
        "listed_a = yes, not on, and not held from, 2 more lists from screening",
        "screening of buyer",
        "red_flag = unknown as given",
        "facts.yaml, facts",
    ]


def test_the_same_in_chinese():
    assert "来自名单筛查" in render(facts(KEPT, load("zh")), width=110)
