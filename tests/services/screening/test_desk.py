from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from xenotime.core.errors import AddressError
from xenotime.services.screening import desk as screening
from xenotime.services.screening.asking import from_names
from xenotime.services.screening.desk import chosen, screen_all
from xenotime.services.screening.record import Batch


def outcomes(made):
    return [a.outcome for a in made.answers]


def shown(made):
    return [(h.match.entry, h.status, h.counts) for a in made.answers for h in a.hits]


def test_each_name_is_answered_in_its_order(office):
    made = office.screen("Alder Mills", "Blackthorn Gears", "Fernhill Pigments")
    assert outcomes(made) == ["no hit", "for review", "hit"]
    assert made.outcome == "hit"


def test_equal_screenings_have_equal_ids_and_another_day_another(office):
    first, second = office.screen("Alder"), office.screen("Alder")
    later = office.screen("Alder", day=date(2026, 6, 2))
    assert (first.id == second.id, first.id == later.id) == (True, False)


@pytest.mark.parametrize(
    ("event", "day", "status", "outcome"),
    [
        ("listed", date(2026, 5, 31), "listed", "hit"),
        ("listed", date(2026, 6, 1), "listed", "hit"),
        ("listed", date(2026, 6, 2), "not yet listed", "no hit"),
        ("paused", date(2026, 5, 31), "paused", "hit"),
        ("resumed", date(2026, 5, 31), "resumed", "hit"),
        ("stopped", date(2026, 5, 31), "stopped", "no hit"),
        ("delisted", date(2026, 5, 31), "delisted", "no hit"),
    ],
)
def test_the_state_of_the_listing_on_the_day_is_shown_and_decides_whether_it_counts(
    office, event, day, status, outcome
):
    made = office.screen(
        "Fernhill Pigments", entries=[office.entry("2", "Fernhill Pigments", event=event, day=day)]
    )
    assert shown(made) == [("2", status, outcome == "hit")]
    assert outcomes(made) == [outcome]


def test_hits_beyond_the_cap_are_counted_and_those_that_count_come_first(office):
    office.settings = replace(office.settings, cap=2)
    entries = [
        office.entry("1", "Fernhill One", event="delisted"),
        *(office.entry(str(n), f"Fernhill {n}") for n in range(2, 6)),
    ]
    (answer,) = office.screen("Fernhill", entries=entries).answers
    assert ([h.match.entry for h in answer.hits], answer.left_off, answer.outcome) == (
        ["2", "3"],
        3,
        "for review",
    )


def test_a_long_file_becomes_several_records_of_one_batch(office, monkeypatch):
    monkeypatch.setattr(screening, "PART", 2)
    asked, kept, ticks = from_names(["Alder", "Birch", "Cedar"]), [], []
    made = list(
        screen_all(
            office.desk(),
            asked,
            on=office.day,
            known=office.day,
            by="",
            file="a.csv",
            source="ff",
            keep=kept.append,
            progress=lambda done, total: ticks.append((done, total)),
        )
    )
    assert kept == made
    assert [m.batch for m in made] == [Batch("a.csv", "ff", 1, 2), Batch("a.csv", "ff", 2, 2)]
    assert [len(m.answers) for m in made] == [2, 1]
    assert ticks == [(2, 3), (3, 3)]


def test_stopping_between_two_parts_leaves_the_first_whole(office, monkeypatch):
    monkeypatch.setattr(screening, "PART", 1)

    def stop(*_):
        raise KeyboardInterrupt

    run = screen_all(
        office.desk(),
        from_names(["Alder", "Birch"]),
        on=office.day,
        known=office.day,
        by="",
        keep=office.records.add,
        progress=stop,
    )
    with pytest.raises(KeyboardInterrupt):
        list(run)
    assert len(office.records.ids()) == 1


def test_lists_are_chosen_by_id_or_by_the_beginning_of_it(office):
    listing = office.listing()
    assert (
        chosen([listing], ["inv/"]) == chosen([listing], ["inv/one"]) == chosen([listing], []) == (listing,)
    )
    with pytest.raises(AddressError, match="there is no such list"):
        chosen([listing], ["inv/two"])
