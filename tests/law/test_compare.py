from __future__ import annotations

from datetime import date
from pathlib import Path

from xenotime.law.compare import Detail, Span, compare
from xenotime.law.law import fold_book
from xenotime.law.read import read_book

BEFORE, AFTER = date(2025, 10, 15), date(2025, 11, 8)


def told(changes):
    return [(c.kind, c.how, c.address) for c in changes]


def test_a_law_does_not_differ_from_itself(law):
    same = compare(law, law)
    assert (same.changes, same.days) == ((), ())


def test_two_days_of_knowledge_tell_what_was_published_between_them(book):
    found = compare(fold_book(book, BEFORE), fold_book(book, AFTER))
    assert told(found.of("instrument")) == [("instrument", "added", "cn/mofcom-2025-70")]
    acted = {a.on for a in book.acts if a.event.by == "cn/mofcom-2025-70"}
    dated = {a for a in book.rules if {a, a.rpartition("/")[0]} & acted}
    assert {c.address for c in found.of("article", "redated")} == dated | {"cn/mofcom-2025-18/us-claim"}
    (limb,) = [c for c in found.changes if c.address == "cn/mofcom-2025-61/1.1"]
    assert limb.spans == (
        Span(date(2025, 12, 1), date(2026, 11, 9), "in_force", "suspended", "cn/mofcom-2025-70"),
        Span(date(2026, 11, 10), None, "in_force", "unverified", "cn/mofcom-2025-70"),
    )
    assert [c.address for c in found.of("hinge")] == ["cn/mofcom-2025-70", "cn/mofcom-2025-70.day"]
    assert {c.how for c in found.of("hinge")} == {"added"}
    assert found.days == ((date(2025, 11, 7), None),)


def test_read_backwards_what_was_added_is_removed(book):
    found = compare(fold_book(book, AFTER), fold_book(book, BEFORE))
    assert told(found.of("instrument")) == [("instrument", "removed", "cn/mofcom-2025-70")]
    assert {c.how for c in found.of("hinge")} == {"removed"}


def two(small, first, second, **front):
    names = small.predicates(one="metal", two="heat > 100")
    return [
        small.law(small.notice("user/x", *articles, predicates=names, **front))
        for articles in (first, second)
    ]


def test_an_article_that_says_something_else_is_told_piece_by_piece(small):
    before, after = two(
        small, [small.article("1", "one")], [small.article("1", "{all: [one, two]}", answer="report")]
    )
    (change,) = compare(before, after).changes
    assert (change.kind, change.how, change.address) == ("article", "changed", "user/x/1")
    assert change.details == (Detail("answer", "licence", "report"), Detail("when", "one", "all: [one, two]"))
    assert change.spans == ()


def test_an_article_that_comes_or_goes_is_told_by_its_address_and_days(small):
    before, after = two(
        small,
        [small.article("1", "one"), small.article("2", "one")],
        [small.article("1", "one"), small.article("3", "one", events="[{in_force: 2022-01-01}]")],
    )
    gone, come = compare(before, after).changes
    assert (gone.how, gone.address, gone.spans) == (
        "removed",
        "user/x/2",
        (Span(date(2021, 1, 1), None, "in_force", "not_yet", "user/x"),),
    )
    assert (come.how, come.address, come.details) == ("added", "user/x/3", ())
    assert come.spans == (Span(date(2022, 1, 1), None, "not_yet", "in_force", "user/x"),)


def test_a_moved_date_is_told_as_the_days_between(small):
    before, after = two(
        small, [small.article("1", "one")], [small.article("1", "one", events="[{in_force: 2021-03-01}]")]
    )
    (change,) = compare(before, after).changes
    assert (change.how, change.details) == ("redated", ())
    assert change.spans == (Span(date(2021, 1, 1), date(2021, 2, 28), "in_force", "not_yet", "user/x"),)


def test_a_changed_condition_names_the_articles_that_read_it(small):
    texts = [
        small.notice(
            "user/x",
            small.article("1", "one"),
            small.article("2", "two"),
            predicates=small.predicates(one=leaf, two="metal"),
        )
        for leaf in ("heat > 100", "heat >= 100")
    ]
    (change,) = compare(small.law(texts[0]), small.law(texts[1])).changes
    assert (change.kind, change.how, change.address, change.touches) == (
        "predicate",
        "changed",
        "one",
        ("user/x/1",),
    )
    assert change.details == (Detail("when", "heat > 100", "heat >= 100"),)


def test_a_renamed_notice_is_told_as_an_instrument(small):
    before, after = (
        small.law(
            small.notice(
                "user/x", small.article("1", "one"), predicates=small.predicates(one="metal"), read_until=day
            )
        )
        for day in ("2024-01-01", "2025-01-01")
    )
    (change,) = compare(before, after).changes
    assert (change.kind, change.how) == ("instrument", "changed")
    assert change.details == (Detail("read_until", "2024-01-01", "2025-01-01"),)


def test_an_amended_condition_is_told_by_its_own_name_with_both_wordings(book):
    text = Path("examples/law/half-a-percent.md").read_text("utf-8")
    known = date(2026, 11, 21)
    found = compare(fold_book(book, known), fold_book(read_book({"half.md": text}), known))
    assert told(found.changes) == [
        ("instrument", "added", "user/draft-half-percent"),
        ("article", "added", "user/draft-half-percent/1"),
        ("condition", "changed", "largest_input_below"),
        ("condition", "changed", "value_below_item"),
        ("condition", "changed", "value_floor_item"),
        ("condition", "changed", "value_floor_smallest"),
    ]
    (floor,) = [c for c in found.changes if c.address == "value_floor_item"]
    assert floor.details[0] == Detail(
        "when",
        "cn_part1_value > 0 AND cn_part1_value * 1000 >= item_value",
        "cn_part1_value > 0 AND cn_part1_value * 200 >= item_value",
    )
    assert floor.details[-1] == Detail("while", "", "user/draft-half-percent/1")
    assert "cn/mofcom-2025-61/1.1" in floor.touches
    assert found.days == ((date(2026, 12, 1), None),)
