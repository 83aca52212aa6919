from __future__ import annotations

import re
from dataclasses import replace

from xenotime.report.change.flow import flow
from xenotime.report.change.words import speak


def heights(body):
    return [float(h) for h in re.findall(r'<path d="M[^"]*?v([\d.]+)C', body)]


def test_each_ribbon_is_as_wide_as_its_shipments(made):
    figure = flow(made, speak())
    unit = 300 / 34
    assert sorted(heights(figure.body)) == [round(n * unit, 1) for n in (1, 2, 3, 8, 20)]
    assert figure.body.count('class="r f-not_controlled"') == 1


def test_one_shipment_does_not_fill_the_figure(made):
    one = replace(made, moves=(made.moves[0], made.moves[4]))
    assert heights(flow(one, speak()).body) == [48.0]


def test_the_names_count_what_moves_of_all_and_the_alt_text_says_it(made):
    figure = flow(made, speak())
    texts = re.sub(r"<[^>]+>", " ", figure.body)
    assert "31 of 121" in texts.replace("\u2002", " ")
    assert "20 of 20" in texts
    assert figure.desc.startswith(
        "Ribbons from the outcome before to the outcome after: not controlled → undetermined: 2 shipments;"
    )
    assert [row[:3] for row in figure.table.rows][:2] == [
        ("licence", "licence", "90"),
        ("licence", "not controlled", "20"),
    ]


def test_nothing_that_moves_draws_nothing(still):
    assert heights(flow(still, speak()).body) == []
