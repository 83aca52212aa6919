from __future__ import annotations

import json
import random
from copy import deepcopy
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from xenotime.parties.owners.cascade import resolve
from xenotime.parties.owners.check import check
from xenotime.parties.owners.holding import Body, Holding, Structure
from xenotime.parties.owners.proof import prove
from xenotime.parties.owners.rule import AGGREGATES, Listing, OwnershipRule

DAY = date(2026, 6, 1)
RULE = OwnershipRule("half", "Half or more", "us/ofac-50-percent/1")
LISTED = {"X": True, "M": None}
LISTINGS = {"X": (Listing("sdn/7", "us-sdn"),)}
ROWS = (
    "X 50% A",  # h0
    "A 30% B",  # h1
    "X 20% B",  # h2
    "C 40% B",  # h3
    "X 49% D",  # h4
    "X 1 D",  # h5: control, no share
    "X 60% D",  # h6: ended long ago
    "D 70% E",  # h7
    "A 20% E",  # h8
    "X ? P",  # h9
    "C 40% P",  # h10
    "P 80% R",  # h11
    "X 20% R",  # h12
)


@pytest.fixture
def data(build):
    ended = {"to_day": date(2025, 1, 1)}
    return build(*ROWS, bodies=["M"], h5={"kind": "control"}, h6=ended)


@pytest.fixture
def proofs(data):
    found = resolve(data, RULE, LISTED, DAY, None, LISTINGS)
    return {p: json.loads(json.dumps(prove(found, p))) for p in found.held}


def verdict(proof, data, rule=RULE):
    return check(proof, data, LISTED, rule, LISTINGS)


def test_the_proofs_of_the_example_are_accepted(proofs, data):
    assert {p: (proof["answer"], verdict(proof, data)) for p, proof in proofs.items()} == {
        "X": ("certainly", ()),
        "M": ("possibly", ()),
        "A": ("certainly", ()),
        "B": ("certainly", ()),
        "C": ("not", ()),
        "D": ("not", ()),
        "E": ("not", ()),
        "P": ("possibly", ()),
        "R": ("possibly", ()),
    }


def put(*path):
    """A tampering: the value at a path is replaced by the last argument."""
    *keys, last, value = path

    def tamper(proof):
        for key in keys:
            proof = proof[key]
        proof[last] = value

    return tamper


def drop(*path):
    """A tampering: what stands at a path is taken away."""
    *keys, last = path

    def tamper(proof):
        for key in keys:
            proof = proof[key]
        del proof[last]

    return tamper


def _twice(proof):
    rows = proof["trees"][0]["steps"][1]["holdings"]
    rows.append(rows[0])


def _swap(proof):
    proof["trees"][0]["steps"].reverse()


def _outside(proof):
    row = proof["sets"][0]
    row["inside"].remove("A")
    row["outside"].append({"company": "A", "sum": "1/2"})


def _inside(proof):
    row = proof["sets"][0]
    row["inside"].append("E")
    row["outside"] = [line for line in row["outside"] if line["company"] != "E"]


def _unlisted(proof):
    row = proof["sets"][0]
    row["inside"] = []
    row["outside"] = [{"company": p, "sum": "0"} for p in ("A", "D", "E", "X")]


def _more(proof):
    proof["trees"][0]["listed"].append({"body": "C", "sure": True, "entries": []})


STEP = ("trees", 0, "steps", 1)
FIRST = (*STEP, "holdings", 0)
#: Every kind of tampering: its name, whose proof, what is done, and all that the checker says of it.
TAMPERINGS = [
    ("another version of the format", "B", put("ownership_proof", 2), ["another version"]),
    ("yes made no", "B", put("answer", "not"), ["the wrong half", "not every group"]),
    ("yes made possibly", "B", put("answer", "possibly"), ["the wrong half", "not every group"]),
    ("a word of its own", "B", put("answer", "clear"), ["not an ownership proof: KeyError 'clear'"]),
    ("the party exchanged", "B", put("party", "D"), ["another party"]),
    ("the day moved", "B", put("on", "2024-12-31"), ["other data"]),
    ("the threshold of the rule moved", "B", put("rule", "threshold", "1/4"), ["another rule"]),
    ("more than made at least", "B", put("rule", "at_least", False), ["another rule"]),
    ("owners put together otherwise", "B", put("rule", "aggregate", "per_owner"), ["another rule"]),
    ("the article exchanged", "B", put("rule", "article", "us/none/1"), ["another rule"]),
    ("the hash exchanged", "B", put("data", "0" * 64), ["other data"]),
    ("a share raised", "B", put(*FIRST, "share", "1/2"), ["another share: B"]),
    ("an owner exchanged", "B", put(*FIRST, "owner", "X"), ["another owner: B"]),
    ("a holding invented", "B", put(*FIRST, "holding", "h99"), ["no holding at all: h99"]),
    ("a holding of the past", "B", put(*FIRST, "holding", "h6"), ["a holding that does not stand: h6"]),
    ("control passed off as a share", "B", put(*FIRST, "holding", "h5"), ["no share: h5"]),
    ("a holding of another company", "B", put(*FIRST, "holding", "h0"), ["a holding of another company: h0"]),
    (
        "a clean owner counted",
        "B",
        put(*FIRST, {"holding": "h3", "owner": "C", "share": "2/5"}),
        ["an owner is not caught before: B", "another tier: B", "another sum: B"],
    ),
    ("a holding counted twice", "B", _twice, ["a holding is counted twice: B"]),
    ("a sum raised", "B", put(*STEP, "sum", "3/5"), ["another sum: B"]),
    (
        "a holding left out",
        "B",
        drop(*FIRST),
        ["another tier: B", "another sum: B", "under the threshold: B"],
    ),
    ("the threshold of a step lowered", "B", put(*STEP, "threshold", "1/4"), ["another threshold: B"]),
    (
        "a tier in the middle left out",
        "B",
        drop("trees", 0, "steps", 0),
        ["an owner is not caught before: B", "another tier: B"],
    ),
    ("the last step left out", "B", drop(*STEP), ["the party is not reached"]),
    ("steps out of order", "B", _swap, ["an owner is not caught before: B", "another tier: B"]),
    ("a tier exchanged", "B", put(*STEP, "tier", 1), ["another tier: B"]),
    ("a clean party passed off as listed", "B", _more, ["not listed so: C"]),
    (
        "a list entry exchanged",
        "B",
        put("trees", 0, "listed", 0, "entries", ["sdn/8"]),
        ["other list entries: X"],
    ),
    (
        "the listed left out of the tree",
        "B",
        put("trees", 0, "listed", []),
        ["an owner is not caught before: A", "an owner is not caught before: B"],
    ),
    ("a near miss made sure", "M", put("trees", 0, "listed", 0, "sure", True), ["not listed so: M"]),
    ("no made yes", "E", put("answer", "certainly"), ["the wrong half", "not every group"]),
    ("the listed left out of the set", "E", _unlisted, ["a listed party is left out of the set"]),
    ("a caught company put outside", "E", _outside, ["another sum outside: E", "the set is not closed: A"]),
    ("the party put inside", "E", _inside, ["the party is inside the set"]),
    (
        "a company above left out",
        "E",
        drop("sets", 0, "outside", 0),
        ["a company above is left out, or stands twice"],
    ),
    ("a sum outside lowered", "E", put("sets", 0, "outside", 0, "sum", "0"), ["another sum outside: D"]),
    ("the set left out", "E", put("sets", []), ["not every group"]),
    ("a ground that is not so", "E", put("ground", "spared"), ["a ground that is not so"]),
    ("possibly without its no", "R", put("sets", []), ["not every group"]),
    ("possibly without its yes", "R", put("trees", []), ["the wrong half"]),
    (
        "most shares passed off as least",
        "R",
        put("trees", 0, "shares", "least"),
        ["the wrong half", "another share: P", "another sum: P", "under the threshold: P"],
    ),
    (
        "an unknown share made exact",
        "R",
        put("trees", 0, "steps", 0, "holdings", 0, "share", "1/2"),
        ["another share: P"],
    ),
    (
        "not of the form",
        "B",
        put("trees", 7),
        ["not an ownership proof: TypeError 'int' object is not iterable"],
    ),
]


def test_there_are_more_than_twenty_kinds():
    assert len({name for name, *_ in TAMPERINGS}) == len(TAMPERINGS) >= 20


@pytest.mark.parametrize(
    ("party", "tamper", "said"), [t[1:] for t in TAMPERINGS], ids=[t[0] for t in TAMPERINGS]
)
def test_a_tampered_proof_is_refused(party, tamper, said, proofs, data):
    proof = deepcopy(proofs[party])
    tamper(proof)
    assert list(verdict(proof, data)) == said


@pytest.mark.parametrize(
    "change",
    [
        lambda d: replace(d, holdings=(replace(d.holdings[0], low=Fraction(2, 5)), *d.holdings[1:])),
        lambda d: replace(d, holdings=(replace(d.holdings[0], to_day=DAY), *d.holdings[1:])),
        lambda d: replace(d, holdings=(*d.holdings, Holding("h13", "C", "A", Fraction(0), None))),
        lambda d: replace(d, bodies=tuple(replace(b, country="US") for b in d.bodies)),
    ],
    ids=["share", "date", "holding", "country"],
)
def test_a_proof_is_of_its_data(change, proofs, data):
    assert verdict(proofs["B"], change(data))[0] == "other data"


def test_a_proof_is_of_its_rule_and_its_lists(proofs, data):
    assert verdict(proofs["B"], data, replace(RULE, threshold=Fraction(2, 5)))[0] == "another rule"
    got = check(proofs["E"], data, {"X": True, "D": None}, RULE, LISTINGS)
    assert got == ("other data", "a listed party is left out of the set")


def random_case(seed):
    """A small register with everything odd in it, a rule, and who is listed."""
    r = random.Random(seed)
    ids = [f"b{i}" for i in range(r.randint(2, 9))]
    branch = {i: r.choice([*ids, "gone"]) for i in ids if r.random() < 0.15}
    bodies = [
        Body(i, r.choice([i, i, ""]), country=r.choice(["", "US", "CN"]), branch_of=branch.get(i, ""))
        for i in ids
    ]
    holdings = [random_holding(r, number, ids) for number in range(r.randint(0, 20))]
    listed = {i: r.choice([True, None, False]) for i in ids if r.random() < 0.4}
    entries = {
        i: (Listing(f"e/{i}", r.choice(["el", "meu"]), t),) for i, t in listed.items() if t is not False
    }
    rule = OwnershipRule(
        "any",
        "Any",
        "us/any/1",
        r.choice([Fraction(1, 4), Fraction(1, 2), Fraction(1, 2), Fraction(1)]),
        r.random() < 0.7,
        r.choice(AGGREGATES),
        spares=r.choice([(), ("US",)]),
        cascade=r.random() < 0.85,
    )
    return Structure(tuple(bodies), tuple(holdings)), rule, listed, entries


def random_holding(r, number, ids):
    low = Fraction(r.choice([0, 0, 10, 20, 25, 30, 40, 50, 60, 200 if r.random() < 0.1 else 0]), 100)
    kind = r.choice(["shares"] * 8 + ["nominee", "trust", "votes", "control", "promise"])
    return Holding(
        f"h{number:02}",
        r.choice([*ids, "ghost"]),
        r.choice(ids),
        low,
        r.choice([None, low, low, low, low + Fraction(1, 5), low - Fraction(1, 10)]),
        r.choice([None] * 5 + [date(2026, 7, 1)]),
        kind=kind,
        holds_for=r.choice([*ids, ""]) if kind in ("nominee", "trust") else "",
    )


@pytest.mark.parametrize("block", range(8))
def test_every_proof_of_random_data_is_accepted(block):
    refused = []
    for seed in range(block * 50, block * 50 + 50):
        data, rule, listed, entries = random_case(seed)
        found = resolve(data, rule, listed, DAY, None, entries)
        for party in found.held:
            proof = json.loads(json.dumps(prove(found, party)))
            refused += [(seed, party, *said) for said in [check(proof, data, listed, rule, entries)] if said]
    assert refused == []


def test_the_checker_stays_small_and_alone(root):
    folder = root / "src" / "xenotime" / "parties" / "owners"
    texts = [(folder / name).read_text("utf-8") for name in ("check.py", "witness.py")]
    ours = {
        line.split()[1].rsplit(".", 1)[1]
        for t in texts
        for line in t.splitlines()
        if "from xenotime.parties" in line
    }
    assert (max(len(t.splitlines()) for t in texts) <= 150, ours) == (True, {"holding", "rule", "witness"})
