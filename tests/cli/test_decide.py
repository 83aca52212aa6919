from __future__ import annotations

import json

import pytest


def test_the_answer_comes_first_then_why(run, facts):
    result = run("decide", facts())
    lines = [line for line in result.stdout.splitlines() if line]
    assert result.exit_code == 0
    assert lines[:3] == [
        "Sm2Co17 rings to Switzerland",
        "■ licence  A licence is needed before this may go",
        "  decided by  cn/mofcom-2025-18/1C902  samarium  1C902.a.4",
    ]


def test_standard_input_is_a_file_too(run, facts):
    text = facts().read_text("utf-8")
    assert run("decide", "-", text=text).stdout == run("decide", facts()).stdout


def test_json_is_the_whole_answer(run, facts):
    found = json.loads(run("decide", facts(), "--json").stdout)
    assert (found["explanation"]["outcome"], found["explanation"]["rule"]) == (
        "licence",
        "cn/mofcom-2025-18/1C902",
    )


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (("--on", "2025-04-03"), "not_controlled"),
        (("--known", "2025-04-03"), "not_controlled"),
        (("--strict",), "undetermined"),
    ],
)
def test_options_win_over_the_file(run, facts, words, outcome):
    found = json.loads(run("decide", facts(), "--json", *words).stdout)
    assert found["explanation"]["outcome"] == outcome


@pytest.mark.parametrize(("branch", "outcome"), [("extended", "not_controlled"), ("revived", "licence")])
def test_a_branch_settles_a_hinge(run, holmium, branch, outcome):
    words = ("--on", "2026-11-16", "--branch", f"cn/mofcom-2025-70={branch}")
    found = json.loads(run("decide", holmium, "--json", *words).stdout)
    assert found["explanation"]["outcome"] == outcome


def test_facts_are_shown_on_request(run, facts):
    shown = ["Facts as given" in run("decide", facts(), *words).stdout for words in ((), ("--facts",))]
    assert shown == [False, True]


def test_a_listed_party_is_shown(run, facts):
    result = run("decide", facts("Fernhill Pigments AG", "HENSOLDT AG"), "--on", "2026-09-01")
    assert "⊘ prohibited" in result.stdout
    assert "Parties on lists" in result.stdout


@pytest.mark.parametrize(("outcome", "code"), [("licence", 0), ("prohibited", 1)])
def test_check_compares_with_what_the_file_expects(run, facts, outcome, code):
    path = facts()
    path.write_text(path.read_text("utf-8") + f"expect: {{outcome: {outcome}}}\n", encoding="utf-8")
    result = run("decide", path, "--check")
    assert result.exit_code == code
    assert result.stderr == (
        ""
        if code == 0
        else "expected otherwise: outcome prohibited, found licence (cn/mofcom-2025-18/1C902)\n"
    )


def test_check_without_an_expectation_finds_nothing_to_agree_with(run, facts):
    assert run("decide", facts(), "--check").exit_code == 1


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("kind: magnet", "kin: magnet", "the book knows no fact 'kin'"),
        ("kind: magnet", "kind: magnett", "the fact 'kind' cannot have this value"),
        ("[Sm]", "[Fe]", "this element is not one of the facts"),
        ("on: 2025-04-05\n", "", "this decide file names no day"),
        ("2025-04-05", "05/04/2025", "this date can mean two days"),
        ("title:", "titel:", "this decide file has other keys"),
        ("name: Fernhill Pigments AG, ", "", "a party has no name"),
    ],
)
def test_what_cannot_be_used_is_refused(run, facts, refused, old, new, what):
    found = refused(run("decide", facts(old, new)))
    assert (found["what"], "facts.yaml" in found["where"]) == (what, True)


def test_a_file_that_is_not_there_is_refused(run, tmp_path, refused):
    assert refused(run("decide", tmp_path / "none.yaml"))["what"] == "this file cannot be read"
