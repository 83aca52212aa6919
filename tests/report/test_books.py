"""Several books side by side, as shown and as written."""

from __future__ import annotations

import csv
import re
from dataclasses import replace

import pytest
from tests.conftest import KNOWN

from xenotime.law.between import places
from xenotime.portfolio.read import read_portfolio
from xenotime.report.books import abreast, as_json, flat, page, side, told, write_side
from xenotime.report.terminal import render
from xenotime.report.words import load
from xenotime.services.assess import assess
from xenotime.services.books import Friction, Row, Side, decide_abreast
from xenotime.services.library import open_library
from xenotime.services.transaction import transaction

FACTS = {"from": "DE", "to": "CU", "us_origin": "yes", "annex_i": "yes", "us_person": "yes"}


@pytest.fixture(scope="module")
def made():
    opened = {j: open_library(KNOWN, jurisdiction=j) for j in ("eu", "us")}
    given = transaction({"title": "A pump", "on": "2026-06-01", "facts": FACTS}, "t")
    return decide_abreast(opened, given)


@pytest.fixture
def both(assessed):
    """The small portfolio under the Chinese book, twice, with one place met and one perhaps met."""
    one = assessed()
    first, second = places()[:2]
    frictions = (Friction(first, True), Friction(second, None))
    rows = tuple(Row({"cn": leg, "us": leg}, frictions) for leg in one.legs)
    return Side(one.portfolio, one.known, {"cn": one, "us": one}, rows)


@pytest.fixture
def assessed(tmp_path):
    def run():
        for name, text in {
            "products": "product,name,kind,material,elements,made_in\nOX,=Dy oxide,oxide,element,Dy,CN\n",
            "parties": "party,name,country\nbuyer,<b>Fernhill,CH\n",
            "shipments": "shipment,product,quantity,unit,consignee\nS-1,OX,20,kg,buyer\n",
            "legs": "shipment,leg,day,from_country,to_country\nS-1,1,2026-09-01,CN,CH\n",
        }.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return assess(read_portfolio(tmp_path), open_library(KNOWN))

    return run


def test_an_answer_a_line_then_the_places_met_first(made):
    lines = [line for line in render(abreast(made), width=100).splitlines() if line.strip()]
    assert (lines[0], lines[1][:12], lines[2][:16]) == ("A pump", "eu  ■ licenc", "us  ? undetermin")
    shown = [line.strip() for line in lines if re.match(r"  [✓?] ", line)]
    assert shown == [
        "✓  US sanctions that the Union forbids to follow  eu · us",
        "✓  Two licences for one machine or material  eu · us",
    ]


def test_as_data_every_place_has_its_sources(made):
    found = as_json(made)
    assert list(found["books"]) == ["eu", "us"]
    assert [p["id"] for p in found["between"]] == ["eu-blocking", "us-and-eu-lists"]
    assert found["between"][0]["sources"]["recalled"]["tag"] == "M"
    place = places()[0]
    assert told(place, truth=True)["met"] is True


def test_a_portfolio_counts_answers_together_and_names_shipments(both):
    lines = render(side(both), width=100).splitlines()
    assert ["1", "■", "licence", "■", "licence"] in [line.split() for line in lines]
    assert sum("S-1" in line for line in lines) == 2


def test_flat_cells_are_harmless_and_complete(both):
    cells = flat(both.rows[0])
    assert list(cells)[:3] == ["shipment", "leg", "on"]
    assert (cells["cn_outcome"], cells["us_rule"]) == ("licence", "cn/mofcom-2025-18/1C905")
    assert (cells["between"], cells["perhaps_between"]) == tuple(p.id for p in places()[:2])


def test_the_page_escapes_what_a_portfolio_says(both):
    text = page(both)
    assert "<b>Fernhill" not in text
    assert "&lt;b&gt;Fernhill" in text
    assert places()[0].title in text


def test_without_legs_the_files_have_their_heads(both, tmp_path):
    empty = replace(both, rows=())
    paths = write_side(empty, tmp_path / "out")
    (head,) = csv.reader(paths[1].read_text("utf-8").splitlines())
    assert head[:2] == ["shipment", "leg"]
    assert load("en")("books.between") not in paths[0].read_text("utf-8")
