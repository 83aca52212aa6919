from __future__ import annotations

from xenotime.supply.measure import prices


def test_the_peak_its_day_and_the_split_between_zones(make):
    made = make.run(
        {
            "price/outside/oxide/Dy": [1, 4, 3],
            "price/inside/oxide/Dy": [1, 0.8, 0.5],
            "contract/outside/oxide/Dy": [1, 1.1, 1.2],
            "price/outside/oxide/La": [1, 1, 1],
        },
        every=7,
    )
    dy, *others = prices.peaks(made)
    assert (dy.good, dy.zone, dy.spot.middle, dy.contract.middle) == ("oxide/Dy", "outside", 4.0, 1.2)
    assert (dy.day.middle, dy.split.middle) == (7.0, 6.0)
    assert [(x.good, x.zone) for x in others] == [("oxide/Dy", "inside"), ("oxide/La", "outside")]
    assert [curve.name for curve in prices.moved(made)] == [
        *("price/outside/oxide/Dy", "price/inside/oxide/Dy", "contract/outside/oxide/Dy"),
    ]
