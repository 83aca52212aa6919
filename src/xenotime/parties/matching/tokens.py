"""Words of Latin names: how much one tells, which may be spellings of one word, and how near they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from jellyfish import damerau_levenshtein_distance as changes

from xenotime.parties.matching import rarity, sound
from xenotime.parties.naming import roman

SAME, SPELLING, SOUND, INITIAL, PLURAL = "same", "spelling", "sound", "initial", "plural"
REGISTER = "register"
#: Shorter words are only compared letter by letter; two changes need the second length, three the third.
_SPELT, _TWICE, _THRICE = 4, 7, 12
_STEMMED = 5
_CORNERS = 6
_SKELETON = 2
_DIGIT = re.compile(r"(?<=[a-z])[0135](?=[a-z])")
_LETTERS = {"0": "o", "1": "i", "3": "e", "5": "s"}
_TELLING = 5
#: Points lost for half a changed letter, shared out over the letters of the longer word.
_HALF = 65
_PLURAL_LIKENESS = 96
_INITIAL_LIKENESS = 60
_CALLED_LIKENESS = 75
SERVANT, _SERVANT_LIKENESS = "abdal", 70
_NOBODY: frozenset[str] = frozenset()
_LEAST = 55


@lru_cache(maxsize=262144)
def weight(token: str) -> int:
    """How much a token says about who is meant [1 to 10].

    >>> weight("bin"), weight("systems"), weight("j"), weight("tdk"), weight("rheinmetall")
    (1, 3, 2, 8, 10)
    """
    if points := rarity.known(token):
        return points
    if token.isdigit():
        return 6
    return (2, 2, 5, 8, 9)[len(token)] if len(token) < _TELLING else 10


@lru_cache(maxsize=262144)
def links(token: str) -> frozenset[str]:
    """Block keys of a token: two tokens have a nearness above 0 only if their keys meet.

    The keys are the token, its stem, itself with one letter left out (four letters or more), its
    consonants, its corners (first three and last two letters, and the reverse), its first five letters,
    the given names it may be short for, and, ending in a dot, its first letter, by which only an initial
    is found.
    """
    plain = unmixed(token)
    found = {token, plain, f"{token[:1]}.", *(f"@{name}" for name in rarity.called().get(token, ()))}
    if not _wordlike(plain):
        return frozenset(found)
    found.add(_unserved(plain))
    found.add(stem(plain))
    found.update(plain[:i] + plain[i + 1 :] for i in range(len(plain)))
    for form in {plain, stem(plain)}:
        if len(bones := sound.skeleton(form)) >= _SKELETON:
            found.add(f"~{bones}")
    if len(plain) >= _CORNERS:
        found.update((f"{plain[:3]}-{plain[-2:]}", f"{plain[:2]}-{plain[-3:]}", f"{plain[:5]}-"))
    return frozenset(found)


@lru_cache(maxsize=524288)
def nearness(mine: str, theirs: str) -> tuple[int, str]:
    """How near two tokens are [0 to 100], and how: same | plural | sound | spelling | register | initial.

    0 where they are two words. Numbers and words of three letters or fewer are the same or are not;
    an initial stands for any word that it begins.

    >>> nearness("putin", "pudin"), nearness("mohammed", "muhammad"), nearness("north", "south")
    ((74, 'sound'), (76, 'sound'), (0, ''))
    """
    if mine == theirs:
        return 100, SAME
    if len(mine) == 1 or len(theirs) == 1:
        begun = mine[:1] == theirs[:1] and not mine.isdigit() and not theirs.isdigit()
        return (_INITIAL_LIKENESS, INITIAL) if begun else (0, "")
    return near(shape(mine), shape(theirs))


@dataclass(frozen=True, slots=True)
class Shape:
    """A token of two letters or more as it is compared: see `stem`, `sound.spell` and `sound.skeleton`.

    `plain` has letters for the digits between letters, `bare` is without "servant of", `full` are the given
    names it may be short for; a token that is not `wordlike` (three letters, a digit) is not compared by
    letters.
    """

    token: str
    plain: str
    bare: str
    full: frozenset[str]
    wordlike: bool
    stem: str
    spelt: str
    bones: str


@lru_cache(maxsize=131072)
def shape(token: str) -> Shape:
    """The token as it is compared."""
    plain = unmixed(token)
    if _wordlike(plain):
        return shaped(token, sound.spell(plain), sound.skeleton(plain))
    return shaped(token, "", "")


@lru_cache(maxsize=131072)
def shaped(token: str, spelt: str, bones: str) -> Shape:
    """The token as it is compared, of which one knows already how it sounds."""
    plain = token if token.isalpha() else unmixed(token)
    full = rarity.called().get(token, _NOBODY)
    return Shape(token, plain, _unserved(plain), full, bool(spelt), stem(plain), spelt, bones)


def near(left: Shape, right: Shape) -> tuple[int, str]:
    """The `nearness` of two different tokens of two letters or more."""
    if left.plain == right.plain:
        return 95, SPELLING
    if left.bare == right.bare:
        return _SERVANT_LIKENESS, SPELLING
    called = bool(left.full and right.full) and not left.full.isdisjoint(right.full)
    found = (_CALLED_LIKENESS, REGISTER) if called else (0, "")
    return max(found, _spelt(left, right)) if left.wordlike and right.wordlike else found


def _linked(left: Shape, right: Shape) -> bool:
    """Whether the block keys of two wordlike tokens meet, initials apart; the usual ones are asked first."""
    if left.bones == right.bones and len(left.bones) >= _SKELETON:
        return True
    one, other = left.plain, right.plain
    if min(len(one), len(other)) >= _CORNERS and one[:2] == other[:2]:
        third, last = one[2] == other[2], one[-2:] == other[-2:]
        if (third and (last or one[3:5] == other[3:5])) or (last and one[-3] == other[-3]):
            return True
    return not links(left.token).isdisjoint(links(right.token) - {f"{right.token[:1]}."})


def _spelt(left: Shape, right: Shape) -> tuple[int, str]:
    """The likeness of two words that share a key: by stem, by sound, by letters changed."""
    if left.stem == right.stem:
        return _PLURAL_LIKENESS, PLURAL
    mine, theirs = left.plain, right.plain
    longest = max(len(mine), len(theirs))
    heard = left.bones == right.bones
    limit = _limit(min(len(mine), len(theirs)), heard=heard)
    written = changes(mine, theirs)
    if left.spelt == right.spelt:
        halves = 1
    elif written > 1 and (mine != left.spelt or theirs != right.spelt):
        halves = min(2 * written, 2 * changes(left.spelt, right.spelt) + 1)
    else:
        halves = 2 * written
    halves -= heard and halves > 2
    likeness = 100 - _HALF * halves // longest
    if halves > 2 * limit + 1 or likeness < _LEAST:
        return 0, ""
    if written > 1 and ((_syllabic(mine) and _syllabic(theirs)) or not _linked(left, right)):
        return 0, ""  # one letter changed, left out or swapped always leaves a key in common
    return likeness, SOUND if heard else SPELLING


def reach(one: int, other: int, *, heard: bool) -> int:
    """So many half changes at most set two near words of these lengths apart; see `_spelt`.

    >>> reach(5, 5, heard=False), reach(7, 8, heard=True)
    (3, 6)
    """
    most = 2 * _limit(min(one, other), heard=heard) + 1
    return min(most, ((101 - _LEAST) * max(one, other) - 1) // _HALF) + heard


def _limit(shortest: int, *, heard: bool) -> int:
    """How many letters may be changed."""
    limit = (shortest >= _SPELT) + (shortest >= _TWICE) + (shortest >= _THRICE)
    return max(limit, 1 + shortest // 5) if heard else limit


@lru_cache(maxsize=65536)
def unmixed(token: str) -> str:
    """The token with the letters that a digit between letters stands for.

    >>> unmixed("sech1n"), unmixed("model7")
    ('sechin', 'model7')
    """
    return _DIGIT.sub(lambda m: _LETTERS[m[0]], token)


def stem(token: str) -> str:
    """The token without a plural ending.

    >>> stem("technologies"), stem("systems"), stem("gas")
    ('technology', 'system', 'gas')
    """
    if len(token) < _STEMMED:
        return token
    return token[:-3] + "y" if token.endswith("ies") else token.removesuffix("s")


def joins(tokens: Sequence[str]) -> tuple[str, ...]:
    """What two or three neighbours give when written as one word: an index adds these to the tokens.

    >>> joins(("van", "der", "bilt"))
    ('vander', 'derbilt', 'vanderbilt')
    """
    two = [a + b for a, b in pairwise(tokens)]
    three = [a + b + c for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)]
    return (*two, *three)


@lru_cache(maxsize=262144)
def seams(token: str) -> frozenset[str]:
    """Block keys for neighbours written as one word: they pair with a word only if these keys meet.

    The keys are the word itself and its consonants, so that an index of neighbours stays small.
    """
    keys = [token, f"~{sound.bones(sound.spell.__wrapped__(token))}"]
    if (short := stem(token)) != token:
        keys.append(f"~{sound.bones(sound.spell.__wrapped__(short))}")
    return frozenset([key for key in keys if key is token or len(key) > _SKELETON])


def _unserved(token: str) -> str:
    """The word without "servant of": a rahman is often an abdalrahman."""
    return (
        token[len(SERVANT) :] if token.startswith(SERVANT) and len(token) >= len(SERVANT) + _SPELT else token
    )


def _syllabic(token: str) -> bool:
    """Whether a word is two or more syllables of Pinyin: another syllable is another name, and no slip."""
    return len(roman.syllables(token)) > 1


def _wordlike(token: str) -> bool:
    return len(token) >= _SPELT and (token.isalpha() or not any(c.isdigit() for c in token))
