"""The economic systemic risk index: how much of all output is lost when one firm fails.

A loss travels down to buyers (essential inputs by their minimum, others in proportion) and up to suppliers.
A supplier hurts its buyers only as far as others in its market cannot take its place.

Source: Diem, Borsos, Reisch, Kertész, Thurner 2022, "Quantifying firm-level economic systemic risk from
nation-wide supply networks", Scientific Reports 12:7719, doi:10.1038/s41598-022-11522-z.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import InputError
from xenotime.supply.firms.cascade import LAST, LINEAR, WITHIN, Links, Losses, Shocks, cascade
from xenotime.supply.firms.network import ESSENTIAL, NEGLIGIBLE, OTHER, Firms, Floats

#: When a cascade is at its end: no firm lost more than this share of its output in the last round.
EPSILON = 1e-2
#: How many failures a thread takes at a time.
_PIECE = 256


def failures(firms: Firms, chosen: Sequence[int] | None = None) -> Shocks:
    """The failure of each firm alone, in the order given; of the `chosen` ones (as given) only, if any."""
    places = firms.place if chosen is None else firms.place[np.asarray(chosen, np.int64)]
    return Shocks(np.arange(len(places) + 1), places.copy(), np.ones(len(places)))


def shocks(firms: Firms, given: Sequence[Mapping[int, float]]) -> Shocks:
    """Shocks by what share of its output each firm (as given) loses. Raises InputError outside 0 to 1."""
    pairs = [(firm, share) for one in given for firm, share in sorted(one.items())]
    for firm, share in pairs:
        if not 0 <= share <= 1:
            raise InputError(
                "a shock takes more than a firm has, or less than nothing",
                where=f"firm {firms.names[firm]}",
                expected="a share from 0 to 1",
                found=str(share),
                next_step="correct the share",
            )
    begin = np.cumsum([0, *(len(one) for one in given)], dtype=np.int64)
    places = firms.place[np.array([firm for firm, _ in pairs], np.int64)]
    return Shocks(begin, places, np.array([share for _, share in pairs], np.float64))


def spread(
    firms: Firms,
    asked: Shocks,
    *,
    epsilon: float = EPSILON,
    weight: Floats | None = None,
    replaceable: bool = True,
    width: int = 16,
    threads: int = 1,
    kept: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Losses:
    """What each shock does to the whole network, `width` shocks side by side in each of the `threads`.

    `weight` (firm as given) weighs the losses; the firms' sales in the network if it is absent. Without
    `replaceable`, nobody takes the place of a supplier. Any width and any number of threads give the same
    numbers, bit for bit. `kept` also gives what each firm (as given) still puts out.
    """
    count, size = len(asked.begin) - 1, len(firms.names)
    left = [np.zeros((size, count if kept else 0)) for _ in range(2)]
    found = Losses(np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(count, np.int32), *left)
    links = _links(firms, _weights(firms, weight), replaceable=replaceable)

    def piece(first: int) -> int:
        last = min(first + _PIECE, count)
        cascade(links, asked, first, last, max(1, min(width, last - first)), epsilon, found)
        return last

    with ThreadPoolExecutor(max(1, threads)) as pool:
        for done in pool.map(piece, range(0, count, _PIECE)):
            if progress:
                progress(done, count)
    return found._replace(left_down=left[0][firms.place], left_up=left[1][firms.place])


def _weights(firms: Firms, given: Floats | None) -> Floats:
    """The weights of the firms by number, summing to 1."""
    weight = firms.sales.copy()
    if given is not None:
        weight[firms.place] = given
    total = float(weight.sum())
    return weight / total if total else weight


def _links(firms: Firms, weight: Floats, *, replaceable: bool) -> Links:
    """The links with their parts.

    An essential link is a part of what the buyer buys of that sector, another one a part of all it buys;
    both are lowered where the firm's cost is above its purchases in the network, the sales likewise.
    """
    count = len(firms.names)
    row = np.repeat(np.arange(count), np.diff(firms.start))
    part, mark = _parts(firms, row)
    felt = firms.kind != NEGLIGIBLE
    start = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(row[felt], minlength=count), out=start[1:])
    seller = np.repeat(np.arange(count), np.diff(firms.begin))
    return Links(
        start,
        firms.supplier[felt],
        part[felt],
        mark[felt],
        firms.begin,
        firms.buyer,
        firms.sold / firms.revenue[seller],
        firms.sector if replaceable else np.full(count, -1, np.int32),
        firms.sales,
        np.bincount(firms.sector, firms.sales, len(firms.sectors)).astype(np.float64),
        weight,
    )


def _parts(firms: Firms, row: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int8]]:
    """Each link's part of its buyer's input, and how it is felt; `row` is each link's buyer."""
    product = row * len(firms.sectors) + firms.sector[firms.supplier]
    ends = np.append(product[1:] != product[:-1], np.ones(min(1, len(row)), np.bool_))
    which = (np.cumsum(ends) - ends).astype(np.int64)
    pool = np.bincount(which, firms.value)[which]
    whole = np.where(firms.kind == ESSENTIAL, pool, firms.bought[row])
    inside = firms.bought[row] / firms.cost[row]
    mark = np.where(firms.kind == OTHER, LINEAR, np.where(ends, LAST, WITHIN)).astype(np.int8)
    return firms.value / whole * inside, mark
