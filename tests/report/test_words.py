from __future__ import annotations

import re
from pathlib import Path

import pytest

from xenotime.law.answer import Outcome
from xenotime.report import words
from xenotime.report.words import LANGUAGES, load


def test_every_language_has_the_same_keys():
    assert set(load("zh").texts) == set(load("en").texts)
    assert set(load("zh").counted) == set(load("en").counted)


def test_translations_keep_the_same_places():
    def places(text):
        return set(re.findall(r"{(\w+)}", text))

    english, chinese = load("en").texts, load("zh").texts
    assert {key: places(chinese[key]) for key in english} == {key: places(english[key]) for key in english}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_outcome_has_word_headline_and_meaning(lang):
    say = load(lang)
    texts = [
        f"{section}.{outcome.word}" for outcome in Outcome for section in ("outcome", "headline", "meaning")
    ]
    assert [key for key in texts if not say.texts.get(key)] == []


def test_no_two_outcomes_share_a_word():
    for lang in LANGUAGES:
        assert len({load(lang).outcome(outcome) for outcome in Outcome}) == len(Outcome)


def test_counts_agree_with_their_number():
    say = load()
    assert [say.count("leg", 1), say.count("leg", 12)] == ["1 leg", "12 legs"]


def test_a_long_list_says_how_much_it_leaves_out():
    say = load()
    assert say.some(["a", "b", "c"], limit=2) == "a, b and 1 more"
    assert say.some([]) == "none"


def test_a_word_nobody_wrote_is_shown_plainly_only_where_data_brings_it():
    assert load().maybe("kind", "new_kind") == "new kind"
    with pytest.raises(KeyError):
        load()("say.new_kind")


def test_an_unknown_language_is_refused():
    with pytest.raises(KeyError):
        load("xx")


def test_a_compound_tag_is_explained_letter_by_letter():
    say = load()
    assert say.confidence("O (repost) / P") == "official text, read in a copy; press"
    assert say.confidence("address only") == ""


def test_every_text_is_used():
    folder = Path(words.__file__).parent
    code = "".join(p.read_text("utf-8") for p in folder.rglob("*") if p.suffix in (".py", ".html"))
    spelt = set(re.findall(r"\w+", code))
    looked_up = {
        "outcome",
        "headline",
        "meaning",
        "question",
        "kind",
        "channels",
        "confidence",
        "coverage",
        "share",
        "owner_state",
        "holding_kind",
        "own_part",
        "aggregate",
        "caution",
        "asking",
        "token",
        "verdict",
        "evidence",
        "screened",
        "listing",
        "meets",
        "receipt",
    }
    assert [
        key
        for key in load().texts
        if key.partition(".")[0] not in looked_up and key.partition(".")[2] not in spelt
    ] == []
