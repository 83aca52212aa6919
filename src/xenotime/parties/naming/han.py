"""Chinese characters read aloud: Hanyu Pinyin without tones, every reading that a name may have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice

from xenotime.parties.naming.characters import HAN
from xenotime.parties.tables import rows, split

Syllables = tuple[str, ...]
#: Readings of one writing at most.
_MOST = 8
_LONGEST_PHRASE = 4
#: A name of a person has at most so many characters (a compound family name and two given ones).
_LONGEST_PERSON = 4


def readings(tokens: tuple[str, ...], kind: str = "unknown") -> tuple[tuple[Syllables, str], ...]:
    """Every reading of a row of characters (Latin words stay as they are), likeliest first, 8 at most.

    >>> readings(tuple("单雄信"), "person")[:2]
    ((('shan', 'xiong', 'xin'), 'surname reading'), (('dan', 'xiong', 'xin'), 'pinyin'))
    >>> readings(tuple("重庆"))[0][0]
    ('chong', 'qing')
    """
    plain, fixed = _plain(tokens)
    found: dict[Syllables, str] = {}
    named = [(s, "surname reading") for s in _as_person(tokens, plain)] if kind != "organisation" else []
    ordered = [*named, (plain, "pinyin")] if kind == "person" else [(plain, "pinyin"), *named]
    for syllables, how in (*ordered, *((s, "other reading") for s in _others(tokens, plain, fixed))):
        found.setdefault(syllables, how)
    if named and found.get(plain) == "surname reading":
        found[plain] = "pinyin"
    return tuple(islice(found.items(), _MOST))


def surname(tokens: Sequence[str]) -> int:
    """How many characters at the head are a family name: 2, 1, or 0 where there is none.

    >>> surname(tuple("尉迟恭")), surname(tuple("王伟")), surname(tuple("的"))
    (2, 1, 0)
    """
    for size in (2, 1):
        if len(tokens) > size and "".join(tokens[:size]) in _surnames():
            return size
    return 0


def plain(tokens: tuple[str, ...]) -> Syllables:
    """The reading of the dictionary: phrases first, then the commonest reading of each character.

    >>> plain(tuple("银行"))
    ('yin', 'hang')
    """
    return _plain(tokens)[0]


def _plain(tokens: tuple[str, ...]) -> tuple[Syllables, frozenset[int]]:
    """The reading, and the places where a phrase of the dictionary has fixed it."""
    phrases = _phrases()
    found: list[str] = []
    fixed: set[int] = set()
    at = 0
    while at < len(tokens):
        widest = min(_LONGEST_PHRASE, len(tokens) - at)
        size = next((n for n in range(widest, 1, -1) if "".join(tokens[at : at + n]) in phrases), 1)
        phrase = phrases.get("".join(tokens[at : at + size])) if size > 1 else None
        if phrase and len(phrase) == size:
            found.extend(_toneless(each[0]) for each in phrase)
            fixed.update(range(at, at + size))
        else:
            size = 1
            found.append(_single(tokens[at]))
        at += size
    return tuple(found), frozenset(fixed)


def _as_person(tokens: tuple[str, ...], read: Syllables) -> Iterable[Syllables]:
    size = surname(tokens) if len(tokens) <= _LONGEST_PERSON else 0
    if size:
        for reading in _surnames()["".join(tokens[:size])]:
            yield (*reading.split(), *read[size:])


def _others(tokens: tuple[str, ...], read: Syllables, fixed: frozenset[int]) -> Iterable[Syllables]:
    """Readings in which one character, wherever no phrase has settled it, is read another way."""
    table = _polyphones()
    for token in dict.fromkeys(t for at, t in enumerate(tokens) if at not in fixed and t in table):
        for reading in table[token][1:]:
            yield tuple(
                reading if t == token and at not in fixed else read[at] for at, t in enumerate(tokens)
            )


@cache
def _single(token: str) -> str:
    if not HAN.fullmatch(token):
        return token
    known = _polyphones().get(token)
    if known:
        return known[0]
    return _toneless(_characters().get(ord(token), "").split(",")[0]) or token


@cache
def _toneless(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading.replace("ü", "v")).replace("ü", "v")
    letters = letters.replace("u\u0308", "v")
    for mark in "\u0304\u0301\u030c\u0300":
        letters = letters.replace(f"u{mark}\u0308", "v").replace(f"u\u0308{mark}", "v")
    return "".join(c for c in letters if not unicodedata.combining(c)).replace("ê", "e")


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    return {row["han"]: split(row["pinyin"]) for row in rows("surnames")}


@cache
def _polyphones() -> dict[str, tuple[str, ...]]:
    return {row["han"]: split(row["readings"]) for row in rows("readings")}


@cache
def _phrases() -> dict[str, list[list[str]]]:
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415 - 0.2 s that a purely Latin run never pays

    return PHRASES_DICT


@cache
def _characters() -> dict[int, str]:
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - as above

    return PINYIN_DICT
