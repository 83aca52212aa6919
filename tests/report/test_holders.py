from __future__ import annotations

from fractions import Fraction

from xenotime.report.holders import (
    charted,
    entries_of,
    gravest,
    pictures,
    proof,
    split,
    step_words,
    sum_words,
    sums,
    truth,
    uncounted,
)
from xenotime.report.words import load

SAY = load()


def test_the_picture_has_everybody_and_every_holding(owned):
    chart = charted(owned().rulings[0].found, SAY)
    states = {node.id: (node.state, node.tier, node.asked) for node in chart.nodes}
    assert states["target"] == ("restricted", 2, True)
    assert states["listed"] == ("listed", None, False)
    assert (states["middle"][:2], states["fund"][0]) == (("restricted", 1), "clear")
    assert [(e.owner, e.counted, e.text) for e in chart.edges if e.owned == "target"] == [
        ("middle", True, "50 %"),
        ("fund", False, "≤ 50 %"),
        ("fund", False, "controls"),
    ]


def test_somebody_who_is_not_named_is_drawn_as_possible(owned):
    chart = charted(owned("trusted").rulings[0].found, SAY)
    assert [(n.name, n.state) for n in chart.nodes if n.id.startswith("\0")] == [
        ("somebody not named", "possible")
    ]


def test_the_proof_goes_from_the_party_to_the_listed(owned):
    lines, left = proof(owned().rulings[0].found, "target", SAY)
    assert [(x.depth, x.share, x.name, x.state, x.sum) for x in lines] == [
        (0, "", "Target Magnets", "restricted", "Σ 50 % (1/2) ≥ 50 %"),
        (1, "50 %", "Middle Holding", "restricted", "Σ 60 % (3/5) ≥ 50 %"),
        (2, "60 %", "Listed Works", "listed", ""),
    ]
    assert (lines[2].entries, left) == (("us-ofac-sdn/1",), 0)


def test_a_long_proof_is_cut_and_counted(owned):
    lines, left = proof(owned().rulings[0].found, "target", SAY, most=2)
    assert (len(lines), left) == (2, 1)


def test_a_no_shows_the_sums_that_stay_under_the_line(owned):
    found = owned("spared").rulings[0].found
    lines, _ = proof(found, "spared", SAY)
    assert [line.sum for line in lines] == ["Σ 20 % (1/5) < 50 %", ""]
    assert [(e.owner, e.low) for e in uncounted(found, "spared")] == [("fund", Fraction(4, 5))]


def test_sums_above_the_party_are_listed_when_they_do_not_reach(owned):
    found = owned("below").rulings[0].found
    assert [(x.name, x.sum) for x in sums(found, "below", SAY)] == [("Spared Alloys", "Σ 20 % (1/5) < 50 %")]


def test_a_sum_is_told_against_the_line_of_its_rule(half):
    strict = half("strict", at_least=False)
    tie = Fraction(1, 2)
    assert step_words(tie, tie, False, strict, SAY) == "Σ 50 % (1/2) ≤ 50 %"
    assert sum_words(tie, tie, True, half("x"), SAY) == (
        "counted owners hold 50 % (1/2), which reaches the line (50 % or more)"
    )
    assert step_words(Fraction(0), Fraction(1), None, half("x"), SAY) == "Σ ≤ 100 % (0 … 1) may reach 50 %"


def test_readings_that_differ_leave_the_answer_open_until_one_is_chosen(owned, half):
    open_rule = half("open", aggregate_open=True)
    apart, chosen = owned("pair", rules=[open_rule]), owned("pair", rules=[open_rule], settled=True)
    assert (split(apart.rulings[0], "pair"), truth(apart.rulings[0], "pair")) == (True, None)
    assert (split(chosen.rulings[0], "pair"), truth(chosen.rulings[0], "pair")) == (False, True)


def test_the_gravest_rule_comes_first_and_same_pictures_are_drawn_once(owned, half):
    asked = owned(rules=[half("none", counts=("other",)), half("a"), half("b")])
    assert gravest(asked.rulings, "target").found.rule.id == "a"
    assert [rules for _, rules in pictures(asked, SAY)] == [("a", "b"), ("none",)]


def test_an_entry_that_counts_twice_is_named_once(owned):
    assert entries_of("listed", owned().rulings[0].found) == ("us-ofac-sdn/1",)


def test_a_sum_that_reaches_the_line_of_a_rule_that_spares_its_country_is_not_under_it(half):
    rule = half("spares", spares=("US",))
    whole = Fraction(1)
    assert sum_words(whole, whole, False, rule, SAY) == (
        "counted owners hold 100 % (1); the rule does not catch companies of its country, whatever the share"
    )
    assert step_words(whole, whole, False, rule, SAY) == "Σ 100 % (1) · outside the rule by its country"


def test_what_can_be_open_has_a_question_in_every_language():
    kinds = ("share", "near_miss", "listing", "programme", "beneficiary", "owner", "contradiction")
    texts = [load(lang).texts for lang in ("en", "zh")]
    assert [f"asking.{kind}" for kind in kinds for text in texts if f"asking.{kind}" not in text] == []
