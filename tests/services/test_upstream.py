from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from xenotime.core.errors import AddressError
from xenotime.parties.listing.entry import Identifier, ListedName, ListEntry
from xenotime.parties.matching.match import Evidence, Match
from xenotime.parties.owners.cascade import resolve
from xenotime.parties.owners.holding import Body, Finding, Holding, Structure
from xenotime.parties.owners.rule import Listing, OwnershipRule
from xenotime.portfolio.read import read_portfolio
from xenotime.services.owners import rules
from xenotime.services.screening.desk import Desk
from xenotime.services.screening.desk import Listing as Version
from xenotime.services.screening.record import Settings, Used
from xenotime.services.upstream import above, around, find, joined, named, of_portfolio, pairs, stated, unread

DAY = date(2026, 1, 5)
HALF = Fraction(1, 2)


def holding(number, owner, owned, **more):
    return Holding(f"h{number}", owner, owned, HALF, HALF, **more)


DATA = Structure(
    (
        Body("top", "Northgate Holding", ("Nordtor",), "CH", "organisation", (("LEI", "X1"),)),
        Body("mid", "Middle Works"),
        Body("branch", "Middle Works, Branch", branch_of="mid"),
        Body("low", "Low Magnets"),
        Body("low2", "Low Magnets"),
        Body("aside", "Aside Trading"),
    ),
    (
        holding(1, "top", "mid"),
        holding(2, "branch", "low"),
        holding(3, "low", "aside"),
        holding(4, "aside", "mid", to_day=date(2025, 1, 1)),
    ),
)


def test_files_are_joined_without_losing_a_holding():
    other = Structure((Body("mid", "Another Name"), Body("new", "New")), (holding(1, "new", "mid"),), ())
    made = joined([("a.csv", DATA), ("b.csv", other)])
    assert [h.id for h in made.holdings] == ["h1", "h2", "h3", "h4", "b.csv:h1"]
    assert [b.name for b in made.bodies if b.id in ("mid", "new")] == ["Middle Works", "New"]
    assert made.findings == (Finding("b.csv describes this body differently; the first counts", "mid"),)


def test_one_file_is_left_as_it_is():
    twice = Structure((Body("a", "A"), Body("a", "B")), (), ())
    assert joined([("x", twice)]) == twice


@pytest.mark.parametrize("text", ["top", "northgate  HOLDING", "nordtor"])
def test_a_party_is_found_by_id_or_any_name(text):
    assert find(DATA, text) == "top"


def test_a_name_of_two_bodies_is_an_error_that_names_both():
    with pytest.raises(AddressError) as caught:
        find(DATA, "Low Magnets")
    assert caught.value.problem.what == "this name means several bodies"
    assert caught.value.problem.expected == "low (Low Magnets); low2 (Low Magnets)"


def test_an_unknown_name_is_answered_with_near_ones():
    with pytest.raises(AddressError) as caught:
        find(DATA, "works")
    assert caught.value.problem.expected == "mid (Middle Works); branch (Middle Works, Branch)"


def test_everybody_above_is_found_with_branches_and_without_what_ended():
    assert [b.id for b in above(DATA, "low", DAY)] == ["low", "mid", "branch", "top"]


def test_an_answer_reads_only_what_lies_above_and_its_branches():
    part = around(DATA, "low", DAY)
    assert [b.id for b in part.bodies] == ["top", "mid", "branch", "low"]
    assert [h.id for h in part.holdings] == ["h2", "h1"]


def test_the_answer_on_that_part_is_the_answer_on_the_whole():
    half = OwnershipRule("half", "", "xx/1")
    answers = [resolve(data, half, {"top": True}, DAY, ["low"]) for data in (DATA, around(DATA, "low", DAY))]
    assert answers[0].held == answers[1].held
    assert answers[0].data == answers[1].data


class Matcher:
    """Finds every party whose name has the word that an entry is called."""

    def __init__(self, entries):
        self.entries = entries
        self.asked = []

    def hits(self, query):
        self.asked.append(query)
        return tuple(
            Match(
                query.party,
                query.name,
                e.list_id,
                e.entry,
                e.name,
                None,
                90,
                sure=e.entry == "1",
                ruled_out=e.entry == "3",
                alignment=None,
                evidence=(Evidence("name", "same", "one word"),),
            )
            for e in self.entries
            if e.name in query.name
        )


def desk(*names):
    entries = tuple(
        ListEntry("us-ofac-sdn", str(n), (ListedName(name),), authority="OFAC", source="SDN")
        for n, name in enumerate(names, 1)
    )
    matcher = Matcher(entries)
    listing = Version(Used("us-ofac-sdn", "SDN", "0", DAY, len(entries)), entries)
    made = Desk((listing,), Settings(50, 50, "fake", ""), lambda _entries, _settings: matcher)
    return made, matcher


def test_names_above_are_screened_with_all_that_identifies_them():
    made, matcher = desk("Northgate", "Middle", "Low")
    seen = []
    found = named(above(DATA, "low", DAY), made, DAY, DAY, lambda done, total: seen.append((done, total)))
    assert [(n.body, n.entry.entry, n.truth, n.status) for n in found] == [
        ("mid", "2", None, "listed"),
        ("branch", "2", None, "listed"),
        ("top", "1", True, "listed"),
    ]
    assert matcher.asked[-1].identifiers == (Identifier("LEI", "X1", "CH"),)
    assert seen[-1] == (4, 4)
    assert {body: len(rows) for body, rows in pairs(found).items()} == {"mid": 1, "branch": 1, "top": 1}


def test_who_is_said_to_be_listed_counts_under_every_rule_asked():
    asked = {k: v for k, v in rules(DAY).items() if k in ("ofac", "bis")}
    found = stated(["Nordtor"], DATA, asked)
    classes = [c for rule in asked.values() for c in rule.rule.counts]
    assert found == {"top": tuple(Listing(f"as-stated/{c}", c) for c in dict.fromkeys(classes))}


def test_a_class_may_be_named():
    asked = {"ofac": rules(DAY)["ofac"]}
    kind = asked["ofac"].rule.counts[0]
    assert stated([f"top={kind}"], DATA, asked) == {"top": (Listing(f"as-stated/{kind}", kind),)}


def test_what_no_list_was_read_for_is_named():
    made, _ = desk("Northgate")
    ofac, bis = (rules(DAY)[name].rule for name in ("ofac", "bis"))
    assert unread(made, {}, ofac, DAY) == ()
    assert unread(made, {}, bis, DAY) == ("us-entity", "us-meu")


def test_a_portfolio_gives_its_parties_and_holdings(tmp_path):
    tables = {
        "parties": "party,name,other_names,country,lei\na,Alpha,Alfa|Alef,CH,\nb,Beta,,DE,\n",
        "ownership": "owner,owned,share_percent,low_percent,high_percent,kind,source\n"
        "a,b,33.3,,,,register\nb,a,,10,40,votes,\na,b,,,,control,\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    made = of_portfolio(read_portfolio(tmp_path))
    assert made.bodies[0] == Body("a", "Alpha", ("Alfa", "Alef"), "CH")
    assert [(h.low, h.high, h.kind, h.source) for h in made.holdings] == [
        (Fraction(333, 1000), Fraction(333, 1000), "shares", "register"),
        (Fraction(1, 10), Fraction(2, 5), "votes", ""),
        (Fraction(0), None, "control", ""),
    ]
