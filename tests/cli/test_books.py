"""`--books`: one file or portfolio under several laws."""

from __future__ import annotations

import csv
import json

import pytest

EMBARGO = """\
title: A magnet for a contract
on: 2026-06-01
facts: {from: CN, to: US, end_user_country: US, origin_china: yes, kind: magnet, material: NdFeB,
  processing: primary, elements: [Nd, Dy], us_origin: no, licence_by_section: no, us_person: yes,
  dod_contract: yes,
  dfars_melted_in: CN, dfars_later_step_covered: yes, dfars_cots: no}
parties: [{role: end_user, name: Harrowgate Motion, country: US}]
expect: {outcome: prohibited}
"""


@pytest.fixture
def embargo(tmp_path):
    path = tmp_path / "embargo.yaml"
    path.write_text(EMBARGO, encoding="utf-8")
    return path


def test_the_answers_come_first_then_what_lies_between_then_each_in_full(run, embargo):
    result = run("decide", embargo, "--books", "us,cn")
    lines = [line.rstrip() for line in result.stdout.splitlines() if line.strip()]
    assert result.exit_code == 0
    assert (lines[0], lines[1][:16], lines[2][:14]) == (
        "A magnet for a contract",
        "us  ⊘ prohibited",
        "cn  ■ licence ",
    )
    order = ["Between the books, for counsel", "Under us", "Under cn"]
    assert [line for line in lines if line in order] == order


def test_json_holds_every_book_and_place(run, embargo):
    found = json.loads(run("decide", embargo, "--books", "cn,us,eu", "--json").stdout)
    outcomes = {name: one["explanation"]["outcome"] for name, one in found["books"].items()}
    assert outcomes == {"cn": "licence", "us": "prohibited", "eu": "not_controlled"}
    assert next(p["id"] for p in found["between"] if p["met"]) == "us-defence-and-chinese-magnets"
    assert {tuple(sorted(p)) for p in found["between"]} == {
        ("articles", "books", "confidence", "counsel", "id", "met", "says", "sources", "title")
    }


def test_each_book_keeps_its_receipt(run, embargo, tmp_path):
    kept = tmp_path / "both.jsonl"
    result = run("decide", embargo, "--books", "cn,us", "--receipt", kept)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, f"wrote {kept}: 2 receipts")
    assert run("replay", kept).stdout == "2 receipts: 2 the same to the byte, 0 not\n"


def test_another_book_alone_is_decided_as_usual(run, tmp_path):
    facts = tmp_path / "eu.yaml"
    facts.write_text("on: 2026-06-01\nfacts: {from: DE, to: JP, annex_i: yes}\nexpect: {outcome: licence}\n")
    result = run("decide", facts, "--books", "eu", "--check")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "as expected")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--books", "jp"), "no such book"),
        (("--books", "cn,cn/"), "no such book"),
        (("--books", ","), "no book is named"),
        (("--books", "cn,us", "--branch", "us/none=x"), "no such hinge or branch"),
        (("--books", "cn,us", "--check"), "about one book"),
        (("--books", "cn"), "knows no fact 'us_origin'"),
        (("--books", "cn,eu"), "none of the books knows a fact 'us_origin'"),
    ],
)
def test_what_cannot_be_asked_is_said(run, embargo, words, says):
    result = run("decide", embargo, *words)
    assert result.exit_code == 2
    assert says in result.stderr


def test_a_branch_goes_to_the_book_of_its_hinge(run, tmp_path):
    facts = tmp_path / "affiliate.yaml"
    facts.write_text(
        "on: 2026-11-22\nfacts: {from: DE, to: MY, end_user_country: MY, us_origin: yes, us_affiliate: yes,"
        " entry_covers_item: yes, affiliate_in_a5_a6: no, licence_by_section: no, us_supp2_item: no,"
        " footnote_3_party: no, us_person: no, us_entity_listed: no}\n"
    )
    found = {
        branch: json.loads(
            run(
                "decide", facts, "--books", "us,eu", "--branch", f"us/bis-2025-suspension={branch}", "--json"
            ).stdout
        )["books"]["us"]["explanation"]["outcome"]
        for branch in ("extended", "revived")
    }
    assert found == {"extended": "not_controlled", "revived": "licence"}


def test_a_portfolio_side_by_side_is_written_whole(run, small, tmp_path):
    out = tmp_path / "both"
    result = run("assess", small, "--books", "cn,us", "--out", out)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-4:] == [
        f"wrote {out / name}" for name in ("books.html", "books.csv", "books.json", "receipts.jsonl")
    ]
    assert sorted(p.name for p in out.iterdir()) == [
        "books.csv",
        "books.html",
        "books.json",
        "receipts.jsonl",
    ]
    (row,) = csv.DictReader((out / "books.csv").read_text("utf-8").splitlines())
    data = json.loads((out / "books.json").read_text("utf-8"))
    assert data["legs"] == [row]
    named = ("shipment", "cn_outcome", "cn_rule", "us_outcome")
    assert [row[name] for name in named] == ["S-1", "licence", "cn/mofcom-2025-18/1C905", "undetermined"]
    assert set(data["books"]) == {"cn", "us"}
    page = (out / "books.html").read_text("utf-8")
    assert data["between"]
    assert all(place["title"] in page for place in data["between"])


def test_the_page_speaks_chinese_too(run, small, tmp_path):
    out = tmp_path / "both"
    result = run("assess", small, "--books", "cn,us", "--out", out, "--lang", "zh", "--quiet")
    assert len(result.stdout.splitlines()) == 4
    assert "<h1>多部法律并列</h1>" in (out / "books.html").read_text("utf-8")


def test_a_record_is_about_one_book(run, small, tmp_path):
    result = run("assess", small, "--books", "cn,us", "--record", "--out", tmp_path)
    assert (result.exit_code, "about one book" in result.stderr) == (2, True)


def test_the_folder_of_a_copy_is_a_book(run, embargo, tmp_path):
    copy = tmp_path / "copy"
    assert run("law", "copy", copy).exit_code == 0
    facts = tmp_path / "eu.yaml"
    facts.write_text("on: 2026-06-01\nfacts: {from: DE, to: JP, annex_i: yes}\nexpect: {outcome: licence}\n")
    assert run("decide", facts, "--books", copy / "eu", "--check").exit_code == 0
    result = run("decide", embargo, "--books", f"eu,{copy / 'eu'}")
    assert (result.exit_code, "two books of one jurisdiction" in result.stderr) == (2, True)
