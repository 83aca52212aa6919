"""What lists that a user took in say of parties, as facts of the US book."""

from __future__ import annotations

from datetime import date

import pytest
from tests.conftest import KNOWN

from xenotime.law.law import fold_book
from xenotime.law.read import book_files, read_book
from xenotime.services.bank import Body, lists
from xenotime.services.cast import cast
from xenotime.services.library import open_library

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def us():
    return read_book(jurisdiction="us")


def facts(us, listed, parties, only=()):
    body = Body("t", "us", {}, {}, tuple(listed.items()) or (("Somebody Else", "us-sdn"),))
    taken = [x for x in lists(body, KNOWN) if not only or x.used.list_id in only]
    library = open_library(KNOWN, book=us, own=lambda: taken)
    queries, structure = cast(parties, "t")
    asked = [q.party for q in queries if not q.party.startswith("owner:")]
    return library.list_facts(asked, library.screened(queries), structure, DAY)


def test_a_party_on_a_list_and_nobody_on_it(us):
    listed = {"Larkspur Instruments": "us-entity"}
    party = [{"role": "end_user", "name": "Larkspur Instruments", "country": "MY"}]
    assert facts(us, listed, party) == {
        "us_entity_listed": True,
        "meu_listed": False,
        "us_blocked": False,
        "us_affiliate": False,
        "ofac_owned": False,
    }


def test_who_is_on_no_entity_list_bears_none_of_its_footnotes(us):
    found = facts(us, {}, [{"name": "Northbrook Alloys"}])
    assert {n: found.get(f"footnote_{n}_party") for n in (1, 3, 4, 5)} == dict.fromkeys((1, 3, 4, 5), False)


def test_owners_of_owners_reach_the_party_and_a_branch_is_its_body(us):
    listed = {"Larkspur Instruments": "us-entity"}
    chain = [{"name": "Mallowfield Trading", "share_percent": "50"}]
    chain[0]["owners"] = [{"name": "Larkspur Instruments", "share_percent": "50"}]
    held = facts(us, listed, [{"name": "Northbrook Alloys", "country": "MY", "owners": chain}])
    branch = facts(us, listed, [{"name": "Mossgate Office", "branch_of": "Larkspur Instruments"}])
    assert (held["us_affiliate"], held["us_entity_listed"], branch["us_entity_listed"]) == (True, False, True)


def test_a_known_owner_of_unknown_share_is_a_fact_of_its_own(us):
    owners = [{"name": "Larkspur Instruments"}]
    found = facts(
        us, {"Larkspur Instruments": "us-entity"}, [{"name": "Northbrook Alloys", "owners": owners}]
    )
    assert (found.get("us_affiliate"), found["us_affiliate_share_unknown"]) == (None, True)


@pytest.mark.parametrize(("share", "red_flag"), [("35", True), ("0", None), ("50", None)])
def test_a_stake_below_half_is_a_red_flag_that_nobody_has_to_state(us, share, red_flag):
    owners = [{"name": "Larkspur Instruments", "share_percent": share}]
    party = [{"name": "Northbrook Alloys", "country": "MY", "owners": owners}]
    found = facts(us, {"Larkspur Instruments": "us-entity"}, party)
    assert (found.get("us_controlled_by_listed"), found["us_affiliate"]) == (red_flag, share == "50")


def test_a_list_that_nobody_took_in_says_nothing(us):
    found = facts(us, {}, [{"name": "Northbrook Alloys"}], only=("us-sdn",))
    assert found == {"us_blocked": False, "ofac_owned": False}


def test_a_book_without_a_party_table_asks_nothing():
    eu = open_library(KNOWN, jurisdiction="eu")
    queries, structure = cast([{"name": "Northbrook Alloys"}], "t")
    assert eu.list_facts(["party:Northbrook Alloys"], eu.screened(queries), structure, DAY) == {}


def test_what_the_tables_decide_is_part_of_the_hash(us):
    files = book_files("us")
    table = files["us/parties.toml"].replace('us_blocked = ["us-sdn"]', 'us_blocked = ["us-meu"]')
    other = read_book(jurisdiction="us", files={**files, "us/parties.toml": table})
    assert fold_book(other, KNOWN).hash != fold_book(us, KNOWN).hash
