"""A small portfolio to change in each test: one maker, one oxide, one buyer."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from xenotime.portfolio.read import read_portfolio
from xenotime.services.assess import assess

TABLES = {
    "parties": [
        {"party": "maker", "name": "Lamplight Oxides Co.", "country": "CN"},
        {"party": "buyer", "name": "Fernhill Pigments AG", "country": "CH", "military_user": "no"},
    ],
    "products": [
        {
            "product": "OX",
            "name": "Dysprosium oxide",
            "kind": "oxide",
            "material": "element",
            "elements": "Dy",
            "made_in": "CN",
        }
    ],
    "shipments": [
        {
            "shipment": "S-1",
            "product": "OX",
            "quantity": "20",
            "unit": "kg",
            "exporter": "maker",
            "consignee": "buyer",
        }
    ],
    "legs": [{"shipment": "S-1", "leg": "1", "day": "2026-09-01", "from_country": "CN", "to_country": "CH"}],
}
LICENCE = {
    "licence": "IL-1",
    "channel": "individual",
    "holder": "maker",
    "codes": "1C905",
    "destinations": "CH",
    "end_users": "buyer",
    "quantity_kg": "50",
    "from_day": "2026-01-01",
    "to_day": "2026-12-31",
}


def save(folder, tables):
    """The tables as CSV files of a portfolio folder; one without rows is left away."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        if not rows:
            (folder / f"{name}.csv").unlink(missing_ok=True)
            continue
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture
def folder(tmp_path):
    """Writes the small portfolio with some tables replaced: `folder(legs=[…])`."""
    return lambda **changed: save(tmp_path / "small", {**TABLES, **changed})


@pytest.fixture
def assessed(folder, libraries):
    """Assesses the small portfolio with some tables replaced, as known on 21 November 2026 or as asked."""

    def run(known=date(2026, 11, 21), *, on=None, strict=False, branches=None, progress=None, **changed):
        library = libraries(known, branches, strict=strict)
        return assess(read_portfolio(folder(**changed)), library, on=on, progress=progress)

    return run


@pytest.fixture
def row():
    """One row of the small portfolio with some cells changed: `row("shipments", status="planned")`."""
    return lambda table, **cells: {**(LICENCE if table == "licences" else TABLES[table][0]), **cells}
