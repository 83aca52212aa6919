from __future__ import annotations

from dataclasses import replace

from xenotime.report.figures.flows import flows
from xenotime.report.words import load


def test_no_leg_is_lost(sample):
    figure = flows(sample, load())
    assert sum(int(row[3]) for row in figure.table.rows) == len(sample.legs)


def test_rare_places_are_put_together(sample):
    legs = tuple(replace(leg, to_country=f"X{n:02d}") for n, leg in enumerate(sample.legs))
    ends = {row[1] for row in flows(replace(sample, legs=legs), load()).table.rows}
    assert len(ends) == 9
    assert "other" in ends


def test_an_unknown_destination_is_shown_as_unknown(sample):
    legs = (replace(sample.legs[0], to_country=""),)
    assert flows(replace(sample, legs=legs), load()).table.rows == (("CN", "unknown", "licence", "1"),)


def test_nodes_of_every_column_stay_inside_the_drawing(big):
    figure = flows(big, load())
    tops = [float(part.split('"')[0]) for part in figure.body.split(' y="')[1:]]
    assert max(tops) <= figure.height


def test_names_are_escaped(sample):
    legs = (replace(sample.legs[0], from_country="<b>"),)
    assert "<b>" not in flows(replace(sample, legs=legs), load()).body
