from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.supply.engine import toy

from xenotime.core.errors import InputError
from xenotime.evidence.parameter import Parameter, Spread
from xenotime.services.supply import pieces as module
from xenotime.services.supply.pieces import digest, identity, joined, kept, pack, pieces, unpack
from xenotime.supply.engine.run import Asked, Rules
from xenotime.supply.engine.simulate import simulate
from xenotime.supply.world.network import Lever

DAYS = 90
ARRAYS = ("values", "first", "stood", "lanes", "drawn", "residue")


@pytest.fixture(scope="module")
def world():
    network = toy.world()
    spread = Spread("lognormal", (1.0, 0.3))
    names = ("bin.days", "licence.lead")
    drawn = replace(
        network,
        parameters=tuple(Parameter(name, "factor", spread, (), "assumed", "group") for name in names),
        levers=tuple(Lever(name, name, ()) for name in names),
    )
    return drawn, toy.regime(drawn, DAYS, refuse=0.1, until=60), toy.scenario(DAYS)


class Shelf(dict):
    """Pieces in memory, each opening noted."""

    def read(self, name):
        return self.get(name)

    def write(self, name, data):
        self[name] = data


def same(one, other):
    return [name for name in ARRAYS if not np.array_equal(getattr(one, name), getattr(other, name))] == []


def test_pieces_join_to_the_run_of_one_go(world):
    asked = Asked(DAYS, draws=11, first=2, seed=5, every=7)
    whole = simulate(*world, asked)
    parts = [simulate(*world, part) for _, part in pieces(asked, 4)]
    made = joined(parts, asked)
    assert same(whole, made)
    assert (made.asked, made.gauges) == (whole.asked, whole.gauges)


def test_a_run_goes_on_where_it_stopped(world, monkeypatch):
    asked = Asked(DAYS, draws=11, seed=5, every=7)
    shelf, made = Shelf(), []

    def counted(*given, **more):
        made.append(given[3].first)
        if len(made) == 3:
            raise KeyboardInterrupt
        return simulate(*given, **more)

    monkeypatch.setattr(module, "simulate", counted)
    run = kept(lambda _: shelf, 4)
    with pytest.raises(KeyboardInterrupt):
        run(*world, asked)
    assert sorted(shelf) == ["draws-0000000-00004", "draws-0000004-00004"]
    told = []
    again = run(*world, asked, lambda done, total: told.append((done, total)))
    assert made == [0, 4, 8, 8]  # two were kept, the third was made again
    assert told == [(4, 11), (8, 11), (11, 11)]
    assert same(again, simulate(*world, asked))


def test_more_draws_use_the_pieces_of_fewer(world, monkeypatch):
    shelf, made = Shelf(), []
    run = kept(lambda _: shelf, 4)
    run(*world, Asked(DAYS, draws=8, seed=5))
    monkeypatch.setattr(
        module, "simulate", lambda *given, **more: made.append(given[3].first) or simulate(*given, **more)
    )
    more = run(*world, Asked(DAYS, draws=16, seed=5))
    assert made == [8, 12]
    assert same(more, simulate(*world, Asked(DAYS, draws=16, seed=5)))


def test_given_draws_are_cut_with_the_pieces(world):
    asked = Asked(DAYS, draws=6, seed=5)
    drawn, luck = np.linspace(0.5, 1.5, 12).reshape(2, 6), np.array([5, 4, 3, 2, 1, 0])
    run = kept(lambda _: Shelf(), 4)(*world, asked, drawn=drawn, luck=luck)
    assert same(run, simulate(*world, asked, drawn=drawn, luck=luck))


def test_a_packed_run_comes_back(world):
    asked = Asked(DAYS, draws=3, every=7)
    run = simulate(*world, asked)
    found = unpack(pack(run), asked)
    assert same(run, found)
    assert (found.gauges, found.parameters, found.asked) == (run.gauges, run.parameters, run.asked)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("network", lambda n, h, s, a: (replace(n, price=(300.0, 61.0)), h, s, a)),
        ("handling", lambda n, h, s, a: (n, replace(h, lead=h.lead + 1), s, a)),
        ("scenario", lambda n, h, s, a: (n, h, replace(s, rules=Rules(gap=9)), a)),
        ("seed", lambda n, h, s, a: (n, h, s, replace(a, seed=2))),
        ("days", lambda n, h, s, a: (n, h, s, replace(a, every=2))),
        ("gauges", lambda n, h, s, a: (n, h, s, replace(a, keep=("ship/",)))),
    ],
)
def test_another_input_is_another_run(world, part, change):
    one, other = identity(*world, Asked(DAYS)), identity(*change(*world, Asked(DAYS)))
    assert [key for key in one if one[key] != other[key]] == [part]


def test_draws_width_and_threads_make_no_other_run(world):
    wide = Asked(DAYS, draws=99, first=5, width=32, threads=7)
    assert identity(*world, Asked(DAYS)) == identity(*world, wide)


def test_given_draws_make_another_run(world):
    given = identity(*world, Asked(DAYS), np.ones((2, 1)))
    assert given["given"] != identity(*world, Asked(DAYS))["given"]
    assert given["given"] != identity(*world, Asked(DAYS), np.full((2, 1), 2.0))["given"]


def test_a_digest_tells_what_is_not_the_same():
    values = [
        1, 1.0, "1", True, None, (), (1,), ((1,),), [1, 2], {"a": 1}, {"a": 2}, {"b": 1}, date(2025, 4, 4),
        np.zeros(2), np.zeros((2, 1)), np.zeros(2, np.float32), ("ab", "c"), ("a", "bc"),
    ]  # fmt: skip
    assert len({digest(value) for value in values}) == len(values)
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_a_kind_of_data_without_a_rule_is_a_fault():
    with pytest.raises(TypeError):
        digest(object())


def test_a_piece_has_draws():
    with pytest.raises(InputError) as refused:
        pieces(Asked(DAYS), 0)
    assert refused.value.problem.found == "0"
