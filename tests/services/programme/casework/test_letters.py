"""Letters: every template can be filled, what was sent stays, and only the own ones are read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.core.errors import AccessError
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.sound import PLACEHOLDERS
from xenotime.programme.organisation import Organisation
from xenotime.programme.read import manifests
from xenotime.services.programme.casework import cases, letters, queues
from xenotime.services.programme.turn import turn

TEMPLATES = [(m.id, t.id) for m in manifests().values() for t in m.letters]


def test_every_placeholder_that_a_template_may_name_has_words_in_both_languages(town):
    case = town.granted(town.registered())
    with turn(town.office, town.officer, town.at) as made:
        held = made.change.get(Case, case.id)
        owner = made.change.get(Organisation, case.organisation)
        both = letters.words(made, held, manifests()["certificate"], owner)
    assert [set(PLACEHOLDERS) - set(said) for said in both] == [set(), set()]


@pytest.mark.parametrize(("kind", "template"), TEMPLATES)
def test_every_letter_can_be_sent_in_both_languages(town, kind, template):
    case = town.register()
    with turn(town.office, town.officer, town.at) as made:
        held = replace(made.change.get(Case, case.id), kind=kind, state=manifests()[kind].start.id)
        sent = letters.send(made, held, manifests()[kind], template)
    assert sent.title
    assert any("\u4e00" <= sign <= "\u9fff" for sign in sent.text_zh)
    assert "{" not in sent.title + sent.text + sent.title_zh + sent.text_zh


def test_a_ground_of_refusal_reads_in_words_of_each_language(town):
    case = town.register()
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    asked = {"denial": "ownership", "reason": "nobody knows who holds {case}"}
    cases.fire(town.office, town.approver(), case.id, "refuse", town.at, asked)
    letter = next(
        x for x in letters.of(town.office, town.applicant, case.organisation).items if x.template == "refused"
    )
    assert "Owners are not shown" in letter.text
    assert "nobody knows who holds {case}" in letter.text
    assert "所有权结构未说明" in letter.text_zh
    assert "officer:" not in letter.text + letter.text_zh


def test_a_letter_counts_as_read_when_the_organisation_reads_it_first(town):
    case = town.register()
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    cases.ask(town.office, town.officer, case.id, "Which plant?", town.at)
    waits = queues.notices(town.office, town.applicant, case.organisation)
    assert [x.template for x in waits.letters] == ["received"]
    assert [q[2] for q in waits.questions] == ["Which plant?"]
    key = waits.letters[0].id
    assert letters.read(town.office, town.officer, key, town.at).read is None
    assert letters.read(town.office, town.applicant, key, town.at).read == town.at
    assert queues.notices(town.office, town.applicant, case.organisation).letters == ()


def test_nobody_reads_the_letters_of_others(town):
    case = town.register()
    cases.fire(town.office, town.applicant, case.id, "submit", town.at)
    (letter,) = letters.of(town.office, town.applicant, case.organisation).items
    for actor in (Actor("A9", "applicant", "O-9"), town.customs, town.operator):
        with pytest.raises(AccessError):
            letters.of(town.office, actor, case.organisation)
        with pytest.raises(AccessError):
            letters.read(town.office, actor, letter.id, town.at)
        with pytest.raises(AccessError):
            queues.notices(town.office, actor, case.organisation)
