from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from xenotime.core.errors import AddressError, BookError
from xenotime.parties.listing.entry import ListedName, ListEntry, ListingEvent
from xenotime.parties.matching.match import PartyQuery
from xenotime.parties.owners.holding import Body, Holding, Structure
from xenotime.services.library import calendar_of, open_library, settled
from xenotime.services.screening.decisions import FALSE
from xenotime.services.screening.desk import snapshot
from xenotime.services.screening.record import ENTRY, Covered, Decision, facts_of, names_of

LIST = "cn/mofcom-2025-22"
LISTED, HELD = "listed_cn_mofcom_2025_22", "held_cn_mofcom_2025_22"
ECHODYNE = PartyQuery("p", "Echodyne", country="US")
STRANGER = PartyQuery("q", "Nordhain Antriebe GmbH", country="DE")
APRIL = date(2025, 4, 20)
NOTHING = Structure((), ())
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


def held_by(*stakes):
    """Stakes in the stranger q, each an owner with its least and most share, and days."""
    bodies = tuple(Body(name, name) for name in dict.fromkeys((*(s[0] for s in stakes), "q")))
    rows = [Holding(f"{n}", owner, "q", *rest) for n, (owner, *rest) in enumerate(stakes)]
    return Structure(bodies, tuple(rows))


def test_a_library_holds_the_lists_known_on_its_day(libraries):
    now, then = libraries(), libraries(date(2025, 4, 8))
    assert LIST in {e.list_id for e in now.entries}
    assert LIST not in {e.list_id for e in then.entries}
    assert {e.list_id for e in now.entries} == set(now.addresses)
    assert then.addresses == now.addresses


def test_every_list_has_its_entries(book, libraries):
    empty = [x.used.list_id for x in libraries().desk.listings if not x.entries]
    assert empty == []
    kinds = [len(book.lists(kind)) for kind in ("control_list", "watch_list", "unreliable_list")]
    assert len(book.lists()) == sum(kinds)


def test_a_party_on_a_list_is_a_fact(libraries):
    library = libraries()
    screened = library.screened([ECHODYNE, STRANGER])
    assert [(f.match.list_id, f.truth) for f in screened["p"]] == [(LIST, True)]
    facts = library.list_facts(["p"], screened, NOTHING, APRIL)
    assert {name for name, value in facts.items() if value is not False} == {LISTED}
    assert facts[LISTED] is True
    clean = library.list_facts(["q"], screened, NOTHING, APRIL)
    assert (set(clean.values()), len(clean)) == ({False}, 2 * len(library.addresses))


@pytest.mark.parametrize(
    ("low", "high", "truth"),
    [
        ("1/2", "1/2", True),
        ("4999/10000", "4999/10000", False),
        ("1", "1", True),
        ("0", None, None),
        ("2/5", "3/5", None),
        ("11/20", "3/5", True),
    ],
)
def test_half_in_the_hands_of_a_listed_party_is_a_fact(libraries, low, high, truth):
    library = libraries()
    screened = library.screened([ECHODYNE, STRANGER])
    structure = held_by(("p", Fraction(low), None if high is None else Fraction(high)))
    facts = library.list_facts(["q"], screened, structure, APRIL)
    assert (facts[LISTED], facts[HELD]) == (False, truth)


def test_a_share_counts_only_while_it_is_held(libraries):
    library = libraries()
    screened = library.screened([ECHODYNE, STRANGER])
    past = held_by(("p", Fraction(3, 5), Fraction(3, 5), date(2025, 1, 1), date(2025, 4, 19)))
    held = [library.list_facts(["q"], screened, past, day)[HELD] for day in (date(2025, 4, 19), APRIL)]
    assert held == [True, False]


def test_what_listed_owners_reach_only_together_is_not_settled_by_the_texts(libraries):
    library = libraries()
    parties = [ECHODYNE, PartyQuery("o", "MP Materials Corp.", country="US"), STRANGER]
    other = "held_cn_mofcom_2026_23"
    parts = (("p", Fraction(3, 10), Fraction(3, 10)), ("o", Fraction(2, 10), Fraction(2, 10)))
    facts = library.list_facts(["q"], library.screened(parties), held_by(*parts), date(2026, 9, 1))
    assert {name: value for name, value in facts.items() if value is not False} == {HELD: None, other: None}
    less = held_by(parts[0], ("o", Fraction(19, 100), Fraction(19, 100)))
    facts = library.list_facts(["q"], library.screened(parties), less, date(2026, 9, 1))
    assert set(facts.values()) == {False}


def test_ones_own_lists_are_hits_and_no_facts_of_the_book(book):
    entry = ListEntry(
        "house", "1", (ListedName("Nordhain Antriebe"),), events=(ListingEvent("listed", APRIL),)
    )
    own = (snapshot("house", "our own list", [entry], APRIL),)
    library = open_library(APRIL, book=book, own=lambda: own)
    screened = library.screened([STRANGER])
    hits = library.hits(screened["q"], {}, APRIL)
    assert [(h.list_address, h.list_title, h.entry, h.status) for h in hits] == [
        ("house", "our own list", "1", "listed")
    ]
    assert set(library.list_facts(["q"], screened, NOTHING, APRIL).values()) == {False}


def test_a_hit_that_a_person_cleared_is_shown_and_counts_no_more(libraries, book):
    hit = libraries().screened([ECHODYNE])["p"][0]
    seen = hit.match
    decision = Decision(
        "record",
        "p",
        ECHODYNE.name,
        facts_of(ECHODYNE),
        names_of(ECHODYNE),
        FALSE,
        ENTRY,
        (Covered(LIST, seen.entry, hit.entry_hash, seen.entry_name),),
        "another firm",
        "A. Analyst",
        date(2026, 1, 5),
        date(2026, 12, 31),
    )
    for known, counts in ((date(2026, 12, 31), False), (date(2027, 1, 1), True)):
        library = open_library(known, book=book, decided=lambda: (("d", decision),))
        screened = library.screened([ECHODYNE])
        facts = library.list_facts(["p"], screened, NOTHING, APRIL)
        hit = library.hits(screened["p"], {}, APRIL)[0]
        assert (facts[LISTED], hit.sure, hit.status == "cleared") == (counts, counts, not counts)
        assert "A. Analyst" in hit.how


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
    facts = library.list_facts(["m"], library.screened([query]), NOTHING, date(2026, 12, 15))
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


def test_many_hits_on_other_lists_never_hide_one_on_a_list_of_the_book(book):
    names = [ListedName("Echodyn")]
    crowd = [ListEntry("house", str(n), tuple(names)) for n in range(80)]
    own = (snapshot("house", "our own list", crowd, APRIL),)
    near = PartyQuery("q", "Echodyn", country="US")
    library = open_library(date(2026, 11, 21), book=book, own=lambda: own)
    screened = library.screened([near])
    assert library.list_facts(["q"], screened, NOTHING, APRIL)[LISTED] is None
    assert [h.list_address for h in library.hits(screened["q"], {}, APRIL)][:2] == [LIST, "house"]


def test_a_library_is_of_any_jurisdiction():
    us = open_library(date(2026, 11, 21), jurisdiction="us", overlays={"mine.md": MINE})
    assert (us.law.book.jurisdiction, us.law.book.overlays, us.addresses) == ("us", (), ())
    assert us.calendar == calendar_of("us") == calendar_of("cn")
    assert us.screened([]) == {}


def test_a_library_with_branches_chosen_keeps_its_lists(libraries):
    library = libraries()
    assert settled(library, {}, strict=False) is library
    chosen = settled(library, {"cn/mofcom-2025-70": "revived"}, strict=True)
    assert (dict(chosen.law.chosen), chosen.strict) == ({"cn/mofcom-2025-70": "revived"}, True)
    assert chosen.desk is library.desk
    with pytest.raises(AddressError, match="no such hinge or branch"):
        settled(library, {"cn/mofcom-2025-70": "gone"}, strict=False)
