from __future__ import annotations

from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest

from xenotime.programme.organisation import Organisation, Site
from xenotime.programme.shipping.shipment import Item, Reason, Shipment, Verdict
from xenotime.programme.trust.certificate import Certificate, Scope
from xenotime.report.demo import Checked, amount, page, write_demo
from xenotime.report.words import load
from xenotime.services.programme.demo.exhibits import Exhibits

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def shown():
    site = Site("S1", "Hall <1>", "Road", "DE")
    user = Organisation(
        "O1", "Invented & Co", "DE", "end_user", "active", "civil", AT, "虚构公司", sites=(site,)
    )
    maker = Organisation("O2", "Maker", "CN", "exporter", "active", "civil", AT)
    scope = Scope(("S1",), ("1C905",), {"Dy": 1_200_000}, ("vehicles",))
    held = Certificate(
        "XC-1", "XC-1", "O1", "civil", "suspended", scope, date(2026, 1, 1), date(2027, 1, 1), AT, "C1"
    )
    files = MappingProxyType({"did.json": b""})
    asked = Shipment(
        "XC-1", "O2", "O1", "S1", (Item("1C905", {"Dy": 30_000}, "L1"),), "vehicles", ("CN", "DE"), AT.date()
    )
    law = {"outcome": "licence", "rule": "cn/mofcom-2025-18/1C905"}
    good = Verdict("V1", "allow", asked, (Reason("site", True, "fine"),), AT, "a", "O2", law)
    why = (Reason("site", True, "fine"), Reason("c", False, "XC-1 is suspended", "", "已暂停"))
    bad = Verdict("V2", "refuse", asked, why, AT, "a", "O2", law)
    return Exhibits(held, user, maker, good, AT, "why <b>", bad, 3, 9, "ab" * 32, files)


CHECKED = (Checked("xenotime verify certificate.jwt", ("✗ suspended",)),)


def test_the_page_shows_all_five_steps_and_escapes_what_it_is_given():
    made = page(
        shown(), CHECKED, report="report.html", stress="stress.html", counts={"licence": 7, "open": 0}
    )
    words = load()
    assert [
        step
        for step in ("issued", "used", "suspended", "refused", "verified")
        if words(f"demo.{step}") not in made
    ] == []
    assert ("Hall &lt;1&gt;" in made, "why &lt;b&gt;" in made, "Invented &amp; Co" in made) == (
        True,
        True,
        True,
    )
    assert ('href="stress.html"' in made, words("demo.stress_none") in made) == (True, False)
    assert ('href="report.html"' in made, "<b>7</b>" in made, "<b>XC-1 is suspended</b>" in made) == (
        True,
    ) * 3
    assert "✗ suspended" in made


def test_the_page_is_complete_in_chinese():
    made = page(shown(), CHECKED, words=load("zh"))
    assert ("虚构公司" in made, "<b>已暂停</b>" in made, "本页旁没有报告" in made) == (True, True, True)


def test_the_page_is_written_whole(tmp_path):
    made = write_demo(tmp_path, shown(), CHECKED, report="", counts={}, words=load())
    assert [p.name for p in tmp_path.iterdir()] == ["demo.html"] == [made.name]


@pytest.mark.parametrize(
    ("grams", "said"),
    [
        ({"Dy": 1}, "Dy 0.001 kg"),
        ({"Dy": 1_234_567}, "Dy 1,234.567 kg"),
        ({"Dy": 10, "Tb": 1000}, "Dy 0.010 kg, Tb 1.000 kg"),
    ],
)
def test_grams_are_written_exactly_as_kilograms(grams, said):
    assert amount(grams) == said
