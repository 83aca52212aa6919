from __future__ import annotations

import pytest

from xenotime.law.leaf import parse_leaf
from xenotime.law.node import All, Cmp, Holds, InForce, Listed, Lit, Named, Not, Ref, Some
from xenotime.law.spell import spell


def test_every_leaf_of_the_book_is_written_so_that_it_reads_back_alike(book):
    leaves = {p.name: p.node for p in book.predicates.values() if p.table is None}
    again = {name: parse_leaf(spell(node), book.facts, name) for name, node in leaves.items()}
    assert [name for name in leaves if again[name] != leaves[name]] == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("part * 1000 >= whole", "part * 1000 >= whole"),
        ("part - (whole - part) > 3", "part - (whole - part) > 3"),
        ("(part + whole) * 2 <= part", "(part + whole) * 2 <= part"),
        ("metal AND (civil OR NOT (metal AND civil))", "metal AND (civil OR NOT (metal AND civil))"),
        ("kind IN ('oxide', 'magnet')", "kind IN ('oxide', 'magnet')"),
        ("kind = 'oxide'", "kind = 'oxide'"),
    ],
)
def test_brackets_stand_where_they_are_needed(facts, text, written):
    node = parse_leaf(text, facts, "a test")
    assert spell(node) == written
    assert parse_leaf(spell(node), facts, "a test") == node


def test_what_a_leaf_cannot_say_is_said_in_words():
    tree = Some(
        (All((InForce("cn/a/1"), Holds("cn/a/2"))), Not(Named("exempt")), Listed(("watch_list",), held=True))
    )
    assert spell(tree) == "(in_force cn/a/1 AND holds cn/a/2) OR NOT exempt OR party_held watch_list"
    assert (spell(All(())), spell(Some(()))) == ("TRUE", "FALSE")
    with pytest.raises(TypeError):
        spell(Ref("part"))


def test_a_single_part_needs_no_brackets():
    assert spell(All((Some((Cmp("=", Ref("kind"), Lit("oxide")),)), Named("x")))) == "kind = 'oxide' AND x"
