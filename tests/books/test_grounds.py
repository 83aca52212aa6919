"""Every instrument of every book says on what it rests, and what others object, or that nothing was found."""

from __future__ import annotations

import pytest

from xenotime.law.between import places
from xenotime.law.read import JURISDICTIONS, read_book


@pytest.fixture(scope="module", params=JURISDICTIONS)
def instruments(request):
    return read_book(jurisdiction=request.param).instruments.values()


def test_the_legal_ground_is_stated(instruments):
    assert [i.address for i in instruments if not str(i.front.get("ground", "")).strip()] == []


def test_objections_are_claims_or_none_was_found(instruments):
    both = [i.address for i in instruments if bool(i.objections) == bool(i.front.get("unopposed"))]
    assert both == []


def test_an_objection_decides_nothing_and_is_never_an_official_text(instruments):
    assert [i.address for i in instruments for o in i.objections if o.confidence == "O"] == []


def test_chinese_limits_on_foreign_checks_are_named_for_counsel():
    found = {p.id: p.articles for p in places() if p.books == ("cn", "us")}
    assert found["a-check-by-a-foreign-government"] == ("cn/order-792/38", "us/ear-748-15/1")
