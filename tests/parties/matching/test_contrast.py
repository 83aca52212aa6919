from __future__ import annotations

import pytest

from xenotime.parties.matching.contrast import against
from xenotime.parties.naming.views import views


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("North Steel Works", "South Steel Works"),
        ("East Ridge Optics", "West Ridge Optics"),
        ("Plant 2 Avionics", "Plant 3 Avionics"),
        ("北方特种钢铁", "南方特种钢铁"),
        ("第一精密机械", "第二精密机械"),
        ("上海华锋仪器", "天津华锋仪器"),
    ],
)
def test_names_that_exclude_each_other(mine, theirs):
    assert against(views(mine)[0], views(theirs)[0]) != ()
    assert against(views(mine)[0], views(mine)[0]) == ()
