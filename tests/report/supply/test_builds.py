from __future__ import annotations

from xenotime.report.supply.builds import Built, builds
from xenotime.report.supply.speak import speak

ROW = Built("mine", "finished", (("A", 4.0, "p-1"), ("B", 6.0, "p-2"), ("<C>", 6.0, "p-3")), 4, 6, 6, 2 / 3)


def test_every_project_is_a_mark_and_a_row():
    figure = builds("b", "B", [ROW], (5, 8), speak())
    assert figure.body.count("<title>") == 3
    assert [row[2:] for row in figure.table.rows] == [
        ("A", "4", "p-1"),
        ("B", "6", "p-2"),
        ("<C>", "6", "p-3"),
    ]
    assert "<C>" not in figure.body


def test_the_claim_is_a_shade_with_its_years():
    figure = builds("b", "B", [ROW], (5, 8), speak())
    assert "claimed: 5–8 years" in figure.body
    assert "67 % (2/3)" in figure.body


def test_planned_projects_are_hollow():
    hollow = Built("mine", "planned", (("A", 4.0, "p-1"),), 4, 4, 4, 0, hollow=True)
    assert builds("b", "B", [hollow], (5, 8), speak()).body.count("sp-ring") == 1
