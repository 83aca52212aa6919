"""The shape of the example portfolio and of the workbook: counts, references, names."""

from __future__ import annotations

import csv
from pathlib import Path

import python_calamine

ROOT = Path(__file__).parents[2] / "examples"
FOLDER = ROOT / "magnet-maker"
NOTICE = "named only to illustrate a published listing; no dealing is alleged"


def rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def depth(product: str, below: dict[str, list[str]]) -> int:
    return 1 + max((depth(part, below) for part in below.get(product, [])), default=0)


def test_the_portfolio_has_real_structure() -> None:
    counts = {table: len(rows(table)) for table in ("shipments", "legs", "parties", "products", "technology")}
    assert counts == {"shipments": 370, "legs": 378, "parties": 71, "products": 105, "technology": 12}


def test_shipments_run_from_january_2025_to_december_2026() -> None:
    days = sorted(leg["day"] for leg in rows("legs"))
    assert (days[0][:7], days[-1][:7]) == ("2025-01", "2026-12")


def test_the_days_around_each_boundary_are_there() -> None:
    days = {leg["day"] for leg in rows("legs")}
    boundary = {
        "2025-04-03", "2025-04-04", "2025-04-05", "2025-10-08", "2025-10-09", "2025-11-06", "2025-11-07",
        "2025-11-08", "2025-11-10", "2025-12-01", "2025-12-02", "2026-01-05", "2026-01-06", "2026-11-09",
        "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-27", "2026-11-28",
    }  # fmt: skip
    assert boundary - days == set()


def test_parts_lists_are_three_or_more_levels_deep() -> None:
    below: dict[str, list[str]] = {}
    for row in rows("parts"):
        below.setdefault(row["product"], []).append(row["part"])
    deep = sorted(product for product in below if depth(product, below) >= 3)
    assert deep == [
        "CP-AC", "EX-GEN", "MO-EAX", "MO-EPS", "RA-6", "RT-EAX", "RT-EPS", "ST-EPS", "SV-38",
    ]  # fmt: skip
    assert depth("EX-GEN", below) == 5


def test_a_real_name_is_only_the_consignee_of_a_planned_shipment() -> None:
    real = {party["party"]: party for party in rows("parties") if party["invented"] != "yes"}
    assert {(party["military_user"], party["note"]) for party in real.values()} == {("", NOTICE)}
    named = [
        row for row in rows("shipments") if real.keys() & {row["exporter"], row["consignee"], row["end_user"]}
    ]
    assert {row["consignee"] for row in named} == set(real)
    assert {(row["status"], row["military_use"], row["end_use"], row["end_user"]) for row in named} == {
        ("planned", "", "", "")
    }
    assert [row["shipment"] for row in named if not row["note"].endswith(NOTICE)] == []


def test_unanswered_questions_are_visible() -> None:
    open_questions = [row["declaration"] for row in rows("declarations") if row["states"] == "requested"]
    assert open_questions == ["D-004", "D-005", "D-014", "D-015", "D-017", "D-020", "D-021"]


def test_the_workbook_is_as_messy_as_its_readme_says() -> None:
    book = python_calamine.CalamineWorkbook.from_path(str(ROOT / "erp-export" / "orders-2025-2026.xlsx"))
    assert book.sheet_names == ["发货明细 Shipments", "供应商声明 Declarations"]
    cells = book.get_sheet_by_index(0).to_python()
    lines = [row for row in cells if isinstance(row[0], float)]
    assert len(lines) == 131
    assert {row[12] for row in lines if "alpenrose" in str(row[12]).casefold()} == {
        "Alpenrose Antriebe GmbH", "ALPENROSE ANTRIEBE GMBH", "Alpenrose-Antriebe GmbH",
    }  # fmt: skip
    assert [row[13] for row in lines if str(row[13]).startswith("=")] == [
        '=HYPERLINK("http://example.invalid/claim","open the claim form")'
    ]
