from __future__ import annotations

from dataclasses import replace
from datetime import date

from xenotime.report.figures.timeline import Scale, lanes, timeline
from xenotime.report.words import load
from xenotime.services.results import Segment


def test_articles_with_the_same_dates_share_a_lane(sample):
    found = lanes(sample.timeline)
    assert [lane.label for lane in found][:2] == ["mofcom-2025-18/1C902, 1C903", "mofcom-2025-57/1C905"]
    assert found[0].addresses == ("cn/mofcom-2025-18/1C902", "cn/mofcom-2025-18/1C903")


def test_days_keep_their_order_and_stay_inside():
    scale = Scale(date(2025, 1, 1), date(2025, 12, 31))
    places = [
        scale.at(day) for day in (date(2020, 1, 1), date(2025, 1, 1), date(2025, 7, 1), date(2030, 1, 1))
    ]
    assert places == sorted(places)
    assert (places[0], places[1], places[3]) == (236.0, 236.0, 952.0)


def test_the_table_has_every_stretch_of_every_lane(sample):
    figure = timeline(sample, load())
    assert len(figure.table.rows) == sum(len(lane.segments) for lane in lanes(sample.timeline))
    assert figure.table.rows[0] == (
        "cn/mofcom-2025-18/1C902, cn/mofcom-2025-18/1C903",
        "not yet in force",
        "2025-01-01",
        "2025-04-03",
        "unknown",
    )


def test_the_description_names_stretches_and_the_day_of_knowledge(sample):
    desc = timeline(sample, load()).desc
    assert "mofcom-2025-57/1C905: not yet in force 2025-01-01 to 2025-11-07;" in desc
    assert "2026-11-21, the day of knowledge" in desc


def test_no_stretch_is_drawn_outside_the_dates(sample):
    far = Segment("cn/x/1", "far", "in_force", date(2040, 1, 1), None, "")
    assert 'class="p-in_force"' not in timeline(replace(sample, timeline=(far,)), load()).body
    assert "No article was dated" in timeline(replace(sample, timeline=()), load()).body
