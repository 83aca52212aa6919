from __future__ import annotations

import random
from dataclasses import replace

import pytest

from xenotime.evidence.read import figures
from xenotime.supply.world.balance import FREE, balance, follow, ores
from xenotime.supply.world.elements import MAGNETIC


def test_order_of_the_claims_changes_nothing(given, settled):
    shuffled = list(figures())
    random.Random(3).shuffle(shuffled)
    again = balance(shuffled, given)
    assert again.value == pytest.approx(settled.value, rel=1e-6)


def test_ores_sum_to_one(settled):
    for parts in (*ores(figures()).values(), *settled.ores.values()):
        assert sum(parts.values()) == pytest.approx(1.0, abs=1e-12)


def test_magnet_elements_close(settled):
    """Supply, other uses and swarf leave just what the magnets hold."""
    value = settled.value
    assert value["used.magnetic"] == pytest.approx(value["refined.magnetic"], rel=1e-9)


def test_balance_is_near_official_figures(settled):
    value = settled.value
    assert value["mine.CN"] == pytest.approx(270_000, rel=0.05)
    assert value["mined.magnetic"] == pytest.approx(75_099, rel=0.05)
    assert value["used.magnetic"] == pytest.approx(90_922, rel=0.08)
    assert 0.87 < value["share.magnet.CN"] < 0.95
    assert 0.6 <= value["yield"] <= 0.75
    assert value["content.magnetic"] == pytest.approx(0.30, rel=0.05)


def test_what_gave_way_is_told(settled):
    told = {(row.what, row.claims): row for row in settled.adjusted}
    australia = told["mine.AU", ("production-067",)]
    assert australia.claimed == 29_000
    assert australia.used == settled.value["mine.AU"]
    assert australia.apart == australia.used / 29_000 - 1
    assert {name for name, _ in told} >= set(FREE)


def test_more_clay_gives_more_dysprosium(given, settled):
    free = {name: settled.value[name] for name in FREE}
    base = ores(figures())
    less = follow(free, base, given)["content.Dy.heavy"]
    more = follow({**free, "mine.MM": free["mine.MM"] * 1.2}, base, given)["content.Dy.heavy"]
    assert more > less
    assert all(f"content.{e}" in follow(free, base, given) for e in MAGNETIC if e in ("Nd", "Pr"))


def test_own_claim_is_weighed_in_the_balance(given, settled):
    """A company that says twice as much of Australia's mines moves them, and is told beside the others."""
    base = next(figure for figure in figures() if figure.id == "production-067")
    mine = replace(base, id="own-001", value=2 * base.value, sureness="high")
    again = balance((*figures(), mine), given)
    assert again.value["mine.AU"] > 1.1 * settled.value["mine.AU"]
    told = {(row.what, row.claims): row for row in again.adjusted}
    assert told["mine.AU", ("own-001",)].claimed == 58_000
