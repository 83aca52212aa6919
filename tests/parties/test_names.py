from __future__ import annotations

import pytest

from xenotime.parties.names import fold, normalise, variants


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("MP Materials Corp.", "mpmaterials"),
        ("EXCALIBUR ARMY spol.s.r.o", "excaliburarmy"),
        ("Lafert S.p.A.", "lafert"),
        ("OMNIPOL a.s.", "omnipol"),
        ("IHC Merwede Holding B.V.", "ihcmerwedeholding"),
        ("TCOM,\u2002Limited Partnership", "tcom"),
        ("Mitsubishi Electric Engineering Company, Limited", "mitsubishielectricengineering"),
        ("Boeing Defence, Space and Security", "boeingdefensespacesecurity"),
        ("Politechnika Wrocławska", "politechnikawroclawska"),
        ("\u200cHigh Point Aerotechnologies", "highpointaerotechnologies"),
        ("ＴＤＫ株式会社", "tdk"),
        ("Group W公司", "groupw"),
        ("漢翔航空工業股份有限公司", "汉翔航空工业"),
        ("防衛研究所", "防卫研究所"),
        ("SpaceKnow捷克分公司", "spaceknow捷克分公司"),
        ("Company", "company"),
        ("公司", "公司"),
        ("--", ""),
    ],
)
def test_a_name_is_made_comparable(text, key):
    assert normalise(text).key == key


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Rheinmetall AG", {"ag"}),
        ("Rheinmetall Waffe GmbH", {"gmbh"}),
        ("JC Technology Co., Ltd", {"company"}),
        ("TCOM, Limited Partnership", {"partnership"}),
        ("IMSAR, L.L.C.", {"llc"}),
        ("SUBARU", set()),
    ],
)
def test_the_legal_form_is_set_aside_and_kept(text, forms):
    assert normalise(text).forms == forms


def test_a_bilingual_name_is_also_read_by_its_parts():
    assert [n.key for n in variants("HENSOLDT AG (亨索尔特公司)")] == [
        "hensoldtag亨索尔特",
        "hensoldt",
        "亨索尔特",
    ]
    assert [n.key for n in variants("Cavok UAS公司")] == ["cavokuas"]


def test_folding_is_stable():
    for text in ("Ekspla UAB", "\u200cＩnPACT\u00a0S.A.", "Straße Łódź", "臺灣國際造船", "三菱電機"):
        assert fold(fold(text)) == fold(text)
