from __future__ import annotations

import re

import pytest

from xenotime.core.errors import BookError
from xenotime.programme.read import load_manifests, load_profile, manifests, profiles

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_what_is_packaged():
    assert (len(manifests()), sorted(profiles())) == (12, ["cn-general", "veu"])
    assert manifests() is manifests()


def texts():
    for m in manifests().values():
        yield from ((m.id, m.title, m.title_zh), (m.id, m.about, m.about_zh))
        named = (*m.fields, *m.checks, *m.flags, *m.clocks, *m.states, *m.moves)
        yield from ((m.id, part.title, part.title_zh) for part in named)
        asked = [*m.fields, *(f for move in m.moves for f in move.asks)]
        yield from ((m.id, f.says, f.says_zh) for f in asked if f.says or f.says_zh)
        yield from ((m.id, c.title, c.title_zh) for f in asked for c in f.choices)
        for letter in m.letters:
            yield m.id, letter.title, letter.title_zh
            yield m.id, letter.text, letter.text_zh
    for p in profiles().values():
        yield from ((p.id, p.title, p.title_zh), (p.id, p.about, p.about_zh))
        yield from ((p.id, line.says, line.says_zh) for line in p.lines.values())


def test_every_text_is_there_in_english_and_in_chinese():
    assert [t for t in texts() if not t[1].strip() or not CHINESE.search(t[2])] == []
    assert [t for t in texts() if CHINESE.search(t[1])] == []


def test_a_letter_says_the_same_placeholders_in_both_languages():
    def named(text):
        return set(re.findall(r"\{(\w+)\}", text))

    differ = [
        (m.id, letter.id)
        for m in manifests().values()
        for letter in m.letters
        if named(letter.text + letter.title) != named(letter.text_zh + letter.title_zh)
    ]
    assert differ == []


def test_every_refusal_tells_of_no_duty_no_mark_and_of_the_appeal():
    for m in manifests().values():
        for letter in m.letters:
            if letter.id == "refused":
                assert "makes no new licence duty and is no mark" in letter.text
                assert "{appeal_days}" in letter.text


def test_no_final_decision_passes_an_open_question():
    deciding = ("grant", "refuse", "revoke", "suspend", "reinstate", "uphold", "dismiss", "allow", "keep")
    silent = [
        (m.id, move.source, move.event)
        for m in manifests().values()
        for move in m.moves
        if move.event in deciding and "answered" not in move.guards
    ]
    assert silent == []


def test_two_persons_stand_behind_every_grant_withdrawal_and_rise_of_quota():
    found = {
        (m.id, move.event)
        for m in manifests().values()
        for move in m.moves
        if any(
            e.split(":")[0] in ("issue_certificate", "issue_licence", "set_quota", "revoke_subject")
            for e in move.effects
        )
        and not any(g.startswith("persons:") for g in move.guards)
    }
    assert found == set()


def test_files_are_named_after_what_they_hold():
    with pytest.raises(BookError) as failure:
        load_manifests({})
    assert failure.value.problem.expected == "shared.toml"


def test_a_profile_of_ones_own_is_checked_as_the_packaged_ones(veu):
    with pytest.raises(BookError) as failure:
        load_profile('id = "mine"\ntitle = "Mine"\ntitle_zh = "本地"\nabout = "x"\n', "mine.toml")
    assert failure.value.problem.what == "lines are missing"
    with pytest.raises(BookError):
        load_profile("id = ", "mine.toml")
    assert veu.value("clock.decision.days") == 30
