from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.law.answer import Outcome, Scope
from xenotime.report.answer import explanation, hits
from xenotime.report.terminal import render
from xenotime.report.words import load


def shown(sample, outcome, width=100, **options):
    leg = next(leg for leg in sample.legs if leg.explanation.outcome is outcome)
    return render(explanation(leg.explanation, **options), width=width)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_opens_with_its_answer(sample, outcome):
    text = shown(sample, outcome)
    assert text.split("  ")[0].endswith(load().outcome(outcome))


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(sample, width):
    for leg in sample.legs:
        lines = render(explanation(leg.explanation, load("zh"), facts=True), width=width).splitlines()
        assert max(map(len, lines)) <= width


def test_the_tree_shows_marks_sentences_and_values(sample):
    text = shown(sample, Outcome.LICENCE)
    assert "  ├── ✓ The goods leave the Chinese mainland.\n  │     from = CN, to = CH\n" in text
    assert "  │   └── ✗ The item is not an assembly that holds one.\n" in text
    assert "  └── ✓ It does not stay inside a bonded zone.\n" in text


def test_each_branch_has_its_answer_and_the_default_is_named(sample):
    lines = [" ".join(line.split()) for line in shown(sample, Outcome.UNVERIFIED).splitlines()]
    assert "extended ○ not controlled Press of September 2026 expects an extension (P)." in lines
    assert "revived ■ licence default legal reading" in lines


def test_the_exact_share_is_shown_with_its_line(sample):
    assert "1/1000 to 1/1000 of the item's value; the line is 1/1000" in shown(sample, Outcome.UNVERIFIED)


def test_missing_facts_say_whom_to_ask(sample):
    assert "ask customer  military_user  could become: licence, prohibited\n" in shown(
        sample, Outcome.UNDETERMINED
    )


def test_what_nothing_decides_is_explained_by_what_came_nearest(sample):
    text = shown(sample, Outcome.NOT_CONTROLLED)
    assert "no article applies" in text
    assert (
        "✗  The item is on the list of Announcement 18 (1C902.a.2).\n     cn/mofcom-2025-18/1C902\n" in text
    )


def test_a_licence_that_fails_names_the_bound(sample):
    assert "✗  IL-7  does not cover this: destination, date  individual licence" in shown(
        sample, Outcome.LICENCE
    )


def test_readings_and_conflicts_are_listed(sample):
    assert "export  licence  a move to Hong Kong is an export" in shown(sample, Outcome.OPEN)
    assert "cn/export-control-law/12" in shown(sample, Outcome.CONFLICT)


def test_sources_carry_confidence_and_day(sample):
    sources = {"S1": {"what": "a copy", "url": "https://example.invalid/1", "day": "2025-04-04", "tag": "O"}}
    text = shown(sample, Outcome.LICENCE, sources=sources)
    assert "S1   a copy  O · 2025-04-04\n       https://example.invalid/1\n  S2   unknown\n" in text


def test_facts_are_shown_only_when_asked(sample):
    assert "Facts as given" not in shown(sample, Outcome.LICENCE)
    assert "unknown  red_flag\n" in shown(sample, Outcome.LICENCE, facts=True)


def test_a_hit_says_list_entry_and_day(sample):
    leg = next(leg for leg in sample.legs if leg.hits)
    text = render(hits((leg.hits[0], replace(leg.hits[0], sure=False))), width=160)
    assert "✓  Echodyne  Export control list of 9 April 2025\n" in text
    assert "certain  ·  cn/mofcom-2025-21/1  ·  12 Echodyne  ·  2025-04-09  ·  in force  ·  name\n" in text
    assert "near miss, to be reviewed" in text
    assert render(hits(())) == "No party is on a list that was read.\n"


def test_what_the_law_reaches_is_shown_with_what_is_not_settled(sample):
    scopes = (
        Scope("us/x/1", "Subject", "subject", True, (), "X", ("US40",)),
        Scope("us/x/2", "A limb", "direct_product", None, ("What made it is not stated.",), "X"),
        Scope("us/x/3", "Another limb", "direct_product", False, ("No.",), "X", ("US41",)),
        Scope("us/x/4", "The words read", "as_read", True, (), "X"),
    )
    text = render(explanation(replace(sample.legs[0].explanation, scopes=scopes)), width=100)
    part = text[text.index("What the law reaches") :].split("\n\n")[0].splitlines()
    assert [" ".join(line.split()) for line in part] == [
        "What the law reaches",
        "✓ Subject us/x/1",
        "? A limb us/x/2",
        "What made it is not stated.",
        "1 further ways are ruled out.",
    ]
    assert ("US40" in text, "US41" in text) == (True, False)
