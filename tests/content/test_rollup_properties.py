from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from xenotime.content.facts import law_facts

ORDER = {"below": 0, "cannot be shown": 1, "at or above": 2}
PLACES = st.sampled_from(["CN", "AU", "HK", None])
PRICES = st.sampled_from([None, Decimal(1), Decimal(300)])
AMOUNTS = st.integers(0, 4000).map(lambda n: Decimal(n) / 1000)
PERCENTS = st.integers(0, 300).map(lambda n: Decimal(n) / 10)
ELEMENTS = ("Dy", "Tb", "Sm", "Nd")
DAY = date(2026, 12, 15)


SOME = st.lists(st.sampled_from(ELEMENTS), unique=True)
STATES = st.lists(st.sampled_from(["requested", "cn_rare_earths_no", "cn_rare_earths_yes"]), unique=True)


def metals(draw):
    sold = {"kind": "metal", "price_unit": "kg", "currency": "USD"}
    return [
        {"product": e.lower(), "elements": e, "unit_price": draw(PRICES), "made_in": draw(PLACES), **sold}
        for e in ELEMENTS
    ]


def magnet(draw, key):
    return {
        "product": key,
        "kind": draw(st.sampled_from(["magnet", None, "target"])),
        "material": draw(st.sampled_from(["NdFeB", "SmCo", None])),
        "unit_mass_kg": Decimal(1),
        "elements": draw(st.sampled_from([None, "Nd;Dy", "Nd;Dy;Tb;Sm", "Nd;?Dy"])),
        "unit_price": draw(PRICES),
        "currency": "USD",
    }


def motor(draw):
    elements = draw(st.sampled_from([None, "Nd;Dy", "Nd;?Dy;?Tb"]))
    sold = {"unit_price": Decimal(800), "price_unit": "piece", "currency": "USD"}
    return {"product": "motor", "kind": "motor", "elements": elements, **sold}


def content(draw, key, element):
    return {
        "product": key,
        "element": element,
        "mass_percent": draw(PERCENTS),
        "form": draw(st.sampled_from(["element", "alloy", "oxide", None])),
        "origin": draw(PLACES),
        "price_per_kg": draw(PRICES),
        "currency": "USD",
    }


@st.composite
def bills(draw):
    """A motor with two magnets, each with metals bought and contents stated, and some declarations."""

    def held(product, part, unit):
        return {"product": product, "part": part, "quantity": draw(AMOUNTS), "unit": unit}

    keys = ("m1", "m2")
    return {
        "products": [*metals(draw), *(magnet(draw, key) for key in keys), motor(draw)],
        "parts": [
            *(held("motor", key, "piece") for key in keys),
            *(held(key, element.lower(), "g") for key in keys for element in draw(SOME)),
        ],
        "compositions": [content(draw, key, element) for key in keys for element in draw(SOME)],
        "declarations": [
            {"declaration": said, "product": key, "states": said, "day": DAY}
            for key in keys
            for said in draw(STATES)
        ],
    }


def roll(kit, tables):
    return kit.roll(*(tables[name] for name in ("products", "parts", "compositions", "declarations")))


def answers(kit, tables):
    readings = roll(kit, tables).floor("motor", DAY).readings
    return {r.method: (ORDER[r.answer], r.low) for r in readings}


def everything(kit, tables):
    made = roll(kit, tables)
    readings = made.floor("motor", DAY).readings
    return readings, law_facts(made.totals("motor", DAY))


def completes(tables, row, raised):
    """True if the raised share takes the place of matter that was unknown before: that is news, not more."""
    shares = [r["mass_percent"] for r in tables["compositions"] if r["product"] == row["product"]]
    return sum(shares) < 100 <= sum(shares) - row["mass_percent"] + raised["mass_percent"]


@given(bills(), st.data())
def test_raising_a_content_share_never_lowers_the_answer(kit, tables, data):
    if not tables["compositions"]:
        tables["compositions"].append(
            {"product": "m1", "element": "Dy", "mass_percent": Decimal(1), "origin": "CN"}
        )
    index = data.draw(st.integers(0, len(tables["compositions"]) - 1))
    row = tables["compositions"][index]
    raised = {**row, "mass_percent": row["mass_percent"] + data.draw(PERCENTS)}
    assume(not completes(tables, row, raised))
    more = {
        **tables,
        "compositions": [*tables["compositions"][:index], raised, *tables["compositions"][index + 1 :]],
    }
    before, after = answers(kit, tables), answers(kit, more)
    assert {m: a for m, a in after.items() if a[0] < before[m][0]} == {}
    assert {m: a for m, a in after.items() if m.denominator == "item" and a[1] < before[m][1]} == {}


@given(bills(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(kit, tables, random):
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in tables.items()}
    assert everything(kit, shuffled) == everything(kit, tables)


@given(bills(), st.data())
def test_a_part_split_in_two_halves_changes_nothing(kit, tables, data):
    index = data.draw(st.integers(0, len(tables["parts"]) - 1))
    row = tables["parts"][index]
    half = {**row, "quantity": row["quantity"] / 2}
    split = {**tables, "parts": [*tables["parts"][:index], half, *tables["parts"][index + 1 :], half]}
    assert everything(kit, split) == everything(kit, tables)


@given(bills())
def test_filling_a_gap_never_contradicts_what_was_certain(kit, tables):
    bought = {(row["product"], row["part"]) for row in tables["parts"]}
    free = {row["product"] for row in tables["declarations"] if row["states"] == "cn_rare_earths_no"}
    filled = [
        row
        if (row["product"], row["element"].lower()) in bought  # bought and contained may then differ
        else {
            **row,
            "origin": row["origin"] or ("AU" if row["product"] in free else "CN"),
            "price_per_kg": row["price_per_kg"] or Decimal(7),
        }
        for row in tables["compositions"]
    ]
    before, after = answers(kit, tables), answers(kit, {**tables, "compositions": filled})
    certain = {m: a[0] for m, a in before.items() if a[0] != 1}
    assert {m: a for m, a in certain.items() if after[m][0] != a} == {}
