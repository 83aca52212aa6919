from __future__ import annotations

import pytest
from tests.conftest import KNOWN

from xenotime.core.errors import BookError
from xenotime.law.read import packaged
from xenotime.services.bank import bodies, lists

BANK = """
bases:
  quiet: {from: DE, to: MY}
cases:
  - id: A
    listed: {Larkspur: "us-sdn: RED", Marigold: us-meu}
    decide: {on: 2026-01-01, base: quiet, facts: {to: FR}}
    expect: {outcome: licence}
    also:
      - {book: cn, decide: {on: 2026-01-01, facts: {}}}
  - id: B
    procedure: {ask: x}
"""


def test_a_base_stands_under_the_facts_of_a_body():
    first, second = bodies(BANK, "us/cases.yaml")
    assert (first.book, first.decide) == ("us", {"on": "2026-01-01", "facts": {"from": "DE", "to": "FR"}})
    assert (second.id, second.book, second.expect) == ("A", "cn", {})


def test_a_base_that_is_not_there_is_refused():
    with pytest.raises(BookError, match="no such base"):
        bodies(BANK.replace("base: quiet", "base: loud"), "us/cases.yaml")


def test_the_lists_of_a_case_hold_its_names_and_one_more():
    found = {x.used.list_id: [e.name for e in x.entries] for x in lists(bodies(BANK, "us/c.yaml")[0], KNOWN)}
    assert found == {
        "us-sdn": ["Nobody Asks us-sdn", "Larkspur"],
        "us-entity": ["Nobody Asks us-entity"],
        "us-meu": ["Nobody Asks us-meu", "Marigold"],
    }
    programmes = [e.programmes for e in lists(bodies(BANK, "us/c.yaml")[0], KNOWN)[0].entries]
    assert programmes == [(), ("RED",)]


def test_a_case_that_lists_nobody_has_no_lists():
    assert lists(bodies(packaged("eu/cases.yaml"), "eu/cases.yaml")[0], KNOWN) == ()
