from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from xenotime.supply.world.network import COVERS, KINDS, STAGES


def test_networks_do_not_change(network):
    with pytest.raises(FrozenInstanceError):
        network.sites[0].demand = 1.0
    assert hash(network.lanes[0]) == hash(network.lanes[0])


def test_words_of_the_model_are_used(network):
    assert {site.stage for site in network.sites} == set(STAGES)
    assert {site.cover for site in network.sites} == {"", *COVERS}
    assert {bin_.kind for bin_ in network.bins} <= set(KINDS)
