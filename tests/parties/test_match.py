from __future__ import annotations

from datetime import date

import pytest

from xenotime.law.read import packaged, packaged_names
from xenotime.parties.lists import ListEntry, parse_list
from xenotime.parties.match import PartyQuery, Screen, listed, screen

DAY = date(2026, 1, 1)
LEI = "9845001B2AD43E664E58"


def entries():
    names = packaged_names("cn/lists", ".csv")
    stems = [(n, n.rsplit("/", 1)[1].removesuffix(".csv")) for n in names]
    return [e for name, stem in stems for e in parse_list(packaged(name), f"cn/{stem}", DAY)]


SCREEN = Screen(entries())


def hits(name, **rest):
    return [(m.list_address, m.entry_name, m.truth) for m in SCREEN.hits(PartyQuery("p", name, **rest))]


@pytest.mark.parametrize(
    ("name", "address", "entry"),
    [
        ("MP Materials Corp.", "cn/mofcom-2026-23", "MP Materials Corp."),
        ("mp materials", "cn/mofcom-2026-23", "MP Materials Corp."),
        ("芒廷帕斯材料公司", "cn/mofcom-2026-23", "芒廷帕斯材料公司"),
        ("TDK株式会社", "cn/mofcom-2026-12", "TDK Corporation"),
        ("漢翔航空工業股份有限公司", "cn/mofcom-2025-35", "汉翔航空工业股份有限公司"),
        ("Echodyne Corp.", "cn/mofcom-2025-22", "Echodyne"),
        ("L3Harris Technologies, Inc.", "cn/mofcom-2025-1", "L3 Harris Technologies"),
        ("Politechnika Wrocławska", "cn/mofcom-2026-30", "Politechnika Wroclawska"),
    ],
)
def test_an_equal_name_is_sure(name, address, entry):
    assert hits(name) == [(address, entry, True)]


@pytest.mark.parametrize(
    ("name", "address", "entry"),
    [
        ("Rheinmetal AG", "cn/mofcom-2026-30", "Rheinmetall AG"),
        ("Rheinmetall Waffe Munition GmbH", "cn/mofcom-2026-30", "Rheinmetall AG"),
        ("MP Materials LLC", "cn/mofcom-2026-23", "MP Materials Corp."),
        ("芒廷帕斯材料（上海）有限公司", "cn/mofcom-2026-23", "芒廷帕斯材料公司"),
        ("Ground System Research Centre", "cn/mofcom-2026-27", "Ground Systems Research Center"),
        ("TechInsights Japan K.K.", "cn/uel-2025-10-09", "TechInsights Inc."),
        ("PVH Corp.", "cn/uel-2025-02-04", "PVH Group"),
    ],
)
def test_a_near_name_is_for_review(name, address, entry):
    assert hits(name) == [(address, entry, None)]


@pytest.mark.parametrize(
    "name", ["Helvetia Drives AG", "Nordic Magnet Works", "Estonia Magnet OÜ", "北方工业有限公司", "--"]
)
def test_an_unlisted_name_has_no_hit(name):
    assert hits(name) == []


def test_every_listed_name_finds_its_own_entry():
    every = entries()
    queries = [PartyQuery(f"{e.list_address}/{e.entry}/{n}", n) for e in every for n in e.names]
    found = screen(queries, every)
    sure = {
        party: {f"{m.list_address}/{m.entry}/" for m in matches if m.sure} for party, matches in found.items()
    }
    assert [q.party for q in queries if not any(map(q.party.startswith, sure[q.party]))] == []


def test_a_name_of_two_characters_is_sure_only_as_written_or_with_its_country():
    both = ("cn/mofcom-2025-21", "cn/uel-2025-03-04")
    assert hits("立方公司") == [(a, "立方公司", True) for a in both]
    assert hits("立方有限公司") == [(a, "立方公司", None) for a in both]
    assert hits("立方有限公司", country="CN") == [(a, "立方公司", None) for a in both]
    assert hits("立方有限公司", country="US") == [(a, "立方公司", True) for a in both]


def test_another_country_lowers_and_never_drops():
    (match,) = SCREEN.hits(PartyQuery("p", "TDK Corporation", country="DE"))
    assert (match.truth, match.how) == (None, "same name; another country (DE, the list says JP)")
    assert hits("TDK Corporation", country="JP") == [("cn/mofcom-2026-12", "TDK Corporation", True)]


def test_a_hit_says_list_entry_day_and_how():
    (match,) = SCREEN.hits(PartyQuery("b", "Some name", ("USA Rare Earth",)))
    assert (match.party, match.written, match.list_address, match.entry, match.listed_on, match.how) == (
        "b",
        "USA Rare Earth",
        "cn/mofcom-2026-23",
        "10",
        DAY,
        "same name",
    )


@pytest.mark.parametrize(
    ("listed_name", "name"),
    [
        ("North Steel Works", "South Steel Works"),
        ("East Ridge Optics", "West Ridge Optics"),
        ("Plant 2 Avionics", "Plant 3 Avionics"),
        ("北方特种钢铁", "南方特种钢铁"),
        ("第一精密机械", "第二精密机械"),
    ],
)
def test_contradicting_words_are_no_near_miss(listed_name, name):
    assert screen([PartyQuery("p", name)], [ListEntry("cn/x", "1", listed_name, DAY)]) == {"p": ()}


def test_identifiers_decide():
    entry = ListEntry("cn/x", "1", "Alpha Optics", DAY, lei=LEI)
    same, other, none = (
        Screen([entry]).hits(PartyQuery("p", name, lei=lei))[0]
        for name, lei in (("Anything", LEI), ("Alpha Optics", "549300LBI3LRIZ2V8V66"), ("Alpha Optics", ""))
    )
    assert [m.truth for m in (same, other, none)] == [True, False, True]
    assert same.how == f"same LEI {LEI}"
    assert other.how == f"same name; another LEI (549300LBI3LRIZ2V8V66, the list says {LEI})"


def test_a_party_that_is_one_listed_name_is_not_its_listed_sister():
    found = SCREEN.hits(PartyQuery("p", "洛克希德马丁公司"))
    assert listed(found, ["cn/uel-2025-01-02", "cn/mofcom-2026-23"]) == {
        "cn/uel-2025-01-02": False,
        "cn/mofcom-2026-23": False,
        "cn/mofcom-2025-1": True,
        "cn/uel-2023-02-16": True,
    }


def test_a_list_is_true_unknown_or_false():
    found = SCREEN.hits(PartyQuery("p", "Rheinmetal AG"))
    assert listed(found, ["cn/mofcom-2026-23"]) == {"cn/mofcom-2026-23": False, "cn/mofcom-2026-30": None}
    assert listed([], ["cn/x"]) == {"cn/x": False}
