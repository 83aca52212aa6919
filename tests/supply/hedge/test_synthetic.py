from __future__ import annotations

import numpy as np

from xenotime.supply.hedge.plan import check_plan
from xenotime.supply.hedge.synthetic import company, futures


def test_a_made_up_company_has_its_size():
    plan = check_plan(company(6, 5, 36))
    assert (len(plan.lines), len(plan.sources), len(plan.offers), plan.months) == (6, 5, 30, 36)
    assert [s.cost > 0 for s in plan.sources] == [False, True, True, True, True]


def test_a_made_up_future_depends_on_its_number_alone():
    many, few = futures(3, 12, 10), futures(3, 12, 4, first=6)
    assert np.array_equal(many.share[:, :, 6:], few.share)
    assert not np.array_equal(many.share[:, :, 0], many.share[:, :, 1])
