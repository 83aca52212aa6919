"""One spelling for what several transliterations write differently, and its bare consonants."""

from __future__ import annotations

import re
from functools import lru_cache

#: Letters that one sound is written with; applied in this order. A capital is a sound, not a letter.
_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("tsch|tch|tsh", "C"),
    ("shch|sch|sh", "S"),
    ("ch", "C"),
    ("dzh|xh|zh|dj", "J"),
    ("ph", "f"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ck|cq|qu|q", "k"),
    ("c(?=[eiy])|z", "s"),
    ("x", "ks"),
    ("c", "k"),
    ("(?:off|of|ow|ov)$", "ov"),
    ("(?:eff|ef|ew|ev)$", "ev"),
    ("w", "v"),
    ("ou|oo", "u"),
    ("ee|ea|ie|ii|iy|ij|yi", "i"),
    ("ae", "e"),
    ("oe", "o"),
    ("ue", "u"),
    ("^[yj](?=[aeou])", "Y"),
    ("[yj]", "i"),
    (r"(.)\1+", r"\1"),
)
_RULES = tuple((re.compile(pattern), new) for pattern, new in _SPELLINGS)
_VOICELESS = str.maketrans({"g": "k", "d": "t", "v": "f", "b": "p", "J": "Y", "C": "S"})
_VOWELS = re.compile(r"(?<!^)[aeiouh]")


@lru_cache(maxsize=65536)
def spell(token: str) -> str:
    """The token as one transliteration would write it.

    >>> spell("aleksandr"), spell("alexandr"), spell("xhevdet"), spell("dzhevdet"), spell("smirnoff")
    ('aleksandr', 'aleksandr', 'Jevdet', 'Jevdet', 'smirnov')
    """
    for pattern, new in _RULES:
        token = pattern.sub(new, token)
    return token


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
