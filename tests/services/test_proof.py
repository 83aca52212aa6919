"""The shipped books are proved; a fault planted in a copy is found, and `decide` confirms the witness."""

from __future__ import annotations

import pytest

from xenotime.law.read import JURISDICTIONS, book_files, read_book
from xenotime.services.expectation import failures
from xenotime.services.library import open_library
from xenotime.services.proof import prove_book
from xenotime.services.transaction import decide_transaction, parse_transaction
from xenotime.services.witness import witness_files

FLOOR = "cn_part1_value > 0 AND cn_part1_value * 1000 >= item_value"
SAMARIUM = """rule: 1C902
binds: exporter in China
question: controlled
answer: licence
unless: []
when: {all: [export_from_china, item_1C902]}
"""
REPORT = """## Article planted: a report for samarium magnets

Planted by a test.

```yaml
rule: planted-1
binds: exporter in China
question: controlled
answer: report
when: {all: [export_from_china, item_1C902]}
confidence: O
sources: [S1]
events:
  - {in_force: 2025-04-04, published: 2025-04-04}
```

## Article hk: deliveries"""


@pytest.mark.parametrize("name", JURISDICTIONS)
def test_a_shipped_book_is_proved(name):
    found = prove_book(name)
    assert [f.what for f in found.proof.findings] == []


def planted(name, old, new, question):
    """The findings of one question in a copy of the Chinese book in which one text stands for another."""
    files = book_files("cn")
    assert files[name].count(old) == 1
    files[name] = files[name].replace(old, new)
    found = prove_book("cn", files=files, only=(question,))
    book = read_book(None, "cn", files)
    for finding, _, text in witness_files(found.proof.findings, ""):
        given = parse_transaction(text, finding.id)
        library = open_library(given.known, branches=given.branches, book=book)
        made = decide_transaction(library, given)
        assert failures(given.expect, made.explanation) == ()
    return found.proof.findings


def test_an_overlap_in_a_copy_is_found():
    text = REPORT.replace("Article planted", "Article planted-1")
    found = planted("cn/mofcom-2025-18.md", "## Article hk: deliveries", text, "overlaps")
    assert {"cn/mofcom-2025-18/planted-1"} == set.intersection(*(set(f.at) for f in found))
    pair = ("cn/mofcom-2025-18/1C902", "cn/mofcom-2025-18/planted-1")
    (witness,) = next(f.witnesses for f in found if f.at == pair)
    assert set(witness.row) == {
        "from",
        "to",
        "kind",
        *(n for n in witness.row if n in ("material", "el_sm", "processing", "classified")),
    }
    assert witness.holds == dict.fromkeys(pair, True)


def test_a_gap_in_a_copy_is_found():
    """One line of the item table is lost: samarium oxide."""
    files = book_files("cn")
    line = next(
        x for x in files["cn/items/1C902.csv"].splitlines(keepends=True) if x.startswith("1C902,b,oxide")
    )
    found = planted("cn/items/1C902.csv", line, "", "gaps")
    assert [(f.kind, f.at) for f in found] == [
        ("gap", ("cn/mofcom-2025-18/1C902",)),
        ("gap", ("cn/mofcom-2025-18/hk",)),
    ]
    row = found[0].witnesses[0].row
    assert {name: row[name] for name in ("from", "kind", "el_sm")} == {
        "from": "CN",
        "kind": "oxide",
        "el_sm": True,
    }


def test_a_dead_rule_in_a_copy_is_found():
    dead = SAMARIUM.replace("export_from_china, item", "export_from_china, inside_china, item")
    found = planted("cn/mofcom-2025-18.md", SAMARIUM, dead, "dead")
    assert [f.what for f in found] == [
        (
            "cn/mofcom-2025-18/1C902 never applies: "
            "no shipment meets “export_from_china” and “inside_china” at once"
        )
    ]
    assert found[0].witnesses[0].holds == {"cn/mofcom-2025-18/1C902": False}


def test_a_boundary_that_is_a_day_off_in_a_copy_is_found():
    line = "- {on: cn/mofcom-2025-61, suspended: 2025-11-07,"
    (found,) = planted("cn/mofcom-2025-70.md", line, line.replace("2025-11-07", "2025-11-08"), "gaps")
    assert (found.kind, found.at) == ("reach", ("cn/mofcom-2025-70/1",))
    assert str(found.witnesses[0].on) == "2025-11-07"


def test_a_threshold_that_is_one_off_in_a_copy_is_found():
    found = planted(
        "cn/predicates.toml", f'when = "{FLOOR}"', f'when = "{FLOOR.replace(">=", ">")}"', "opposites"
    )
    assert [f.what for f in found] == [
        "neither of “value_below_item” and “value_floor_item” holds for one shipment"
    ]
    row = found[0].witnesses[0].row
    assert (row["cn_part1_value"], row["item_value"]) == ((10_000, 10_000), (10_000_000, 10_000_000))


def test_a_comparison_the_wrong_way_round_in_a_copy_is_found():
    found = planted(
        "cn/predicates.toml", f'when = "{FLOOR}"', f'when = "{FLOOR.replace(">=", "<=")}"', "ways"
    )
    assert "cn_part1_value" in {f.at[0] for f in found}


def test_an_exception_that_never_bites_in_a_copy_is_found():
    files = book_files("cn")
    text = files["cn/mofcom-2025-61.md"]
    block = text[text.index('rule: "5"\n') : text.index("## Article 5-report")]
    away = block.replace("exported_outside_china, humanitarian_use", "export_from_china, humanitarian_use")
    found = planted("cn/mofcom-2025-61.md", block, away, "exceptions")
    assert {f.at[1] for f in found} == {"cn/mofcom-2025-61/5"}
