from __future__ import annotations

from xenotime.programme.casework.lots import LOTS, draw, sampled


def test_lots_are_the_same_for_one_case_and_spread_over_all():
    lots = [draw(b"k" * 32, f"C{n}") for n in range(2_000)]
    assert lots == [draw(b"k" * 32, f"C{n}") for n in range(2_000)]
    assert (min(lots) >= 0, max(lots) < LOTS) == (True, True)
    assert sum(sampled(lot, 10) for lot in lots) == 216


def test_another_secret_draws_others():
    assert [draw(b"a" * 32, f"C{n}") for n in range(5)] != [draw(b"b" * 32, f"C{n}") for n in range(5)]


def test_the_ends_of_the_scale():
    assert (sampled(0, 0), sampled(9_999, 100), sampled(0, 1), sampled(99, 1), sampled(100, 1)) == (
        False, True, True, True, False,
    )  # fmt: skip
