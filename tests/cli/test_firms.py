from __future__ import annotations

import csv
import json

import polars as pl
import pytest

LINKS = "supplier,buyer,value\nmine,magnets,10\nmagnets,motors,6\nmagnets,drives,4\n"
FIRMS = "firm,sector\nmine,mining\nmagnets,magnet\nmotors,motor\ndrives,drive\n"
ESSENTIAL = (
    "supplier_sector,buyer_sector,kind\nmining,magnet,essential\nmagnet,motor,other\nmotor,drive,none\n"
)


@pytest.fixture
def files(tmp_path):
    """Writes the three tables, some of them changed; None leaves one out."""

    def write(**changed):
        texts = {"links": LINKS, "firms": FIRMS, "essential": ESSENTIAL, **changed}
        made = []
        for name, text in texts.items():
            if text is not None:
                path = tmp_path / f"{name}.csv"
                path.write_text(text, encoding="utf-8")
                made.append(path)
        return made

    return write


def indices(folder):
    with (folder / "firms.csv").open(encoding="utf-8-sig") as file:
        return {row["firm"]: row["index"] for row in csv.DictReader(file)}


def test_the_index_of_every_firm(run, files, tmp_path):
    done = run("firms", *files(), "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    # The mine and the magnet maker weigh half each; the motor maker buys 6 of 10, the drive maker 4.
    assert indices(tmp_path / "out") == {"mine": "1", "magnets": "1", "motors": "0.6", "drives": "0.4"}
    assert "magnets alone can stop 100.0% of the output of 4 firms" in done.output


def test_the_curve_is_ready_for_a_figure(run, files, tmp_path):
    run("firms", *files(), "--out", tmp_path / "out")
    text = (tmp_path / "out" / "curve.csv").read_text("utf-8-sig").split()
    assert text == ["rank,index", "1,1", "2,1", "3,0.6", "4,0.4"]


def test_without_the_matrix_the_answer_says_so(run, files):
    done = run("firms", *files(essential=None))
    assert done.exit_code == 0
    assert "no table of essential inputs was given" in " ".join(done.output.split())


def test_parquet_and_any_order_give_the_same(run, files, tmp_path):
    links, firms, essential = files()
    pl.read_csv(links).write_parquet(tmp_path / "links.parquet")
    run("firms", links, firms, essential, "--out", tmp_path / "one")
    done = run(
        "firms", essential, firms, tmp_path / "links.parquet", "--out", tmp_path / "two", "--threads", "1"
    )
    assert done.exit_code == 0, done.output
    assert indices(tmp_path / "one") == indices(tmp_path / "two")


def test_json_has_everything(run, files):
    made = json.loads(run("firms", *files(), "--json", "--no-replacing").stdout)
    assert [(row["rank"], row["name"], row["index"]) for row in made["firms"]] == [
        (1, "magnets", 1.0),
        (2, "mine", 1.0),
        (3, "motors", pytest.approx(0.6)),
        (4, "drives", pytest.approx(0.4)),
    ]
    assert (made["links"], made["matrix"], made["replaceable"], made["half"]) == (3, True, False, 2)
    assert made["reach"] == [[0.01, 4], [0.05, 4], [0.1, 4], [0.2, 4]]


def test_a_name_that_a_spreadsheet_would_run_is_kept_harmless(run, files, tmp_path):
    named = {"links": LINKS.replace("mine", "=1+1"), "firms": FIRMS.replace("mine", "=1+1")}
    run("firms", *files(**named, essential=None), "--out", tmp_path / "out")
    assert "'=1+1" in indices(tmp_path / "out")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            {"links": None},
            ("the table of links is missing", "supplier, buyer, value", "firms.csv, essential.csv"),
        ),
        ({"firms": None}, ("the table of firms is missing", "firm, sector", "links.csv, essential.csv")),
        ({"links": "a,b\n1,2\n"}, ("this table is none of those", "links.csv", "a, b")),
        (
            {"essential": LINKS},
            ("two files are tables of links", "essential.csv", "links.csv and essential.csv"),
        ),
        (
            {"links": LINKS + "smelter,drives,1\n"},
            ("names a firm that is not there", "links.csv, row 5", "smelter"),
        ),
        ({"links": LINKS.replace("10", "ten")}, ("a value is no number", "links.csv, row 2", "ten")),
        ({"links": LINKS.replace("10", "")}, ("a value is no number", "links.csv, row 2", "nothing")),
        (
            {"links": "supplier,buyer,value\n"},
            ("the table of links is empty", "links.csv", "a head line alone"),
        ),
        ({"links": LINKS.replace("10", "1e308")}, ("the value of a link is too large", "1e+24", "1e+308")),
        ({"links": LINKS.replace("10", "nan")}, ("the value of a link is not above 0", "link 1", "nan")),
        ({"links": LINKS.replace("10", "-10")}, ("the value of a link is not above 0", "link 1", "-10.0")),
        ({"firms": FIRMS + "x,\n"}, ("a sector is empty", "firms.csv, row 6", "nothing")),
        ({"firms": FIRMS + "mine,mining\n"}, ("a firm is there twice", "one row a firm", "mine")),
        ({"firms": FIRMS + "x,toys\n"}, ("no row in the essential matrix", "4 sectors", "toys")),
        ({"essential": ESSENTIAL.replace("other", "vital")}, ("matrix cannot be used", "row 3", "vital")),
        ({"links": ""}, ("this file cannot be read as a table", "links.csv", "CSV in UTF-8")),
    ],
)
def test_what_is_wrong_is_said_in_four_parts(run, files, changed, says):
    done = run("firms", *files(**changed))
    assert done.exit_code == 2
    assert [word for word in (*says, "expected:", "found:", "next:") if word not in done.output] == []


def test_revenue_and_cost_soften(run, files, tmp_path):
    firms = FIRMS.replace("firm,sector", "firm,sector,revenue").replace("magnet\n", "magnet,40\n")
    text = "\n".join(line if line.count(",") == 2 else f"{line}," for line in firms.splitlines()) + "\n"
    done = run("firms", *files(firms=text), "--out", tmp_path / "out", "--epsilon", "1e-9")
    assert done.exit_code == 0, done.output
    # The magnet maker sells 6 of 40 to the motor maker, and its mine loses as much.
    assert indices(tmp_path / "out")["motors"] == "0.15"


def test_an_end_of_a_cascade_is_a_share(run, files):
    done = run("firms", *files(), "--epsilon", "0")
    assert (done.exit_code, "--epsilon" in done.output) == (2, True)
