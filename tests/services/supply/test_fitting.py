from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import InputError
from xenotime.services.supply.fitting import fit
from xenotime.supply.scenario.read import names, parse, read
from xenotime.wiring.supply import model as opened

POLICY = "policies:\n  - {"
HEAD = "id: mine\ntitle: Mine\nsays: x\nstart: 2025-04-01\ndays: 100\n"


@pytest.fixture(scope="module")
def network():
    return opened().network_on(date(2025, 4, 1))


@pytest.mark.parametrize("name", names())
def test_every_part_of_a_library_scenario_moves_something(network, name):
    assert fit(network, read(name)) == read(name)


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("turns:\n  - {day: 2025-04-04, lead: 9 days, goods: [swarf], origins: [AU], why: x}\n", "turn"),
        ("cuts:\n  - {day: 2025-04-04, share: 50 %, countries: [JP], goods: [ore], why: x}\n", "cut"),
        (
            "shifts:\n  - {day: 2025-04-04, factor: 1.5, uses: [wind], countries: [MM], why: x}\n",
            "shift of demand",
        ),
        (
            POLICY + "kind: tariff, day: 2025-04-04, rate: 9 %, countries: [AU], goods: [metal], why: x}\n",
            "tariff",
        ),
        (
            POLICY + "kind: floor, day: 2025-04-04, price: 9 USD/kg, goods: [oxide/Nd], why: x}\n",
            "floor",
        ),
    ],
)
def test_a_part_that_fits_nothing_is_refused(network, part, what):
    with pytest.raises(InputError) as caught:
        fit(network, parse(HEAD + part, "mine.yaml"))
    problem = caught.value.problem
    assert problem.what == f"this {what} fits nothing in the world"
    assert (problem.where, problem.found.endswith(": x")) == ("mine", True)
    assert problem.expected
    assert problem.next_step


@pytest.mark.parametrize(
    "part",
    [
        "cuts:\n  - {day: 2025-04-04, share: 50 %, countries: [MM], why: x}\n",
        "shifts:\n  - {day: 2025-04-04, factor: 1.5, over: 30 days, uses: [wind], why: x}\n",
        POLICY + "kind: tariff, day: 2024-04-04, rate: 25 %, countries: [US], goods: [magnet], why: x}\n",
        POLICY + "kind: stockpile, day: 2025-04-04, cover: 60 days, over: 90 days, why: x}\n",
        POLICY + "kind: offtake, day: 2025-04-04, price: 90 USD/kg, countries: [US], why: x}\n",
    ],
)
def test_a_part_that_fits_passes(network, part):
    made = parse(HEAD + part, "mine.yaml")
    assert fit(network, made) is made
