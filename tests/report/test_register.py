from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from xenotime.report import register
from xenotime.services.screening.privacy import erase
from xenotime.services.screening.replay import read


def table(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.fixture
def made(office):
    """A screening with each outcome, after one hit was cleared."""
    office.decide(office.screen("Blackthorn Gears"), "Blackthorn Gears", "inv/one/1")
    return office.screen("Fernhill Pigments", "Fernhill Paints", "Blackthorn Gears", "Alder", lei="123")


def test_each_hit_is_a_row_and_each_party_without_one_too(made):
    rows = [(r["name"], r["outcome"], r["state"], r["entry"]) for r in register.rows([made]) if "state" in r]
    assert rows == [
        ("Fernhill Pigments", "hit", "hit", "2"),
        ("Fernhill Paints", "for review", "for review", "2"),
        ("Blackthorn Gears", "no hit", "cleared", "1"),
    ]
    assert len(list(register.rows([made]))) == 4


def test_the_register_is_written_as_csv_and_json(made, tmp_path):
    paths = register.write([made], tmp_path / "out")
    assert [p.name for p in paths] == ["register.csv", "register.json", "register.html"]
    assert [r["record"] for r in table(paths[0].read_bytes())] == [made.id] * 4
    (kept,) = json.loads(paths[1].read_text("utf-8"))
    assert (kept["id"], kept["outcome"], len(kept["answers"])) == (made.id, "hit", 4)


def test_no_cell_runs_as_a_formula(office):
    rows = register.rows([office.screen('=HYPERLINK("x")', by="@sum")])
    (row,) = table(register.table(register.COLUMNS, rows))
    assert (row["name"], row["by"]) == ('\'=HYPERLINK("x")', "'@sum")


def test_the_list_of_records_counts_outcomes(made, office):
    one = register.overview(made.id, made)
    line = f"{made.id[:12]}  2026-06-01  1 hit, 1 for review, 2 no hit  Fernhill Pigments and 3 more  Ada"
    assert register.overview_line(one) == line
    erase(office.records, "Fernhill Pigments", reason="request", day=date(2026, 7, 1))
    found = register.overview_line(register.overview(*read(office.records, made.id)))
    assert found == line.replace("Fernhill Pigments and", "Fernhill Paints and").replace(
        "2 no hit", "2 no hit, 1 erased"
    )
    assert register.head(*read(office.records, made.id)).splitlines()[:3] == [
        f"record {made.id}",
        "on 2026-06-01, known 2026-06-01, asked by Ada",
        "threshold 80, engine words",
    ]


def test_a_decision_is_one_line(office):
    number = office.decide(office.screen("Blackthorn Gears"), "Blackthorn Gears", "inv/one/1", four_eyes=True)
    assert register.decision_line(number, dict(office.records.decisions())[number]) == (
        f"{number[:12]}  false positive: Blackthorn Gears / inv/one/1 (this-list-entry) by Bo on 2026-06-01, "
        "waits for a second person, until 2027-06-01, because another country"
    )
    erase(office.records, "Blackthorn Gears", reason="request", day=date(2026, 7, 1))
    line = register.decision_line(number, dict(office.records.decisions())[number])
    assert line == f"{number[:12]}  erased on 2026-07-01: request"
