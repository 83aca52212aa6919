from __future__ import annotations

import json

import pytest

from xenotime.report.own import as_json, own
from xenotime.report.plain import plain
from xenotime.report.terminal import render
from xenotime.report.words import LANGUAGES, load

SUM = "counted owners hold 50 % (1/2), which reaches the line (50 % or more)"


def test_the_answer_comes_first_then_law_proof_and_doubts(owned):
    lines = render(own(owned()), width=160).splitlines()
    assert lines[0] == "Target Magnets  target  on 2026-01-05, as known on 2026-11-21"
    assert lines[2:6] == [
        f"▲ half  certainly; {SUM}; no source confirms that the rule is in force on this day",
        "  law xx/half/1 unverified · xx/pause",
        "    xx/pause=revived (default legal reading): in force",
        "    xx/pause=extended: suspended",
    ]
    assert lines[7:11] == [
        "Proof: half (line: 50 % or more)",
        "  ▲ Target Magnets Σ 50 % (1/2) ≥ 50 %",
        "          50 % ▲ Middle Holding Σ 60 % (3/5) ≥ 50 %",
        "             60 % ⊘ Listed Works us-ofac-sdn/1",
    ]


def test_what_was_found_is_said_once(owned):
    text = render(own(owned()), width=110)
    assert "✓ Listed Works = LISTED WORKS us-ofac-sdn/1 certain · listed · same name" in text
    assert [text.count(x) for x in ("a row names no share", "! A list is old.")] == [1, 1]


def test_a_no_shows_its_sums_and_what_counts_for_nobody(owned):
    text = render(own(owned("below")), width=110)
    assert "○ half  not; counted owners hold 0 % (0), under the line (50 % or more)" in text
    assert "○ Spared Alloys Σ 20 % (1/5) < 50 %" in text
    assert "70 %  Spared Alloys" in text


def test_an_open_text_is_not_answered_by_one_of_its_readings(owned, half):
    text = render(own(owned("pair", rules=[half("open", aggregate_open=True)])), width=200)
    assert (
        "? open  open: the text does not say how owners are put together (all owners together: certainly, "
        "50 % (1/2); each owner alone: not, 25 % (1/4))" in text
    )


def test_rules_that_share_a_proof_show_it_once(owned, half):
    text = render(own(owned(rules=[half("a"), half("b")])), width=110)
    assert text.count("Proof:") == 1
    assert "Proof: a, b (line: 50 % or more)" in text


def test_hostile_names_cannot_turn_a_line_round(owned):
    text = render(own(owned(names={"target": "Target\u202e\x1b[31m\nred"})), width=110)
    assert text.splitlines()[0].startswith("Target��[31m red  target")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("party", ["target", "trusted", "spared", "pair"])
def test_every_answer_can_be_told_in_every_language(owned, lang, party):
    assert render(own(owned(party), load(lang)), width=80)


def test_the_json_is_plain_and_whole(owned):
    found = json.loads(json.dumps(plain(as_json(owned()))))
    [one] = found["rules"]
    assert (one["answer"], one["held"]["low"], one["low_percent"]) == ("certainly", "1/2", "50 %")
    assert (one["depends_on_reading"], found["name"], len(one["edges"])) == (False, "Target Magnets", 4)
