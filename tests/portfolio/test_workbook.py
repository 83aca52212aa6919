from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter

from xenotime.core.errors import InputError
from xenotime.portfolio.limits import LIMITS
from xenotime.portfolio.workbook import read_workbook


def book():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Orders")
        sheet.merge_range(0, 0, 0, 2, "Title")
        sheet.write_row(2, 0, ["a", 1.5])
        sheet.write_datetime(2, 2, date(2025, 4, 5), made.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write_string(3, 0, "=1+1")
    return out.getvalue()


def changed(data, part, change):
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name.endswith(part) else body)
    return out.getvalue()


def refused(data, limits=LIMITS):
    with pytest.raises(InputError) as caught:
        read_workbook(data, "b.xlsx", limits)
    return caught.value.problem


def test_cells_stand_where_a_person_sees_them():
    ((name, rows, merged),) = read_workbook(book(), "b.xlsx", LIMITS)
    assert (name, merged) == ("Orders", ((0, 0, 0, 2),))
    assert [row[:3] for row in rows][2:] == [("a", 1.5, date(2025, 4, 5)), ("=1+1", "", "")]


def test_a_cell_at_the_far_corner_does_not_unfold_the_sheet():
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = changed(book(), "sheet1.xml", lambda body: body.replace(b"</sheetData>", far))
    assert refused(data).found == "1,048,576 × 16,384"


def test_a_part_that_unpacks_beyond_measure_is_refused():
    data = changed(book(), "sheet1.xml", lambda body: body + b" " * 8_000_000)
    assert refused(data).found == "a much denser part"


def test_a_workbook_beyond_the_bounds_is_refused_before_it_is_opened():
    assert refused(book(), replace(LIMITS, unpacked_bytes=1_000)).expected == "at most 1,000 bytes unpacked"
    assert refused(book(), replace(LIMITS, members=3)).expected == "at most 3 parts"


def test_entities_of_its_own_are_refused():
    data = changed(book(), "sheet1.xml", lambda body: b'<!DOCTYPE a [<!ENTITY b "c">]>' + body)
    assert refused(data).found == "a part that declares its own entities"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_off_workbook_is_refused_wherever_it_ends(share):
    data = book()
    assert refused(data[: int(len(data) * share)]).what == "this workbook cannot be opened"


def test_a_flipped_byte_inside_a_part_is_noticed():
    data = bytearray(book())
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at] ^= 0xFF
    assert refused(bytes(data)).what == "this workbook cannot be opened"


def with_cell(cell):
    row = b'<row r="9">' + cell + b"</row></sheetData>"
    return changed(book(), "sheet1.xml", lambda body: body.replace(b"</sheetData>", row))


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="B9"><f>SUM(A1:A2)</f><v></v></c>',
        b'<c r="B9" s="1"><f>A1&lt;3</f><v/></c>',
        b'<c s="2" r="B9"><f>A1</f></c>',
        b'<c r="A9"><v>1</v></c><c r="B9"><f t="shared" si="0"/></c>',
    ],
)
def test_a_formula_without_its_result_is_not_read_as_nothing(cell):
    found = refused(with_cell(cell))
    assert (found.what, found.where) == (
        "a formula of this workbook has no result in it",
        "b.xlsx, xl/worksheets/sheet1.xml, cell B9",
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (b'<c r="A9"><f>1+1</f><v>2</v></c>', 2.0),
        (b'<c r="A9" t="str"><f>IF(1,"","x")</f><v></v></c>', ""),
        (b'<c r="A9" t="b"><f t="array" ref="A9">TRUE()</f><v>1</v></c>', True),
    ],
)
def test_a_formula_is_read_by_its_result(cell, value):
    ((_, rows, _),) = read_workbook(with_cell(cell), "b.xlsx", LIMITS)
    assert list(rows)[8][0] == value
