from __future__ import annotations

import pytest

from xenotime.core.errors import BookError
from xenotime.law.read import packaged, packaged_names
from xenotime.parties.listing.book import entries, table
from xenotime.parties.naming.register import key, latin_key
from xenotime.parties.tables import parse, rows, split


def listed():
    """Every name of the packaged lists, by address: `cn/mofcom-2025-1/12`."""
    for name in packaged_names("cn/lists", ".csv"):
        stem = name.rsplit("/", 1)[1].removesuffix(".csv")
        for entry in entries(table(packaged(name), name), f"cn/{stem}", "", ()):
            yield f"cn/{stem}/{entry.entry}", [n.text for n in entry.names]


def test_a_table_is_read_as_text_by_its_head():
    assert parse("a,b\n1,\n", "made") == ({"a": "1", "b": ""},)
    assert split("x||y") == ("x", "y")


def test_a_row_that_does_not_fit_its_head_says_where():
    with pytest.raises(BookError, match=r"parties/tables/made\.csv, line 3"):
        parse("a,b\n1,2\n1,2,3\n", "made")


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("forms", ("spelling", "family", "place", "language")),
        ("register", ("han", "latin", "kind", "source", "confidence")),
        ("families", ("family", "value", "latin", "han", "rule")),
        ("romanisations", ("system", "spelling", "pinyin", "place", "source")),
        ("syllables", ("pinyin", "wade", "tongyong", "source")),
    ],
)
def test_the_packaged_tables_have_their_columns(name, columns):
    assert tuple(rows(name)[0]) == columns


def test_every_line_of_the_register_says_where_it_comes_from():
    kinds = {(row["kind"], row["confidence"], "recalled" in row["source"]) for row in rows("register")}
    assert kinds == {
        ("name", "H", False),
        ("name", "M", True),
        ("word", "M", True),
        ("place", "M", True),
    }


def test_every_romanisation_leads_to_syllables_that_exist():
    known = {row["pinyin"] for row in rows("syllables")}
    readings = [r for row in rows("romanisations") for r in split(row["pinyin"])]
    readings += [r for row in rows("surnames") for r in split(row["pinyin"])]
    readings += [r for row in rows("readings") for r in split(row["readings"])]
    assert sorted({s for r in readings for s in r.split()} - known) == []


def test_no_name_of_the_evaluation_half_is_in_the_register():
    """Entries at odd places of the sorted addresses are kept for evaluation: neither name is declared."""
    entries = sorted(listed())
    kept = [name for _, names in entries[1::2] for name in names]
    declared = {key(row["han"]) for row in rows("register")}
    declared |= {latin_key(row["latin"]) for row in rows("register") if row["kind"] == "name"}
    assert sorted({name for name in kept if key(name) in declared or latin_key(name) in declared}) == []
    assert len(kept) > 100
