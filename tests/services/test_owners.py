from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from xenotime.core.errors import AddressError, BookError
from xenotime.law.read import read_book
from xenotime.parties.listing.entry import ListedName, ListEntry, ListingEvent
from xenotime.parties.owners.check import check
from xenotime.parties.owners.holding import Body, Holding, Structure
from xenotime.parties.owners.proof import prove
from xenotime.parties.owners.rule import Listing, counted
from xenotime.services.owners import list_kinds, listings, own, rules

KNOWN = date(2026, 11, 22)
VECTORS = Path(__file__).parent.parent / "vectors" / "ownership"
CASES = {
    case["id"]: (loaded["rule"], case)
    for name in ("ofac", "bis", "mofcom-61")
    for loaded in [yaml.safe_load((VECTORS / f"{name}.yaml").read_text("utf-8"))]
    for case in loaded["cases"]
}
NOT_GRAPHS = yaml.safe_load((VECTORS / "not-graphs.yaml").read_text("utf-8"))
PUBLISHED = """
    OF-01 OF-02 OF-03 OF-04 OF-06 OF-07 OF-10 OF-11 OF-13 OF-18 OF-20
    AF-01 AF-02 AF-06 AF-10 AF-12 AF-13 AF-14 AF-15 AF-16 AF-18 AF-19
""".split()
TRUTHS = {"certainly": True, "possibly": None, "not": False}


@pytest.fixture(scope="module")
def law_of():
    return rules(KNOWN)


def structure(case):
    holdings = []
    for number, (owner, share, owned, *more) in enumerate(case["holdings"]):
        exact = Fraction(str(share).removesuffix("%")) / 100 if str(share)[0].isdigit() else Fraction(0)
        high = None if share in ("?", "control") else exact
        kind = "control" if share == "control" else "shares"
        days = more[0] if more else {}
        holdings.append(Holding(f"h{number}", owner, owned, exact, high, kind=kind, **days))
    countries, branches = case.get("countries", {}), case.get("branches", {})
    named = dict.fromkeys([*case["listed"], *branches, *(n for h in holdings for n in (h.owner, h.owned))])
    bodies = (Body(n, n, country=countries.get(n, ""), branch_of=branches.get(n, "")) for n in named)
    return Structure(tuple(bodies), tuple(holdings))


@pytest.mark.parametrize("name", CASES)
def test_a_worked_case(name, law_of):
    rule, case = CASES[name]
    listed = {who: (Listing(f"{kind}/{who}", kind),) for who, kind in case["listed"].items()}
    data = structure(case)
    got = own(data, listed, case["day"], {rule: law_of[rule]})[rule]
    held = got.resolution.held
    flags = {p: [w.kind for w in held[p].warnings] for p in case["answers"] if p not in case["listed"]}
    said = {p: {r.aggregate: r.truth for r in held[p].readings} for p in case.get("readings", {})}
    assert got.status.status == case["status"]
    assert {p: held[p].word for p in case["answers"]} == case["answers"]
    if "flags" in case:
        assert {p: flags[p] for p in case["flags"]} == case["flags"]
    assert said == {p: {a: TRUTHS[w] for a, w in r.items()} for p, r in case.get("readings", {}).items()}
    truths = counted(got.rule, listed)
    proofs = [prove(got.resolution, p) for p in case["answers"]]
    kept = got.resolution.listings
    assert [check(p, data, truths, got.rule, kept) for p in proofs] == [()] * len(proofs)


def test_every_published_graph_is_here_and_the_others_say_why_not():
    assert [c for c in PUBLISHED if c not in CASES] == []
    assert sorted(set(NOT_GRAPHS) & set(CASES)) == []
    assert [c for c, why in NOT_GRAPHS.items() if not why] == []


def test_no_case_rests_on_what_was_only_recalled():
    grades = {name: case["grade"].split()[:2] for name, (_, case) in CASES.items()}
    assert {n: g for n, g in grades.items() if g[0] not in ("PUB", "RULE") or g[1] not in "ABXD"} == {}
    assert {n for n, g in grades.items() if g[1] == "D"} == {"OF-04", "M61-two", "M61-joint"}


def test_both_branches_today(law_of):
    status = {name: rule.status(KNOWN) for name, rule in law_of.items()}
    branches = {"extended": "suspended", "revived": "in_force"}
    assert {n: (s.status, s.branches, s.default) for n, s in status.items()} == {
        "ofac": ("in_force", None, ""),
        "bis": ("unverified", branches, "revived"),
        "mofcom-61": ("unverified", branches, "revived"),
    }
    assert {n: {c.branch for c in s.claims} - {""} for n, s in status.items() if s.branches} == {
        "bis": {"extended"},
        "mofcom-61": {"extended"},
    }


@pytest.mark.parametrize(
    ("rule", "hinge"), [("bis", "us/bis-2025-suspension"), ("mofcom-61", "cn/mofcom-2025-70")]
)
@pytest.mark.parametrize(("branch", "status"), [("extended", "suspended"), ("revived", "in_force")])
def test_a_chosen_branch_settles_one_rule(rule, hinge, branch, status):
    chosen = rules(KNOWN, {hinge: branch})
    other = {"bis": "mofcom-61", "mofcom-61": "bis"}[rule]
    assert chosen[rule].status(KNOWN).status == status
    assert chosen[other].status(KNOWN).status == "unverified"


def test_a_hinge_of_no_book_is_refused():
    with pytest.raises(AddressError, match="no such hinge"):
        rules(KNOWN, {"us/none": "extended"})


BOUNDARIES = {
    "ofac": [(date(2014, 8, 13), ("not_yet", "in_force", "in_force"))],
    "bis": [
        (date(2025, 9, 29), ("not_yet", "in_force", "in_force")),
        (date(2025, 11, 10), ("in_force", "suspended", "suspended")),
        (date(2026, 11, 9), ("suspended", "unverified", "unverified")),
    ],
    "mofcom-61": [
        (date(2025, 10, 9), ("not_yet", "in_force", "in_force")),
        (date(2025, 11, 7), ("in_force", "suspended", "suspended")),
        (date(2026, 11, 10), ("suspended", "unverified", "unverified")),
    ],
}


@pytest.mark.parametrize(
    ("rule", "day", "status"), [(r, *row) for r, rows in BOUNDARIES.items() for row in rows]
)
def test_the_day_before_on_and_after(rule, day, status, law_of):
    days = (day - timedelta(days=1), day, day + timedelta(days=1))
    assert tuple(law_of[rule].status(d).status for d in days) == status


def test_what_was_not_published_yet_is_not_known():
    early = rules(date(2025, 11, 11))["bis"]
    assert early.status(date(2025, 11, 11)).status == "in_force"
    late = rules(date(2025, 11, 12))["bis"].status(KNOWN)
    assert (late.status, late.claims) == ("unverified", ())


def test_the_last_day_of_the_stay_is_a_question_of_its_own(law_of):
    status = law_of["bis"].status(date(2026, 11, 9))
    assert (status.hinge, status.branches, status.default, status.claims) == (
        "us/bis-2025-suspension.day",
        {"inclusive": "suspended", "exclusive": "in_force"},
        "inclusive",
        (),
    )


def test_the_parameters_of_each_rule(law_of):
    half = Fraction(1, 2)
    assert {
        n: (r.rule.threshold, r.rule.at_least, r.rule.aggregate, r.rule.counts) for n, r in law_of.items()
    } == {
        "ofac": (half, True, "all", ("us-sdn",)),
        "bis": (half, True, "all", ("us-entity", "us-meu", "us-sdn-named")),
        "mofcom-61": (half, True, "per_owner", ("control_list", "watch_list")),
    }


def test_the_switch_changes_only_what_a_text_leaves_open(law_of):
    data = structure({"holdings": [["L", "30%", "A"], ["M", "20%", "A"]], "listed": {}})
    kinds = {"L": "control_list", "M": "watch_list"}
    listed = {who: (Listing(f"{kind}/1", kind),) for who, kind in kinds.items()}
    both = {a: own(data, listed, KNOWN, law_of, ["A"], a)["mofcom-61"] for a in ("all", "per_owner")}
    words = {a: (o.resolution.held["A"].word, o.resolution.held["A"].differs) for a, o in both.items()}
    assert words == {"all": ("certainly", True), "per_owner": ("not", True)}
    assert own(data, listed, KNOWN, law_of, ["A"], "per_owner")["ofac"].rule.aggregate == "all"


def test_the_us_book_reads_and_the_chinese_one_does_not_know_it():
    us, eu = read_book(jurisdiction="us"), read_book(jurisdiction="eu")
    assert {i.split("/")[0] for i in us.instruments} == {"us"}
    assert {i.split("/")[0] for i in eu.instruments} == {"eu"}
    assert {"us/bis-2025-affiliates", "us/bis-2025-suspension", "us/ofac-50-percent"} <= set(us.instruments)
    assert [a for a in read_book().instruments if a.startswith(("us/", "eu/"))] == []
    ownership = {
        a.address
        for b in (us, eu)
        for i in b.instruments.values()
        for a in i.articles
        if "ownership" in a.block
    }
    assert ownership == {"us/bis-2025-affiliates/1", "us/ofac-50-percent/1"}


NOTICE = """---
id: user/more-than-half
title: "INVENTED: more than half, owner by owner"
issuer: nobody (invented)
published: 2026-01-01
class: rule
sources: [E1]
sources_here:
  E1: {what: invented, url: "", day: 2026-01-01, tag: D}
---

## Article 1: more than half

Invented.

```yaml
rule: "1"
binds: anyone
question: note
answer: caution
when: export_from_china
confidence: D
sources: [E1]
ownership: {id: more, threshold: 50 %, at_least: "no", aggregate: per_owner}
events:
  - {in_force: 2026-01-01, published: 2026-01-01}
```
"""


def test_a_notice_of_ones_own_can_bring_a_rule():
    rule = rules(KNOWN, overlays={"more.md": NOTICE})["more"]
    assert (rule.status(KNOWN).status, rule.rule.reached(Fraction(1, 2))) == ("in_force", False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: more", "id: ofac"),
        ("threshold: 50 %", "threshold: some"),
        ("{id: more", "[{id: more}, {id: less"),
    ],
)
def test_a_notice_cannot_bring_a_rule_that_is_none(old, new):
    text = NOTICE.replace(old, new)
    text = text.replace("per_owner}", "per_owner}]") if new.startswith("[") else text
    with pytest.raises(BookError):
        rules(KNOWN, overlays={"more.md": text})


def entry(list_id, number, *events, authority="", programmes=()):
    dated = tuple(ListingEvent(e, day) for e, day in events)
    return ListEntry(
        list_id,
        number,
        (ListedName("Invented Works"),),
        authority=authority,
        programmes=programmes,
        events=dated,
    )


def test_entries_become_listings_with_their_class(law):
    day = date(2026, 1, 1)
    sdn = "Specially Designated Nationals (SDN) - Treasury Department"
    found = {
        "blocked": [(entry("us-csl", "1", authority=sdn), True)],
        "menu": [(entry("us-csl", "2", authority="Non-SDN Menu-Based Sanctions List"), True)],
        "entity": [
            (entry("us-csl", "3", authority="Entity List (EL) - Bureau of Industry and Security"), None)
        ],
        "gone": [(entry("us-csl", "4", ("listed", day), ("delisted", KNOWN), authority=sdn), True)],
        "open": [(entry("cn/mofcom-2025-21", "5", ("listed", day), ("unverified", KNOWN)), True)],
    }
    got = listings(found, list_kinds(law), KNOWN)
    assert {b: [(x.entry, x.counts_as, x.truth) for x in rows] for b, rows in got.items()} == {
        "blocked": [("us-csl/1", "us-sdn", True), ("us-csl/1", "us-sdn-named", None)],
        "menu": [("us-csl/2", "other", True)],
        "entity": [("us-csl/3", "us-entity", None)],
        "gone": [],
        "open": [("cn/mofcom-2025-21/5", "control_list", None)],
    }


@pytest.mark.parametrize(
    ("list_id", "authority", "classes"),
    [
        ("mine", "Entity List (EL) - Bureau of Industry and Security", ["us-entity"]),
        ("entity list", "", ["us-entity"]),
        ("mine", "UFLPA Entity List - Department of Homeland Security", ["other"]),
        ("unreliable entity list", "", ["other"]),
        ("sdn", "Entity List (EL) - Bureau of Industry and Security", ["us-entity"]),
        ("sdn", "Office of Foreign Assets Control", ["us-sdn", "us-sdn-named"]),
        ("mine", "Military End User (MEU) List - Bureau of Industry and Security", ["us-meu"]),
        ("mine", "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC)", ["other"]),
    ],
)
def test_an_entry_counts_by_the_words_of_its_own_authority_first(list_id, authority, classes):
    got = listings({"x": [(entry(list_id, "1", authority=authority), True)]}, {}, KNOWN)["x"]
    assert [x.counts_as for x in got] == classes


def test_what_is_open_about_a_listing_is_said(law):
    sdn = "Specially Designated Nationals (SDN) - Treasury Department"
    paused = entry("cn/mofcom-2025-21", "5", ("listed", date(2025, 4, 4)), ("unverified", KNOWN))
    found = {
        "near": [(entry("us-csl", "1", authority="Entity List"), None)],
        "named": [(entry("us-csl", "2", authority=sdn), True)],
        "paused": [(paused, True)],
    }
    got = listings(found, list_kinds(law), KNOWN)
    assert {b: [(x.counts_as, x.truth, x.open) for x in rows] for b, rows in got.items()} == {
        "near": [("us-entity", None, "name")],
        "named": [("us-sdn", True, ""), ("us-sdn-named", None, "class")],
        "paused": [("control_list", None, "state")],
    }
