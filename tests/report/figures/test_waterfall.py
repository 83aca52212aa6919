from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from tests.report.conftest import APART, NEAR, SURE

from xenotime.parties.matching.match import Alignment, Pair
from xenotime.report.figures.svg import standalone
from xenotime.report.figures.waterfall import waterfall
from xenotime.report.words import LANGUAGES, load


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("match", [NEAR, APART, SURE])
def test_every_hit_is_a_sound_file(match, lang):
    text = standalone(waterfall(match, load(lang)))
    assert ET.fromstring(text).get("role") == "img"  # noqa: S314 - our own text
    assert "<script" not in text


def test_same_tokens_are_joined_near_ones_numbered_and_the_rest_hatched():
    body = waterfall(NEAR, load()).body
    assert [body.count(f'class="{k}"') for k in ("wf-same", "wf-near", "wf-t wf-alone")] == [1, 1, 2]
    assert ">92<" in body


def test_a_contradiction_is_marked_on_both_sides_and_told():
    body = waterfall(APART, load()).body
    assert body.count('class="wf-t wf-x"') == 2
    assert "excludes the other name: direction: south against north" in body


def test_bars_go_right_for_the_match_and_left_against_it():
    bars = re.findall(
        r'<rect x="([\d.]+)"[^>]*width="([\d.]+)"[^>]*class="wf-(for|against)"/>',
        waterfall(NEAR, load()).body,
    )
    assert [(float(x), float(x) + float(w), side) for x, w, side in bars] == [
        (680.0, 800.0, "for"),
        (pytest.approx(661.5, abs=0.1), pytest.approx(680, abs=0.1), "against"),
    ]


def test_a_long_name_takes_several_lines_inside_the_picture():
    pairs = tuple(Pair(f"word{n}", f"word{n}", "same", 100, 1) for n in range(40))
    figure = waterfall(replace(NEAR, alignment=Alignment("latin", pairs, (), (), (), 1000)), load())
    edges = [
        float(x) + float(w)
        for x, w in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', figure.body)
    ]
    assert max(edges) <= figure.width
    assert figure.body.count('class="wf-same"') == 40


def test_the_table_tells_all_of_it():
    rows = waterfall(NEAR, load()).table.rows
    assert rows[1] == ("defense", "defence", "near in spelling", "92 %")
    assert rows[-2:] == (
        ("number", "not known", "no number on both sides", "0"),
        ("probability", "", "for review", "83 %"),
    )
