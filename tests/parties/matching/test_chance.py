from __future__ import annotations

import csv
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.parties.matching import chance as chances
from xenotime.parties.matching.align import align
from xenotime.parties.matching.chance import ALERT, EXCLUDED, FLOOR, chance
from xenotime.parties.naming.views import views

PAIRS = Path(__file__).parents[2] / "vectors" / "names" / "pairs.csv"
ROWS = list(csv.DictReader(PAIRS.read_text(encoding="utf-8").splitlines()))


def best(left, right, kind="unknown"):
    return max(
        (
            chance(align(a, b), a, b, kind)
            for a in views(left, kind)
            for b in views(right, kind)
            if a.kind == b.kind
        ),
        default=0,
    )


@pytest.fixture(scope="module")
def percents():
    return {row["id"]: best(row["left"], row["right"], row["kind"]) for row in ROWS}


def test_the_percent_is_a_probability_on_pairs_that_the_fit_has_not_seen(percents):
    held = [row for row in ROWS if row["split"] == "held"]
    bins = {}
    for row in held:
        percent = percents[row["id"]]
        gap = percent - 100 * (row["same"] == "yes")
        bins[min(9, percent // 10)] = bins.get(min(9, percent // 10), 0) + gap
    assert sum(map(abs, bins.values())) <= 5 * len(held)


def test_the_held_out_pairs_are_a_third_by_their_text_alone():
    halves = [row for row in ROWS if row["split"] in {"fit", "held"}]
    assert [
        r["id"]
        for r in halves
        if (r["split"] == "held") != (crc32(f"{r['left']}|{r['right']}".encode()) % 3 == 0)
    ] == []


def test_names_that_exclude_each_other_never_alert(percents):
    rows = [row for row in ROWS if row["why"] == "contradiction"]
    assert len(rows) >= 100
    assert [(r["left"], r["right"]) for r in rows if percents[r["id"]] >= ALERT] == []


def test_chinese_names_are_found_by_sound_and_in_the_other_writing(percents):
    ways = ("pinyin", "pinyin joined", "pinyin with tones", "traditional")
    rows = [r for r in ROWS if r["why"] in ways and r["source"].startswith("cn/")]
    assert len(rows) >= 300
    assert sum(percents[r["id"]] >= ALERT for r in rows) * 100 >= 99 * len(rows)


def test_the_set_is_large_and_its_pairs_are_unique():
    assert len(ROWS) >= 1500
    assert len({(r["left"], r["right"]) for r in ROWS}) == len({r["id"] for r in ROWS}) == len(ROWS)


@pytest.mark.parametrize("name", sorted(chances.models()))
def test_a_model_rises_with_its_score(name):
    model = chances.models()[name]
    assert list(model.percents) == sorted(model.percents)
    assert list(model.cuts) == sorted(model.cuts)
    assert 0 <= min(model.percents) <= max(model.percents) <= 100


def words(text):
    return st.lists(st.sampled_from(text.split()), min_size=1, max_size=4)


@given(
    words("kratos optics sergei lavrov hua wei north 2 systems"),
    words("cratos optics sergey lavrov huawei south 3 systems"),
    st.sampled_from(("person", "organisation", "unknown")),
)
def test_both_ways_round_and_under_the_floor(left, right, kind):
    one, two = views(" ".join(left), kind)[0], views(" ".join(right), kind)[0]
    found = align(one, two)
    percent = chance(found, one, two, kind)
    assert 0 <= percent <= 100
    if found.raw < FLOOR:
        assert percent == 0


def test_a_brother_and_a_patronymic_are_others():
    assert best("Sergey Viktorovich Zheludov", "Sergey Borisovich Zheludov", "person") < ALERT
    assert best("Pavel Zheludov", "Sergey Zheludov", "person") < ALERT
    assert best("Sergej Zheludow", "Sergey Viktorovich Zheludov", "person") >= 80


def told(left, right, kind):
    """The percent of two names by their written views."""
    mine, theirs = (next(v for v in views(n, kind) if v.how == "written") for n in (left, right))
    return chance(align(mine, theirs), mine, theirs, kind)


@pytest.mark.parametrize(
    ("left", "right", "most"),
    [
        ("Mahmud Sulayman Ahmad", "Ahmad", EXCLUDED),
        ("Shamsuddin Mohammed Haqqani", "Shamsuddin", ALERT),
        ("Ronald C. Whitton", "Ronald W. Calbury", EXCLUDED),
    ],
)
def test_what_many_people_share_means_little(left, right, most):
    assert told(left, right, "person") <= most
    assert told(right, left, "person") <= most


@pytest.mark.parametrize(
    ("left", "right"),
    [("TDK Electronics AG", "TDK Corporation"), ("Raytheon", "Raytheon Missiles & Defense")],
)
def test_a_name_at_the_head_of_another_is_shown_both_ways(left, right):
    assert (told(left, right, "organisation"), told(right, left, "organisation")) == (ALERT, ALERT)
