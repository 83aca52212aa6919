"""A network of single firms: who buys what from whom, stored both ways, those with most buyers first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import InputError

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

#: How an input bears on its buyer: not at all, in proportion to its part of all inputs, or as a bottleneck.
NEGLIGIBLE, OTHER, ESSENTIAL = 0, 1, 2
#: The largest value of a link [money a year]: far above any economy, far below where sums overflow.
MOST = 1e24


@dataclass(frozen=True, slots=True)
class Essential:
    """Which sector's goods are essential to which: `kind` (supplier's sector, buyer's sector) in 0, 1, 2.

    Source: the kinds of inputs of Diem et al. 2022, doi:10.1038/s41598-022-11522-z, section "Production
    functions".
    """

    sectors: tuple[str, ...]
    kind: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Register:
    """What a person gives: firms with sectors, and links as positions in `names` with values [money a year].

    `revenue` and `cost` (firm) [money a year] are empty when they are not known: the sales and purchases in
    the network then stand for them.
    """

    names: Sequence[str]
    sectors: Sequence[str]
    supplier: Numbers
    buyer: Numbers
    value: Floats
    revenue: Floats | None = None
    cost: Floats | None = None


@dataclass(frozen=True, slots=True)
class Firms:
    """The network as the kernels read it, numbered so that firms with most buyers come first.

    `place` (firm as given) is its number here. By buyer: `start` (firm + 1), then per link `supplier`,
    `value` and `kind`, in each row sorted by the supplier's sector. By supplier: `begin` (firm + 1), `buyer`,
    `sold`. `sales` and `bought` are the sums of links; `revenue` and `cost` are at least these.
    The numbering depends on the firms and links alone, not on the order in which they were given.
    """

    names: tuple[str, ...]
    sectors: tuple[str, ...]
    place: Numbers
    sector: NDArray[np.int32]
    start: Numbers
    supplier: NDArray[np.int32]
    value: Floats
    kind: NDArray[np.int8]
    begin: Numbers
    buyer: NDArray[np.int32]
    sold: Floats
    sales: Floats
    bought: Floats
    revenue: Floats
    cost: Floats

    @property
    def links(self) -> int:
        """The number of links, several between one pair counted once."""
        return len(self.supplier)


def build(given: Register, essential: Essential | None = None, where: str = "the network of firms") -> Firms:
    """The network of firms, checked and stored both ways; without `essential`, no input is a bottleneck.

    Several links of one pair are added up; a link of a firm to itself is kept, as in input-output tables.
    Raises InputError for a name twice, a link to nobody, a value that is not above 0, a revenue or cost
    below the links, or a sector without a row in `essential`.
    """
    names = np.asarray(given.names, dtype=np.str_)
    _check_names(names, where)
    _check_links(given, where)
    sectors, sector = np.unique(np.asarray(given.sectors, dtype=np.str_), return_inverse=True)
    table = _table(sectors, essential, where)
    buyers_of = np.bincount(given.supplier, minlength=len(names))
    order = np.lexsort((names, -buyers_of))
    place = np.empty(len(names), np.int64)
    place[order] = np.arange(len(names))
    return _stored(given, place, order, sectors, sector[order].astype(np.int32), table, where)


def _stored(
    given: Register,
    place: Numbers,
    order: Numbers,
    sectors: NDArray[np.str_],
    sector: NDArray[np.int32],
    table: NDArray[np.int8],
    where: str,
) -> Firms:
    count = len(place)
    supplier, buyer, value = _merged(place[given.supplier], place[given.buyer], given.value, sector)
    back = np.lexsort((buyer, supplier))
    sales = np.bincount(supplier, value, count).astype(np.float64)
    bought = np.bincount(buyer, value, count).astype(np.float64)
    revenue = _at_least(given.revenue, order, sales, "revenue", given.names, where)
    cost = _at_least(given.cost, order, bought, "cost", given.names, where)
    return Firms(
        tuple(given.names),
        tuple(str(s) for s in sectors),
        place,
        sector,
        _starts(buyer, count),
        supplier.astype(np.int32),
        value,
        table[sector[supplier], sector[buyer]],
        _starts(supplier, count),
        buyer[back].astype(np.int32),
        value[back],
        sales,
        bought,
        revenue,
        cost,
    )


def _merged(
    supplier: Numbers, buyer: Numbers, value: Floats, sector: NDArray[np.int32]
) -> tuple[Numbers, Numbers, Floats]:
    """The links by buyer, then sector and number of the supplier; those of one pair added up."""
    order = np.lexsort((value, supplier, sector[supplier], buyer))
    supplier, buyer, value = supplier[order], buyer[order], value[order]
    new = np.ones(len(value), np.bool_)
    new[1:] = (supplier[1:] != supplier[:-1]) | (buyer[1:] != buyer[:-1])
    first = np.flatnonzero(new)
    return supplier[first], buyer[first], np.add.reduceat(value, first) if len(first) else value


def _starts(rows: Numbers, count: int) -> Numbers:
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return starts


def _table(sectors: NDArray[np.str_], essential: Essential | None, where: str) -> NDArray[np.int8]:
    """The kinds of inputs between the sectors that firms have, in their order."""
    if essential is None:
        return np.full((len(sectors), len(sectors)), OTHER, np.int8)
    missing = sorted(set(map(str, sectors)) - set(essential.sectors))
    if missing:
        raise InputError(
            "a sector of a firm has no row in the essential matrix",
            where=where,
            expected=f"one of the {len(essential.sectors)} sectors of the matrix",
            found=", ".join(missing[:5]) + ("" if len(missing) <= 5 else f" and {len(missing) - 5} more"),
            next_step="add the sector to the matrix, or correct the firm's sector",
        )
    found = [essential.sectors.index(str(s)) for s in sectors]
    return essential.kind[np.ix_(found, found)].astype(np.int8)


def _check_names(names: NDArray[np.str_], where: str) -> None:
    if not len(names):
        raise InputError(
            "the network has no firms",
            where=where,
            expected="one row a firm, with its sector",
            found="none",
            next_step="give the table of firms",
        )
    known, times = np.unique(names, return_counts=True)
    if len(known) < len(names):
        raise InputError(
            "a firm is there twice",
            where=where,
            expected="one row a firm",
            found=str(known[np.argmax(times)]),
            next_step="leave one of the rows out, or give the firms different names",
        )


def _check_links(given: Register, where: str) -> None:
    ends = np.concatenate([given.supplier, given.buyer])
    if len(ends) and (ends.min() < 0 or ends.max() >= len(given.names)):
        raise InputError(
            "a link names a firm that is not there",
            where=where,
            expected=f"firms numbered 0 to {len(given.names) - 1}",
            found=str(ends[(ends < 0) | (ends >= len(given.names))][0]),
            next_step="add the firm with its sector, or leave the link out",
        )
    bad = np.flatnonzero(~(given.value > 0) | ~(given.value <= MOST))
    if len(bad):
        one = bad[0]
        raise InputError(
            "the value of a link is not above 0"
            if not given.value[one] > 0
            else "the value of a link is too large",
            where=f"{where}, link {one + 1}",
            expected=f"what the buyer pays the supplier in a year, above 0 and at most {MOST:g}",
            found=f"{given.value[one]} from {given.names[given.supplier[one]]}"
            f" to {given.names[given.buyer[one]]}",
            next_step="correct the value, or leave the link out",
        )


def _at_least(
    given: Floats | None, order: Numbers, least: Floats, what: str, names: Sequence[str], where: str
) -> Floats:
    """A firm's total in this numbering; its links alone where it is not given."""
    if given is None:
        return least
    total = np.where(np.isnan(given[order]), least, given[order])
    short = np.flatnonzero(~(total >= least * (1 - 1e-9)))
    if len(short):
        one = short[0]
        raise InputError(
            f"the {what} of a firm is below the sum of its links",
            where=f"{where}, firm {names[order[one]]}",
            expected=f"at least {least[one]:,.2f}",
            found=f"{total[one]:,.2f}",
            next_step=f"correct the {what} or the links; both are of one year, in one currency",
        )
    return np.maximum(total, least)
