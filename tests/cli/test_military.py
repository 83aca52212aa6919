from __future__ import annotations

import json
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "magnet-maker"
ON = ("-p", EXAMPLE, "--on", "2026-09-01")


def test_a_mixed_group_is_answered_by_company_and_by_site(run):
    result = run("military", "tallsedge", *ON)
    assert result.exit_code == 0
    answers = [line.split("  ")[0] for line in result.stdout.splitlines() if "[line " in line]
    assert answers == ["the company: unknown", "site tallsedge-mill: no", "site tallsedge-yard: unknown"]
    assert "This is a policy of this program, not law." in result.stdout.splitlines()[-1]


def test_json_says_what_carried_and_what_would_change_it(run):
    found = json.loads(run("military", "tallsedge", *ON, "--json").stdout)
    mill = found["sites"][0]
    assert (mill["truth"], mill["line"]) == (False, "checked")
    assert [w["evidence"]["kind"] for w in mill["carried"]] == ["on_site_check"]
    assert [c["answer"] for c in mill["changes"]] == ["unknown"] * 5
    assert [w["evidence"]["kind"] for w in mill["against"]] == ["defence_revenue"]


def test_before_the_visit_was_known_the_site_is_unknown(run):
    text = run("military", "tallsedge", "-p", EXAMPLE, "--on", "2026-03-20", "--known", "2026-03-19").stdout
    assert "site tallsedge-mill: unknown  [line silent]" in text


def test_a_party_nobody_named_is_refused(run, refused):
    found = refused(run("military", "ghost", *ON))
    assert (found["what"], found["found"]) == ("no party has this id", "ghost")
