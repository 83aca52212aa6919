from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from xenotime.core.errors import InputError
from xenotime.portfolio.check import check
from xenotime.portfolio.read import read_portfolio
from xenotime.portfolio.schema import schema
from xenotime.portfolio.write import write_portfolio, write_template

MUSEUM = Path(__file__).parents[1] / "fixtures" / "portfolio"


@pytest.fixture
def example(tmp_path):
    return read_portfolio(write_template(tmp_path / "template") / "examples")


def cells(portfolio):
    return {name: [dict(row.values) for row in rows] for name, rows in portfolio.tables.items()}


def test_the_empty_template_and_its_example_are_clean(tmp_path):
    folder = write_template(tmp_path / "new")
    assert (check(folder), check(folder / "examples")) == ([], [])
    assert sorted(path.stem for path in folder.glob("*.csv")) == sorted(schema())
    assert {name: len(rows) for name, rows in read_portfolio(folder).tables.items()} == dict.fromkeys(
        schema(), 0
    )
    assert all(len(rows) > 0 for rows in read_portfolio(folder / "examples").tables.values())


def test_the_workbook_of_the_template_carries_the_data_dictionary(tmp_path):
    book = CalamineWorkbook.from_path(str(write_template(tmp_path / "new") / "portfolio.xlsx"))
    assert book.sheet_names == ["dictionary", *schema()]
    rows = book.get_sheet_by_name("dictionary").to_python()
    assert rows[0] == ["table", "column", "about", "written_as", "unit", "required", "if_empty", "example"]
    assert len(rows) == 1 + sum(len(table.columns) for table in schema().values())


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_what_is_written_is_what_is_read(example, tmp_path, fmt):
    again = read_portfolio(write_portfolio(example, tmp_path / "copy", fmt))
    assert cells(again) == cells(example)


def test_equal_portfolios_give_equal_files(example, tmp_path):
    one, two = (write_portfolio(example, tmp_path / name, "xlsx") / "portfolio.xlsx" for name in "ab")
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_a_formula_comes_out_harmless_and_comes_back_whole(tmp_path, fmt):
    portfolio = read_portfolio(MUSEUM / "formula-injection")
    folder = write_portfolio(portfolio, tmp_path / "out", fmt)
    assert cells(read_portfolio(folder)) == cells(portfolio)
    if fmt == "csv":
        line = (folder / "products.csv").read_text("utf-8-sig").splitlines()[1]
        assert line.startswith('M-1,"\'=HYPERLINK(""http://example.invalid"")",')
        assert line.endswith(",'@SUM(A1)")


def test_a_formula_in_a_workbook_is_stored_as_text(tmp_path):
    folder = write_portfolio(read_portfolio(MUSEUM / "formula-injection"), tmp_path / "out", "xlsx")
    with zipfile.ZipFile(folder / "portfolio.xlsx") as book:
        assert [name for name in book.namelist() if b"<f>" in book.read(name)] == []


def test_unknown_on_purpose_stays_unknown_on_purpose(tmp_path):
    (tmp_path / "parties.csv").write_text(
        "party,name,military_user\na,Example AG,unknown\nb,Other AG,\n", "utf-8"
    )
    first, second = read_portfolio(write_portfolio(read_portfolio(tmp_path), tmp_path / "copy"))["parties"]
    assert (first.truth("military_user"), first.unsure) == (None, frozenset({"military_user"}))
    assert (second.truth("military_user"), second.unsure) == (None, frozenset())


def test_a_folder_that_holds_something_is_left_alone(example, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(InputError) as caught:
        write_portfolio(example, tmp_path)
    assert caught.value.problem.lines() == [
        "this folder is not empty",
        f"  where:    {tmp_path}",
        "  expected: a new or empty folder",
        "  found:    files in it",
        "  next:     choose another folder, or use --force to replace the files of the same names",
    ]


def test_force_replaces_only_the_files_of_the_same_names(example, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", "utf-8")
    (folder / "parties.csv").write_text("old", "utf-8")
    write_portfolio(example, folder, force=True)
    assert (folder / "notes.txt").read_text("utf-8") == "mine"
    assert len(read_portfolio(folder)["parties"]) == 4
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_nothing_is_half_written_when_writing_fails(example, tmp_path):
    with pytest.raises(FileExistsError):
        write_portfolio(example, tmp_path / "new", beside={"parties.csv/x": "a folder where a file is"})
    assert [path.name for path in tmp_path.iterdir()] == ["template"]


def test_an_unknown_format_is_refused(example, tmp_path):
    with pytest.raises(InputError, match="unknown format of a portfolio"):
        write_portfolio(example, tmp_path / "new", "ods")
