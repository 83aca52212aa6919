from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from xenotime.core.errors import InputError
from xenotime.portfolio.limits import LIMITS
from xenotime.portfolio.sheets import read_grids

MUSEUM = Path(__file__).parents[1] / "fixtures" / "portfolio"


def write(folder, text, name="a.csv"):
    path = folder / name
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_with_any_of_three_separators_and_with_or_without_mark(tmp_path, sign, mark):
    (grid,) = read_grids(write(tmp_path, f"{mark}a{sign}b\r\n1{sign}\r\n"))
    assert grid.rows == (("a", "b"), ("1", None))


def test_rows_are_counted_as_a_person_sees_them(tmp_path):
    (grid,) = read_grids(write(tmp_path, 'a,b\n\n"two\nlines",2\n'))
    assert list(grid.lines()) == [(1, ("a", "b")), (3, ("two\nlines", "2"))]


def test_a_declared_encoding_is_read_and_a_wrong_one_refused():
    path = MUSEUM / "gb18030" / "products.csv"
    assert read_grids(path, encoding="gb18030")[0].rows[1] == ("M-1", "钕铁硼磁钢")
    with pytest.raises(InputError, match="not written in the declared encoding"):
        read_grids(path, encoding="ascii")


@pytest.mark.parametrize(
    ("bound", "found"), [({"file_bytes": 5}, "12 bytes"), ({"cells": 3}, "more"), ({"cell_chars": 2}, "3")]
)
def test_what_is_larger_than_a_bound_is_refused(tmp_path, bound, found):
    path = write(tmp_path, "a,b\n1,2\nabc\n")
    with pytest.raises(InputError, match="larger than the reader accepts") as caught:
        read_grids(path, limits=replace(LIMITS, **bound))
    assert caught.value.problem.found == found


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.ods", b"x", "this kind of file cannot be read"),
        ("a.csv", b"a\0b", "this file is not a text table"),
        ("a.csv", b"", "this file is empty"),
        ("a.xlsx", b"a,b\n1,2\n", "this workbook cannot be opened"),
    ],
)
def test_other_files_are_refused_by_kind(tmp_path, name, data, what):
    with pytest.raises(InputError) as caught:
        read_grids(write(tmp_path, data, name))
    assert caught.value.problem.what == what


def test_a_folder_and_a_missing_file_are_no_files(tmp_path):
    for path in (tmp_path / "gone.csv", tmp_path):
        with pytest.raises(InputError, match="there is no such file"):
            read_grids(path)
