from __future__ import annotations

import pytest

from xenotime.evidence.question import answers, asked, questions
from xenotime.evidence.read import packaged

ASKED = {
    "china refines": "china-refines",
    "processing china": "china-refines",
    "china mines": "china-mines",
    "china magnets": "china-magnets",
    "heavy refining": "china-refines-heavy",
    "ev magnet mass": "ev-magnet",
    "F-35 rare earth": "f35",
    "dysprosium price europe": "dysprosium-europe",
    "Dy price Europe": "dysprosium-europe",
    "share prices": "share-prices",
    "licence approvals": "licences",
    "Suzuki halt": "suzuki",
}


@pytest.mark.parametrize("words", ASKED)
def test_words_find_their_question(words):
    assert [question.id for question in asked(words.split())] == [ASKED[words]]


def test_every_question_is_found_by_each_of_its_own_words():
    lost = [(q.id, sorted(w)) for q in questions() for w in q.words if q not in asked(w)]
    assert lost == []


def test_every_question_has_claims_and_every_beginning_finds_one():
    subjects = {figure.subject for figure in packaged()}
    idle = [(q.id, s) for q in questions() for s in q.subjects if not any(x.startswith(s) for x in subjects)]
    assert (idle, [q.id for q in questions() if not answers(q, packaged())]) == ([], [])


def test_every_question_is_asked_in_both_languages():
    assert [q.id for q in questions() if not (q.asks[0].endswith("?") and q.asks[1].endswith("？"))] == []


def test_fewer_words_find_every_question_that_holds_them():
    assert [question.id for question in asked(["heavy"])] == ["china-refines-heavy", "heavy-in-magnets"]
    assert asked(["unicorn"]) == ()
