from __future__ import annotations

import io

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats.delimited import Row, records, rows
from xenotime.parties.listing.formats.source import Source


def source(text):
    return Source(io.BytesIO(text.encode()), "inv.csv")


def test_rows_know_the_line_they_begin_on():
    assert list(rows(source('a,"b\nc"\n\n,\nd,e\n'))) == [(1, ["a", "b\nc"]), (5, ["d", "e"])]


def test_records_go_by_folded_column_names():
    found = list(records(source("Source List,State/Province\nEL, x \nMEU\n")))
    assert found == [Row(2, {"source_list": "EL", "state_province": "x"}), Row(3, {"source_list": "MEU"})]
    assert found[1]["state_province"] == ""


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ('name\nA\n"B and no end\nC\n', 3, "a quoted cell that begins here does not end well"),
        ('name,x\n"A"B,1\n', 2, "a quoted cell that begins here does not end well"),
        ("name,x\nA,1\nB", 3, "the last row stops after 1 of 2 cells"),
        ('name\n"' + "x" * 200_000 + '"\n', 2, "a quoted cell that begins here does not end well"),
    ],
    ids=["never closed", "text behind the quote", "cut", "without end"],
)
def test_a_broken_or_cut_row_is_refused_with_its_line(refused, text, line, found):
    with pytest.raises(InputError) as raised:
        list(rows(source(text)))
    what, where, said = refused(raised)
    assert (what, where) == ("this file is not whole", f"inv.csv, line {line}")
    assert said.startswith(found)


def test_a_file_without_rows_has_no_header(refused):
    with pytest.raises(InputError) as raised:
        list(records(source("\n\n")))
    assert refused(raised) == ("this file is empty", "inv.csv", "no rows")
