from __future__ import annotations

from datetime import date

from xenotime.law.instrument import load_yaml
from xenotime.law.prove.finding import Finding, Witness
from xenotime.services.transaction import parse_transaction
from xenotime.services.witness import told, witness_files

WITNESS = Witness(
    date(2026, 12, 1),
    date(2026, 11, 21),
    {"cn/mofcom-2025-70": "revived"},
    {"from": "NO", "origin_china": False, "item_value": (10_005_000, 10_005_000)},
    {"cn/mofcom-2025-61/1.1": True},
    "licence",
)


def test_a_witness_is_a_decide_file_that_says_what_it_shows():
    finding = Finding("overlap", ("cn/a/1", "cn/b/2"), "two rules meet", "choose", (WITNESS, WITNESS))
    files = [(name, text) for _, name, text in witness_files([finding, finding], "--books us")]
    assert [name for name, _ in files] == [f"overlap-cn-a-1-cn-b-2{n}.yaml" for n in ("", "-2", "-3", "-4")]
    text = files[1][1]
    assert "# Run it: xenotime decide --books us overlap-cn-a-1-cn-b-2-2.yaml --check" in text.splitlines()
    raw = load_yaml(text, "witness")
    assert raw["facts"] == {"from": "NO", "origin_china": "no", "item_value": "1000.5"}
    assert raw["expect"] == {"outcome": "licence", "holds": {"cn/mofcom-2025-61/1.1": "yes"}}
    given = parse_transaction(text, "witness")
    assert (given.on, given.known, given.branches) == (
        date(2026, 12, 1),
        date(2026, 11, 21),
        {"cn/mofcom-2025-70": "revived"},
    )


def test_a_witness_without_facts_is_a_decide_file_too():
    bare = Witness(date(2026, 12, 1), date(2026, 11, 21), {}, {}, {}, "open")
    ((_, _, text),) = witness_files([Finding("always", ("one",), "x", "y", (bare,))], "")
    assert parse_transaction(text, "witness").facts == {}


def test_values_as_a_person_writes_them():
    assert [told(v) for v in (True, False, "CN", 14, (1, 1))] == ["yes", "no", "CN", "14", "0.0001"]
