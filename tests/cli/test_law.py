from __future__ import annotations

import json
from pathlib import Path

import pytest

EXTENSION = Path(__file__).parents[2] / "examples" / "law" / "extension-of-the-suspension.md"
BROKEN = Path(__file__).parents[1] / "fixtures" / "law" / "unknown-predicate.md"


def test_the_list_names_every_instrument(run):
    result = run("law", "list")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith("45 instruments, law ")
    assert result.stdout.splitlines()[-1].endswith(", as known on 2026-11-22")


def test_the_list_holds_only_what_was_published(run):
    assert run("law", "list", "--known", "2020-12-31").stdout.splitlines()[-1].startswith("1 instruments, ")


@pytest.mark.parametrize(
    ("day", "status"), [("2025-10-20", "in_force"), ("2025-12-20", "suspended"), ("2026-11-20", "unverified")]
)
def test_an_article_is_shown_with_its_status(run, day, status):
    found = json.loads(run("law", "show", "cn/mofcom-2025-61/1.3", "--on", day, "--json").stdout)
    assert [article["status"]["status"] for article in found["articles"]] == [status]


def test_an_article_is_shown_to_people(run):
    result = run("law", "show", "cn/mofcom-2025-61/1.1")
    assert result.exit_code == 0
    assert "foreign-made goods with Chinese content" in result.stdout


def test_a_passage_that_is_not_encoded_is_not_said_to_be_in_force_or_not(run):
    lines = run("law", "show", "cn/order-792/16").stdout.splitlines()
    (place,) = (n for n, line in enumerate(lines) if line.startswith("Not encoded: papers and conditions"))
    assert lines[place + 1].strip() == ""


def test_an_unknown_address_names_the_near_ones(run, refused):
    found = refused(run("law", "show", "cn/mofcom-2025-16"))
    assert (found["what"], found["found"]) == (
        "no instrument or article has this address",
        "cn/mofcom-2025-16",
    )
    assert found["next"].startswith("did you mean: ")


def test_the_timeline_can_be_cut(run):
    result = run("law", "timeline", "--from", "2025-01-01", "--to", "2026-12-31")
    assert result.exit_code == 0
    assert "mofcom-2025-61" in result.stdout


def test_facts_are_listed_by_who_answers(run):
    result = run("law", "facts", "--who", "supplier")
    assert (result.exit_code, "el_dy" in result.stdout, "military_user" in result.stdout) == (0, True, False)


def test_hinges_say_where_to_check(run):
    text = run("law", "hinges").stdout
    assert "cn/mofcom-2025-70" in text
    assert "exportcontrol.mofcom.gov.cn" in "".join(text.split())


def test_a_notice_is_laid_over_the_book_and_taken_away(run, tmp_path):
    before = run("law", "list").stdout.splitlines()[-1]
    added = run("law", "add", EXTENSION)
    kept = tmp_path / "home" / "law" / "user_draft-extension.md"
    assert (added.exit_code, kept.read_text("utf-8")) == (0, EXTENSION.read_text("utf-8"))
    assert "user/draft-extension (yours)" in run("law", "list").stdout
    removed = run("law", "remove", "user/draft-extension")
    assert (removed.exit_code, run("law", "list").stdout.splitlines()[-1]) == (0, before)


def test_a_notice_that_fails_the_checks_is_not_kept(run, tmp_path, refused):
    refused(run("law", "add", BROKEN))
    assert not (tmp_path / "home" / "law").exists()


def test_a_notice_of_yours_settles_answers_for_one_run_or_for_all(run, holmium):
    def outcome(*words):
        found = run("decide", holmium, "--on", "2026-11-16", "--json", *words)
        return json.loads(found.stdout)["explanation"]["outcome"]

    assert [outcome(), outcome("--law", EXTENSION), outcome()] == [
        "unverified",
        "not_controlled",
        "unverified",
    ]
    run("law", "add", EXTENSION)
    assert outcome() == "not_controlled"


def test_removing_what_is_not_there_is_refused(run, refused):
    assert refused(run("law", "remove", "user/none"))["what"] == "there is no such notice of yours"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("list", "--book", "us"), "us/dfars-252-225-7052"),
        (("list", "--book", "eu"), "eu/2024-1252"),
        (("hinges", "--book", "us"), "us/bis-2025-suspension.day"),
        (("timeline", "--book", "us"), "us/bis-2025-affiliates/effect"),
        (("facts", "--book", "us", "--who", "supplier"), "dfars_melted_in"),
        (("show", "eu/2024-1252/5"), "binds Union and Member States"),
        (("show", "us/ear-744-11"), "Objection or answer, as claimed: they concern national security"),
        (("show", "cn/mofcom-2025-70"), "Objections: no objection to this instrument was found"),
        (("ask", "veu_candidate", "accepts_reviews=no"), "not_eligible  us/ear-748-15/needed"),
    ],
)
def test_every_book_can_be_read(run, words, says):
    result = run("law", *words)
    assert result.exit_code == 0
    assert says in result.stdout


def test_no_such_book(run):
    assert run("law", "list", "--book", "jp").exit_code == 2
