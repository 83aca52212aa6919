from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.report.supply.brief import catalogue
from xenotime.report.supply.weighed import adapt_told, leverage_told, weighed
from xenotime.report.terminal import render
from xenotime.services.supply.results import Adapt, Leverage
from xenotime.supply.measure.values import Band, Build, Channel, Curve, Faster, Loss, Side, Split

SAY = catalogue("en")
NEVER = Band(None, None, None, None, None, None, None)
FLAT = Curve("x", "1", (0,), *((0.0,),) * 6)


def at(low, middle, high):
    return Band(low, low, middle, high, high, middle, middle)


@pytest.fixture
def adapted(basis):
    channels = (Channel("stock", at(0.5, 0.6, 0.7), FLAT), Channel("less", at(0.3, 0.4, 0.5), FLAT))
    fast = Side(
        *("JP", FLAT, at(0.1, 0.2, 0.3), at(0, 30, 60), at(20, 90, 180), at(30, 80, 190), at(0, 0.004, 0.01)),
        *(0.9, channels),
    )
    slow = replace(fast, country="EU", t50=replace(at(40, 90, 100), high=None), t90=NEVER, rate=NEVER)
    builds = (
        Build("magnet", "observed", at(1, 2, 3.5), 0.0, (5.0, 8.0), (("A", 1.0, "x"), ("B", 3.5, "y"))),
    )
    return Adapt(basis, (fast, slow), (Faster("EU", "JP", 0.2, 0.1),), builds, ())


def test_each_side_who_is_faster_and_how_long_building_took(adapted):
    lines = [" ".join(each.split()) for each in render(adapt_told(adapted), width=120).splitlines()]
    assert "Japan 20 % 30 (0–60) 90 (20–180) 80 (30–190) 0.0040" in lines
    assert "Japan stock 60 %, made less 40 %" in lines
    assert any(each.startswith("European Union 20 % 90 (40–∞) ∞ ") for each in lines)
    assert lines[lines.index("EU JP") + 1 :][:2] == ["European Union · 20", "Japan 70 ·"]
    assert "magnet observed 2 2 1–3.5 0 %" in lines


def test_a_table_of_sides_is_whole_at_eighty_columns(adapted):
    text = render(adapt_told(adapted), width=80)
    assert "90 (40–∞)" in text
    assert "180)" in text
    lines = text.splitlines()
    head = next(place for place, line in enumerate(lines) if "half with-" in line)
    assert lines[head + 1].split() == "side unmet met by met by out stock a day".split()


def loss(side, countries, total):
    parts = (at(total, total, total), at(0, 0, 0), at(0, 0, 0), at(1e6, 1e6, 1e6))
    return Loss(side, countries, at(total / 2, total, total * 2), FLAT, *parts)


@pytest.fixture
def levered(basis):
    a, b = loss("CN", ("CN",), 1e9), loss("US+JP", ("US", "JP"), 4e9)
    split = Split(at(5e9, 5e9, 5e9), at(1.5e9, 1.5e9, 1.5e9))
    return Leverage(
        *(basis, a, b, 365, 0.05, at(3.1, 4.0, 5.2), FLAT, 0.9, at(0, 0, 0), 0.0),
        *(at(20, 30, 60), NEVER, split, ()),
    )


def test_the_leverage_in_sentences(levered):
    both = "United States + Japan"
    assert weighed(levered, SAY) == [
        f"For each dollar that China loses, {both} loses 4; 5–95 %: 3.1 to 5.2.",
        f"{both} loses more than China in 90 % of draws.",
        f"{both}'s summed loss passes China's on day 30 (2025-05-04); 5–95 %: 2025-04-24 to 2025-06-03.",
        "China's passes it again: not within these 365 days; 5–95 %: beyond the run.",
        f"Ending it saves both 5 billion USD; an even split moves 1.5 billion USD from {both} to China.",
    ]


def test_what_the_losses_are_to_each_economy(levered):
    small, some = at(1e-5, 2e-5, 4e-5), at(0.1, 0.2, 0.3)
    put = replace(levered, a=replace(levered.a, burden=small, market=some), patience=at(0.5, 0.75, 0.9))
    text = " ".join(render(leverage_told(put), width=120).split())
    assert "share of GDP 0.002 % unknown" in text
    assert "market share lost 20 % unknown" in text
    assert "would win China 75 % of what ending it saves; 5–95 %: 50 % to 90 %." in text


def test_who_loses_nothing_has_no_leverage_and_who_gains_pays_nothing(levered):
    split = replace(levered.nash, transfer=at(-1e9, -1e9, -1e9))
    lines = weighed(replace(levered, ratio=NEVER, bites=NEVER, nash=split), SAY)
    assert lines[0] == "China loses nothing on average, so there is no ratio."
    assert lines[2] == "United States + Japan's summed loss does not pass China's within 365 days."
    assert lines[-1].endswith("moves 1 billion USD from China to United States + Japan.")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_not_in_it_is_said(levered, adapted, lang):
    say = catalogue(lang)
    assert say("brief.apart") in render(leverage_told(levered, say), width=200)
    assert say("brief.notice") in render(adapt_told(adapted, say), width=200)
