from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.supply.scenario.read import parse

HEAD = "id: mine\ntitle: Mine\nsays: A test.\nstart: 2025-04-01\ndays: 100\n"


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("turns:\n  - {lead: 60, why: x}", "`day` is missing here"),
        ("turns:\n  - {day: 2025-04-04, lead: 20 years, why: x}", "lead is out of reach"),
        ("turns:\n  - {day: 2025-04-04, block: 110 %, why: x}", "block is out of reach"),
        ("turns:\n  - {day: 2025-04-04, buyers: [army], lead: 9, why: x}", "no such buyer"),
        ("turns:\n  - {day: 2025-04-04, origins: [EARTH], lead: 9, why: x}", "no such country"),
        ("turns: soon", "a turn is not a list of keys"),
        ("cuts:\n  - {day: 2025-04-04, share: 2, why: x}", "the share of a cut is out of reach"),
        ("cuts:\n  - {day: 2025-04-04, share: 1, stages: [smelter], why: x}", "no such stage"),
        ("cuts:\n  - {day: 2025-04-04, share: 1}", "this part gives no ground"),
        ("shifts:\n  - {day: 2025-04-04, why: x}", "`factor` is missing here"),
        ("shifts:\n  - {day: 2025-04-04, factor: -1, why: x}", "the factor of a shift is out of reach"),
        ("policies:\n  - {kind: gift, day: 2025-04-04, why: x}", "no such kind of policy"),
        ("policies:\n  - {kind: floor, day: 2025-04-04, why: x}", "this policy has no number"),
        ("markers:\n  - {day: 2025-04-04, says: x, article: Art. 3}", "this is no article's address"),
        ("markers:\n  - {day: 2025-04-04}", "`says` is missing here"),
        ("rules: {rationing: lottery}", "no such rationing rule"),
        ("rules: {speed: 3}", "a rule of behaviour has no key of this name"),
        ("office: {officers: three}", "officers is not a number"),
        ("like: nowhere", "no such scenario to be like"),
    ],
)
def test_a_part_that_cannot_be_meant_is_refused(part, what):
    with pytest.raises(InputError) as caught:
        parse(f"{HEAD}{part}\n", "mine.yaml")
    told = caught.value.problem
    assert (told.what, told.where[:15]) == (what, "mine.yaml, line")
