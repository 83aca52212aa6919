from __future__ import annotations

from decimal import Decimal

from xenotime.law.answer import Coverage
from xenotime.report.spell import amount, anchor, coverage_words, links, yes_no
from xenotime.report.words import load


def test_amounts_are_grouped_and_unknown_is_said():
    say = load()
    assert amount(Decimal("1200.50"), "USD", say) == "1\u202f200.50 USD"
    assert amount(None, "kg", say) == "unknown"


def test_places_are_safe_in_an_address():
    assert anchor("s", 'a"b c', 1) == "s/a%22b%20c/1"
    assert anchor("law", "cn/mofcom-2025-61/1.1") == "law/cn/mofcom-2025-61/1.1"


def test_only_web_addresses_are_links():
    assert links("javascript:alert(1) https://a.invalid/x ; file:///etc") == ["https://a.invalid/x"]


def test_coverage_names_what_fails():
    say = load()
    assert coverage_words(Coverage("L", "general", None, ("end_user",)), say) == (
        "cannot be shown to cover this: end user"
    )
    assert [yes_no(True), yes_no(False), yes_no(None)] == ["yes", "no", "unknown"]
