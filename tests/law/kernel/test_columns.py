from __future__ import annotations

import ctypes

import polars as pl

from xenotime.law.kernel.columns import located


def test_columns_lie_where_they_are_said_to_lie():
    frame = pl.DataFrame(
        {"n": [1, None, 3, 4], "yes": [True, False, None, True], "full": [7, 8, 9, 10]},
        schema_overrides={"n": pl.Int64, "full": pl.UInt16},
    )
    with located(frame[1:]) as places:
        values, stated, width, first = (int(x) for x in places[0])
        numbers = (ctypes.c_int64 * 3).from_address(values + 8 * first)
        bits = ctypes.c_ubyte.from_address(stated).value >> first
        assert (width, [numbers[1], numbers[2]], bits & 0b111) == (8, [3, 4], 0b110)
        says, stated, width, first = (int(x) for x in places[1])
        assert width == 0
        assert [ctypes.c_ubyte.from_address(a).value >> first & 0b111 for a in (says, stated)][1] == 0b101
        assert ctypes.c_ubyte.from_address(says).value >> first & 0b101 == 0b100
        values, _, width, first = (int(x) for x in places[2])
        assert (width, list((ctypes.c_uint16 * 3).from_address(values + 2 * first))) == (2, [8, 9, 10])


def test_a_column_without_gaps_has_no_bits_of_validity():
    with located(pl.DataFrame({"n": [1, 2]})) as places:
        assert places[0, 1] == 0


def test_a_table_in_pieces_is_one_table():
    piece = pl.DataFrame({"n": [1, 2]})
    with located(pl.concat([piece, piece], rechunk=False)) as places:
        address = int(places[0, 0] + 8 * places[0, 3])
        assert list((ctypes.c_int64 * 4).from_address(address)) == [1, 2, 1, 2]
