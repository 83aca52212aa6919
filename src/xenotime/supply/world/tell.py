"""Tell what the world holds and what gave way, as rows for a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xenotime.supply.world.balance import Adjusted
from xenotime.supply.world.build import World
from xenotime.supply.world.compare import measure
from xenotime.supply.world.network import STAGES
from xenotime.supply.world.rest import rest

#: The flows that are told, and their names in words.
FLOWS = (
    ("ship/magnet/CN>all", "magnets that leave China"),
    ("ship/magnet/CN>EU", "of these to the European Union"),
    ("ship/magnet/CN>US", "of these to the United States"),
    ("ship/magnet/CN>KR", "of these to Korea"),
    ("ship/magnet/CN>VN", "of these to Vietnam"),
    ("ship/magnet/CN>IN", "of these to India"),
    ("ship/magnet/CN>JP", "of these to Japan"),
    ("ship/metal/Dy/CN>all", "dysprosium metal that leaves China"),
    ("ship/metal/Tb/CN>all", "terbium metal that leaves China"),
    ("ship/oxide/CN>all", "oxides that leave China"),
    ("made/CN", "magnets made in China"),
    ("made/JP+KR+VN+EU+US+ROW", "magnets made elsewhere"),
)


def sizes(world: World) -> tuple[tuple[str, int], ...]:
    """How many of each thing the world has: goods, sites by stage, lanes, routes, options and inputs."""
    network = world.network
    stages = Counter(site.stage for site in network.sites)
    return (
        ("goods", len(network.goods)),
        ("sites", len(network.sites)),
        *((f"sites of the stage {stage}", stages[stage]) for stage in STAGES),
        ("lanes", len(network.lanes)),
        ("routes", len(network.routes)),
        ("ways to do with less", len(network.options)),
        ("projects", len(network.projects)),
        ("uncertain inputs", len(network.parameters)),
    )


def flows(world: World) -> tuple[tuple[str, float], ...]:
    """The main flows at rest [t a year]."""
    normal = rest(world.network)
    return tuple((words, measure(world.network, normal, name)) for name, words in FLOWS)


def widest(rows: Sequence[Adjusted], count: int) -> tuple[Adjusted, ...]:
    """The claims that lie farthest from what is used, the farthest first."""
    ordered = sorted(rows, key=lambda row: -max(row.used / row.claimed, row.claimed / row.used))
    return tuple(row for row in ordered if row.claims)[:count]
