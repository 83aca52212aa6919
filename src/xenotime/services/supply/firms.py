"""Which firms can stop how much: the systemic risk index of every firm of a network that a person gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from xenotime.core.errors import InputError
from xenotime.services.supply.links import read
from xenotime.supply.firms.cascade import Losses
from xenotime.supply.firms.index import EPSILON, failures, spread
from xenotime.supply.firms.network import Firms, Floats, build

#: Losses of all output for which the firms that can cause them are counted [share].
LINES = (0.01, 0.05, 0.1, 0.2)
#: How many points the ranked curve has at most: enough for any figure.
_POINTS = 200


@dataclass(frozen=True, slots=True)
class Firm:
    """One firm and what its failure alone does: `index`, to buyers only `down`, to suppliers `up` [share].

    `sales` in the network [money a year] and `share` of all sales; `rounds` until the losses had spread.
    """

    rank: int
    name: str
    sector: str
    sales: float
    share: float
    index: float
    down: float
    up: float
    rounds: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A sector: its firms, how many of them reach the first of `LINES`, their mean and largest index."""

    sector: str
    firms: int
    reach: int
    mean: float
    largest: float
    first: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The index of every firm, the largest first, with what it says as a whole.

    `reach` counts the firms at or above each of `LINES`; `half` is the least number of firms that hold half
    of the sum of all indices; `curve` is (rank, index) for a figure, thinned evenly on a log scale; `matrix`
    says whether a table of essential inputs was given, `epsilon` where a cascade ends [share].
    """

    files: tuple[str, ...]
    firms: tuple[Firm, ...]
    links: int
    sectors: tuple[Branch, ...]
    reach: tuple[tuple[float, int], ...]
    half: int
    curve: tuple[tuple[int, float], ...]
    matrix: bool
    replaceable: bool
    epsilon: float


def rank(
    paths: Sequence[Path],
    *,
    epsilon: float = EPSILON,
    replaceable: bool = True,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Ranking:
    """The systemic risk index of every firm of the network in the files. Raises InputError."""
    if not 0 < epsilon < 1:
        raise InputError(
            "this end of a cascade cannot be",
            where="--epsilon",
            expected="a share above 0 and below 1",
            found=str(epsilon),
            next_step=f"leave it out for {EPSILON}",
        )
    given = read(paths)
    firms = build(given.register, given.essential, given.where)
    found = spread(
        firms,
        failures(firms),
        epsilon=epsilon,
        replaceable=replaceable,
        threads=threads,
        progress=progress,
    )
    rows = _rows(firms, found)
    ranked = np.array([row.index for row in rows])
    return Ranking(
        tuple(path.name for path in paths),
        rows,
        firms.links,
        _branches(rows),
        tuple((line, int((ranked >= line).sum())) for line in LINES),
        _half(ranked),
        _curve(ranked),
        given.essential is not None,
        replaceable,
        epsilon,
    )


def _rows(firms: Firms, losses: Losses) -> tuple[Firm, ...]:
    index, down, up, rounds = losses.total, losses.down, losses.up, losses.rounds
    sales, sector = firms.sales[firms.place], firms.sector[firms.place]
    whole = float(sales.sum()) or 1.0
    order = sorted(range(len(index)), key=lambda n: (-index[n], firms.names[n]))
    return tuple(
        Firm(
            number,
            firms.names[n],
            firms.sectors[sector[n]],
            float(sales[n]),
            float(sales[n]) / whole,
            float(index[n]),
            float(down[n]),
            float(up[n]),
            int(rounds[n]),
        )
        for number, n in enumerate(order, 1)
    )


def _branches(rows: Sequence[Firm]) -> tuple[Branch, ...]:
    """The sectors, the one with the largest index first."""
    members: dict[str, list[Firm]] = {}
    for row in rows:
        members.setdefault(row.sector, []).append(row)
    made = [
        Branch(
            sector,
            len(own),
            sum(row.index >= LINES[0] for row in own),
            sum(row.index for row in own) / len(own),
            own[0].index,
            own[0].name,
        )
        for sector, own in members.items()
    ]
    return tuple(sorted(made, key=lambda branch: (-branch.largest, branch.sector)))


def _half(ranked: Floats) -> int:
    """The least number of firms that hold half of the sum of all indices."""
    total = float(ranked.sum())
    return int(np.searchsorted(np.cumsum(ranked), total / 2)) + 1 if total else 0


def _curve(ranked: Floats) -> tuple[tuple[int, float], ...]:
    count = len(ranked)
    places = np.unique(np.geomspace(1, count, min(count, _POINTS)).round().astype(int))
    return tuple((int(place), float(ranked[place - 1])) for place in places)
