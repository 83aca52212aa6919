from __future__ import annotations

from fractions import Fraction

from xenotime.content.bounds import UNKNOWN, Bounds
from xenotime.content.tree import Node
from xenotime.report.terminal import render
from xenotime.report.trace import LINES, Part, bounds, decimal, part_of, spread, trace
from xenotime.report.words import load
from xenotime.services.results import ValueShare


def node(key, *children, status="known", gaps=()):
    one = Bounds(Fraction(1), Fraction(1))
    return Node(
        "product",
        key,
        key,
        Fraction(2),
        "piece",
        one,
        UNKNOWN,
        one,
        (Fraction(1, 1000), None),
        "CN",
        status,
        gaps,
        children,
    )


def test_a_content_tree_is_shown_with_its_gaps():
    made = part_of(node("motor", node("magnet", status="missing", gaps=("no price",))), "USD")
    assert render(trace(made), width=100).splitlines()[:3] == [
        "✓ motor 2 piece · 1 kg · unknown USD · share ≥ 0.1 % · origin CN",
        "└── ? magnet 2 piece · 1 kg · unknown USD · share ≥ 0.1 % · origin CN",
        "      ? no price",
    ]


def test_a_very_deep_list_is_read_without_recursion():
    deep = node("last")
    for number in range(5000):
        deep = node(str(number), deep)
    assert part_of(deep).name == "4999"


def test_a_shared_part_is_read_once_and_a_huge_tree_is_cut_with_a_count():
    shared = node("leaf")
    for number in range(40):
        shared = node(str(number), shared, shared)
    made = part_of(shared)
    assert made.children[0] is made.children[1]
    lines = render(trace(made), width=300).splitlines()
    assert len(lines) == LINES + 3


def test_an_empty_list_teaches():
    assert "Fill parts.csv and compositions.csv" in render(trace(Part("motor")), width=120)


def test_intervals_are_shown_as_intervals():
    say = load()
    assert spread(Bounds(Fraction(1), Fraction(3, 2)), say) == "1…1.5"
    assert spread(Bounds(Fraction(0), None), say) == "unknown"
    assert [decimal(Fraction(2, 3)), decimal(Fraction(-5, 4)), decimal(Fraction(10**9))] == [
        "≈0.666667",
        "-1.25",
        "1000000000",
    ]


def test_the_exact_fraction_stands_beside_the_percentage():
    share = ValueShare("cannot be shown", "1/2000", "", "0.05 %", "", ("price of X",))
    text = render(trace(Part("motor"), share=share), width=100)
    assert text.splitlines()[-4:] == [
        "  cannot be shown to be below 0.1 %",
        "  lowest: 1/2000  (0.05 %)",
        "  highest: unknown",
        "  ? price of X",
    ]
    same = ValueShare("below", "1/2000", "1/2000", "0.05 %", "0.05 %", ())
    assert bounds(same, load()) == [("exact fraction", "1/2000", "0.05 %")]
