from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xenotime.core.errors import AddressError, BookError
from xenotime.parties.match import PartyQuery
from xenotime.parties.own import Holding
from xenotime.services.library import list_entries, open_library

LIST = "cn/mofcom-2025-22"
LISTED, HELD = "listed_cn_mofcom_2025_22", "held_cn_mofcom_2025_22"
ECHODYNE = PartyQuery("p", "Echodyne", country="US")
STRANGER = PartyQuery("q", "Nordhain Antriebe GmbH", country="DE")
APRIL = date(2025, 4, 20)
MINE = """---
id: user/list
title: "INVENTED: a list"
issuer: nobody (invented)
published: 2026-11-20
class: watch_list
sources: [INVENTED]
sources_here: {INVENTED: {what: a made-up list for a test, url: "", day: 2026-11-20, tag: D}}
entries:
  - {name: Made Up Motors GmbH, name_zh: 虚构电机, other_names: [MUM], country: DE}
---

## List 1: the list

Invented.

```yaml
rule: "1"
binds: exporter in China
question: note
answer: caution
when: {listed_here: yes}
says: A party is on an invented list.
confidence: D
sources: [INVENTED]
events:
  - {in_force: 2026-12-01}
```
"""


def test_a_library_holds_the_lists_known_on_its_day(libraries):
    now, then = libraries(), libraries(date(2025, 4, 8))
    assert LIST in {e.list_address for e in now.entries}
    assert LIST not in {e.list_address for e in then.entries}
    assert {e.list_address for e in now.entries} == set(now.addresses)
    assert then.addresses == now.addresses


def test_every_list_has_its_entries(book):
    assert [i.address for i in book.lists() if not list_entries(i)] == []
    assert len(book.lists()) == len(book.lists("control_list")) + len(book.lists("watch_list")) + len(
        book.lists("unreliable_list")
    )


def test_a_party_on_a_list_is_a_fact(libraries):
    library = libraries()
    screened = library.screened([ECHODYNE, STRANGER])
    assert [(m.list_address, m.sure) for m in screened["p"]] == [(LIST, True)]
    facts = library.list_facts(["p"], screened, [], APRIL)
    assert {name for name, value in facts.items() if value is not False} == {LISTED}
    assert facts[LISTED] is True
    clean = library.list_facts(["q"], screened, [], APRIL)
    assert (set(clean.values()), len(clean)) == ({False}, 2 * len(library.addresses))


@pytest.mark.parametrize(
    ("share", "truth"),
    [(Decimal(50), True), (Decimal("49.99"), False), (Decimal(100), True), (None, None)],
)
def test_half_in_the_hands_of_a_listed_party_is_a_fact(libraries, share, truth):
    library = libraries()
    screened = library.screened([ECHODYNE, STRANGER])
    facts = library.list_facts(["q"], screened, [Holding("p", "q", share)], APRIL)
    assert (facts[LISTED], facts[HELD]) == (False, truth)


def test_a_share_counts_only_while_it_is_held(libraries):
    library = libraries()
    screened = library.screened([ECHODYNE, STRANGER])
    past = Holding("p", "q", Decimal(60), date(2025, 1, 1), date(2025, 4, 19))
    held = [library.list_facts(["q"], screened, [past], day)[HELD] for day in (date(2025, 4, 19), APRIL)]
    assert held == [True, False]


@pytest.mark.parametrize(
    ("day", "status"),
    [("2025-04-20", "in_force"), ("2025-06-15", "suspended"), ("2025-09-01", "repealed")],
)
def test_a_hit_shows_the_status_of_its_listing(libraries, day, status):
    library = libraries()
    matches = library.screened([ECHODYNE])["p"]
    hits = library.hits(matches, {"p": "our customer"}, date.fromisoformat(day))
    assert [(h.party_name, h.entry_name, h.status) for h in hits] == [("our customer", "Echodyne", status)]


def test_a_list_of_ones_own_is_screened_too(book):
    library = open_library(date(2026, 12, 15), overlays={"mine.md": MINE})
    assert len(library.addresses) == len(book.lists()) + 1
    query = PartyQuery("m", "made up motors gmbh", country="DE")
    facts = library.list_facts(["m"], library.screened([query]), [], date(2026, 12, 15))
    assert {name for name, value in facts.items() if value} == {"listed_user_list"}
    assert [library.watch_listed(facts, date(2026, *day)) for day in ((11, 30), (12, 1))] == [False, True]


def test_only_watch_lists_in_force_count(libraries):
    library = libraries()
    watch = [i.address for i in library.law.book.lists("watch_list")]
    live = [a for a in watch if library.law.status(f"{a}/1", date(2026, 9, 1)).status == "in_force"]
    assert live != []
    nobody = dict.fromkeys((f"listed_{a.replace('/', '_').replace('-', '_')}" for a in watch), False)
    assert library.watch_listed(nobody, date(2026, 9, 1)) is False
    assert library.watch_listed({}, date(2026, 9, 1)) is None
    assert library.watch_listed({}, date(2020, 1, 1)) is False


def test_a_branch_that_is_not_there_is_refused(book):
    for branches in ({"cn/mofcom-2025-70": "cancelled"}, {"cn/none": "extended"}):
        with pytest.raises(AddressError, match="no such hinge or branch"):
            open_library(APRIL, branches=branches, book=book)


def test_a_notice_that_takes_an_address_of_the_book_is_refused():
    taken = MINE.replace("user/list", LIST)
    with pytest.raises(BookError, match="two files have one address"):
        open_library(APRIL, overlays={"mine.md": taken})
