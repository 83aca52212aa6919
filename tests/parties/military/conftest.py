"""The packaged policy, and evidence about one invented party on one day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xenotime.parties import tables
from xenotime.parties.military.evidence import Evidence, Subject
from xenotime.parties.military.grade import grade
from xenotime.parties.military.policy import parse_policy

ON = date(2026, 9, 1)


@pytest.fixture(scope="session")
def policy():
    return parse_policy(tables.text("military.toml"))


@pytest.fixture(scope="session")
def piece():
    """A piece of evidence, so many days old, with its side as "military" or "civil"."""

    def make(kind, says="military", days=10, source=None, **more):
        day = None if days is None else ON - timedelta(days=days)
        return Evidence(
            "p", kind, says == "military", source or f"{kind} source", day, **({"confidence": "O"} | more)
        )

    return make


@pytest.fixture
def answer(policy):
    """The verdict of some evidence for the company, a site or a contract."""
    return lambda *pool, site="", contract="", on=ON, known=ON: grade(
        policy, Subject("p", site, contract), pool, on, known
    )
