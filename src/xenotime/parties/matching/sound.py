"""One spelling for what several transliterations write differently, and its bare consonants."""

from __future__ import annotations

import re
from functools import lru_cache

#: Letters that one sound is written with, in this order; a capital is a sound, not a letter. Each group
#: counts only where a word has its letter.
_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("h", "tsch C; tch C; tsh C; shch S; sch S; sh S; ch C; dzh J; xh J; zh J"),
    ("j", "dj J"),
    ("h", "ph f; kh h; gh g; dh d; th t"),
    ("c", "ck k"),
    ("q", "cq k; qu k; q k"),
    ("c", "ce se; ci si; cy sy"),
    ("z", "z s"),
    ("x", "x ks"),
    ("c", "c k"),
)
_RULES = tuple((letter, [tuple(pair.split()) for pair in pairs.split(";")]) for letter, pairs in _SPELLINGS)
_O, _E = re.compile("(?:off|of|ow|ov)$"), re.compile("(?:eff|ef|ew|ev)$")
_U, _I = re.compile("ou|oo"), re.compile("ee|ea|ie|ii|iy|ij|yi")
_TWICE = re.compile(r"(.)\1+")
_VOICELESS = str.maketrans({"g": "k", "d": "t", "v": "f", "b": "p", "J": "Y", "C": "S"})
_FINAL, _GLIDES, _OPEN = frozenset("fvw"), frozenset("yj"), frozenset("aeou")
_VOWELS = re.compile(r"(?<!^)[aeiouh]")


@lru_cache(maxsize=65536)
def spell(token: str) -> str:
    """The token as one transliteration would write it.

    >>> spell("aleksandr"), spell("alexandr"), spell("xhevdet"), spell("dzhevdet"), spell("smirnoff")
    ('aleksandr', 'aleksandr', 'Jevdet', 'Jevdet', 'smirnov')
    """
    for letter, pairs in _RULES:
        if letter in token:
            for old, new in pairs:
                token = token.replace(old, new)
    if token[-1:] in _FINAL:
        token = _E.sub("ev", _O.sub("ov", token))
    token = _I.sub("i", _U.sub("u", token.replace("w", "v")))
    token = token.replace("ae", "e").replace("oe", "o").replace("ue", "u")
    if token[:1] in _GLIDES and token[1:2] in _OPEN:
        token = "Y" + token[1:]
    return _TWICE.sub(_once, token.replace("y", "i").replace("j", "i"))


def _once(match: re.Match[str]) -> str:
    return match[1]


@lru_cache(maxsize=65536)
def skeleton(token: str) -> str:
    """The consonants of a token, voiced and voiceless alike; a vowel at its head counts as one.

    >>> {skeleton(t) for t in ("qaddafi", "gaddafi", "kadhafi")}
    {'ktf'}
    >>> {skeleton(t) for t in ("mohammed", "muhammad", "mohamed")}
    {'mmt'}
    """
    return bones(spell(token))


def bones(spelt: str) -> str:
    """The consonants of a token that `spell` has written."""
    bare = spelt.translate(_VOICELESS)
    if bare[:1] in "aeiou":
        bare = "a" + bare[1:]
    return _VOWELS.sub("", bare)
