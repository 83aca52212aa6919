"""Text in one width, case and alphabet: what two spellings of one name share."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from xenotime.parties.naming.characters import is_han, simplified

#: Letters of a folded text at most; what follows is cut off at a word boundary.
LONGEST = 300
_RAW = 4 * LONGEST
_APOSTROPHES = "'`´‘’‛ʹʻʼʽʾʿˈ′＇"
_DOTTED = re.compile(r"\b(?:[a-z]\.)+[a-z]\b\.?|\b(?:[a-z]\.){2,}")
_STROKES = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ħ": "h"}
#: Arabic and Persian letters that stand for vowels more often than the plain tables say.
_VOWELS = {"ا": "a", "أ": "a", "إ": "i", "آ": "a", "ى": "a", "ة": "a", "و": "u", "ي": "i", "ی": "i", "ع": "a"}


class _Letters(dict[int, str]):
    """What each character folds to, worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _letter(chr(code))
        return found


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Text in one width and case, Latin but for simplified Han; 300 letters at most.

    Accents, invisible characters and apostrophes go; the dots of an abbreviation go too.

    >>> fold("\u200cＩnPACT\u00a0S.A."), fold("Газпром"), fold("東芝"), fold("广島")
    ('inpact sa', 'gazprom', '东芝', '广岛')
    """
    return _short(" ".join(_DOTTED.sub(_undotted, letters(text)).split()))


def letters(text: str) -> str:
    """Text folded letter by letter; spaces and dots stay as written.

    >>> letters("S.p.A.  Ł")
    's.p.a.  l'
    """
    cut = text[:_RAW]
    if not cut.isascii():
        cut = unicodedata.normalize("NFKC", cut)[:_RAW]
    return cut.translate(_LETTERS)


def _undotted(match: re.Match[str]) -> str:
    return match[0].replace(".", "")


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    head = text[: LONGEST + 1].rpartition(" ")[0]
    return head or text[:LONGEST].rstrip()


def _letter(char: str) -> str:
    if char.isspace() or char in "\u200b\ufeff":
        return " " if char.isspace() else ""
    if char in _APOSTROPHES:
        return ""
    if char.isascii():
        return char.lower() if char.isprintable() else ""
    return _beyond(char)


def _beyond(char: str) -> str:
    """A character outside ASCII: simplified if Han, else its Latin letters, or a space for a sign."""
    if is_han(char):
        return simplified(char)
    group = unicodedata.category(char)[0]
    if group == "C" or char == "ー" or "\u0300" <= char <= "\u036f":
        return ""
    if group == "M":  # a vowel sign of another script
        return "".join(c for c in _anyascii(char).lower() if c.isalnum())
    if group in "PSZ":
        return " "
    plain = "".join(_STROKES.get(c, c) for c in unicodedata.normalize("NFKD", char.casefold()))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    if not plain.isascii():
        plain = _VOWELS.get(char) or _anyascii(char)
    return "".join(c for c in plain.lower() if c.isalnum())


@cache
def _anyascii(char: str) -> str:
    from anyascii import anyascii  # noqa: PLC0415 - a purely Latin run never loads its tables

    return str(anyascii(char))


_LETTERS = _Letters()
