from __future__ import annotations

import pytest

from xenotime.evidence.read import figures
from xenotime.supply.world.compare import compare, measure
from xenotime.supply.world.read import table
from xenotime.supply.world.rest import rest


def test_one_row_for_each_claim_compared(network):
    rows = compare(figures(), network)
    assert [row.what for row in rows] == [row["quantity"] for row in table("compared")]


def test_quantities_of_a_small_network(small):
    normal = rest(small)
    assert measure(small, normal, "ship/oxide/CN>JP") == pytest.approx(3.65)
    assert measure(small, normal, "ship/oxide/Nd+Pr/CN>all") == pytest.approx(3.65)
    assert measure(small, normal, "ship/oxide/Pr/CN>all") == 0
    assert measure(small, normal, "other/JP/Nd") == pytest.approx(3.65)
    assert measure(small, normal, "other/JP") == pytest.approx(3.65)


def test_parts_sum_to_the_whole(network, normal):
    whole = measure(network, normal, "use/all")
    assert measure(network, normal, "made/CN+JP+KR+VN+EU+US+ROW") == pytest.approx(whole)
    assert measure(network, normal, "made/CN/smco") < measure(network, normal, "made/CN")
