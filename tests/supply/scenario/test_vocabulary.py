from __future__ import annotations

import pytest
from tests.fixtures.world import toy

from xenotime.supply.scenario.vocabulary import WORLD, fits, of_network


@pytest.mark.parametrize(
    ("address", "prefixes", "expected"),
    [
        ("magnet/ndfeb", [], True),
        ("magnet/ndfeb", ["magnet"], True),
        ("magnet/ndfeb", ["magnet/ndfeb"], True),
        ("magnet/ndfeb-heavy", ["magnet/ndfeb"], False),
        ("oxide/Dy", ["magnet", "metal"], False),
    ],
)
def test_a_folder_fits_what_lies_in_it_and_no_neighbour(address, prefixes, expected):
    assert fits(address, prefixes) is expected


def test_a_network_adds_its_own_names_to_those_of_the_world():
    words = of_network(toy())
    assert (words.countries - WORLD.countries, words.projects) == (frozenset(), frozenset())
    assert {"magnet", "oxide/Ho", "component/ev"} <= words.goods
