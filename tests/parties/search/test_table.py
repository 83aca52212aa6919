from __future__ import annotations

from xenotime.parties.search.table import Hashed, Table


def test_a_row_keeps_the_order_it_was_given():
    table = Table.of(4, [(2, 7), (0, 4), (2, 3), (2, 9)])
    assert [table.row(n).tolist() for n in range(len(table))] == [[4], [], [7, 3, 9], []]
    assert [table.size(n) for n in range(4)] == [1, 0, 3, 0]


def test_an_ascending_row_is_cut_at_both_ends():
    table = Table.of(1, [(0, n) for n in (2, 4, 6, 8)])
    assert [table.between(0, *ends).tolist() for ends in ((3, 8), (0, 99), (9, 12), (4, 4))] == [
        [4, 6],
        [2, 4, 6, 8],
        [],
        [],
    ]


def test_text_finds_all_that_was_put_under_it():
    pairs = [(f"word {n % 50}", n) for n in range(500)]
    table = Hashed.of(pairs)
    assert all(set(range(k, 500, 50)) <= set(table.get(f"word {k}")) for k in range(50))
    assert table.size("word 7") == len(table.get("word 7"))


def test_text_that_is_no_unicode_is_found_too():
    assert 3 in Hashed.of([("\ud800", 3)]).get("\ud800")
