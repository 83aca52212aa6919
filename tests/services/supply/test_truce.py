from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import AddressError
from xenotime.evidence.pledges import RULE, ledger
from xenotime.services.laws import show
from xenotime.services.library import open_library
from xenotime.services.supply.truce import truce
from xenotime.supply.scenario.read import names

NOW = date(2026, 11, 21)


def asked(on=NOW, known=NOW, side=""):
    return truce(ledger(), on, known, side)


def test_the_whole_ledger_is_in_order_of_its_days_with_its_rule():
    made = asked()
    days = [p.due or date.max for p in made.promises]
    assert days == sorted(days)
    assert len(made.promises) == len(ledger().pledges)
    assert (made.rule, made.read_until) == (RULE, ledger().read_until)


def test_counts_add_up_by_side():
    made = asked()
    total = {side: sum(n for _, n in counts) for side, counts in made.counts}
    assert total == {s: sum(p.side == s for p in made.promises) for s in ("CN", "US")}


def test_a_side_sees_what_it_promised_and_what_it_was_promised():
    assert {p.id for p in asked(side="EU").promises} == {"eu-cn-mechanism", "kl-cn-october"}
    assert {p.side for p in asked(side="US").promises} == {"CN", "US"}


def test_a_side_nobody_names_is_refused_with_those_that_are():
    with pytest.raises(AddressError) as caught:
        asked(side="XX")
    assert caught.value.problem.expected == "CN, EU, JP, KR, US"


def test_what_was_not_announced_yet_is_not_in_the_ledger():
    early = asked(known=date(2025, 5, 12), on=date(2025, 5, 12))
    assert [p.id for p in early.promises] == ["geneva-cn-measures", "geneva-us-tariffs"]


def test_deadlines_ahead_are_named_on_their_day_and_not_after():
    def ahead(day):
        return [(p.id, p.days) for p in asked(on=day).ahead if p.id == "kl-cn-gallium"]

    assert ahead(date(2026, 11, 26)) == [("kl-cn-gallium", 1)]
    assert ahead(date(2026, 11, 27)) == [("kl-cn-gallium", 0)]
    assert ahead(date(2026, 11, 28)) == []


def test_each_promise_gives_the_command_that_asks_what_follows():
    assert {p.command for p in asked().promises} == {
        f"xenotime stress {p.scenario}" for p in asked().promises
    }


def test_a_sides_own_word_is_marked_so():
    found = next(p for p in asked().promises if p.id == "kl-cn-october")
    assert [(s.by, s.counts) for s in found.seen] == [
        ("", True),
        ("CN", True),
        ("", True),
        ("CN", False),
        ("", True),
    ]


def test_every_promise_names_a_scenario_of_the_library():
    assert {p.scenario for p in ledger().pledges} <= set(names())


def test_every_article_that_a_promise_names_stands_in_the_book():
    law = open_library(NOW).law
    named = [p.article for p in ledger().pledges if p.article]
    assert len(named) == 4
    assert [view.instrument.address for view in (show(law, article, NOW) for article in named)] == [
        article.rpartition("/")[0] if article.count("/") > 1 else article for article in named
    ]
