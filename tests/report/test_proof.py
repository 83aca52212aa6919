from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from types import SimpleNamespace

from xenotime.law.prove.check import QUESTIONS, Declared, Proof
from xenotime.law.prove.finding import KINDS, Finding, Witness
from xenotime.law.prove.premises import Doubt
from xenotime.report.proof import census as shown
from xenotime.report.proof import proof, proof_words
from xenotime.report.terminal import render
from xenotime.services.coverage import census

WITNESS = Witness(
    date(2025, 11, 7),
    date(2026, 11, 21),
    {"cn/h": "revived"},
    {"from": "CN", "item_value": (10_000, 10_000)},
    {"cn/a/1": True, "cn/b/2": False},
    "licence",
)
GAP = Finding("gap", ("cn/a/1",), "cn/a/1 says something", "mend it", (WITNESS,))
OVERLAP = Finding("overlap", ("cn/a/1", "cn/b/2"), "both", "choose")


def page(book, findings, declared, **more):
    made = Proof(findings, declared, ("dead", "gaps"), {"gaps": 26}, 511, 357)
    found = SimpleNamespace(jurisdiction="cn", book=book, known=date(2026, 11, 21), proof=made)
    return render(proof(found, census(book, {}), {id(GAP): ["out/gap.yaml"]}, **more), width=120)


def test_a_finding_says_what_it_means_and_how_to_see_it(book):
    said = page(book, (GAP,), (), asked="--books us")
    assert "✗  Gap  cn/a/1\n   cn/a/1 says something.\n" in said
    assert "   shipment  from CN, item_value 1; on 2025-11-07, known 2026-11-21, cn/h=revived\n" in said
    assert "   answer    ■ licence: cn/a/1 holds; cn/b/2 does not hold\n" in said
    assert "   run       xenotime decide --books us out/gap.yaml --check\n" in said
    assert said.endswith("1 found that the book does not declare.\n")


def test_what_is_proved_and_declared_is_said_too(book):
    doubt = Doubt("cn/a", "overlap", ("cn/a/1", "cn/b/2"), "the texts leave it so", ("S1",))
    said = page(book, (), (Declared(OVERLAP, doubt),))
    assert "✓  every rule applies to some shipment on some day\n" in said
    assert "✓  every statement of what an article decides or leaves alone is so (26)\n" in said
    assert "? Overlap cn/a/1 · cn/b/2\n  the texts leave it so\n" in said
    assert said.endswith("Nothing is found that the book does not declare.\n")


def test_every_kind_and_question_has_words_in_both_languages():
    raw = tomllib.loads((files("xenotime.report") / "texts" / "proof.toml").read_text("utf-8"))
    assert [
        (s, k) for s, rows in raw.items() for k, pair in rows.items() if len(pair) != 2 or not all(pair)
    ] == []
    assert (set(raw["kind"]), set(raw["proved"])) == (set(KINDS), set(QUESTIONS))
    assert proof_words("zh")["kind.gap"] == "规则空白"


def test_the_census_names_what_is_not_encoded_and_why(book):
    said = render(shown(census(book, {}), whole=True), width=140)
    assert (
        "?  cn/mofcom-2025-62/6  the offence is cn/export-control-law/34; the licence duty is Article 1\n"
        in said
    )
    lines = [line.split() for line in said.splitlines() if line.startswith("cn/mofcom-2025-70 ")]
    assert lines == [["cn/mofcom-2025-70", "3", "2", "0", "0", "1", "2026-09-15", "project"]]
