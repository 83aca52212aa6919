from __future__ import annotations

import re

import pytest
from tests.report.figures.conftest import random_chart

from xenotime.report.figures.ownership import arranged
from xenotime.report.figures.routes import TALL, routes


@pytest.mark.parametrize("seed", range(4))
def test_every_line_is_drawn_once_and_ends_on_the_top_of_what_is_owned(seed):
    scene = arranged(random_chart(30, 60, seed))
    lines, _ = routes(scene.layers, scene.plan)
    assert sorted(str(line.edge) for line in lines) == sorted(str(e) for e in scene.chart.edges)
    for line in lines:
        if line.edge.owner == line.edge.owned:
            continue
        middle = scene.plan.at[line.edge.owned]
        assert abs(line.tip[0] - middle) <= scene.plan.box / 2
        assert line.tip[1] == scene.plan.tops[scene.layers.rows[line.edge.owned]]


def test_lines_that_close_a_ring_run_right_of_all_boxes(ring):
    scene = arranged(ring)
    lines, extra = routes(scene.layers, scene.plan)
    [back] = [line for line in lines if line.back]
    across = [float(x) for x in re.findall(r"[LQ]([\d.]+) ", back.path)]
    assert scene.plan.width < max(across) < scene.plan.width + extra


def test_no_text_stands_inside_a_row_of_boxes():
    scene = arranged(random_chart(40, 70, 5))
    lines, _ = routes(scene.layers, scene.plan)
    first = [line.spots[0] for line in lines if not line.back]
    rows = [(top, top + TALL) for top in scene.plan.tops]
    assert [y for _, y in first if any(a < y < b for a, b in rows)] == []
