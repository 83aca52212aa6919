from __future__ import annotations

import multiprocessing

import pytest

from xenotime.parties.listing.entry import ListedName, ListEntry
from xenotime.parties.matching.match import PartyQuery
from xenotime.parties.search import crew
from xenotime.parties.search.screen import Screen

SCREEN = Screen([ListEntry("test/one", "1", (ListedName("Tamrolex Aviation"),))])
QUERIES = [PartyQuery(str(n), "Tamrolex Aviation" if n % 3 else "Quelmar Optics") for n in range(crew.WORTH)]


def test_a_short_file_is_answered_in_this_process():
    told = []
    answers = list(crew.screen_all(QUERIES[:20], SCREEN, processes=2, progress=told.append))
    assert (answers, told[-1]) == ([SCREEN.answer(q) for q in QUERIES[:20]], 20)


def test_several_processes_give_the_same_answers_in_the_same_order():
    told = []
    answers = list(crew.screen_all(QUERIES, SCREEN, processes=2, progress=told.append))
    assert (answers, told[-1]) == ([SCREEN.answer(q) for q in QUERIES], len(QUERIES))
    assert multiprocessing.active_children() == []


def test_stopping_in_the_middle_leaves_no_process_behind():
    answers = crew.screen_all(QUERIES, SCREEN, processes=2)
    next(answers)
    with pytest.raises(KeyboardInterrupt):
        answers.throw(KeyboardInterrupt())
    assert multiprocessing.active_children() == []
