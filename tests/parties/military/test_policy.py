from __future__ import annotations

from itertools import product

import pytest

from xenotime.core.errors import BookError
from xenotime.parties import tables
from xenotime.parties.military.evidence import Evidence, Weighed
from xenotime.parties.military.grade import decide
from xenotime.parties.military.policy import parse_policy
from xenotime.portfolio.schema import schema

TEXT = tables.text("military.toml")


def side(rank, *, military, count=1):
    """So many pieces of one class, of different kinds and sources."""
    kinds = ("product_line", "defence_revenue")
    pieces = [Evidence("p", kinds[i], military, f"s{i}") for i in range(count if rank else 0)]
    return [Weighed(piece, "", rank) for piece in pieces]


def test_the_policy_says_that_it_is_no_law(policy):
    assert policy.about.endswith("This is a policy of this program, not law.")
    assert [kind.id for kind in policy.kinds.values() if not kind.law] == []


def test_every_combination_of_classes_has_a_line_of_its_own(policy):
    ranks = range(len(policy.classes))
    for top, against, count in product(ranks, ranks, (1, 2)):
        line = decide(policy, side(top, military=True, count=count), side(against, military=False))
        assert line.least_for <= top <= line.most_for
        assert line.least_against <= against <= line.most_against


def test_the_printed_table_is_this(policy):
    names = ["none", "weak", "supporting", "strong", "decisive"]
    ranks = range(len(names))
    table = {
        names[top]: [
            decide(policy, side(top, military=True), side(against, military=False)).id for against in ranks
        ]
        for top in ranks
    }
    assert table == {
        "none": ["silent", "thin", "declared", "declared", "checked"],
        "weak": ["pointing", "pointing", "declared", "declared", "checked"],
        "supporting": ["pointing", "pointing", "divided", "divided", "checked"],
        "strong": ["strong", "strong", "disputed", "disputed", "disputed"],
        "decisive": ["decisive", "decisive", "decisive", "decisive", "clash"],
    }


def test_more_evidence_on_one_side_never_turns_the_answer_to_the_other(policy):
    order = {False: 0, None: 1, True: 2}
    ranks = range(len(policy.classes))
    for count in (1, 2):
        rows = [
            [
                order[decide(policy, side(t, military=True, count=count), side(a, military=False)).truth]
                for a in ranks
            ]
            for t in ranks
        ]
        assert all(row[1:] == sorted(row[1:], reverse=True) for row in rows)
        assert all(list(c) == sorted(c) for c in list(zip(*rows, strict=True))[1:])


def test_the_kinds_of_the_policy_are_the_words_of_the_table(policy):
    assert tuple(policy.kinds) == schema()["evidence"].columns["kind"].values
    assert set(policy.caps) == {"own", "near", *schema()["evidence"].columns["confidence"].values}


def test_what_nobody_can_vouch_for_carries_nothing(policy):
    weak = policy.rank("weak")
    assert [policy.rank(policy.caps[letter]) for letter in ("M", "?")] == [weak, weak]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('class = "decisive"', 'class = "certain"', "certain"),
        ('answer = "yes"', 'answer = "perhaps"', "perhaps"),
        ('reaches = "always"', 'reaches = "sometimes"', "sometimes"),
        ('kind = "listed"', 'kind = "rumour"', "rumour"),
        ("says = []", 'says = ["x"]', "none"),
        ("valid_days = 0", 'valid_days = "long"', "invalid literal for int() with base 10: 'long'"),
        ('about = "', "about = ", "Invalid value (at line 5, column 9)"),
    ],
)
def test_a_policy_that_cannot_be_used_is_refused(old, new, found):
    with pytest.raises(BookError) as raised:
        parse_policy(TEXT.replace(old, new, 1))
    assert (raised.value.problem.what, raised.value.problem.found) == (
        "this policy of military evidence cannot be used",
        found,
    )
