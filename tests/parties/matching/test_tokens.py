from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xenotime.parties.matching import tokens

WORDS = st.text("abcdefghijklmnopqrstuvwxyz0135", min_size=1, max_size=12)
LONG = st.text("abcdefgh", min_size=5, max_size=11)


@given(WORDS, WORDS)
@example("mohammed", "muhammad")
@example("stellaris", "stellantis")
@example("ig0r", "igor")
@example("abdalrahman", "rahman")
@example("j", "joachim")
@example("ted", "theodore")
def test_near_tokens_share_a_link_and_order_says_nothing(mine, theirs):
    near, how = tokens.nearness(mine, theirs)
    assert tokens.nearness(theirs, mine) == (near, how)
    assert (near == 0) == (how == "")
    assert 0 <= near <= 100
    if near:
        assert tokens.links(mine) & tokens.links(theirs) != frozenset()


@given(
    WORDS,
    st.integers(0, 12),
    st.sampled_from("aeioulrst"),
    st.sampled_from(("put", "drop", "change", "swap")),
)
def test_a_slip_of_the_keys_shares_a_link_whenever_it_is_near(word, place, letter, kind):
    i = place % len(word)
    changed = {
        "put": word[:i] + letter + word[i:],
        "drop": word[:i] + word[i + 1 :],
        "change": word[:i] + letter + word[i + 1 :],
        "swap": word[:i] + word[i + 1 : i + 2] + word[i : i + 1] + word[i + 2 :],
    }[kind]
    if changed and tokens.nearness(word, changed)[0]:
        assert tokens.links(word) & tokens.links(changed) != frozenset()


@given(LONG, st.integers(0, 10), st.sampled_from("xyz"))
def test_one_changed_letter_of_five_or_more_is_a_spelling(word, place, letter):
    i = place % len(word)
    assert tokens.nearness(word, word[:i] + letter + word[i + 1 :])[0] >= 55


@pytest.mark.parametrize(
    ("mine", "theirs", "how"),
    [
        ("mohammed", "muhammad", "sound"),
        ("mohamed", "mohammad", "sound"),
        ("qaddafi", "gaddafi", "sound"),
        ("gaddafi", "kadhafi", "sound"),
        ("yusuf", "youssef", "sound"),
        ("aleksandr", "alexander", "sound"),
        ("xhevdet", "dzhevdet", "sound"),
        ("smirnov", "smirnoff", "sound"),
        ("philipov", "filipow", "sound"),
        ("rheinmetal", "rheinmetall", "sound"),
        ("putin", "pudin", "sound"),
        ("stellaris", "stellantis", "spelling"),
        ("lukashenko", "luakshenko", "sound"),
        ("technology", "technologies", "plural"),
        ("ted", "theodore", "register"),
        ("j", "joachim", "initial"),
        ("tdk", "tdk", "same"),
    ],
)
def test_spellings_of_one_word(mine, theirs, how):
    assert tokens.nearness(mine, theirs)[1] == how


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("tdk", "tdx"),
        ("model7", "model8"),
        ("2004", "2005"),
        ("north", "south"),
        ("frank", "frederik"),
        ("kim", "kin"),
        ("1", "10"),
        ("olga", "oleg"),
        ("lukashenko", "lukashevich"),
    ],
)
def test_two_words(mine, theirs):
    assert tokens.nearness(mine, theirs) == (0, "")


def test_weights_grow_with_what_a_word_tells():
    words = ("bin", "group", "systems", "beijing", "muhammad", "tdk", "rheinmetall")
    assert [tokens.weight(w) for w in words] == [1, 2, 3, 4, 7, 8, 10]
