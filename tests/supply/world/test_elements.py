from __future__ import annotations

import pytest

from xenotime.supply.world.elements import ELEMENTS, LIGHT, MAGNETIC, held


@pytest.mark.parametrize(
    ("element", "share"),
    [("Nd", 0.8574), ("Pr", 0.8277), ("Dy", 0.8713), ("Tb", 0.8502), ("Ce", 0.8141), ("Y", 0.7874)],
)
def test_metal_in_the_oxide(element, share):
    assert held(element) == pytest.approx(share, abs=2e-4)


def test_promethium_is_left_out():
    assert len(ELEMENTS) == 16
    assert "Pm" not in ELEMENTS
    assert set(MAGNETIC) | set(LIGHT) <= set(ELEMENTS)
