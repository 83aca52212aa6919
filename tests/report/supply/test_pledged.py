from __future__ import annotations

from datetime import date

from xenotime.evidence.pledges import STATES
from xenotime.evidence.pledges import ledger as pledges
from xenotime.report.supply.pledged import LOOKS, ledger
from xenotime.report.terminal import render
from xenotime.services.supply.truce import truce

NOW = date(2026, 11, 21)


def told(on=NOW, known=NOW, side="", *, full=False, width=200):
    return render(ledger(truce(pledges(), on, known, side), full=full), width=width)


def test_every_state_has_its_own_sign():
    assert tuple(sorted(LOOKS)) == tuple(sorted(STATES))
    assert len({sign for sign, _ in LOOKS.values()}) == len(STATES)


def test_the_head_counts_each_sides_states():
    lines = told().splitlines()
    assert lines[0] == "20 commitments on 2026-11-21"
    assert lines[1] == "China: 3 running, 3 open, 1 contested, 5 cannot be shown"
    assert lines[2] == "United States: 3 kept, 1 open, 4 cannot be shown"


def test_a_day_within_what_was_read_is_not_warned_of():
    assert "Sources were read until 2026-10-08" in told()
    assert "Sources were read until" not in told(date(2026, 10, 8), date(2026, 10, 8))


def test_a_commitment_shows_its_state_its_reason_and_what_if():
    text = told(side="EU")
    assert "? cannot be shown  Not implement the package of 9 October 2025" in text
    assert "it ran to 2026-11-10; nothing that was read speaks of that day or after" in text
    assert "what if it lapses: xenotime stress snap-back-2026" in text
    assert "xenotime law show cn/mofcom-2025-70/1" in text


def test_deadlines_ahead_count_days_and_the_day_itself_is_today():
    def due(on):
        return next(line.split() for line in told(on).splitlines() if line.strip().startswith("2026-11-27"))

    assert due(NOW)[1:5] == ["in", "6", "days", "CN"]
    assert due(date(2026, 11, 27))[1:3] == ["today", "CN"]


def test_whose_words_a_promise_rests_on_is_said():
    assert "in the words of: United States" in told(side="CN")


def test_full_names_every_source():
    assert "Reuters via Baird Maritime" in told(full=True)
    assert "Reuters via Baird Maritime" not in told()
