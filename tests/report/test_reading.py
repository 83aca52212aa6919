from __future__ import annotations

from dataclasses import replace
from datetime import date

from xenotime.law.answer import BranchAnswer, Duty, Outcome, PredicateTrace, TreeTrace
from xenotime.report.reading import (
    arrange,
    by_value,
    flat,
    headline,
    in_time,
    leads_to,
    node_words,
    reason,
    span,
    tally,
)
from xenotime.report.words import load


def leaf(value, sentence):
    return TreeTrace("leaf", value, PredicateTrace("p", value, sentence))


def leg_of(sample, outcome):
    return next(leg for leg in sample.legs if leg.explanation.outcome is outcome)


def test_rules_are_sorted_by_what_they_mean(sample):
    read = arrange(leg_of(sample, Outcome.PROHIBITED).explanation)
    assert read.deciding.address == "cn/mofcom-2025-21/1"
    assert [rule.address for rule in read.also] == ["cn/mofcom-2025-18/1C902"]
    assert (read.unsettled, read.asleep) == ((), ())
    assert sum(len(rules) for _, rules in read.apart) == 8


def test_a_rule_true_on_the_facts_but_not_acting_is_asleep(sample):
    exp = leg_of(sample, Outcome.PROHIBITED).explanation
    asleep = replace(exp.rules[1], holds=False, status="suspended")
    assert arrange(replace(exp, rules=(exp.rules[0], asleep))).asleep == (asleep,)


def test_what_nearly_applied_comes_first(sample):
    exp = leg_of(sample, Outcome.NOT_CONTROLLED).explanation
    assert arrange(exp).apart[0][0] == "The item is on the list of Announcement 18 (1C902.a.2)."


def test_the_reason_is_the_first_part_that_decides():
    tree = TreeTrace("all", False, None, "", (leaf(True, "one"), leaf(None, "two"), leaf(False, "three")))
    assert reason(tree) == "three"
    assert reason(TreeTrace("in_force", False, None, "X is suspended")) == "X is suspended"


def test_a_negated_leaf_reads_as_its_sentence():
    tree = TreeTrace(
        "all", True, None, "", (TreeTrace("not", True, None, "", (leaf(False, "It does not stay."),)),)
    )
    assert flat(tree) == TreeTrace("leaf", True, PredicateTrace("p", False, "It does not stay."))


def test_failed_alternatives_beside_a_true_one_are_one_line_each():
    inner = TreeTrace("all", False, None, "A condition.", (leaf(True, "one"), leaf(False, "two")))
    tree = TreeTrace("any", True, None, "", (leaf(True, "yes"), inner))
    assert flat(tree).children[1] == TreeTrace("leaf", False, None, "A condition.")
    assert flat(replace(tree, value=False)).children[1].children == inner.children


def test_a_node_says_its_sentence_its_label_or_how_its_children_join():
    say = load()
    assert node_words(leaf(True, "It goes."), say) == "It goes."
    assert node_words(TreeTrace("holds", True, None, "X holds (title)"), say) == "X holds (title)"
    named = TreeTrace("any", True, None, "A list.", (leaf(True, "one"), leaf(True, "two")))
    assert node_words(named, say) == "A list: at least one of these"


def test_the_headline_names_the_day_of_the_hinge_that_matters(sample):
    exp = leg_of(sample, Outcome.UNVERIFIED).explanation
    same = (BranchAnswer("other", "a", Outcome.LICENCE, True, date(2026, 1, 1)),)
    assert headline(replace(exp, branches=(*same, *exp.branches)), load()) == (
        "The answer turns on the law from 2026-11-11 on, which no source confirms"
    )


def test_the_headline_names_what_may_come_of_missing_facts(sample):
    exp = leg_of(sample, Outcome.UNDETERMINED).explanation
    assert headline(exp, load()) == "Facts are missing; with them it is licence / prohibited"
    three = (Outcome.REPORT, Outcome.LICENCE, Outcome.PROHIBITED)
    assert headline(replace(exp, possible=three), load()).endswith("report / licence / prohibited")


def test_the_tally_keeps_the_order_of_outcomes(sample):
    assert [outcome for outcome, _ in tally(sample)] == list(Outcome)
    assert sum(number for _, number in tally(sample)) == 40


def test_a_deadline_is_a_day_a_span_or_nothing():
    say, day = load(), date(2027, 1, 5)
    assert [span((day, day), say), span((day, date(2027, 1, 12)), say), span(None, say)] == [
        "2027-01-05",
        "2027-01-05…2027-01-12",
        "no day fixed",
    ]


def test_duties_with_a_day_come_first():
    early, late = ((date(2026, 1, day),) * 2 for day in (1, 2))
    duties = [Duty(str(n), "d", "", "", "", "", due) for n, due in enumerate((None, late, early))]
    assert [duty.address for duty in in_time(duties)] == ["2", "1", "0"]


def test_facts_are_gathered_under_their_value():
    assert by_value([("a", "no"), ("b", "CN"), ("c", "no")]) == [("no", ["a", "c"]), ("CN", ["b"])]


def test_a_rule_decides_only_where_the_answer_is_firm(sample):
    keys = {outcome: leads_to(leg_of(sample, outcome).explanation) for outcome in Outcome}
    turning = {outcome for outcome, key in keys.items() if key == "say.turns_on"}
    assert turning == {Outcome.OPEN, Outcome.UNDETERMINED, Outcome.UNVERIFIED}


def test_where_nothing_decides_sleeping_rules_explain(sample):
    exp = leg_of(sample, Outcome.LICENCE).explanation
    asleep = replace(exp.rules[0], holds=False, status="not_yet")
    read = arrange(replace(exp, outcome=Outcome.NOT_CONTROLLED, rule="", rules=(asleep,)))
    assert (read.why, read.deciding) == ((asleep,), None)
