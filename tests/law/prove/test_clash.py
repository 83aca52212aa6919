from __future__ import annotations

import pytest

from xenotime.core.errors import ClashError
from xenotime.law.prove.clash import prove_no_clash


def pair(small, first, second):
    rules = (small.article("1", "one"), small.article("2", "two", answer="report"))
    return small.law(small.notice("user/x", *rules, predicates=small.predicates(one=first, two=second)))


def test_a_clash_is_told_with_its_smallest_shipment(small):
    with pytest.raises(ClashError) as caught:
        prove_no_clash(pair(small, "heat > 5", "heat < 7"))
    problem = caught.value.problem
    assert problem.where == "user/x/1 and user/x/2, question controlled, e.g. on 2021-01-01"
    assert problem.found == "licence against report for heat=6"


def test_the_packaged_book_has_none(law):
    prove_no_clash(law)
