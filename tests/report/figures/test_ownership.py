from __future__ import annotations

import re
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from tests.report.figures.conftest import random_chart

from xenotime.report.figures.chart import Chart, Edge, Node
from xenotime.report.figures.ownership import SIGNS, arranged, fold, ownership
from xenotime.report.figures.routes import TALL
from xenotime.report.figures.svg import standalone
from xenotime.report.palette import LOOKS
from xenotime.report.words import load


def boxes(scene):
    half = scene.plan.box / 2
    return [
        (scene.plan.at[i] - half, scene.plan.tops[row], scene.plan.at[i] + half, scene.plan.tops[row] + TALL)
        for i, row in scene.layers.rows.items()
    ]


@pytest.mark.parametrize("size", [3, 12, 60, 200])
def test_no_two_boxes_overlap(size):
    every = boxes(arranged(random_chart(size, size * 3 // 2, size)))
    clash = [
        (a, b)
        for number, a in enumerate(every)
        for b in every[:number]
        if min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])
    ]
    assert clash == []


def test_the_same_chart_gives_the_same_picture_whatever_its_order():
    chart = random_chart(40, 60, 2)
    assert ownership(chart, load()) == ownership(chart, load())
    other = arranged(Chart(chart.nodes[::-1], chart.edges[::-1]))
    assert other.plan == arranged(chart).plan


def test_every_state_has_a_colour_and_a_shape_of_its_own():
    looks = {o.word: (look.shape, look.light) for o, look in LOOKS.items()}
    assert len({looks[sign][0] for sign in SIGNS.values()}) == len({looks[s][1] for s in SIGNS.values()}) == 4


def test_the_shares_stand_beside_the_lines_and_counted_ones_are_strong():
    chart = Chart(
        (Node("a", "A", "listed"), Node("b", "B", "possible", asked=True)),
        (
            Edge("a", "b", Fraction(3, 10), Fraction(9, 20), True),
            Edge("a", "b", Fraction(0), None, None),
            Edge("a", "b", Fraction(1, 8), Fraction(1, 8)),
        ),
    )
    body = ownership(chart, load()).body
    assert [text in body for text in (">30–45 %<", ">? %<", ">12.5 %<")] == [True, True, True]
    assert [body.count(f'class="ow-l ow-{kind}"') for kind in ("yes", "maybe", "no")] == [2, 2, 2]


def test_hostile_names_stay_text_and_nothing_is_left_out_of_the_file():
    name = '<script>alert("1")</script>\u202e\x07&'
    chart = Chart((Node("a", name, "listed", note=name), Node("b", "B", "clear", asked=True)), ())
    text = standalone(ownership(chart, load()))
    assert "<script" not in text
    assert "\u202e" not in text
    titles = [t.text for t in ET.fromstring(text).iter("{http://www.w3.org/2000/svg}title")]  # noqa: S314 - our own text
    assert any(t.startswith('<script>alert("1")</script>��&') for t in titles if t)


def test_a_cut_name_is_whole_in_its_title():
    name = "Invented Holding Company for the Exploration of Imaginary Deposits in Remote Valleys"
    body = ownership(Chart((Node("a", name, "clear", asked=True),), ()), load()).body
    assert f"<title>{name}" in body
    assert re.search(r">[^<]*…<", body) is not None


def test_alt_text_and_table_tell_the_same(ring):
    figure = ownership(ring, load())
    assert figure.title == "Who holds Target"
    assert figure.desc.startswith("4 bodies and 4 holdings, 4 of them drawn")
    assert "Listed → Target: 50 %" in figure.desc
    assert figure.table.rows[0] == ("Listed", "listed", "Target", "50 %", "1/2", "shares", "counted")
    assert len(figure.table.rows) == 4


def test_bodies_that_are_not_drawn_are_counted():
    figure = ownership(random_chart(400, 500, 3), load())
    assert "more bodies, in the table" in figure.body
    assert len(figure.table.rows) == 500


def test_a_folded_tail_is_named_with_its_number_and_sum(tail):
    body = ownership(tail, load()).body
    assert [text in body for text in (">+ 37 others<", ">37 % together<", ">37 %<")] == [True] * 3


def test_a_lone_party_is_a_picture_too():
    figure = ownership(Chart((Node("a", "A", "clear", asked=True),), ()), load("zh"))
    assert figure.body.count('class="ow ow-clear"') == 1


def test_names_break_at_spaces_and_between_wide_signs():
    assert fold("Alpha Beta Gamma", 70, 12) == ["Alpha Beta", "Gamma"]
    assert fold("稀土磁材有限公司", 60, 12) == ["稀土磁材有", "限公司"]
