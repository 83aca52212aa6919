from __future__ import annotations

from pathlib import Path

import pytest

from xenotime.supply.world.tell import flows, sizes, widest

PAGE = (Path(__file__).parents[3] / "docs/explanation/world.md").read_text("utf-8")


def figure(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def test_page_says_how_many_of_each(world):
    told = [line for line in PAGE.splitlines() if line in {f"| {k} | {v:,} |" for k, v in sizes(world)}]
    assert told == [f"| {what} | {count:,} |" for what, count in sizes(world)]


def test_page_says_the_flows_at_rest(world):
    for what, tonnes in flows(world):
        assert f"| {what} | {figure(tonnes)} |" in PAGE


def test_page_says_which_claims_gave_way_most(world):
    rows = widest(world.reconciled, 24)
    wanted = [
        f"| `{row.what}` | {', '.join(row.claims)} | {figure(row.claimed)} | {figure(row.used)} | "
        f"{row.apart:+.0%} | {row.why} |"
        for row in rows
    ]
    assert [line for line in PAGE.splitlines() if line.startswith("| `")] == wanted


def test_page_says_every_gap(world):
    listed = [line.removeprefix("- ") for line in PAGE.splitlines() if line.startswith("- ")]
    assert listed == list(world.gaps)


def test_widest_are_ordered_whichever_side_they_lie(world):
    rows = widest(world.reconciled, 5)
    apart = [max(row.used / row.claimed, row.claimed / row.used) for row in rows]
    assert apart == sorted(apart, reverse=True)
    assert all(row.claims for row in rows)


def test_sites_of_the_stages_sum_to_all(world):
    found = dict(sizes(world))
    assert sum(n for what, n in found.items() if what.startswith("sites of")) == found["sites"]
    assert dict(flows(world))["magnets that leave China"] == pytest.approx(61920, rel=1e-4)
