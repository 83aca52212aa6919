from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.clocks import parse_calendar
from xenotime.core.errors import InputError
from xenotime.law.read import packaged
from xenotime.programme.oversight.owed import KINDS, PROOFS, SOURCES, term
from xenotime.programme.profile import Profile
from xenotime.programme.read import profiles
from xenotime.programme.shipping.phrases import PHRASES

ON = date(2026, 11, 21)
BARE = Profile("bare", "Bare", "空", "about")


@pytest.fixture(scope="module")
def kept():
    return parse_calendar(packaged("cn/calendar.csv"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words_and_a_term_with_and_without_a_profile(kept, kind):
    assert f"duty.{kind}" in PHRASES
    for profile in (BARE, *profiles().values()):
        found = term(profile, kept, kind, ON, days=5)
        assert found.due >= ON
        assert bool(found.year) is (kind in ("annual_report", "records"))


def test_what_it_rests_on_is_the_line_of_the_profile(kept):
    line = profiles()["veu"].lines["duty.annual_report.due"]
    found = term(profiles()["veu"], kept, "annual_report", ON)
    assert (found.source, found.confidence) == (line.source, line.confidence)
    assert term(BARE, kept, "annual_report", ON).source == "own policy of this programme"


def test_no_source_is_named_for_a_kind_that_a_line_dates(kept):
    assert set(SOURCES) == {"notice", *PROOFS}
    assert [term(BARE, kept, kind, ON).confidence for kind in sorted(SOURCES)] == ["B", "B", "A"]


@pytest.mark.parametrize(("kind", "days"), [("homework", 0), ("notice", -1), ("notice", 3_001)])
def test_what_is_no_obligation_is_refused(kept, kind, days):
    with pytest.raises(InputError):
        term(BARE, kept, kind, ON, days=days)
