"""One spelling for what several transliterations write differently, and its bare consonants."""

from __future__ import annotations

import re
from functools import lru_cache

#: Letters that one sound is written with, applied in this order, each only where the word has the letter
#: named first. A capital is a sound, not a letter.
_SPELLINGS: tuple[tuple[str, str, str], ...] = (
    ("h", "tsch|tch|tsh", "C"),
    ("h", "shch|sch|sh", "S"),
    ("h", "ch", "C"),
    ("h", "dzh|xh|zh", "J"),
    ("j", "dj", "J"),
    ("h", "ph", "f"),
    ("h", "kh", "h"),
    ("h", "gh", "g"),
    ("h", "dh", "d"),
    ("h", "th", "t"),
    ("c", "ck", "k"),
    ("q", "cq|qu|q", "k"),
    ("c", "c(?=[eiy])", "s"),
    ("z", "z", "s"),
    ("x", "x", "ks"),
    ("c", "c", "k"),
    ("o", "(?:off|of|ow|ov)$", "ov"),
    ("e", "(?:eff|ef|ew|ev)$", "ev"),
    ("w", "w", "v"),
    ("o", "ou|oo", "u"),
    ("", "ee|ea|ie|ii|iy|ij|yi", "i"),
    ("e", "ae", "e"),
    ("e", "oe", "o"),
    ("e", "ue", "u"),
    ("", "^[yj](?=[aeou])", "Y"),
    ("", "[yj]", "i"),
)
_RULES = tuple((letter, re.compile(pattern).sub, new) for letter, pattern, new in _SPELLINGS)
_TWICE = re.compile(r"(.)\1+")
_VOICELESS = str.maketrans({"g": "k", "d": "t", "v": "f", "b": "p", "J": "Y", "C": "S"})
_VOWELS = re.compile(r"(?<!^)[aeiouh]")


@lru_cache(maxsize=65536)
def spell(token: str) -> str:
    """The token as one transliteration would write it.

    >>> spell("aleksandr"), spell("alexandr"), spell("xhevdet"), spell("dzhevdet"), spell("smirnoff")
    ('aleksandr', 'aleksandr', 'Jevdet', 'Jevdet', 'smirnov')
    """
    for letter, changed, new in _RULES:
        if letter in token:
            token = changed(new, token)
    return _TWICE.sub(_once, token)


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
    bare = spell(token).translate(_VOICELESS)
    if bare[:1] in "aeiou":
        bare = "a" + bare[1:]
    return _VOWELS.sub("", bare)
