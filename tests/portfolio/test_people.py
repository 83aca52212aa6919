from __future__ import annotations

import pytest

from xenotime.portfolio.people import Parties, plain_name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Alpenrose-Antriebe GmbH", "ALPENROSE ANTRIEBE", True),
        ("Föhnwind Drives AG", "FÖHNWIND DRIVES A.G.", True),
        ("Example Co., Ltd.", "Example Co Ltd", True),
        ("示例电机有限公司", "示例电机股份有限公司", True),
        ("North Example AG", "South Example AG", False),
        ("Example Nord AG", "Example AG", False),
    ],
)
def test_one_name_however_it_is_spelt(one, other, same):
    assert (plain_name(one) == plain_name(other)) is same


def test_an_id_is_made_of_the_name_and_stays():
    first, second = Parties(), Parties()
    assert first.add("Alp Example AG") == "alp-example"
    second.add("Berg Example AG")
    assert second.add("ALP EXAMPLE") == "alp-example"
    assert first.add("") == ""


def test_long_names_that_start_alike_stay_apart():
    parties = Parties()
    ids = [
        parties.add("Example Manufacturing and Trading of Magnets " + end)
        for end in ("North", "South", "East")
    ]
    assert len(set(ids)) == 3


def test_a_name_of_nothing_but_a_legal_form_is_kept():
    assert (plain_name("AG"), plain_name("公司")) == ("ag", "公司")
