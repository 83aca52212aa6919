from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date

import pytest

from xenotime.core.errors import AddressError, InputError
from xenotime.supply.engine.run import Rules
from xenotime.supply.scenario.read import RULES, names, parse, read, source
from xenotime.supply.scenario.scenario import Cut, Marker, Policy, Shift, Turn
from xenotime.supply.scenario.vocabulary import WORLD

HEAD = "id: mine\ntitle: Mine\nsays: >\n  Two\n  lines.\nstart: 2025-04-01\ndays: 100\n"
WHOLE = (
    HEAD
    + """shock: 2025-04-04
known: 2025-10-15
law: yes
branches: {cn/mofcom-2025-70: revived}
doubt: 25 %
certified: 0.6
compared: calm
turns:
  - {day: 2025-05-01, goods: [magnet], hold: 76 %, why: later}
  - {day: 2025-04-04, origins: [CN], destinations: [US, EU], buyers: civil, lead: 45 working days,
     why: first, claims: [c-1]}
office: {officers: 20, pace: 3, size: 500, surge: 4, calm: 6 weeks}
cuts:
  - {day: 2025-04-01, until: 2025-06-30, share: 100 %, countries: [MM], stages: [mine], why: a stop}
shifts:
  - {day: 2025-05-01, factor: 90 %, uses: [ev], countries: [EU], over: 2 weeks, why: less demand}
policies:
  - {kind: floor, day: 2025-07-01, countries: [US], goods: [oxide/Nd], price: 110 USD/kg, lasts: 2 years,
     why: a floor}
projects: {a mine: 6 months}
rules: {rationing: proportional, hoard: 0, reroute: 2 weeks}
markers:
  - {day: 2025-05-06, says: a price, claims: [prices-158]}
  - {day: 2025-04-04, says: an act, article: cn/mofcom-2025-18/1C905}
"""
)


def test_every_key_of_a_scenario_is_read():
    made = parse(WHOLE, "mine.yaml")
    assert (made.id, made.title, made.says, made.start, made.shock, made.zero, made.days, made.known) == (
        "mine",
        "Mine",
        "Two lines.",
        date(2025, 4, 1),
        date(2025, 4, 4),
        date(2025, 4, 4),
        100,
        date(2025, 10, 15),
    )
    assert (made.law, made.branches, made.doubt, made.certified, made.compared) == (
        True,
        {"cn/mofcom-2025-70": "revived"},
        0.25,
        0.6,
        "calm",
    )
    assert made.turns == (
        Turn(
            date(2025, 4, 4),
            ("US", "EU"),
            (),
            ("civil",),
            lead=63.0,
            why="first",
            claims=("c-1",),
            origins=("CN",),
        ),
        Turn(date(2025, 5, 1), (), ("magnet",), (), hold=0.76, why="later"),
    )
    assert made.office == {"officers": 20.0, "pace": 3.0, "size": 500.0, "surge": 4.0, "calm": 42.0}
    assert made.cuts == (Cut(date(2025, 4, 1), date(2025, 6, 30), 1.0, ("MM",), ("mine",), (), "a stop"),)
    assert made.shifts == (Shift(date(2025, 5, 1), 0.9, ("ev",), ("EU",), 14, "less demand"),)
    assert made.policies == (
        Policy(
            "floor", date(2025, 7, 1), {"price": 110.0, "lasts": 730.5}, ("US",), ("oxide/Nd",), "a floor"
        ),
    )
    assert made.projects == {"a mine": 182.625}
    assert made.rules == Rules(rationing="proportional", hoard=0.0, reroute=14.0)
    assert made.markers == (
        Marker(date(2025, 4, 4), "an act", "cn/mofcom-2025-18/1C905"),
        Marker(date(2025, 5, 6), "a price", "", ("prices-158",)),
    )


def test_what_is_left_out_has_a_plain_meaning():
    made = parse(HEAD, "mine.yaml")
    assert (made.known, made.zero, made.law, made.branches, made.doubt, made.certified, made.compared) == (
        date(2025, 4, 1),
        date(2025, 4, 1),
        True,
        {},
        1.0,
        0.0,
        "",
    )
    assert (made.turns, made.cuts, made.shifts, made.policies, made.markers, made.office) == (
        (),
        (),
        (),
        (),
        (),
        {},
    )


def test_a_scenario_like_another_adds_to_its_lists_and_replaces_the_rest():
    before = read("april-2025")
    made = parse(
        "id: mine\nlike: april-2025\ntitle: Mine\nsays: Ours.\ndays: 300\n"
        "turns:\n  - {day: 2025-12-01, lead: 10, why: ours}\n",
        "mine.yaml",
    )
    assert (made.id, made.start, made.shock, made.known, made.days) == (
        "mine",
        before.start,
        before.shock,
        before.known,
        300,
    )
    assert made.turns == (*before.turns, Turn(date(2025, 12, 1), lead=10.0, why="ours"))
    assert made.markers == before.markers


def test_branches_of_a_like_scenario_are_replaced_one_by_one():
    twin, base = read("snap-back-2026"), read("extended-2026")
    assert twin.branches == {**base.branches, "cn/mofcom-2025-70": "revived"}


def test_a_like_scenario_needs_its_own_id():
    with pytest.raises(InputError) as caught:
        parse("like: calm\ntitle: Mine\nsays: Ours.\n", "mine.yaml")
    assert caught.value.problem.what == "this scenario has no `id`"


def test_a_draft_is_a_text_or_a_file_that_was_handed_in():
    text = HEAD + "drafts:\n  - |\n    ---\n    id: user/x\n    ---\n  - notice.md\n"
    made = parse(text, "mine.yaml", drafts={"notice.md": "---\nid: user/y\n---\n"})
    assert made.drafts == ("---\nid: user/x\n---\n", "---\nid: user/y\n---\n")


def test_a_marker_may_name_an_article_of_the_scenario_s_own_draft():
    words = replace(WORLD, articles=frozenset(["cn/mofcom-2025-18/1C905"]))
    text = "---\nid: user/x\n---\n\n## Article 1: new\n"
    part = "drafts: [x.md]\nmarkers:\n  - {day: 2025-04-04, says: new, article: user/x/1}\n"
    made = parse(HEAD + part, "mine.yaml", words, {"x.md": text})
    assert made.markers == (Marker(date(2025, 4, 4), "new", "user/x/1"),)
    with pytest.raises(InputError):
        parse(HEAD + part.replace("user/x/1", "user/x/2"), "mine.yaml", words, {"x.md": text})


def test_an_unknown_name_lists_the_library():
    with pytest.raises(AddressError) as caught:
        source("april-2024")
    assert caught.value.problem.expected == ", ".join(names())


def test_the_library_is_whole():
    assert names() == (
        "april-2025",
        "calm",
        "certified-lane",
        "eu-general-licences",
        "extended-2026",
        "japan-2026",
        "myanmar-stop",
        "october-2025",
        "price-floor",
        "snap-back-2026",
        "truce",
    )


@pytest.mark.parametrize("name", names())
def test_a_file_of_the_library_bears_its_own_name_and_begins_with_words_for_a_newcomer(name):
    assert read(name).id == name
    assert re.match(r"# [A-Z][^\n]{20,}\n#", source(name))


@pytest.mark.parametrize("name", [n for n in names() if n not in ("calm", "price-floor")])
def test_what_is_compared_covers_the_same_days(name):
    made, twin = read(name), read(read(name).compared)
    if twin.id != "calm":
        assert (made.start, made.days, made.zero) == (twin.start, twin.days, twin.zero)


@pytest.mark.parametrize("name", names())
def test_every_number_gives_its_claims_or_says_that_it_is_an_assumption(name):
    made = read(name)
    parts = [*made.turns, *made.cuts, *made.policies]
    grounded = ("assumption", "as in ", "question", "even chance")
    assert [p.why for p in parts if not p.claims and not any(w in p.why.lower() for w in grounded)] == []


def test_april_2025_rests_on_nothing_that_was_measured_after_june():
    made = read("april-2025")
    later = {"backtest-005", "backtest-006", "backtest-011", "backtest-012", "backtest-014", "backtest-015"}
    later |= {"backtest-016", "backtest-019", *(f"backtest-{n:03}" for n in range(24, 28)), "backtest-031"}
    used = {claim for part in (*made.turns, *made.cuts) for claim in part.claims}
    assert (used & later, max(turn.day for turn in made.turns)) == (set(), date(2025, 6, 30))


def test_april_2025_says_the_path_of_approvals():
    shares = {turn.day: turn.hold for turn in read("april-2025").turns if turn.hold and not turn.destinations}
    assert shares == {date(2025, 4, 4): 0.2, date(2025, 5, 1): 0.76, date(2025, 6, 4): 0.75}


def test_a_shock_after_the_end_is_refused():
    with pytest.raises(InputError) as caught:
        parse(HEAD + "shock: 2025-07-10\n", "mine.yaml")
    told = caught.value.problem
    assert (told.what, told.expected) == (
        "the shock comes after the scenario has ended",
        "a day from 2025-04-01 to 2025-07-09",
    )
    assert parse(HEAD + "shock: 2025-07-09\n", "mine.yaml").zero == date(2025, 7, 9)


def test_every_number_of_the_rules_has_bounds_that_hold_its_usual_value():
    usual = {f.name: getattr(Rules(), f.name) for f in fields(Rules) if f.name != "rationing"}
    assert list(RULES) == list(usual)
    assert [name for name, (_, low, high) in RULES.items() if not low <= usual[name] <= high] == []


@pytest.mark.parametrize(
    "rule", ["gap: 0", "smooth: 0 days", "stiff: 1.5", "elastic: 0", "passing: 2", "thin: 200 %", "learn: 9"]
)
def test_a_rule_that_nobody_can_follow_is_refused(rule):
    with pytest.raises(InputError) as caught:
        parse(HEAD + f"rules: {{{rule}}}\n", "mine.yaml")
    assert caught.value.problem.what == f"{rule.partition(':')[0]} is out of reach"
