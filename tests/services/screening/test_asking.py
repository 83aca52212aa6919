"""Names and files as people write them: what cannot be screened is refused by row, what is odd is told."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis.strategies import text
from xlsxwriter import Workbook

from xenotime.core.canon import canonical, restored
from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier
from xenotime.parties.matching.match import PartyQuery
from xenotime.services.screening import asking
from xenotime.services.screening.asking import from_file, from_names, question

GOOD_LEI, GOOD_USCC = "5493001KJTIIGC8Y1R12", "91350100M000100Y43"


@pytest.fixture
def file(tmp_path):
    def write(data, name="parties.csv"):
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write


def queries(path):
    return [q.query for q in from_file(path)[0]]


def findings(question):
    return [(p.what, p.severity) for p in question.findings]


def test_a_typed_name_keeps_its_country_and_numbers():
    asked = from_names(["Fernhill Pigments AG"], country="Switzerland", lei=GOOD_LEI.lower(), uscc=GOOD_USCC)
    numbers = (Identifier("LEI", GOOD_LEI), Identifier("USCC", GOOD_USCC))
    name = "Fernhill Pigments AG"
    assert [(q.query, q.findings) for q in asked] == [(PartyQuery(name, name, (), "CH", numbers), ())]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("", "there is no name to screen"),
        ("   ", "there is no name to screen"),
        ("-- / --", "there is no name to screen"),
        ("\x00\x07", "there is no name to screen"),
        ("a" * 1_000_000, "this name is too long"),
        ("Fern\udcffhill", "this name is not valid UTF-8"),
    ],
)
def test_a_name_that_is_none_is_refused(name, what):
    with pytest.raises(InputError) as caught:
        from_names([name])
    assert caught.value.problem.what == what
    assert len(str(caught.value)) < 1_000


def test_signs_that_cannot_be_seen_are_taken_out_and_told():
    (asked,) = from_names(["Fern\u200bhill\x07 \u202ePigments"])
    assert asked.query.name == "Fernhill Pigments"
    assert findings(asked) == [("this name held signs that cannot be seen", "warning")]


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"lei": "5493001KJTIIGC8Y1R13"}, "the check digits of this LEI do not hold"),
        ({"lei": "123"}, "this is not an LEI"),
        ({"uscc": "91350100M000100Y44"}, "the check character of this code does not hold"),
        ({"uscc": "9135"}, "this is not a unified social credit code"),
        ({"country": "Atlantis"}, "this is no country that is known"),
    ],
)
def test_a_wrong_number_or_country_is_a_finding_and_the_name_is_screened(options, what):
    (asked,) = from_names(["Fernhill Pigments"], **options)
    assert findings(asked) == [(what, "warning")]
    assert asked.query == PartyQuery("Fernhill Pigments", "Fernhill Pigments")


def test_a_table_is_read_by_its_headers(file):
    path = file(
        "Party ID,公司名称,English name,Aliases,Country,统一社会信用代码,Reg. no.\n"
        f"C-1,蕨山颜料有限公司,Fernhill Pigments,Fern|Hill,中国,{GOOD_USCC},ab 12\n"
        "\n"
        "C-2,,Blackthorn Drives,,de,,\n"
    )
    numbers = (Identifier("USCC", GOOD_USCC), Identifier("registration", "AB12", "CN"))
    assert queries(path) == [
        PartyQuery("C-1", "蕨山颜料有限公司", ("Fernhill Pigments", "Fern", "Hill"), "CN", numbers),
        PartyQuery("C-2", "Blackthorn Drives", (), "DE"),
    ]


def test_a_workbook_is_read_like_a_table(tmp_path):
    path = tmp_path / "parties.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Country"])
        sheet.write_row(1, 0, ["Fernhill Pigments", "CH"])
    assert queries(path) == [PartyQuery("Fernhill Pigments", "Fernhill Pigments", (), "CH")]


def test_a_text_file_has_one_name_a_line(file):
    path = file("\ufeffFernhill, Pigments & Co\r\n\r\n蕨山\n", "names.txt")
    assert [q.name for q in queries(path)] == ["Fernhill, Pigments & Co", "蕨山"]


def test_another_encoding_may_be_named(file):
    for name in ("a.csv", "a.txt"):
        path = file("name\n稀土\n".encode("gb18030"), name)
        assert from_file(path, "gb18030")[0][-1].query.name == "稀土"
        with pytest.raises(InputError):
            from_file(path, "klingon")


def test_the_file_is_known_by_its_hash(file):
    assert from_file(file("name\na\n"))[1] == sha256(b"name\na\n").hexdigest()


def test_every_unusable_row_is_named_and_none_is_screened(file):
    with pytest.raises(InputError) as caught:
        from_file(file(f"name,country\nFernhill,CH\n,CH\n{'a' * 2000},\n"))
    problem = caught.value.problem
    assert problem.what == "2 row(s) of this file cannot be screened, so none was"
    assert problem.found == (
        "parties.csv, row 3, name: there is no name to screen (an empty name); "
        "parties.csv, row 4, name: this name is too long (2,000 characters)"
    )


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"name\nFern\xff\n", "a.csv", "this CSV file is not UTF-8"),
        (b"Fernhill\nFern\xff\n", "a.txt", "this text file is not written in its encoding"),
        (b"", "a.csv", "this file is empty"),
        (b"name\n", "a.csv", "this file names no party"),
        (b"\n\n", "a.txt", "this file names no party"),
        (b"firma,land\nFernhill,CH\n", "a.csv", "this table has no column of names"),
        (b'name\n"Fernhill\n', "a.csv", "this CSV file is broken or cut off"),
        (b"name\nFern\0hill\n", "a.csv", "this file is not a text table"),
        (b"PK\x03\x04rest", "a.xlsx", "this workbook cannot be opened"),
    ],
)
def test_a_broken_file_is_refused(file, data, name, what):
    with pytest.raises(InputError) as caught:
        from_file(file(data, name))
    assert caught.value.problem.what == what


def test_a_workbook_cut_in_half_is_refused(tmp_path):
    path = tmp_path / "parties.xlsx"
    with Workbook(str(path)) as book:
        book.add_worksheet().write_column(0, 0, ["name", *(f"Party {n}" for n in range(500))])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(InputError, match="this workbook cannot be opened"):
        from_file(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        from_file(tmp_path / "none.csv")


def test_a_file_of_line_ends_only_is_refused_within_bounds(file):
    with pytest.raises(InputError, match="this is larger than the reader accepts"):
        from_file(file(b"\n" * 5_000_002, "names.txt"))


def test_old_line_ends_and_wide_encodings_are_read(file):
    assert [q.name for q in queries(file(b"Alder\rBirch\r\nElm", "names.txt"))] == ["Alder", "Birch", "Elm"]
    found = from_file(file("Alder\nBirch\n".encode("utf-16"), "wide.txt"), "utf-16")[0]
    assert [q.query.name for q in found] == ["Alder", "Birch"]


def test_too_many_rows_are_refused(file, monkeypatch):
    monkeypatch.setattr(asking, "MOST_ROWS", 3)
    with pytest.raises(InputError, match="this is larger than the reader accepts"):
        from_file(file("a\nb\nc\nd\n", "names.txt"))


@given(text(), text(), text())
def test_any_text_is_refused_or_becomes_a_name_that_can_be_kept(name, other, country):
    try:
        asked = question({"name": name, "other_names": other, "country": country, "lei": other}, "row 2")
    except InputError:
        return
    query = asked.query
    assert restored(PartyQuery, canonical(query)) == query
    signs = {unicodedata.category(c) for t in (query.name, *query.other_names) for c in t}
    assert signs & {"Cc", "Cs"} == set()
