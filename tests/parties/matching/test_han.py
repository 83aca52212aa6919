from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xenotime.parties.matching import han
from xenotime.parties.naming.name import HAN, Name

NAMES = st.text("华锋瑞科电子技术集团北南", min_size=1, max_size=8)


@given(NAMES, NAMES)
def test_no_name_is_above_its_ceiling(left, right):
    found = han.align(Name("", HAN, tuple(left)), Name("", HAN, tuple(right)))
    weights = han.weigh(left)
    shared = sum(w for c, w in zip(left, weights, strict=True) if c in right)
    assert found.raw <= han.ceiling(shared, sum(weights), sum(han.weigh(right)))


def test_the_brand_weighs_more_than_common_words():
    one, two = Name("", HAN, tuple("华锋电子技术")), Name("", HAN, tuple("瑞科电子技术"))
    assert han.align(one, two).raw == 400
    assert han.align(one, Name("", HAN, tuple("华锋电子"))).raw == 909
