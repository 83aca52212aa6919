from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from xenotime.core.errors import InputError
from xenotime.supply.firms.index import failures, shocks, spread
from xenotime.supply.firms.network import Register, build

EXACT = 1e-14


def loss(firms, names, shock, **how):
    """The three losses of one shock, and what each firm still puts out."""
    found = spread(
        firms, shocks(firms, [{names.index(k): v for k, v in shock.items()}]), kept=True, epsilon=0, **how
    )
    down, up = (dict(zip(names, left[:, 0], strict=True)) for left in (found.left_down, found.left_up))
    return found.total[0], down, up


def test_a_chain_of_four_firms(network):
    """Mine -10-> magnets -6-> motors, -4-> drives: by sales the mine and the magnet maker weigh half each."""
    firms = network(
        {"mine": "a", "magnets": "b", "motors": "c", "drives": "d"},
        [("mine", "magnets", 10), ("magnets", "motors", 6), ("magnets", "drives", 4)],
    )
    found = spread(firms, failures(firms), epsilon=0)
    # Without the mine nobody downstream works. Without the magnets the mine has no buyer. Without the motors
    # the magnet maker keeps 4/10 of its sales, and so does the mine.
    assert found.total == pytest.approx([1, 1, 6 / 10, 4 / 10], abs=EXACT)
    assert found.down == pytest.approx([1, 1 / 2, 0, 0], abs=EXACT)
    assert found.up == pytest.approx([1 / 2, 1, 6 / 10, 4 / 10], abs=EXACT)


def test_a_supplier_is_replaced_as_far_as_its_market_is_large(network):
    """Two magnet makers sell 60 and 40; x buys 60 + 20 of them, y buys 20, z makes nothing of them."""
    firms = {"m1": "magnet", "m2": "magnet", "x": "motor", "y": "motor"}
    links = [("m1", "x", 60), ("m2", "x", 20), ("m2", "y", 20)]
    made, names = network(firms, links), list(firms)
    # m2 fails: 60 of 100 are left, so 40/60 = 2/3 of its sales cannot be replaced.
    _, down, up = loss(made, names, {"m2": 1.0})
    assert down == pytest.approx(
        {"m1": 1, "m2": 0, "x": 1 - Fraction(1, 4) * Fraction(2, 3), "y": Fraction(1, 3)}, abs=EXACT
    )
    assert up == {"m1": 1, "m2": 0, "x": 1, "y": 1}
    # m1 fails: 40 are left for its 60; nobody replaces it. x keeps 20/80.
    assert loss(made, names, {"m1": 1.0})[1] == pytest.approx(
        {"m1": 0, "m2": 1, "x": 1 / 4, "y": 1}, abs=EXACT
    )
    # m1 loses half: 30 + 40 are left, 60/70 of its half is missed.
    assert loss(made, names, {"m1": 0.5})[1]["x"] == pytest.approx(
        1 - Fraction(3, 4) * Fraction(6, 7) / 2, abs=EXACT
    )
    # Nobody takes anyone's place where a person says so.
    assert loss(made, names, {"m2": 1.0}, replaceable=False)[1]["y"] == 0


def test_essential_inputs_bind_by_the_worst_and_others_add_up(network, kinds):
    """Firm z buys oxide 10 + 30 and metal 20, both essential; power 30, paper 10; and art 20, of no use."""
    firms = {
        "o1": "oxide", "o2": "oxide", "m": "metal", "e": "power", "p": "paper", "k": "art", "z": "magnet",
    }  # fmt: skip
    links = [
        ("o1", "z", 10), ("o2", "z", 30), ("m", "z", 20), ("e", "z", 30), ("p", "z", 10), ("k", "z", 20),
    ]  # fmt: skip
    table = kinds(
        ["oxide", "metal", "power", "paper", "art", "magnet"], oxide_magnet=2, metal_magnet=2, art_magnet=0
    )
    made, names = network(firms, links, table), list(firms)
    left = {shock: loss(made, names, dict(shock), replaceable=False)[1]["z"] for shock in (
        (("o1", 1.0),), (("o2", 1.0),), (("o1", 1.0), ("m", 0.5)), (("e", 1.0),), (("e", 1.0), ("p", 1.0)),
        (("k", 1.0),), (("o1", 1.0), ("e", 1.0)),
    )}  # fmt: skip
    assert list(left.values()) == pytest.approx(
        [
            1 - 10 / 40,  # a quarter of the oxide
            1 - 30 / 40,
            1 - 1 / 2,  # the worst of 1/4 of the oxide and 1/2 of the metal
            1 - 30 / 120,  # of all inputs, those of no use with them
            1 - 40 / 120,  # what is not essential adds up
            1.0,
            1 - 10 / 40,  # the worst of 1/4 and 30/120
        ],
        abs=EXACT,
    )


def test_a_ring_falls_to_its_fixed_point(network):
    """Half of what a buys is b's, half o's; b buys of a. o loses half: a = 1/4 + b/2 and b = a give 1/2."""
    firms = {"a": "a", "b": "b", "o": "o"}
    made = network(firms, [("b", "a", 50), ("o", "a", 50), ("a", "b", 100)])
    _, down, _ = loss(made, list(firms), {"o": 0.5}, replaceable=False)
    assert down == pytest.approx({"a": 1 / 2, "b": 1 / 2, "o": 1 / 2}, abs=EXACT)
    # The paper's line is drawn at 1 %: the ring stops there, a little before its end.
    near = spread(made, shocks(made, [{2: 0.5}]), replaceable=False, kept=True)
    assert 1 / 2 < near.left_down[0, 0] < 1 / 2 + 0.02


def test_final_sales_and_other_costs_soften_a_loss(network):
    """Of its 100, b sells 40 in the network, and a's 30 are half of what b spends."""
    firms = {"a": "a", "b": "b", "c": "c"}
    made = network(
        firms, [("a", "b", 30), ("b", "c", 40)], revenue={"b": 100.0}, cost={"b": 60.0}
    )  # a and c: as the links say
    assert loss(made, list(firms), {"a": 1.0})[1] == pytest.approx(
        {"a": 0, "b": 1 / 2, "c": 1 / 2}, abs=EXACT
    )
    assert loss(made, list(firms), {"c": 1.0})[2] == pytest.approx(
        {"a": 1 - 40 / 100, "b": 1 - 40 / 100, "c": 0}, abs=EXACT
    )


def test_the_weights_are_a_persons_choice(network):
    firms = network({"a": "a", "b": "b", "c": "c"}, [("a", "b", 1), ("b", "c", 1)])
    found = spread(firms, failures(firms), weight=np.array([0.0, 1.0, 3.0]), epsilon=0)
    assert found.down == pytest.approx([1, 1, 3 / 4], abs=EXACT)


def plainly(given, table, shock, rounds):
    """The three losses after so many rounds, by the equations as they stand."""
    size, pairs = len(given.names), {}
    for seller, buyer, value in zip(given.supplier, given.buyer, given.value, strict=True):
        pairs[seller, buyer] = pairs.get((seller, buyer), 0) + float(value)
    kind = {
        (i, j): table.kind[table.sectors.index(given.sectors[i]), table.sectors.index(given.sectors[j])]
        for i, j in pairs
    }
    sales = [sum(v for (i, _), v in pairs.items() if i == n) for n in range(size)]
    bought = [sum(v for (_, j), v in pairs.items() if j == n) for n in range(size)]
    revenue = [max(float(r), s) for r, s in zip(given.revenue, sales, strict=True)]
    low = high = start = [1 - shock.get(n, 0) for n in range(size)]
    for _ in range(rounds):
        market = {
            s: sum(sales[n] * low[n] for n in range(size) if given.sectors[n] == s) for s in table.sectors
        }
        gone = []
        for n in range(size):
            rest = market[given.sectors[n]]
            gone.append((min(1, sales[n] / rest) if rest else 1) * (1 - low[n]))
        new = []
        for n in range(size):
            inputs = [(i, v) for (i, j), v in pairs.items() if j == n]
            linear = sum(v * gone[i] for i, v in inputs if kind[i, n] == 1) / (bought[n] or 1)
            worst = [linear]
            for sector in {given.sectors[i] for i, _ in inputs if kind[i, n] == 2}:
                own = [(i, v) for i, v in inputs if given.sectors[i] == sector]
                worst.append(sum(v * gone[i] for i, v in own) / sum(v for _, v in own))
            new.append(max(0, min(start[n], 1 - max(worst))))
        sold = [sum(v * (1 - high[j]) for (i, j), v in pairs.items() if i == n) for n in range(size)]
        high = [max(0, min(start[n], 1 - sold[n] / (revenue[n] or 1))) for n in range(size)]
        low = new
    total = sum(sales)
    return [
        sum(w * (1 - h) for w, h in zip(sales, heights, strict=True)) / total
        for heights in ([min(x, y) for x, y in zip(low, high, strict=True)], low, high)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_the_kernels_say_what_the_equations_say(town, seed):
    given, table = town(9, 30, 4, seed)
    firms = build(given, table)
    found = spread(firms, failures(firms))
    told = np.column_stack([found.total, found.down, found.up])
    plain = [plainly(given, table, {n: 1}, found.rounds[n]) for n in range(9)]
    assert told == pytest.approx(np.array(plain), abs=1e-13)


def test_any_width_and_any_number_of_threads_give_the_same_bits(town):
    firms = build(*town(700, 4000, 12))
    one = spread(firms, failures(firms), width=1)
    for width, threads in ((3, 1), (16, 2), (32, 3)):
        other = spread(firms, failures(firms), width=width, threads=threads)
        assert [np.array_equal(a, b) for a, b in zip(one, other, strict=True)] == [True] * len(one)


def test_the_order_of_firms_and_links_changes_nothing(town):
    given, table = town(60, 300, 5)
    rng = np.random.default_rng(3)
    firm, link = rng.permutation(60), rng.permutation(300)
    place = np.argsort(firm)
    turned = Register(
        [given.names[n] for n in firm],
        [given.sectors[n] for n in firm],
        place[given.supplier[link]],
        place[given.buyer[link]],
        given.value[link],
        given.revenue[firm],
    )
    one, other = (build(g, table) for g in (given, turned))
    assert np.array_equal(spread(one, failures(one)).total[firm], spread(other, failures(other)).total)


def test_no_failure_is_no_loss_and_a_larger_shock_is_no_smaller_one(town):
    firms = build(*town(80, 400, 6))
    sizes = [0.0, 0.1, 0.4, 0.7, 1.0]
    for firm in range(0, 80, 9):
        found = spread(firms, shocks(firms, [{firm: s} for s in sizes]), epsilon=1e-13)
        assert found.total[0] == found.down[0] == found.up[0] == 0
        assert (np.diff(found.total) >= 0).all()
        assert found.total[-1] <= 1 + EXACT


def test_a_loss_lies_between_its_two_ways_and_their_sum(town):
    firms = build(*town(80, 400, 6))
    found = spread(firms, failures(firms))
    assert (found.total >= np.maximum(found.down, found.up) - EXACT).all()
    assert (found.total <= found.down + found.up + EXACT).all()


def test_progress_is_told_to_the_end(town):
    firms = build(*town(600, 2000, 6))
    told = []
    spread(firms, failures(firms), progress=lambda done, total: told.append((done, total)))
    assert told == [(256, 600), (512, 600), (600, 600)]


def test_chosen_firms_only(town):
    firms = build(*town(40, 200, 3))
    every = spread(firms, failures(firms))
    assert np.array_equal(spread(firms, failures(firms, [7, 3])).total, every.total[[7, 3]])


def test_firms_without_links_lose_nothing_but_themselves(network):
    firms = network({"a": "a", "b": "b"}, [])
    found = spread(firms, failures(firms), weight=np.array([1.0, 3.0]))
    assert found.total == pytest.approx([1 / 4, 3 / 4])


def test_a_shock_is_a_share(network):
    firms = network({"a": "a", "b": "b"}, [("a", "b", 1)])
    with pytest.raises(InputError) as refused:
        shocks(firms, [{1: 1.5}])
    assert replace(refused.value.problem, severity="") == replace(
        refused.value.problem, where="firm b", expected="a share from 0 to 1", found="1.5", severity=""
    )
