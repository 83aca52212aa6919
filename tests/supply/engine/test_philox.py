from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from xenotime.supply.engine.philox import chance, normal, philox

ONES = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("counter", "key", "expected"),
    [
        ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ((ONES,) * 4, (ONES,) * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)
def test_the_known_answers_of_random123(counter, key, expected):
    assert " ".join(f"{word:08x}" for word in philox(*counter, *key)) == expected


def test_chances_are_even_and_belong_to_their_counter():
    seen = np.array([chance(5, draw, thing, 3, 1) for draw in range(100) for thing in range(100)])
    assert len(np.unique(seen)) == 10_000
    assert abs(seen.mean() - 0.5) < 4 * (1 / 12 / 10_000) ** 0.5
    assert np.histogram(seen, bins=10, range=(0, 1))[0].min() > 900
    assert chance(5, 7, 8, 3, 1) == seen[708]


def test_large_seeds_are_told_apart():
    assert len({chance(seed, 0, 0, 0, 1) for seed in (1, 2**32 + 1, 2**33 + 1, 2**62 + 1)}) == 4


@pytest.mark.parametrize("p", [1e-12, 1e-7, 0.01, 0.074, 0.076, 0.3, 0.5, 0.9, 0.999_999])
def test_normal_numbers_are_the_standard_ones(p):
    assert normal(p) == pytest.approx(NormalDist().inv_cdf(p), rel=1e-12, abs=1e-15)
