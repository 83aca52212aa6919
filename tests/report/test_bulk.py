from __future__ import annotations

from xenotime.report.bulk import summed, totals
from xenotime.report.terminal import render
from xenotime.report.words import load
from xenotime.services.bulk.run import Tally


def tally(law):
    rule = next(n for n, r in enumerate(law.rules) if r.address == "cn/mofcom-2025-18/1C902")
    fact = next(n for n, f in enumerate(law.facts) if f.name == "el_sm")
    return Tally({(0, -1): 3_000, (2, rule): 1_500, (7, rule): 500}, {fact: 500})


def test_the_totals_are_one_screen(law):
    assert render(totals(tally(law), law, "june.parquet")).splitlines() == [
        "june.parquet  ·  5,000 rows  ·  known 2026-11-21",
        "",
        "Outcomes",
        "  ○ not controlled  3,000  ████████████████████  no article asks for anything",
        "  ■ licence         1,500  ██████████            allowed only with a licence",
        "  ? undetermined      500  ███▎                  facts are missing: see which",
        "",
        "What decides",
        "  2,000  cn/mofcom-2025-18/1C902",
        "",
        "What is missing, by rows that wait for it",
        "  500  el_sm  Does it contain samarium?",
    ]


def test_the_totals_in_chinese(law):
    assert (
        render(totals(tally(law), law, "june", load("zh"))).splitlines()[0]
        == "june  ·  5,000 行  ·  知悉日 2026-11-21"
    )


def test_nothing_decided_is_said(law):
    assert render(totals(Tally(), law, "june")).splitlines()[0] == "june  ·  0 rows  ·  known 2026-11-21"


def test_the_same_as_data(law):
    found = summed(tally(law), law)
    assert found == {
        "law": law.hash,
        "known": "2026-11-21",
        "rows": 5_000,
        "outcomes": {"not_controlled": 3_000, "licence": 1_500, "undetermined": 500},
        "articles": {"cn/mofcom-2025-18/1C902": 2_000},
        "missing": {"el_sm": 500},
    }
