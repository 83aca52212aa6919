from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from xenotime.core.errors import AddressError
from xenotime.parties.matching.match import Match
from xenotime.parties.military.evidence import Evidence
from xenotime.parties.owners.holding import Holding, Structure
from xenotime.portfolio.schema import schema
from xenotime.portfolio.table import Portfolio, Row
from xenotime.services.military import Folder, dossier, gathered, listing, ties

ON = date(2026, 9, 1)
MATCH = Match("listed", "Listed Co", "house", "1", "Listed Co", None, 99, True, False, None, ())
MEU = "Military End User (MEU) List"
CHECK = {
    "party": "mixed",
    "kind": "on_site_check",
    "site": "mill",
    "day": date(2026, 3, 20),
    "says": "civil",
    "source": "visit",
    "confidence": "O",
}
REVENUE = {
    "party": "mixed",
    "kind": "defence_revenue",
    "day": date(2025, 12, 31),
    "value": "38",
    "says": "military",
    "source": "report",
    "confidence": "O",
}


def portfolio(*evidence, parties=(), shipments=(), unsure=()):
    rows = {
        "parties": [
            {"party": "mixed", "name": "Mixed Group"},
            {"party": "civil", "name": "Civil Co", "military_user": False},
            {"party": "army", "name": "Army Works", "military_user": True},
            {"party": "silent", "name": "Silent Co"},
            *parties,
        ],
        "sites": [{"site": "mill", "party": "mixed"}, {"site": "hall", "party": "civil"}],
        "evidence": evidence,
        "shipments": shipments,
    }
    return Portfolio(
        {
            name: tuple(
                Row(
                    {c: row.get(c) for c in schema()[name].columns},
                    f"{name}.csv",
                    number,
                    frozenset({"military_user"}) if row.get("party") in unsure else frozenset(),
                )
                for number, row in enumerate(table, 2)
            )
            for name, table in rows.items()
        }
    )


def asked(given, *users, site="", contract="", on=ON, known=ON):
    return Folder(given, gathered(given), known).link(users, on, site, contract).facts


@pytest.mark.parametrize(
    ("users", "facts"),
    [
        (["civil"], {"military_user": False}),
        (["army"], {"military_user": True}),
        (["silent"], {"military_user": None}),
        (["civil", "army"], {"military_user": True}),
        (["civil", "silent"], {"military_user": None}),
        (["nobody"], {"military_user": None}),
        ([], {"military_user": None}),
    ],
)
def test_without_evidence_the_column_speaks_as_before(users, facts):
    assert asked(portfolio(), *users) == facts


@pytest.mark.parametrize(("on", "known"), [(date(2029, 1, 1), ON), (date(2024, 1, 1), ON)])
def test_the_column_stands_on_every_day_that_is_asked_about(on, known):
    assert asked(portfolio(), "civil", on=on, known=known) == {"military_user": False}


def test_a_cell_that_says_unknown_is_asked():
    given = portfolio(unsure={"silent"})
    assert asked(given, "silent") == {"military_user": None, "military_user_asked": True}


def test_evidence_that_does_not_carry_is_asked_so_that_nothing_is_presumed():
    given = portfolio(REVENUE)
    assert asked(given, "mixed") == {"military_user": None, "military_user_asked": True}
    assert asked(given, "mixed", on=date(2025, 6, 1)) == {"military_user": None}


def test_what_is_lighter_than_the_policy_asks_leaves_the_presumption_standing():
    rumour = REVENUE | {"kind": "contract", "value": None, "confidence": "?"}
    assert asked(portfolio(rumour), "mixed") == {"military_user": None}
    stale = CHECK | {"kind": "self_declaration", "site": None, "day": date(2025, 3, 20)}
    assert asked(portfolio(stale), "mixed") == {"military_user": None}


def test_the_site_of_the_end_user_has_its_own_answer_and_no_other_partys():
    given = portfolio(REVENUE, CHECK)
    assert asked(given, "mixed", site="mill") == {"military_user": False}
    assert asked(given, "mixed") == {"military_user": None, "military_user_asked": True}
    assert asked(given, "mixed", site="hall") == {"military_user": None, "military_user_asked": True}
    assert asked(given, "mixed", "army", site="mill") == {"military_user": True}


@pytest.mark.parametrize(
    ("on", "fact"),
    [
        (date(2026, 3, 19), None),
        (date(2026, 3, 20), False),
        (date(2027, 3, 20), False),
        (date(2027, 3, 21), None),
    ],
)
def test_a_check_carries_from_its_day_through_its_last(on, fact):
    given = portfolio(REVENUE, CHECK)
    assert asked(given, "mixed", site="mill", on=on, known=date(2027, 12, 31))["military_user"] is fact


def test_a_contract_has_its_own_answer():
    deal = {"party": "civil", "kind": "contract", "contract": "PO-1", "says": "military", "source": "notice"}
    given = portfolio(deal | {"day": date(2026, 1, 5), "confidence": "X"})
    assert asked(given, "civil", contract="PO-1") == {"military_user": True}
    assert asked(given, "silent", "civil", contract="PO-1") == {
        "military_user": None,
        "military_user_asked": True,
    }
    assert asked(given, "civil", contract="PO-2") == {"military_user": None, "military_user_asked": True}


def test_what_screening_derived_counts_with_the_rest():
    listed = Evidence("civil", "listed", True, "us/meu", date(2024, 1, 1), listing="us/meu", confidence="O")
    given = portfolio()
    pool = gathered(given, [listed])
    assert Folder(given, pool, ON).link(["civil"], ON).facts == {"military_user": True}


def test_a_dossier_has_the_company_its_sites_and_its_contracts():
    given = portfolio(REVENUE, CHECK, shipments=[{"shipment": "S", "end_user": "mixed", "contract": "PO-7"}])
    found = dossier(given, gathered(given), "mixed", ON, ON)
    verdicts = (found.company, *found.sites, *found.contracts)
    assert [(v.subject.place, v.word, v.line) for v in verdicts] == [
        ("", "unknown", "pointing"),
        ("mill", "no", "checked"),
        ("PO-7", "unknown", "pointing"),
    ]


def test_a_party_nobody_named_is_refused():
    with pytest.raises(AddressError) as raised:
        dossier(portfolio(), (), "ghost", ON, ON)
    assert (raised.value.problem.what, raised.value.problem.found) == ("no party has this id", "ghost")


def test_shares_of_listed_parties_are_evidence_while_they_stand():
    half = Holding("h1", "listed", "user", Fraction(1, 2), Fraction(1, 2), from_day=date(2026, 1, 1))
    given = Holding("h2", "user", "listed", Fraction(1, 10), None)
    steering = Holding("h3", "listed", "user", Fraction(0), Fraction(0), kind="control")
    structure = Structure((), (half, given, steering))
    known = {"listed": [listing(MATCH, "a made-up list")]}
    found = [(e.kind, e.share, e.listing, e.day) for e in ties(structure, ["user"], known, date(2026, 2, 1))]
    assert found == [
        ("owned_by_listed", Decimal(50), "house", date(2026, 1, 1)),
        ("owner_of_listed", Decimal(10), "house", date(2026, 2, 1)),
    ]
    before = ties(structure, ["user"], known, date(2025, 12, 31))
    assert [e.kind for e in before] == ["owner_of_listed"]


def test_a_near_miss_on_a_list_of_military_users_stops_the_presumption_and_decides_nothing():
    given = portfolio(parties=[{"party": "listed", "name": "Listed Co"}])

    def facts(*also):
        return Folder(given, gathered(given), ON).link(["listed"], ON, also=also).facts

    near = listing(MATCH, "house list", MEU, sure=False)
    assert facts(near) == {"military_user": None, "military_user_asked": True}
    assert facts(listing(MATCH, "house list", MEU)) == {"military_user": True}
    assert facts(listing(MATCH, "Entity List", sure=False)) == {"military_user": None}


def test_a_share_held_by_a_near_miss_is_no_surer_than_its_listing():
    half = Holding("h1", "listed", "buyer", Fraction(60, 100), Fraction(60, 100))
    for sure, confidence in ((True, "D"), (False, "near")):
        found = {"listed": (listing(MATCH, "house list", MEU, sure=sure),)}
        got = list(ties(Structure((), (half,)), ["buyer"], found, ON))
        assert [(e.kind, e.confidence) for e in got] == [("owned_by_listed", confidence)]
