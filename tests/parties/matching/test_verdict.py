from __future__ import annotations

import pytest

from xenotime.parties.listing.entry import Identifier, ListedName, ListEntry
from xenotime.parties.matching.align import align
from xenotime.parties.matching.match import PartyQuery
from xenotime.parties.matching.verdict import by_identifier, verdict
from xenotime.parties.naming.views import views

LEI, OTHER = "9845001B2AD43E664E58", "549300LBI3LRIZ2V8V66"


def judge(name, listed, *, kind="organisation", country="", countries=(), mine=(), theirs=()):
    entry = ListEntry("cn/x", "1", (ListedName(listed),), kind, countries, theirs)
    query = PartyQuery("p", name, country=country, identifiers=mine, kind=kind)
    found = [(align(a, b), a, b) for a in views(name, kind) for b in views(listed, kind) if a.kind == b.kind]
    return verdict(query, entry, found)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Zantrix Optics", "ZANTRIX OPTICS, INC."),
        ("L3Zantrix Optics", "L3 Zantrix Optics"),
        ("華鋒電子股份有限公司", "华锋电子公司"),
        ("Zantrix GmbH", "Zantrix GmbH"),
    ],
)
def test_an_equal_name_is_sure(name, listed):
    match = judge(name, listed)
    assert (match.truth, match.score, match.how) == (True, 99, "same name")


def test_another_country_lowers_and_never_drops():
    match = judge("Zantrix Optics", "Zantrix Optics", country="de", countries=("JP",))
    assert (match.truth, match.how) == (None, "same name; another country (DE, the list says JP)")
    assert 90 <= match.score < 99
    assert judge("Zantrix Optics", "Zantrix Optics", country="JP", countries=("JP",)).truth is True


def test_another_legal_form_is_for_review():
    match = judge("Zantrix Optics LLC", "Zantrix Optics Corp.")
    assert (match.truth, match.how) == (None, "same name; another legal form (llc, the list says company)")


def test_identifiers_decide():
    same, other = (
        judge("Zantrix", "Zantrix", mine=(Identifier("LEI", code),), theirs=(Identifier("LEI", LEI),))
        for code in (LEI, OTHER)
    )
    assert [(m.truth, m.ruled_out) for m in (same, other)] == [(True, False), (False, True)]
    entry = ListEntry("cn/x", "1", (ListedName("Zantrix"),), identifiers=(Identifier("LEI", LEI),))
    sure = by_identifier(PartyQuery("p", "Anything", identifiers=(Identifier("LEI", LEI),)), entry)
    assert sure is not None
    assert (sure.truth, sure.score, sure.how) == (True, 100, f"same LEI {LEI}")
    assert by_identifier(PartyQuery("p", "Anything"), entry) is None


def test_a_short_name_is_sure_only_as_written_or_with_its_country():
    assert judge("立方公司", "立方公司").truth is True
    assert judge("立方有限公司", "立方公司").how == "same name; the name is too short to be sure"
    assert judge("立方有限公司", "立方公司", country="US", countries=("US",)).truth is True


def test_a_name_that_many_people_bear_is_never_sure():
    match = judge("Wei Wang", "Wang Wei", kind="person")
    assert match.truth is None


def test_a_reading_is_never_sure():
    assert judge("Huafeng Dianzi", "华锋电子").truth is None


def test_the_words_of_a_near_name_explain_it():
    match = judge("Zantrics Optics Works", "Zantrix Optics")
    assert match.truth is None
    assert match.how.endswith("zantrics sounds like zantrix, only here: work")


def test_a_listed_name_inside_another_is_shown():
    match = judge("Rheinzantrix Waffe Munition", "Rheinzantrix AG", countries=("DE",), country="FR")
    assert (match.score, match.truth) == (30, None)
    assert "one name stands whole at the head of the other" in match.how


def test_nothing_compared_is_refused():
    with pytest.raises(ValueError, match="neither a name nor an identifier was compared"):
        verdict(PartyQuery("p", "A"), ListEntry("cn/x", "1", (ListedName("B"),)), ())
