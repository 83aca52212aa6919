from __future__ import annotations

import re

import pytest
from tests.report.test_page import Reader

from xenotime.report.screening import MOST_DRAWN, command, explained, page, together, write_page
from xenotime.report.terminal import render
from xenotime.report.words import LANGUAGES, load


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_register_is_one_sound_file(screening, lang):
    read = Reader(page([screening()], load(lang)))
    assert read.open == []
    assert [i for i in set(read.ids) if read.ids.count(i) > 1] == []
    assert [link for link in read.links if link.startswith("#h") and link[1:] not in read.ids] == []


def test_the_counts_come_first_and_the_gravest_party_leads(screening):
    text = page([screening()])
    assert re.findall(r"<b>(\d+)</b> ([a-z ]+)</p>", text) == [
        ("1", "hit"),
        ("1", "for review"),
        ("3", "no hit"),
    ]
    rows = re.findall(r'<tr data-o="(\w+)">', text)
    assert rows == ["prohibited", "undetermined", "not_controlled", "not_controlled", "not_controlled"]


def test_old_lists_decisions_and_erased_parties_are_told(screening):
    text = page([screening()])
    assert "this copy is 52 days old" in text
    assert "cleared by A. Analyst, because the number differs" in text
    assert "erased on 2026-01-05" in text


def test_names_are_harmless_in_the_page_and_in_a_spreadsheet(screening):
    text = page([screening()])
    assert text.count("<script>") == 1
    assert "\u202e" not in text
    assert "&#39;=HYPERLINK(1)�" in text


def test_a_large_register_stays_openable_and_says_what_it_leaves_out(screening):
    text = page([screening(2000)])
    assert text.count('<article class="hit"') == MOST_DRAWN
    assert f"This page explains {MOST_DRAWN} of 2003 hits" in text
    assert text.count("<tr data-o=") == 2005
    assert len(text) < 4_000_000


def test_no_screening_is_no_register():
    with pytest.raises(ValueError, match="at least one"):
        page([])


def test_the_file_is_written_whole(screening, tmp_path):
    made = [screening()]
    assert write_page(made, tmp_path / "r.html").read_text("utf-8") == page(made)


def test_a_hit_explains_itself_in_the_terminal(matches):
    assert render(explained(matches[0]), width=100).splitlines() == [
        "? 83 %, for review  NORTHGATE DEFENCE HOLDING COMPANY  us-list/9001",
        "asked        northgate  defense  shanghai  –",
        "             =          ≈ 92     ·         ·",
        "on the list  northgate  defence  –         company",
        "✓  name     two words are the same or nearly so  +52  ████████████",
        "✗  country  CN is not US                          −8  █▊",
        "?  number   no number on both sides                0",
    ]


def test_a_contradiction_is_told_in_the_terminal(matches):
    text = render(explained(matches[1]), width=100)
    assert "≠ excludes the other name: direction: south against north" in text


def test_one_name_on_two_entries_is_explained_once(office):
    entries = tuple(office.entry(n, "Fernhill Pigments") for n in ("1", "2"))
    made = office.screen("Fernhill Paints", entries=entries)
    assert [[h.match.entry for h in same] for same in together(made.answers[0].hits)] == [["1", "2"]]
    assert page([made]).count('<article class="hit"') == 1
    office.decide(made, "Fernhill Paints", "inv/one/1")
    (answer,) = office.screen("Fernhill Paints", entries=entries).answers
    assert len(together(answer.hits)) == 2


def test_a_hit_that_counts_says_the_command_that_decides_it_and_a_cleared_one_does_not(office):
    made = office.screen("Fernhill Paints")
    (answer,) = made.answers
    assert command(made.id, answer, answer.hits[0]).splitlines() == [
        f"xenotime records decide {made.id[:12]} --query 'Fernhill Paints' \\",
        '  --hit inv/one/2 --false-positive --because "WHY" --by "YOU"',
    ]
    office.decide(made, "Fernhill Paints", "inv/one/2")
    after = office.screen("Fernhill Paints")
    assert command(after.id, after.answers[0], after.answers[0].hits[0]) == ""
