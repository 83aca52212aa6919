from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from xenotime.law.law import fold_book
from xenotime.law.oracle import Scene
from xenotime.law.trace import percent, trace_predicate, trace_rule, why_not

DAY, PAST = date(2025, 6, 1), date(2026, 1, 1)
HINGE = (
    "\n  - {id: user/x.h, day: 2026-01-01, branches: {long: suspended, short: in_force}, default: long, "
    'asks: "?", check: nowhere}'
)
PAUSED = "[{in_force: 2021-01-01}, {suspended: 2025-01-01, through: 2025-12-31, hinge: user/x.h}]"
UNSURE = "whether user/x/4 is in force is not confirmed since 2026-01-01 (hinge user/x.h)"


@pytest.fixture(scope="module")
def law(small):
    """Rules that lean on each other in every way a tree can."""
    names = small.predicates(
        is_metal="metal", is_civil="civil", hot="heat > 900", share="part * 1000 >= whole"
    )
    rules = (
        small.article("1", "{all: [is_metal, {any: [hot, is_civil]}]}"),
        small.article("2", "{not: {any: [is_metal, hot]}}"),
        small.article("3", "{all: [is_metal, {in_force: '4'}]}"),
        small.article("4", "is_metal", events=PAUSED),
        small.article("5", "{holds: '4'}"),
        small.article("6", "is_metal", unless='["1"]'),
        small.article("7", "share"),
    )
    return small.law(small.notice("user/x", *rules, predicates=names, hinges=HINGE))


def why(law, part, on=DAY, **row):
    return list(why_not(Scene(law, row, on), law.book.rules[f"user/x/{part}"]))


def test_what_keeps_a_rule_from_holding_is_said_in_its_sentences(law):
    assert why(law, 1, metal=True, civil=True) == []
    assert why(law, 1, metal=False, civil=True, heat=1) == ["is_metal no."]
    assert why(law, 1, metal=True, civil=False, heat=1) == ["hot no.", "is_civil no."]
    assert why(law, 1, metal=True, civil=False) == ["hot unknown."]
    assert why(law, 2, metal=True, heat=1) == ["is_metal yes."]
    assert why(law, 2, metal=True) == ["is_metal yes.", "hot unknown."]


def test_a_status_is_said_with_its_day(law):
    assert why(law, 3, metal=True) == ["user/x/4 is suspended on 2025-06-01"]
    assert why(law, 4, metal=True) == ["user/x/4 is suspended on 2025-06-01"]
    assert why(law, 5, metal=True) == ["user/x/4 does not hold (article 4)"]
    assert why(law, 1, on=date(2020, 12, 31), metal=True, civil=True) == ["user/x/1 is not yet on 2020-12-31"]


def test_past_a_hinge_it_says_which_article_is_unconfirmed_since_when(law):
    assert why(law, 3, on=PAST, metal=True) == [UNSURE]
    assert why(law, 4, on=PAST, metal=True) == [UNSURE]
    assert why(law, 5, on=PAST, metal=True) == [UNSURE]


def test_an_exception_is_named(law):
    assert why(law, 6, metal=True, civil=True) == ["the exception user/x/1 applies (article 1)"]
    assert why(law, 6, metal=True, heat=1) == ["the exception user/x/1 may apply (article 1)"]


def test_in_the_book_nothing_unknown_is_said_as_if_it_were_so(book):
    """With no fact known on a day past the hinges, no reason is the sentence of something true."""
    known = fold_book(book, date(2026, 11, 21))
    scene = Scene(known, {}, date(2026, 12, 15))
    true = {p.true for p in book.predicates.values()} | {c.says for c in book.conditions.values()}
    open_rules = [r for r in (*known.rules, *known.channels) if scene.values[r.address] is None]
    said = {r.address: list(why_not(scene, r)) for r in open_rules}
    assert {address: true.intersection(words) for address, words in said.items()} == {
        address: set() for address in said
    }
    assert [address for address, words in said.items() if not words] == []


def test_a_rule_is_traced_with_its_tree(law):
    trace = trace_rule(Scene(law, {"metal": True, "civil": False}, DAY), law.book.rules["user/x/1"])
    assert (trace.address, trace.holds, trace.status, trace.status_by) == (
        "user/x/1",
        None,
        "in_force",
        "user/x",
    )
    top = trace.tree
    assert (top.op, top.value, [c.op for c in top.children]) == ("all", None, ["leaf", "any"])
    leaf = top.children[0].leaf
    assert (leaf.name, leaf.value, leaf.sentence, leaf.facts) == (
        "is_metal",
        True,
        "is_metal yes.",
        (("metal", "yes"),),
    )
    assert [c.value for c in top.children[1].children] == [None, False]


def test_a_share_is_shown_exactly(law):
    def detail(**row):
        return trace_predicate(Scene(law, row, DAY), law.book.predicates["share"]).detail

    line = "the line is >= 1/1000 = 0.1 %"
    assert detail(part=(9_999, 9_999), whole=(10_000_000, 10_000_000)) == (
        f"share 9999/10000000 = 0.09999 %; {line}"
    )
    assert detail(part=(1, 2), whole=(1_000, 1_000)) == f"share 1/1000 = 0.1 % to 1/500 = 0.2 %; {line}"
    assert detail(part=(1, None), whole=(3, 3)) == f"share 1/3 ≈ 33.3333333 % to unknown; {line}"
    assert detail(whole=(3, 3)) == "the share cannot be computed"


def test_a_percentage_is_marked_when_it_is_rounded():
    assert [percent(Fraction(n, d)) for n, d in ((1, 1000), (2, 3), (0, 1), (1, 1))] == [
        "1/1000 = 0.1 %",
        "2/3 ≈ 66.6666667 %",
        "0/1 = 0 %",
        "1/1 = 100 %",
    ]
