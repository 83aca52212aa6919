from __future__ import annotations

from xenotime.portfolio.schema import dictionary, examples, schema, written_as


def test_the_tables_are_those_of_the_brief():
    assert list(schema()) == [
        "parties",
        "ownership",
        "sites",
        "evidence",
        "products",
        "parts",
        "compositions",
        "declarations",
        "technology",
        "licences",
        "applications",
        "rates",
        "shipments",
        "legs",
        "answers",
        "lines",
        "stocks",
        "suppliers",
        "conversions",
        "substitutions",
    ]


def test_every_reference_leads_to_a_table_with_an_id():
    for table in schema().values():
        for column in table.columns.values():
            if ":" in column.type:
                assert schema()[column.type.split(":", 1)[1]].id != ""


def test_every_key_is_made_of_columns():
    assert {table.name for table in schema().values() if table.key} == {
        "ownership",
        "evidence",
        "parts",
        "rates",
        "legs",
        "answers",
        "stocks",
    }
    assert all(set(table.key) <= set(table.columns) for table in schema().values())


def test_every_column_can_be_written_and_explained():
    entries = dictionary()
    assert len(entries) == sum(len(table.columns) for table in schema().values())
    assert all(entry["about"] and entry["written_as"] and entry["if_empty"] for entry in entries)


def test_the_words_of_a_fact_are_the_words_of_the_book():
    kind = schema()["products"].columns["kind"]
    assert kind.values[:3] == ("ore", "metal", "alloy")
    assert written_as(schema()["parts"].columns["unit"]) == "one of piece, kg, g, mg"


def test_every_table_has_a_filled_example_with_known_columns():
    assert set(examples()) == set(schema())
    assert all(set(row) <= set(schema()[name].columns) for name, rows in examples().items() for row in rows)
