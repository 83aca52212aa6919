"""What the packaged lists say of names as people write them."""

from __future__ import annotations

import pytest

from xenotime.parties.matching.match import PartyQuery


@pytest.fixture(scope="module")
def hits(libraries):
    def run(name, **rest):
        found = libraries().desk.matcher.hits(PartyQuery("p", name, **rest))
        return [(m.list_id, m.entry_name, m.truth) for m in found if not m.ruled_out]

    return run


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("MP Materials Corp.", "cn/mofcom-2026-23"),
        ("mp materials", "cn/mofcom-2026-23"),
        ("芒廷帕斯材料公司", "cn/mofcom-2026-23"),
        ("TDK株式会社", "cn/mofcom-2026-12"),
        ("漢翔航空工業股份有限公司", "cn/mofcom-2025-35"),
        ("Echodyne Corp.", "cn/mofcom-2025-22"),
        ("L3Harris Technologies, Inc.", "cn/mofcom-2025-1"),
        ("Politechnika Wrocławska", "cn/mofcom-2026-30"),
    ],
)
def test_an_equal_name_is_sure(hits, name, address):
    assert [(place, truth) for place, _, truth in hits(name)] == [(address, True)]


@pytest.mark.parametrize(
    ("name", "address", "entry"),
    [
        ("Rheinmetal AG", "cn/mofcom-2026-30", "Rheinmetall AG"),
        ("Rheinmetall Waffe Munition GmbH", "cn/mofcom-2026-30", "Rheinmetall AG"),
        ("TDK Electronics AG", "cn/mofcom-2026-12", "TDK Corporation"),
        ("TechInsights Japan K.K.", "cn/uel-2025-10-09", "TechInsights Inc."),
    ],
)
def test_a_near_name_is_for_review(hits, name, address, entry):
    assert hits(name) == [(address, entry, None)]


@pytest.mark.parametrize(
    "name",
    [
        *("Helvetia Drives AG", "Nordic Magnet Works", "Estonia Magnet OÜ", "北方工业有限公司", "--", "a"),
        *("Science and Technology Group", "China Southern Rare Earth", "Aerospace Systems"),
    ],
)
def test_an_unlisted_name_has_no_hit(hits, name):
    assert hits(name) == []


def test_every_listed_name_finds_its_own_entry(libraries):
    desk = libraries().desk
    written = [(e, n.text) for e in desk.entries.values() for n in e.names]
    found = {(e, n): desk.matcher.hits(PartyQuery("p", n)) for e, n in written}
    sure = {key: {(m.list_id, m.entry) for m in matches if m.sure} for key, matches in found.items()}
    assert [n for (e, n), places in sure.items() if (e.list_id, e.entry) not in places] == []
    assert len(written) > len(desk.entries)


def test_a_name_of_two_characters_is_sure_only_as_written_or_with_its_country(hits):
    both = ("cn/mofcom-2025-21", "cn/uel-2025-03-04")
    assert hits("立方公司") == [(a, "立方公司", True) for a in both]
    assert hits("立方有限公司") == [(a, "立方公司", None) for a in both]
    assert hits("立方有限公司", country="CN") == [(a, "立方公司", None) for a in both]
    assert hits("立方有限公司", country="US") == [(a, "立方公司", True) for a in both]


def test_another_country_lowers_and_never_drops(hits):
    assert hits("TDK Corporation", country="DE") == [("cn/mofcom-2026-12", "TDK Corporation", None)]
    assert hits("TDK Corporation", country="JP") == [("cn/mofcom-2026-12", "TDK Corporation", True)]


def test_a_party_that_is_one_listed_name_is_not_its_listed_sister(libraries):
    found = libraries().desk.matcher.hits(PartyQuery("p", "洛克希德马丁公司"))
    assert {m.list_id for m in found if m.truth is True} == {"cn/mofcom-2025-1", "cn/uel-2023-02-16"}
    assert {m.truth for m in found if m.list_id == "cn/uel-2025-01-02"} == {False}
