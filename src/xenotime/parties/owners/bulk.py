"""A whole register at once: who is caught at a million companies, with the tier and the sum of each.

Shares are exact integers over one common denominator. Wide rounds run on Polars columns, narrow ones on
plain arrays, so a long thin chain costs no more than its holdings. Intervals, near misses and groups of
owners are for `cascade`; what stands here equals its "certainly".
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import polars as pl

from xenotime.core.errors import InputError
from xenotime.parties.owners.rule import OwnershipRule
from xenotime.parties.owners.standing import Standing

#: A round of so many owners moves to columns, and one of so few to arrays; between them it stays where it is.
WIDE, NARROW = 65_536, 1_024
_MOST = 2**63 - 1
_MOST_COMPANIES = 2**31 - 1
_FREE, _BARRED = -1, -2


@dataclass(frozen=True, slots=True)
class Register:
    """Holdings laid out by owner: those of owner i stand from starts[i] up to starts[i + 1].

    `scale` is the whole [units of share]; `barred` companies can never be caught (their owners contradict
    each other, or the rule spares them).
    """

    companies: int
    scale: int
    starts: pl.Series
    owned: pl.Series
    shares: pl.Series
    barred: pl.Series
    rows: tuple[array[int], array[int], array[int]]


@dataclass(frozen=True, slots=True)
class Caught:
    """Per company: the `tier` it is caught in (0 listed; null when not) and the `total` caught owners hold.

    `total` is in units of 1 / `scale`. Both together are the proof: each sum can be added up again.
    """

    tier: pl.Series
    total: pl.Series
    scale: int


def scaled(shares: Sequence[Fraction]) -> tuple[list[int], int]:
    """Exact integers and the common denominator they stand over.

    Raises InputError when the sums could leave 64 bits; `cascade` has no such bound.

    >>> scaled([Fraction(1, 3), Fraction(1, 6)])
    ([2, 1], 6)
    """
    scale = 1
    for denominator in {s.denominator for s in shares}:
        scale = lcm(scale, denominator)
        if scale > _MOST // max(len(shares), 1):
            raise InputError(
                "these shares need more than 64 bits over one denominator",
                expected=f"a common denominator of at most {_MOST // max(len(shares), 1)}",
                found=f"{scale} so far",
                next_step="use the exact engine for this data set",
            )
    return [s.numerator * (scale // s.denominator) for s in shares], scale


def load(
    owners: pl.Series,
    owned: pl.Series,
    shares: pl.Series,
    companies: int,
    scale: int,
    spared: Iterable[int] = (),
) -> Register:
    """The register of holdings between companies 0 to companies - 1; shares in units of 1 / scale.

    A holding of a company in itself counts for nobody, and a company whose owners hold more than
    everything cannot be caught, as in `cascade`. Raises InputError for a number outside its bounds.
    """
    table = pl.DataFrame({"owner": owners, "owned": owned, "share": shares}).cast(pl.Int64)
    _check(table, companies, scale)
    total = table.group_by("owned").agg(pl.col("share").sum())
    over = total.filter(pl.col("share") > scale)["owned"]
    barred = pl.concat([over, pl.Series(list(spared), dtype=pl.Int64)]).unique()
    table = table.filter((pl.col("owner") != pl.col("owned")) & ~pl.col("owned").is_in(over.implode())).sort(
        "owner"
    )
    counts = table.group_by("owner").agg(pl.len().cast(pl.Int64).alias("count"))
    per_owner = _zeros(companies).scatter(counts["owner"], counts["count"])
    starts = pl.concat([_zeros(1), per_owner.cum_sum()])
    rows = (_array("q", starts), _array("q", table["owned"]), _array("q", table["share"]))
    return Register(companies, scale, starts, table["owned"], table["share"], barred, rows)


def _check(table: pl.DataFrame, companies: int, scale: int) -> None:
    limits = {"owner": companies - 1, "owned": companies - 1, "share": scale}
    if not 0 <= companies <= _MOST_COMPANIES or not 0 < scale <= _MOST // max(table.height, 1):
        raise InputError(
            "this register does not fit 64 bits",
            expected=f"at most {_MOST_COMPANIES} companies, and holdings times scale below 2^63",
            found=f"{companies} companies, {table.height} holdings, scale {scale}",
            next_step="use the exact engine for this data set",
        )
    for name, most in limits.items():
        if table[name].null_count() or not table[name].is_between(0, most).all():
            raise InputError(
                f"a holding has an impossible {name}",
                expected=f"0 to {most}",
                found=str(
                    table.filter(~pl.col(name).is_between(0, most).fill_null(value=False)).head(3).rows()
                ),
            )


def _zeros(count: int) -> pl.Series:
    return pl.repeat(0, count, dtype=pl.Int64, eager=True)


def _array(code: str, column: pl.Series) -> array[int]:
    return array(code, column.to_list())


def pack(scene: Standing, rule: OwnershipRule) -> tuple[Register, tuple[str, ...]]:
    """A small structure as a register, with the person behind each number.

    Raises InputError when a share is not exact or does not fit 64 bits.
    """
    ties = [t for found in scene.ties.values() for t in found if t.kind in ("share", "own")]
    vague = [t.holding for t in ties if not t.stated or not t.owner]
    if vague:
        raise InputError(
            "these holdings state no exact share of a named owner",
            expected="exact shares",
            found=", ".join(vague[:5]),
            next_step="use the exact engine for this data set",
        )
    people = tuple(sorted({*scene.person.values(), *(p for t in ties for p in (t.owner, t.owned))}))
    number = {p: i for i, p in enumerate(people)}
    shares, scale = scaled([t.low for t in ties])
    countries = {p: scene.bodies[p].country for p in people if p in scene.bodies}
    spared = [number[p] for p, country in countries.items() if not rule.catches(country)]
    owners = pl.Series([number[t.owner] for t in ties], dtype=pl.Int64)
    owned = pl.Series([number[t.owned] for t in ties], dtype=pl.Int64)
    return load(owners, owned, pl.Series(shares, dtype=pl.Int64), len(people), scale, spared), people


def resolve_bulk(
    register: Register,
    listed: pl.Series,
    threshold: Fraction = Fraction(1, 2),
    *,
    at_least: bool = True,
    cascade: bool = True,
) -> Caught:
    """Who the listed companies catch, all of them together: the least fixpoint, round by round."""
    bound = threshold * register.scale
    least = -(-bound.numerator // bound.denominator) if at_least else bound.numerator // bound.denominator + 1
    state = _State(register, listed.cast(pl.Int64).unique(), least)
    while len(state.frontier):
        if len(state.frontier) >= (NARROW if state.columns else WIDE):
            state.wide()
        else:
            state.narrow()
        if not cascade:
            break
    return state.result()


class _State:
    """The tiers, the sums and the frontier, as columns or as arrays."""

    def __init__(self, register: Register, listed: pl.Series, least: int) -> None:
        self.register, self.least, self.round = register, least, 0
        self.frontier: pl.Series | list[int] = listed.to_list()
        tier, total = array("q", [_FREE]) * register.companies, array("q", [0]) * register.companies
        for company in register.barred:
            tier[company] = _BARRED
        for company in self.frontier:
            tier[company] = 0
        self.columns: tuple[pl.Series, pl.Series] | None = None
        self.arrays: tuple[array[int], array[int]] | None = (tier, total)

    def wide(self) -> None:
        """One round on columns: gather the holdings of the frontier, add them up, see who is reached."""
        tier, total = self.columns or self._as_columns()
        front, register = pl.Series(self.frontier, dtype=pl.Int64), self.register
        first, after = register.starts.gather(front), register.starts.gather(front + 1)
        some = after > first
        self.round += 1
        rows = pl.int_ranges(first.filter(some), after.filter(some), eager=True).explode()
        added = (
            pl.DataFrame({"owned": register.owned.gather(rows), "share": register.shares.gather(rows)})
            .group_by("owned")
            .agg(pl.col("share").sum())
        )
        owned = added["owned"]
        sums = total.gather(owned) + added["share"]
        self.frontier = owned.filter((sums >= self.least) & (tier.gather(owned) == _FREE))
        self.columns = (tier.scatter(self.frontier, self.round), total.scatter(owned, sums))

    def narrow(self) -> None:
        """One round on arrays: owner by owner, holding by holding."""
        tier, total = self.arrays or self._as_arrays()
        starts, owned, shares = self.register.rows
        front = list(self.frontier)
        self.round += 1
        found = []
        for owner in front:
            for row in range(starts[owner], starts[owner + 1]):
                company = owned[row]
                sums = total[company] = total[company] + shares[row]
                if sums >= self.least and tier[company] == _FREE:
                    tier[company] = self.round
                    found.append(company)
        self.frontier = found

    def _as_columns(self) -> tuple[pl.Series, pl.Series]:
        tier, total = self.arrays or self._as_arrays()
        self.columns = (_column(tier), _column(total))
        self.arrays = None
        return self.columns

    def _as_arrays(self) -> tuple[array[int], array[int]]:
        tier, total = self.columns or self._as_columns()
        self.arrays = (_array("q", tier), _array("q", total))
        self.columns = None
        return self.arrays

    def result(self) -> Caught:
        tier, total = self.columns or self._as_columns()
        kept = pl.DataFrame({"tier": tier}).select(pl.when(pl.col("tier") >= 0).then(pl.col("tier")))
        return Caught(kept["tier"].cast(pl.Int32), total.alias("total"), self.register.scale)


def _column(values: array[int]) -> pl.Series:
    return pl.Series(values.tolist(), dtype=pl.Int64)
