from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.parties.owners import bulk
from xenotime.parties.owners.bulk import load, pack, resolve_bulk, scaled
from xenotime.parties.owners.cascade import resolve
from xenotime.parties.owners.holding import Body, Holding, Structure
from xenotime.parties.owners.rule import OwnershipRule
from xenotime.parties.owners.standing import standing

DAY = date(2026, 6, 1)
RULE = OwnershipRule("half", "Half or more", "us/ofac-50-percent/1")


def series(*values):
    return pl.Series(list(values), dtype=pl.Int64)


def test_tiers_and_sums_of_a_chain():
    register = load(series(0, 1, 0, 3), series(1, 2, 2, 2), series(50, 30, 20, 50), 5, 100)
    caught = resolve_bulk(register, series(0))
    assert (caught.tier.to_list(), caught.total.to_list(), caught.scale) == (
        [0, 1, 2, None, None],
        [0, 50, 50, 0, 0],
        100,
    )
    more = resolve_bulk(register, series(0), at_least=False)
    assert more.tier.to_list() == [0, None, None, None, None]
    direct = resolve_bulk(register, series(0), cascade=False)
    assert (direct.tier.to_list(), direct.total.to_list()) == ([0, 1, None, None, None], [0, 50, 20, 0, 0])


def test_nobody_listed_and_nothing_held():
    empty = load(series(), series(), series(), 2, 1)
    assert resolve_bulk(empty, series()).tier.to_list() == [None, None]
    assert resolve_bulk(empty, series(1, 1)).tier.to_list() == [None, 0]


def test_a_long_thin_chain_costs_no_more_than_its_holdings():
    length = 50_000
    links = pl.int_range(length - 1, eager=True)
    register = load(links, links + 1, links * 0 + 1, length, 2)
    assert resolve_bulk(register, series(0)).tier.to_list() == list(range(length))


def test_shares_over_one_denominator_are_exact_or_refused():
    assert scaled([Fraction(1, 3), Fraction(1, 6), Fraction(0)]) == ([2, 1, 0], 6)
    primes = [2305843009213693951, 67280421310721]
    with pytest.raises(InputError):
        scaled([Fraction(1, p) for p in primes])


@pytest.mark.parametrize(
    ("owners", "owned", "shares", "scale"),
    [
        ([5], [0], [1], 2),
        ([0], [-1], [1], 2),
        ([0], [1], [3], 2),
        ([0], [1], [-1], 2),
        ([0], [1], [None], 2),
        ([0], [1], [1], 0),
        ([0], [1], [1], 2**63),
    ],
)
def test_a_number_outside_its_bounds_is_refused(owners, owned, shares, scale):
    with pytest.raises(InputError):
        load(*(pl.Series(c, dtype=pl.Int64) for c in (owners, owned, shares)), 2, scale)


def test_what_is_not_exact_goes_to_the_exact_engine(build):
    for data in (build("X ? A"), build("X 50% A", h0={"kind": "trust"})):
        with pytest.raises(InputError):
            pack(standing(data, DAY), RULE)


@st.composite
def structures(draw):
    r = random.Random(draw(st.integers(0, 2**32)))
    size = r.randint(1, 60)
    bodies = [Body(f"b{i}", f"Body {i}", country=r.choice(["", "US", "MY"])) for i in range(size)]
    bodies += [Body(f"s{i}", f"Branch {i}", branch_of=f"b{i}") for i in range(r.randrange(4)) if i < size]
    shares = [Fraction(r.randrange(1, 13), r.choice([12, 20, 30])) for _ in range(r.randrange(3 * size))]
    holdings = [
        Holding(f"h{n:03}", r.choice(bodies).id, r.choice(bodies).id, share, share)
        for n, share in enumerate(min(s, Fraction(1)) for s in shares)
    ]
    listed = {f"b{i}": True for i in r.sample(range(size), r.randrange(1 + size // 4))}
    rule = replace(
        RULE,
        threshold=r.choice([Fraction(1, 2), Fraction(1, 3)]),
        at_least=r.random() < 0.7,
        spares=r.choice([(), ("US",)]),
        cascade=r.random() < 0.9,
    )
    return Structure(tuple(bodies), tuple(holdings)), listed, rule


@given(structures(), st.sampled_from([(0, 0), (3, 1), (65_536, 1_024)]))
@settings(max_examples=120, deadline=None)
def test_bulk_equals_the_exact_engine(case, widths):
    data, listed, rule = case
    kept = (bulk.WIDE, bulk.NARROW)
    bulk.WIDE, bulk.NARROW = widths
    try:
        register, people = pack(standing(data, DAY), rule)
        start = pl.Series([i for i, p in enumerate(people) if p in listed], dtype=pl.Int64)
        caught = resolve_bulk(register, start, rule.threshold, at_least=rule.at_least, cascade=rule.cascade)
    finally:
        bulk.WIDE, bulk.NARROW = kept
    nodes = {n.body: n for n in resolve(data, rule, listed, DAY).nodes}
    tiers = {p: n.tier if n.truth else None for p, n in nodes.items()}
    assert dict(zip(people, caught.tier.to_list(), strict=True)) == tiers
    totals = {p: Fraction(t, caught.scale) for p, t in zip(people, caught.total.to_list(), strict=True)}
    assert totals == {p: n.low for p, n in nodes.items()}
