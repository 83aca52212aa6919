from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.clocks import parse_calendar
from xenotime.law.answer import BranchAnswer, Coverage, Outcome
from xenotime.law.explain import explain
from xenotime.law.read import packaged

DAY, PAST = date(2025, 6, 1), date(2026, 1, 1)
CALENDAR = parse_calendar(packaged("cn/calendar.csv"))
HINGE = (
    "\n  - {id: user/x.h, day: 2026-01-01, branches: {long: suspended, short: in_force}, default: long, "
    'asks: "?", check: nowhere}'
)
CLAIMS = "[{says: it goes on, who: a paper, day: 2025-05-05, confidence: P, branch: long}]"
PAUSED = "[{in_force: 2021-01-01}, {suspended: 2025-01-01, through: 2025-12-31, hinge: user/x.h}]"
OPEN = "{wide: {answer: prohibited, says: all}, narrow: {answer: none, says: none}}"
DUTY = "{what: report, who: exporter, to: MOFCOM, by: soon, clock: {working_days: 10, from: export}}"
CHANNEL = "{papers: [form, contract], clock: 45 working days, validity: 1 year}"
COLD = {"metal": False, "civil": True, "kind": "oxide", "heat": 1}


@pytest.fixture(scope="module")
def law(small):
    """Metal is licensed, oxide reported; magnets are banned unless civil; tools paused past a hinge."""
    names = small.predicates(
        is_metal="metal", is_oxide="kind = 'oxide' AND part > 0", is_magnet="kind = 'magnet'",
        is_tool="kind = 'tool'",
        not_civil="NOT civil", hot="heat > 900",
    )  # fmt: skip
    rules = (
        small.article("1", "is_metal"),
        small.article("3", "{all: [is_magnet, not_civil]}", "prohibited", "banned"),
        small.article("4", "is_tool", events=PAUSED),
        small.article("5", "hot", "open", "banned", readings=OPEN),
        small.article("6", "is_oxide", "report"),
        small.article("7", "is_oxide", "report", "duty", duty=DUTY),
        small.article("8", "is_metal", "caution", "note", says="metal is watched"),
        small.article("9", "{not: not_civil}", "general", "channel", channel=CHANNEL),
        small.article("10", "{all: [is_metal, {not: hot}]}", "individual", "channel", unless='["3"]'),
    )
    front = {"hinges": HINGE, "claims": CLAIMS, "read_until": "2025-12-01"}
    return small.law(small.notice("user/x", *rules, predicates=names, **front))


def explained(law, on=DAY, **changes):
    return explain(law, {**COLD, "part": (0, 0), **changes}, on, calendar=CALENDAR)


def test_an_explanation_names_the_law_the_day_and_the_rule(law):
    got = explained(law, metal=True)
    assert (got.on, got.known, got.law_hash) == (DAY, date(2030, 1, 1), "0" * 64)
    assert (got.outcome, got.low, got.high, got.rule) == (Outcome.LICENCE,) * 3 + ("user/x/1",)
    assert [(r.address, r.holds, r.status, r.status_by) for r in got.rules] == [
        ("user/x/1", True, "in_force", "user/x")
    ]
    assert got.facts == (("metal", "yes"), ("civil", "yes"), ("kind", "oxide"), ("heat", "1"), ("part", "0"))


def test_duties_have_their_days_and_notes_their_words(law):
    got = explained(law, part=(10_000, 10_000))
    assert (got.outcome, got.rule) == (Outcome.REPORT, "user/x/6")
    duty = got.duties[0]
    assert (duty.address, duty.duty, duty.what, duty.who, duty.to, duty.by, duty.due) == (
        "user/x/7",
        "report",
        "report",
        "exporter",
        "MOFCOM",
        "soon",
        (date(2025, 6, 16), date(2025, 6, 16)),
    )
    assert [(n.address, n.kind, n.says) for n in explained(law, metal=True).notes] == [
        ("user/x/8", "caution", "metal is watched")
    ]


@pytest.mark.parametrize(
    ("changes", "outcome", "shown"),
    [
        ({}, Outcome.NOT_CONTROLLED, False),
        ({"part": (1, 1)}, Outcome.REPORT, False),
        ({"kind": "magnet", "civil": False}, Outcome.PROHIBITED, False),
        ({"kind": "magnet", "civil": False, "metal": None}, Outcome.PROHIBITED, False),
        ({"metal": True}, Outcome.LICENCE, True),
        ({"metal": None}, Outcome.UNDETERMINED, True),
        ({"heat": 901}, Outcome.OPEN, True),
    ],
)
def test_channels_are_shown_only_where_a_licence_could_be_granted(law, changes, outcome, shown):
    got = explained(law, **changes)
    assert (got.outcome, bool(got.channels)) == (outcome, shown)


def test_a_channel_says_its_papers_or_what_keeps_it_shut(law):
    general, single = explained(law, metal=True, heat=None).channels
    assert (general.channel, general.eligible, general.why) == ("general", True, ())
    assert (general.papers, general.clock, general.validity) == (
        ("form", "contract"),
        "45 working days",
        "1 year",
    )
    assert (single.channel, single.eligible, single.why) == ("individual", None, ("hot unknown.",))
    shut = explained(law, metal=True, civil=False, heat=901).channels
    assert [(c.eligible, c.why) for c in shut] == [(False, ("not_civil yes.",)), (False, ("hot yes.",))]
    excepted = explained(law, metal=True, civil=False, kind=None).channels[1]
    assert (excepted.eligible, excepted.why) == (None, ("the exception user/x/3 may apply (article 3)",))


def test_missing_facts_are_asked_with_what_they_would_decide(law):
    got = explained(law, metal=None, kind="tool")
    assert [(m.fact, m.asks, m.who, m.outcomes) for m in got.missing] == [
        ("metal", "Is it metal?", "supplier", ("not_controlled", "licence"))
    ]
    assert got.possible == (Outcome.NOT_CONTROLLED, Outcome.LICENCE)
    both = explained(law, metal=None, kind=None, civil=False)
    assert [m.fact for m in both.missing] == ["metal", "kind"]
    assert both.possible == (Outcome.NOT_CONTROLLED, Outcome.LICENCE, Outcome.PROHIBITED)


def test_assumptions_are_only_those_that_matter(law):
    assert explained(law, civil=None).assuming == ()
    got = explained(law, civil=None, kind="magnet")
    assert (got.outcome, [(a.fact, a.value, a.ground, a.reviewer) for a in got.assuming]) == (
        Outcome.NOT_CONTROLLED,
        [("civil", "yes", "nothing says otherwise", "counsel")],
    )


def test_branches_carry_their_claims(law):
    got = explained(law, PAST, kind="tool")
    assert (got.outcome, got.rule) == (Outcome.UNVERIFIED, "user/x/4")
    assert got.branches == (
        BranchAnswer(
            "user/x.h", "long", Outcome.NOT_CONTROLLED, True, PAST, ("it goes on (a paper, 2025-05-05, P)",)
        ),
        BranchAnswer("user/x.h", "short", Outcome.LICENCE, False, PAST, ()),
    )
    assert [(r.status, r.status_by, r.holds) for r in got.rules] == [("unverified", "user/x", None)]


def test_open_articles_show_their_readings(law):
    got = explained(law, heat=901)
    assert got.readings == (("user/x/5: wide", "prohibited", "all"), ("user/x/5: narrow", "none", "none"))
    assert explained(law).readings == ()


def test_a_suspended_rule_that_would_apply_is_still_shown(law):
    got = explained(law, kind="tool")
    assert (got.outcome, got.rule) == (Outcome.NOT_CONTROLLED, "")
    assert [(r.address, r.holds, r.status) for r in got.rules] == [("user/x/4", False, "suspended")]


def test_past_the_last_reading_of_the_sources_a_note_says_so(law):
    notes = explained(law, date(2025, 12, 2), metal=True).notes
    assert [n.kind for n in notes] == ["caution", "read_until"]
    assert notes[1].says == "Notice user/x was read until 2025-12-01; a later change is not seen here."
    assert [n.kind for n in explained(law, date(2025, 12, 1), metal=True).notes] == ["caution"]


def test_coverage_is_handed_through(law):
    given = (Coverage("GL-1", "general", True), Coverage("GL-2", "general", False, ("date",)))
    got = explain(law, {**COLD, "metal": True}, DAY, calendar=CALENDAR, coverage=given)
    assert (got.coverage, got.covered_by) == (given, ("GL-1",))


def test_two_articles_in_conflict_are_both_named(small):
    names = small.predicates(one="metal")
    rules = (small.article("1", "one"), small.article("2", "one", "prohibited", "banned", conflicts='["1"]'))
    both = small.law(small.notice("user/x", *rules, predicates=names))
    got = explain(both, {"metal": True}, DAY, calendar=CALENDAR)
    assert (got.outcome, got.conflict) == (Outcome.CONFLICT, ("user/x/2", "user/x/1"))


def test_a_scope_is_answered_yes_no_or_unknown_and_makes_no_outcome(small):
    names = small.predicates(one="metal", two="heat > 900")
    rules = (
        small.article("1", "{all: [one, two]}", "subject", "scope"),
        small.article("2", "{all: [{holds: user/x/1}]}", unless='["3"]'),
        small.article("3", "two", "excepted", "scope"),
    )
    law = small.law(small.notice("user/x", *rules, predicates=names))
    found = [explain(law, {"metal": True, "heat": heat}, DAY, calendar=CALENDAR) for heat in (901, 1, None)]
    assert [[s.holds for s in got.scopes] for got in found] == [[True, True], [False, False], [None, None]]
    quiet, open_ = Outcome.NOT_CONTROLLED, Outcome.UNDETERMINED
    assert [got.outcome for got in found] == [quiet, quiet, open_]
    scope = found[1].scopes[0]
    assert (scope.address, scope.answer, len(scope.why)) == ("user/x/1", "subject", 1)
    assert [r.address for got in found for r in got.rules if r.question == "scope"] == []
