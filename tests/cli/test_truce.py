from __future__ import annotations

import json


def test_the_ledger_is_told_for_today(run):
    result = run("truce")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "20 commitments on 2026-11-22"
    assert "Sources were read until 2026-10-08" in result.stdout


def test_a_day_and_a_side_are_settled_by_options(run):
    told = json.loads(run("truce", "--on", "2026-11-09", "--side", "eu", "--json").stdout)
    assert (told["on"], told["known"], told["side"]) == ("2026-11-09", "2026-11-22", "EU")
    assert {p["id"] for p in told["promises"]} == {"eu-cn-mechanism", "kl-cn-october"}


def test_without_a_day_the_day_of_knowledge_is_asked(run):
    told = json.loads(run("truce", "--known", "2025-06-01", "--json").stdout)
    assert (told["on"], len(told["promises"])) == ("2025-06-01", 2)


def test_full_shows_each_observation_with_its_source(run):
    assert "Mondaq" not in run("truce", "--side", "US").stdout
    assert "Mondaq" in run("truce", "--side", "US", "--full").stdout


def test_an_unknown_side_is_refused_in_four_parts(run, refused):
    parts = refused(run("truce", "--side", "XX"))
    assert (parts["where"], parts["found"]) == ("--side", "XX")


def test_a_page_is_written_on_request(run, tmp_path):
    result = run("truce", "--out", tmp_path / "out")
    assert result.stdout.splitlines()[-1] == f"wrote {tmp_path / 'out' / 'truce.html'}"
    assert (tmp_path / "out" / "truce.html").read_text("utf-8").startswith("<!doctype html>")


def test_the_page_may_be_chinese(run, tmp_path):
    run("truce", "--out", tmp_path, "--lang", "zh")
    assert '<html lang="zh"' in (tmp_path / "truce.html").read_text("utf-8")
