from __future__ import annotations

import pytest

from xenotime.portfolio.read import read_portfolio
from xenotime.services.receipt import SOURCES
from xenotime.services.rows import Desk
from xenotime.services.sources import of_movement
from xenotime.services.transaction import decide_transaction, parse_transaction


@pytest.fixture
def found(folder, libraries):
    """The facts of the only leg of the small portfolio, by name: value, kind of source, place."""

    def run(**changed):
        desk = Desk(read_portfolio(folder(**changed)), libraries())
        (movement,) = desk.movements()
        stated = of_movement(desk, movement)
        said = {s.fact: (s.value, s.source, s.where) for s in stated}
        assert len(said) == len(stated)
        assert {n: v for n, v in movement.facts.items() if v is not None} == {
            n: v[0] for n, v in said.items()
        }
        assert {v[1] for v in said.values()} <= set(SOURCES)
        return said

    return run


def test_a_cell_is_named_by_file_row_and_column(found):
    said = found()
    assert said["from"] == ("CN", "table", "legs.csv, row 2, column from_country")
    assert said["kind"] == ("oxide", "table", "products.csv, row 2, column kind")
    assert said["origin_china"] == (True, "table", "products.csv, row 2, column made_in")
    assert said["end_user_country"] == ("CH", "table", "parties.csv, row 3, column country")


def test_a_party_without_a_country_is_where_the_goods_go(found):
    said = found(parties=[{"party": "maker", "name": "M", "country": "CN"}, {"party": "buyer", "name": "B"}])
    assert said["end_user_country"] == ("CH", "table", "legs.csv, row 2, column to_country")


def test_what_is_rolled_up_names_the_bill_and_the_price(found, row):
    said = found(shipments=[row("shipments", value="1000", currency="USD")])
    bill = "products.csv, row 2: its parts, compositions and declarations on 2026-09-01"
    assert said["el_dy"] == (True, "bill", bill)
    assert said["item_value"][1:] == (
        "bill",
        f"{bill}, sold at 50 USD (shipments.csv, row 2, column value)",
    )


def test_what_follows_from_the_kind_says_so(found):
    said = found()
    assert said["technology_area"] == ("none", "derived", "products.csv, row 2: goods, not technology")
    assert said["reagent"] == ("none", "derived", "products.csv, row 2, column kind: of another kind")


def test_a_screening_names_who_was_asked_and_what_was_found(found):
    parties = [
        {"party": "maker", "name": "Lamplight Oxides Co.", "country": "CN"},
        {"party": "buyer", "name": "Echodyne", "country": "US"},
    ]
    said = found(parties=parties)
    assert found()["listed_cn_mofcom_2025_22"] == (False, "list", "screening of buyer")
    assert said["listed_cn_mofcom_2025_22"] == (
        True,
        "list",
        "screening of buyer; buyer is cn/mofcom-2025-22 entry 3",
    )


def test_a_military_link_names_its_evidence(found):
    assert found()["military_user"][1:] == ("evidence", "parties.csv, row 3, column military_user")
    visit = {"party": "buyer", "kind": "on_site_check", "day": "2026-08-01", "says": "civil"}
    said = found(evidence=[{**visit, "source": "a visit", "confidence": "O"}])
    assert said["military_user"] == (
        False,
        "evidence",
        "evidence.csv, row 2; parties.csv, row 3, column military_user",
    )


def test_a_cell_that_says_unknown_is_asked(found, row):
    said = found(shipments=[row("shipments", red_flag="unknown")])
    assert said["red_flag_asked"] == (True, "table", "shipments.csv, row 2, column red_flag")


def test_an_answer_names_where_it_is_kept(found, row):
    """One that fills a cell, and one that no table holds."""
    said = {"by": "A. Person", "day": "2026-10-01"}
    found_ = found(
        products=[row("products", made_in="CN", material="")],
        parties=[
            {"party": "maker", "name": "Lamplight Oxides Co.", "country": "CN"},
            {"party": "buyer", "name": "Fernhill Pigments AG", "country": "CH", "military_user": ""},
        ],
        answers=[
            {"about": "product", "subject": "OX", "fact": "material", "value": "element", **said},
            {"about": "shipment", "subject": "S-1", "fact": "military_use", "value": "no", **said},
        ],
    )
    assert found_["material"] == ("element", "answer", "answers.csv, row 2, column value")
    assert found_["military_use"] == (False, "answer", "answers.csv, row 3, column value")


def test_know_how_comes_from_its_own_table(found, row):
    said = found(
        technology=[{"technology": "T-1", "name": "sintering", "area": "magnet_making"}],
        shipments=[row("shipments", product="T-1", unit="", quantity="")],
    )
    assert said["technology_area"][1:] == ("table", "technology.csv, row 2, column area")
    assert said["kind"][1:] == ("derived", "technology.csv, row 2: technology, not goods")
    assert said["to_foreigner"][1:] == ("derived", "legs.csv, row 2, column to_country")


def test_a_decide_file_is_named_without_its_folder(libraries):
    text = """
on: 2025-06-02
facts: {from: CN, to: DE, kind: oxide, elements: [Dy], red_flag: unknown}
parties: [{role: end_user, name: Echodyne, country: US}]
"""
    given = parse_transaction(text, "somewhere/else/facts.yaml")
    groups = decide_transaction(libraries(), given).receipt.body.facts
    assert [(g.source, g.where) for g in groups] == [
        ("given", "facts.yaml, elements"),
        ("given", "facts.yaml, facts"),
        ("given", "facts.yaml, parties"),
        ("list", "screening of end_user:Echodyne; end_user:Echodyne is cn/mofcom-2025-22 entry 3"),
    ]
    assert dict(groups[1].facts) == {"from": "CN", "to": "DE", "kind": "oxide", "red_flag": None}
    assert dict(groups[2].facts) == {"end_user_country": "US"}
