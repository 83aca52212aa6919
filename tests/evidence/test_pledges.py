"""The rule that turns observations into states, on the days around each boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from xenotime.core.errors import BookError
from xenotime.evidence.pledges import Pledge, Sight, deadline, ledger, parse, state

DUE, LATER = date(2026, 11, 10), date(2027, 6, 1)
DAY = timedelta(days=1)
ACT = Pledge("p", "CN", ("US",), "act", "do it", date(2025, 11, 1), "a statement", "", "P", "truce", due=DUE)
HOLD = replace(ACT, kind="hold", begins=date(2025, 11, 7))
BEFORE, ON, AFTER = DUE - DAY, DUE, DUE + DAY


def saw(shows, at, **changes):
    return Sight(
        **{"day": at, "at": at, "shows": shows, "says": "", "source": "", "url": "", "confidence": "P"}
        | changes
    )


def states(pledge, *, known=LATER):
    return [state(pledge, day, known)[0] for day in (BEFORE, ON, AFTER)]


def test_an_act_that_nothing_shows_is_open_until_its_day_and_cannot_be_shown_after():
    assert states(ACT) == ["open", "open", "cannot be shown"]


def test_an_act_in_part_is_under_way_until_its_day_and_cannot_be_shown_after():
    pledge = replace(ACT, seen=(saw("part", date(2026, 1, 1)),))
    assert states(pledge) == ["running", "running", "cannot be shown"]
    assert state(pledge, AFTER, LATER)[1].startswith("seen done in part; ")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (BEFORE, ["kept", "kept", "kept"]),
        (ON, ["open", "kept", "kept"]),
        (AFTER, ["open", "open", "late"]),
    ],
)
def test_an_act_is_kept_when_done_by_its_day_and_late_after_it(at, expected):
    assert states(replace(ACT, seen=(saw("done", at),))) == expected


def test_an_act_seen_missing_after_its_day_is_late_and_before_it_is_not():
    assert states(replace(ACT, seen=(saw("missing", AFTER),))) == ["open", "open", "late"]
    assert states(replace(ACT, seen=(saw("missing", BEFORE),))) == ["open", "open", "cannot be shown"]


def test_an_act_without_a_day_never_becomes_late():
    endless = replace(ACT, due=None)
    assert state(endless, LATER, LATER) == ("open", "no day was set, and nothing shows it done")
    done = replace(endless, seen=(saw("done", AFTER),))
    assert states(done) == ["open", "open", "kept"]


def test_two_days_that_give_two_states_are_contested():
    pledge = replace(ACT, rival=DUE + 2 * DAY, seen=(saw("done", AFTER),))
    assert states(pledge) == ["open", "open", "contested"]
    assert states(replace(pledge, rival=AFTER - DAY)) == ["open", "open", "late"]


def test_a_hold_runs_to_its_last_day_and_then_cannot_be_shown():
    pledge = replace(HOLD, seen=(saw("done", date(2025, 11, 7)),))
    assert states(pledge) == ["running", "running", "cannot be shown"]


def test_a_hold_is_open_before_it_begins_and_unshown_until_somebody_saw_it():
    assert state(HOLD, date(2025, 11, 6), LATER)[0] == "open"
    assert state(HOLD, date(2025, 11, 7), LATER)[0] == "cannot be shown"


def test_a_hold_seen_on_its_last_day_or_after_is_kept():
    assert states(replace(HOLD, seen=(saw("done", ON),))) == ["cannot be shown", "running", "kept"]
    assert states(replace(HOLD, seen=(saw("done", AFTER),)))[2] == "kept"


@pytest.mark.parametrize("at", [date(2025, 11, 7), ON])
def test_a_hold_seen_broken_on_its_first_or_last_day_is_broken(at):
    assert state(replace(HOLD, seen=(saw("against", at),)), AFTER, LATER)[0] == "broken"


@pytest.mark.parametrize("at", [date(2025, 11, 6), AFTER])
def test_what_happens_before_or_after_a_hold_does_not_break_it(at):
    pledge = replace(HOLD, seen=(saw("against", at), saw("done", ON)))
    assert state(pledge, AFTER, LATER)[0] == "kept"


def test_an_act_taken_back_is_broken():
    pledge = replace(ACT, seen=(saw("done", BEFORE), saw("against", AFTER)))
    assert states(pledge) == ["kept", "kept", "broken"]


def test_a_reported_extension_moves_nothing_and_an_instrument_does():
    begun = saw("done", date(2025, 11, 7))
    spoken = saw("prolonged", date(2026, 9, 28), until=date(2027, 1, 10))
    assert states(replace(HOLD, seen=(begun, spoken))) == ["running", "running", "cannot be shown"]
    enacted = replace(HOLD, seen=(begun, replace(spoken, confidence="O")))
    assert states(enacted) == ["running", "running", "running"]
    assert deadline(enacted, LATER) == date(2027, 1, 10)
    assert deadline(enacted, date(2026, 9, 27)) == DUE


def test_what_was_published_later_is_not_known_yet():
    pledge = replace(ACT, seen=(saw("done", BEFORE, day=AFTER),))
    assert states(pledge, known=ON) == ["open", "open", "cannot be shown"]
    assert states(pledge, known=AFTER) == ["kept", "kept", "kept"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"own": True}, "cannot be shown"),
        ({"own": True, "confidence": "X"}, "kept"),
        ({"confidence": "M"}, "cannot be shown"),
        ({"confidence": "?"}, "cannot be shown"),
    ],
)
def test_a_sides_own_word_and_a_memory_decide_nothing(changes, expected):
    assert states(replace(ACT, seen=(saw("done", BEFORE, **changes),)))[2] == expected


def test_the_packaged_ledger_after_the_tenth_of_november_shows_no_suspension():
    on = {p.id: state(p, date(2026, 11, 10), date(2026, 11, 21))[0] for p in ledger().pledges}
    after = {p.id: state(p, date(2026, 11, 11), date(2026, 11, 21))[0] for p in ledger().pledges}
    assert (on["kl-cn-october"], after["kl-cn-october"]) == ("running", "cannot be shown")
    assert (on["kl-us-affiliates"], after["kl-us-affiliates"]) == ("cannot be shown", "cannot be shown")
    assert (on["kl-cn-extension"], after["kl-cn-extension"]) == ("open", "cannot be shown")
    assert (on["kl-us-fentanyl"], after["kl-us-fentanyl"]) == ("kept", "kept")
    assert after["kl-cn-soy-2025"] == "contested"


def test_every_packaged_observation_is_published_by_the_day_that_was_read():
    read = ledger().read_until
    assert [p.id for p in ledger().pledges for s in p.seen if s.day > read] == []
    assert [p.id for p in ledger().pledges if p.announced > read] == []


WHOLE = """
read_until = 2026-10-08
[[pledge]]
id = "a"
side = "CN"
kind = "act"
what = "do it"
announced = 2025-11-01
due = 2025-12-01
source = "a paper"
confidence = "P"
"""


def test_a_whole_entry_is_read():
    read = parse(WHOLE, "mine.toml")
    assert [(p.id, p.due, p.url, p.to, p.seen) for p in read.pledges] == [
        ("a", date(2025, 12, 1), "", (), ())
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('source = "a paper"\n', ""),
        ('confidence = "P"\n', 'confidence = "Z"\n'),
        ('kind = "act"', 'kind = "hope"'),
        ('kind = "act"', 'kind = "hold"'),
        ("announced = 2025-11-01\n", ""),
        ("due = 2025-12-01", "due = 2025-10-01"),
        ("due = 2025-12-01", 'due = "soon"'),
        ("read_until = 2026-10-08", ""),
        ('confidence = "P"\n', 'confidence = "P"\nseen = [{day = 2025-11-02}]\n'),
    ],
    ids=["source", "confidence", "kind", "hold", "announced", "order", "date", "read", "sight"],
)
def test_an_entry_without_its_parts_is_refused(old, new):
    with pytest.raises(BookError, match="this pledge cannot be kept in the ledger"):
        parse(WHOLE.replace(old, new), "mine.toml")


@pytest.mark.parametrize(
    "sight",
    [
        '{day = 2025-11-02, at = 2025-11-03, shows = "done", says = "x", source = "y", confidence = "P"}',
        '{day = 2025-11-02, at = 2025-11-02, shows = "maybe", says = "x", source = "y", confidence = "P"}',
        '{day = 2025-11-02, at = 2025-11-02, shows = "done", says = "x", source = "", confidence = "P"}',
        '{day = 2025-11-02, at = 2025-11-02, shows = "prolonged", says="x", source="y", confidence = "O"}',
    ],
    ids=["foreseen", "shows", "source", "until"],
)
def test_an_observation_without_its_parts_is_refused(sight):
    with pytest.raises(BookError, match="this pledge cannot be kept in the ledger"):
        parse(f"{WHOLE}seen = [{sight}]\n", "mine.toml")


def test_two_entries_of_one_name_are_refused():
    twice = WHOLE + WHOLE.split("read_until = 2026-10-08")[1]
    with pytest.raises(BookError, match="this pledge cannot be kept in the ledger"):
        parse(twice, "mine.toml")
