from __future__ import annotations

import pytest

from xenotime.core import codes
from xenotime.core.errors import InputError


@pytest.mark.parametrize(
    ("reader", "text", "read"),
    [
        (codes.hs, "8505.11.10 00", "8505111000"),
        (codes.hs, "2846-90", "284690"),
        (codes.country, " cn ", "CN"),
        (codes.currency, "usd", "USD"),
        (codes.control, "1c905.A.4", "1C905.a.4"),
        (codes.control, "1E902.b", "1E902.b"),
        (codes.control, "3A001", "3A001"),
        (codes.lei, "9845001b2ad43e664e58", "9845001B2AD43E664E58"),
        (codes.lei, "5493 00LB I3LR IZ2V 8V66", "549300LBI3LRIZ2V8V66"),
        (codes.uscc, "91350100m000100y43", "91350100M000100Y43"),
    ],
)
def test_a_code_is_read(reader, text, read):
    assert reader(text) == read


@pytest.mark.parametrize(
    ("reader", "text", "what"),
    [
        (codes.hs, "85051", "this is not a customs number"),
        (codes.hs, "8505x11", "this is not a customs number"),
        (codes.hs, "85051110001", "this is not a customs number"),
        (codes.country, "XX", "this is no territory code"),
        (codes.currency, "RMB", "this is no currency code"),
        (codes.control, "905", "this is not a control code"),
        (codes.control, "1C905.", "this is not a control code"),
        (codes.lei, "9845001B2AD43E664E59", "the check digits of this LEI do not hold"),
        (codes.lei, "9845001B2AD43E664E5", "this is not an LEI"),
        (codes.uscc, "91350100M000100Y44", "the check character of this code does not hold"),
        (codes.uscc, "91350100M000100I43", "this is not a unified social credit code"),
    ],
)
def test_a_wrong_code_is_refused_in_four_parts(reader, text, what):
    with pytest.raises(InputError) as caught:
        reader(text, "parties.csv, row 7")
    problem = caught.value.problem
    assert (problem.what, problem.where, problem.found) == (what, "parties.csv, row 7", repr(text))
    assert problem.expected
    assert problem.next_step == "correct or empty the cell"


def test_every_single_changed_digit_of_an_lei_is_caught():
    lei = "9845001B2AD43E664E58"
    places = [i for i in range(20) if lei[i].isdigit()]
    changed = [lei[:i] + d + lei[i + 1 :] for i in places for d in "0123456789" if d != lei[i]]
    passed = []
    for text in changed:
        try:
            passed.append(codes.lei(text))
        except InputError:
            continue
    assert passed == []
    assert (len(codes.COUNTRIES), "TW" in codes.COUNTRIES, "CNY" in codes.CURRENCIES) == (249, True, True)
