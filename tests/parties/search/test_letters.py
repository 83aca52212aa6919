from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from xenotime.parties.matching.tokens import nearness
from xenotime.parties.search.letters import Letters

STEMS = (
    *"mohammed aleksandr technology technologies rahman abdalrahman tschernow sech1n model7".split(),
    *"ted theodore putin smirnoff youssef qaddafi systems j x al w0rk".split(),
    "z" * 60,
)


def changed(word, dice):
    """A word after up to four accidents."""
    for _ in range(dice.randrange(5)):
        at = dice.randrange(len(word) + 1)
        letter = dice.choice("aeiouhkstcyjwqz13")
        word = dice.choice(
            (word[:at] + letter + word[at:], word[:at] + word[at + 1 :], word[:at][::-1] + word[at:])
        )
    return word or "a"


@given(st.integers(0, 2**32))
def test_no_near_word_is_passed_over(seed):
    dice = random.Random(seed)
    words = [changed(dice.choice(STEMS), dice) for _ in range(40)]
    letters = Letters.of(words)
    for word in words[:5]:
        likeness = {n: nearness(word, theirs)[0] for n, theirs in enumerate(words)}
        near = {n: found for n, found in likeness.items() if found}
        assert letters.near(word, range(len(words)), words) == near


def test_letters_are_written_down_and_read():
    letters = Letters.of(["putin", "al", "中", ""])
    assert Letters.of_parts(letters.parts()) == letters
