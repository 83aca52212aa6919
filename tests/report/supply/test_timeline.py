from __future__ import annotations

from datetime import date
from itertools import pairwise

from xenotime.law.answer import Outcome
from xenotime.report.supply.speak import speak
from xenotime.report.supply.timeline import Lane, Mark, Spell, timeline

LANE = Lane(
    "Dy oxide",
    "China → Japan",
    (
        Spell("not_controlled", date(2025, 4, 4), date(2025, 4, 30), 0, ""),
        Spell("licence", date(2025, 5, 1), date(2025, 6, 13), 0.76, "cn/mofcom-2025-18"),
    ),
)


def test_every_stretch_is_in_the_table_with_its_reason(rising):
    rows = timeline("t", "T", [LANE], [], [("magnets", rising)], speak()).table.rows
    licence = speak().outcome(Outcome.LICENCE)
    assert rows[1] == ("Dy oxide", licence, "2025-05-01", "2025-06-13", "", "", "", "cn/mofcom-2025-18")
    assert len(rows) == 2 + 11


def test_each_event_has_its_number_and_numbers_do_not_meet(rising):
    marks = [Mark(date(2025, 5, 1), "one"), Mark(date(2025, 5, 1), "two"), Mark(date(2025, 5, 2), "three")]
    body = timeline("t", "T", [LANE], marks, [("magnets", rising)], speak()).body
    places = [float(part.split('"')[1]) for part in body.split("<circle ")[1:] if "st-dot" in part]
    assert len(places) == 3
    assert all(b - a >= 16 for a, b in pairwise(places))


def test_what_is_free_is_a_line_and_what_is_not_bears_its_sign(rising):
    body = timeline("t", "T", [LANE], [], [("magnets", rising)], speak()).body
    assert body.count("st-free") == 1
    assert body.count('href="#o-licence"') == 1
    assert "76 % of orders wait" in body


def test_a_world_without_law_says_so(rising):
    figure = timeline("t", "T", [], [], [("magnets", rising)], speak())
    assert "No article asks anything" in figure.body
