"""The normal flows: what every site does and every lane carries when nothing is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.supply.world.network import STAGES, Network


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest state: `activity` of each site [units a day] and `flow` on each lane [units a day]."""

    activity: tuple[float, ...]
    flow: tuple[float, ...]


def rest(network: Network) -> Rest:
    """The rest state that follows from end demand, recipes and shares.

    The activity of a final site is its demand; that of another is the largest of what its driving outputs are
    asked for. One walk from the users up is exact, because only by-products (swarf) go back up the chain.
    """
    flow = [0.0] * len(network.lanes)
    order = sorted(range(len(network.sites)), key=lambda i: -STAGES.index(network.sites[i].stage))
    activity = _walk(network, order, _by_bin(network), flow)
    return Rest(tuple(activity), tuple(flow))


def _by_bin(network: Network) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in network.bins]
    for place, lane in enumerate(network.lanes):
        found[lane.bin].append(place)
    return found


def _walk(network: Network, order: list[int], lanes: list[list[int]], flow: list[float]) -> list[float]:
    stacks: list[list[int]] = [[] for _ in network.sites]
    bins: list[list[int]] = [[] for _ in network.sites]
    for place, stack in enumerate(network.stacks):
        stacks[stack.site].append(place)
    for place, bin_ in enumerate(network.bins):
        bins[bin_.site].append(place)
    asked = [0.0] * len(network.stacks)
    found = [0.0] * len(network.sites)
    for site in order:
        driven = [asked[i] / network.stacks[i].gives for i in stacks[site] if network.stacks[i].driver]
        found[site] = max([network.sites[site].demand, *driven])
        for place in bins[site]:
            wanted = found[site] * network.bins[place].need
            for at in lanes[place]:
                flow[at] = wanted * network.lanes[at].share
                asked[network.lanes[at].stack] += flow[at]
    return found
