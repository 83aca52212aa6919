from __future__ import annotations

import re

from xenotime.report.supply.sankey import Stream, sankey
from xenotime.report.supply.speak import speak

STAGES = ("magnet", "component", "product")


def drawn(*streams):
    return sankey("k", "K", streams, STAGES, "t a day", speak())


def heights(body, kind):
    return [float(h) for h in re.findall(rf'height="([\d.]+)" class="{kind}"', body)]


def test_width_is_proportional_and_both_drawings_share_one_scale():
    figure = drawn(
        Stream("CN", "US", 0, 100, 25), Stream("CN", "JP", 0, 100, 100), Stream("US", "US", 1, 90, 30)
    )
    before, during = heights(figure.body, "sk-n-home")
    assert (before, during) == (260, 162.5)


def test_the_table_holds_every_stream_with_its_change():
    rows = drawn(Stream("CN", "US", 0, 100, 25), Stream("JP", "US", 0, 0, 5)).table.rows
    assert rows == (
        ("magnet", "China", "component", "United States", "100", "25", "−75 %"),
        ("magnet", "Japan", "component", "United States", "0", "5", "new"),
    )


def test_what_was_before_stays_visible_as_outline():
    assert drawn(Stream("CN", "US", 0, 100, 0)).body.count('class="sk-ghost"') == 1


def test_small_places_are_put_together_and_nothing_is_lost():
    many = [Stream(f"X{n}", "US", 0, 10 + n, n) for n in range(20)]
    rows = drawn(*many).table.rows
    assert len(rows) == 7
    assert sum(float(row[4]) for row in rows) == sum(10 + n for n in range(20))


def test_names_are_escaped_and_labels_stay_inside():
    figure = drawn(Stream("<b>", "US", 0, 5, 5))
    assert "<b>" not in figure.body
    assert figure.width == 960


def test_no_flow_draws_nothing():
    assert drawn().table.rows == ()
