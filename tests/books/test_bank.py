"""The shape of the case bank: every id once, every word mapped, every source and name accounted for."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import xenotime.books
from xenotime.core.clocks import parse_calendar, working_days_after
from xenotime.law.answer import Outcome
from xenotime.law.fines import find_act, fine, parse_fines
from xenotime.services.expectation import KEYS

CN = Path(xenotime.books.__file__).parent / "cn"
BANK: dict[str, Any] = yaml.load((CN / "cases.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader reads strings only
CASES: list[dict[str, Any]] = BANK["cases"]
FACTS = tomllib.loads((CN.parent / "facts.toml").read_text(encoding="utf-8"))
SOURCES = tomllib.loads((CN / "sources.toml").read_text(encoding="utf-8"))
NUMBERS = {
    "A": (1, 2, 3, 5, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 21, 22, 23, 26, 27, 28, 30, 32),
    "B": (1, 4, 5, 6, 10, 12, 13, 14, 15, 20, 21, 23, 24, 25, 26, 27, 28, 30),
    "C": (3, 4, 5, 6, 8),
    "D": (1, 2, 3, 5, 6, 8, 10, 11, 12, 13, 16, 17, 18, 19, 20, 21, 23, 24, 25),
    "E": (1, 2, 3, 4, 5, 6, 7, 8, 11, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25),
    "F": (1, 2, 3, 6, 7, 8, 9),
}
OUTCOMES = {outcome.word for outcome in Outcome}
BODY = {"decision": "decide", "procedure": "procedure", "fine": "fine", "deadline": "deadline"}


def bodies() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each decide body of the bank with its case id and expectation, further halves included."""
    for case in CASES:
        for part in (case, *case.get("also", [])):
            if "decide" in part:
                yield case["id"], part["decide"], part["expect"]


def addresses() -> set[str]:
    """Every article of the book: instrument id and the part named in a heading."""
    found: set[str] = set()
    for path in CN.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        name = re.search(r"^id: (\S+)$", text, re.MULTILINE)
        parts = re.findall(r"^## (?:Article|Paragraph|Item|List|Note|Section) (\S+): ", text, re.MULTILINE)
        found.update(f"{name[1]}/{part}" for part in parts if name)
    return found


def listed() -> set[str]:
    """Every name on a packaged list."""
    texts = (path.read_text(encoding="utf-8") for path in (CN / "lists").glob("*.csv"))
    return {row["name"] for text in texts for row in csv.DictReader(text.splitlines())}


def test_every_case_stands_once() -> None:
    assert [case["id"] for case in CASES] == [f"{part}{n:02}" for part, row in NUMBERS.items() for n in row]


def test_counts_by_kind() -> None:
    counts = Counter(case["kind"] for case in CASES)
    assert counts == {"decision": 60, "procedure": 17, "fine": 7, "practice": 5, "deadline": 1}


def test_every_word_is_mapped_and_every_mapping_used() -> None:
    assert {word for case in CASES for word in case["word"]} == set(BANK["mapping"])


def test_every_case_has_the_body_of_its_kind() -> None:
    wrong = [c["id"] for c in CASES if c["kind"] in BODY and not {BODY[c["kind"]], "decide"} & set(c)]
    assert wrong == []


def test_practice_decides_nothing() -> None:
    bound = {"decide", "procedure", "fine", "deadline"}
    assert [c["id"] for c in CASES if c["kind"] == "practice" and bound & set(c)] == []


def test_every_source_is_registered_or_said_to_be_unkept() -> None:
    assert [c["id"] for c in CASES if not c.get("sources") and not c.get("unkept")] == []
    assert {s for c in CASES for s in c.get("sources", [])} - set(SOURCES) == set()


def test_every_body_uses_declared_facts() -> None:
    used = {name for _, decide, _ in bodies() for name in decide["facts"]}
    assert used - {"elements"} - set(FACTS) == set()


def test_every_enum_value_is_declared() -> None:
    wrong = [
        (case, name, value)
        for case, decide, _ in bodies()
        for name, value in decide["facts"].items()
        if name in FACTS and FACTS[name]["type"] == "enum" and value not in FACTS[name]["values"]
    ]
    assert wrong == []


def test_every_body_has_its_days_and_parties() -> None:
    for case, decide, _ in bodies():
        assert date.fromisoformat(decide["on"]).isoformat() == decide["on"], case
        assert decide["known"] == "2026-11-21", case
        assert decide["parties"], case


def test_every_expectation_is_known_and_points_into_the_book() -> None:
    known = addresses()
    for case, _, expect in bodies():
        assert set(expect) - set(KEYS) == set(), case
        assert expect["outcome"] in OUTCOMES, case
        named = {expect["rule"]} if "rule" in expect else set()
        assert {*named, *expect.get("notes", []), *expect.get("duties", [])} - known == set(), case


@pytest.mark.parametrize("case", [c for c in CASES if "decide" in c], ids=lambda c: str(c["id"]))
def test_the_outcome_is_what_the_words_say(case: dict[str, Any]) -> None:
    means = [o for word in case["word"] for o in BANK["mapping"][word]["as"]]
    branches = [o for options in case["expect"].get("branches", {}).values() for o in options.values()]
    outcomes = [case["expect"]["outcome"], *branches]
    if case["id"] == "B30":  # the words name the status only; its branches are a sale of another case
        outcomes = outcomes[:1]
    shown = BANK["mapping"][case["word"][0]]["shows"]
    assert shown != "outcome" or set(outcomes) <= set(means)


def test_real_names_stand_on_a_list() -> None:
    real = {
        party["name"]
        for _, decide, _ in bodies()
        for party in decide["parties"]
        for party in (party, *party.get("owners", []))
        if party.get("invented") != "yes"
    }
    assert real - listed() == set()


def test_no_real_name_is_called_military() -> None:
    for case, decide, _ in bodies():
        if any(p.get("invented") != "yes" for p in decide["parties"]):
            assert "military_user" not in decide["facts"], case


def test_procedures_use_the_words_of_the_head() -> None:
    words = BANK["procedure_words"]
    for case in CASES:
        procedure = case.get("procedure")
        if procedure:
            assert procedure["ask"] in words, case["id"]
            assert procedure["answer"] in words[procedure["ask"]]["answers"], case["id"]
            assert set(procedure["given"]) == set(words[procedure["ask"]]["given"]), case["id"]


def test_every_article_of_a_procedure_exists() -> None:
    cited = {
        c[k]["article"] for c in CASES for k in ("procedure", "fine", "deadline") if "article" in c.get(k, {})
    }
    assert cited - addresses() == set()


def test_every_fine_is_what_the_fine_table_computes() -> None:
    acts = parse_fines((CN / "fines.toml").read_text(encoding="utf-8"))
    for case in CASES:
        if said := case.get("fine"):
            act = find_act(acts, said["act"])
            got = fine(act, int(said["amount"]))
            assert (act.base, got.low, got.high) == (said["base"], int(said["low"]), int(said["high"])), case[
                "id"
            ]
            assert got.gains_taken is (said.get("confiscation", "yes") == "yes"), case["id"]


def test_every_deadline_is_what_the_calendar_computes() -> None:
    calendar = parse_calendar((CN / "calendar.csv").read_text(encoding="utf-8"))
    for case in CASES:
        if said := case.get("deadline"):
            due = working_days_after(date.fromisoformat(said["from"]), int(said["working_days"]), calendar)
            assert [day.isoformat() for day in due] == [said["due"], said["due"]], case["id"]


def test_every_disputed_case_gives_its_reason() -> None:
    assert [c["id"] for c in CASES if "disputed" in c and not c["disputed"].strip()] == []
