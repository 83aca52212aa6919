"""Names, made comparable: one form for Latin and Han, simplified and traditional.

A name is folded (width, case, accents, invisible characters), its legal form is set aside, and
what remains is kept as tokens. Nothing is guessed: no translation, no transliteration.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007\u3005]")
_DOTTED = re.compile(r"\b(?:[a-z]\.)+[a-z]\b\.?|\b(?:[a-z]\.){2,}")
_EDGE = ' ()[]<>【】〔〕《》"“”.,;、。'
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[^\W_]+")
_SPELLING = {"defence": "defense", "centre": "center", "labs": "lab"}
_EMPTY = frozenset({"and", "the"})
#: A part of a bilingual name that is shorter than this names nobody by itself.
_SHORTEST = 3

#: Legal forms, by family: families that differ mean bodies that may differ.
_FORMS: dict[tuple[str, ...], str] = {
    **{
        (word,): "company"
        for word in "inc incorporated corp corporation co company ltd limited plc pte pty kk".split()
    },
    ("k", "k"): "company",
    ("kabushiki", "kaisha"): "company",
    ("limited", "partnership"): "partnership",
    **{(word,): "partnership" for word in "lp llp kg ohg".split()},
    **{(word,): word for word in "llc gmbh ag se kgaa ug sa sas sarl srl spa sl bv nv ab".split()},
    **{(word,): word for word in "oy oyj aps uab kft zrt ou doo ad ead ood".split()},
    ("s", "a"): "sa",
    ("as",): "as",
    ("a", "s"): "as",
    ("l", "l", "c"): "llc",
    ("s", "p", "a"): "spa",
    ("b", "v"): "bv",
    ("n", "v"): "nv",
    ("sro",): "sro",
    ("s", "r", "o"): "sro",
    ("spol", "sro"): "sro",
    ("spol", "s", "r", "o"): "sro",
    ("sp", "z", "o", "o"): "spzoo",
    ("sp", "zoo"): "spzoo",
}
_LONGEST = max(len(form) for form in _FORMS)
#: Forms that are no other word, so they may stand anywhere in a name.
_ANYWHERE = frozenset({"inc", "incorporated", "llc", "ltd", "gmbh", "sro", "spol", "kgaa"})
_HAN_FORMS = (
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "股份公司",
    "株式会社",
    "有限会社",
    "总公司",
    "公司",
)


@dataclass(frozen=True, slots=True)
class Name:
    """A comparable name: `tokens` without legal form, `forms` set aside, `han` if it has Han."""

    text: str
    tokens: tuple[str, ...]
    forms: frozenset[str]
    han: bool

    @property
    def key(self) -> str:
        """The tokens without spaces: two spellings that differ only in spacing have one key."""
        return "".join(self.tokens)


@lru_cache(maxsize=65536)
def normalise(text: str) -> Name:
    """The comparable form of one written name.

    >>> normalise("MP Materials Corp.").tokens
    ('mp', 'materials')
    >>> normalise("漢翔航空工業股份有限公司").key
    '汉翔航空工业'
    """
    body, forms = _strip_han_forms(fold(text).strip(_EDGE))
    if _HAN.search(body):
        return Name(text, ("".join(_WORD.findall(body)),), forms, han=True)
    words = [_SPELLING.get(word, word) for word in _WORD.findall(body)]
    words = [word for word in words if word not in _EMPTY] or words
    tokens, more = _strip_forms(words)
    return Name(text, tuple(tokens), forms | more, han=False)


def fold(text: str) -> str:
    """Text in one width and case, without accents, invisible characters or traditional forms.

    >>> fold("\u200cＩnPACT\u00a0S.A.")
    'inpact sa'
    """
    wide = unicodedata.normalize("NFKC", text).casefold().translate(_STROKES)
    spaced = "".join(" " if c.isspace() else c for c in wide)
    seen = "".join(c for c in spaced if unicodedata.category(c)[0] != "C")
    if _HAN.search(seen):
        seen = _simplifier().convert(seen)
    plain = unicodedata.normalize("NFKD", seen.replace("'", "").replace("’", ""))
    plain = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    return _DOTTED.sub(lambda match: match[0].replace(".", ""), plain)


def variants(text: str) -> tuple[Name, ...]:
    """The name as written, then its Latin and its Han part where a space or bracket divides them.

    >>> [name.key for name in variants("HENSOLDT AG (亨索尔特公司)")]
    ['hensoldtag亨索尔特', 'hensoldt', '亨索尔特']
    """
    found = [normalise(text)]
    if found[0].han:
        chunks = [c for c in re.split(r"[\s()（）\[\]【】/|]+", unicodedata.normalize("NFKC", text)) if c]
        latin = " ".join(c for c in chunks if not _HAN.search(c))
        han = "".join(c for c in chunks if _HAN.search(c))
        if latin and han and not _LATIN.search(han):
            found += [normalise(latin), normalise(han)]
    return tuple(dict.fromkeys(name for name in found if name is found[0] or len(name.key) >= _SHORTEST))


def _strip_han_forms(body: str) -> tuple[str, frozenset[str]]:
    """The name without a Chinese or Japanese legal form at its end: "Group W公司" is a Latin name.

    A branch (分公司) keeps its word, so it is not taken for the whole.
    """
    forms: frozenset[str] = frozenset()
    while form := next((f for f in _HAN_FORMS if body.endswith(f) and len(body) > len(f)), ""):
        if body.endswith("分公司"):
            break
        body, forms = body.removesuffix(form).rstrip(), frozenset({"company"})
    return body, forms


def _strip_forms(words: list[str]) -> tuple[list[str], set[str]]:
    forms: set[str] = set()
    kept = list(words)
    while len(kept) > 1 and (size := _form_at_end(kept)):
        forms.add(_FORMS[tuple(kept[-size:])])
        kept = kept[:-size]
    for word in kept[1:]:
        if word in _ANYWHERE:
            forms.add(_FORMS.get((word,), "sro"))
    return [w for i, w in enumerate(kept) if i == 0 or w not in _ANYWHERE], forms


def _form_at_end(words: list[str]) -> int:
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if tuple(words[-size:]) in _FORMS:
            return size
    return 0


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - a purely Latin run never loads the dictionaries

    return OpenCC("t2s")
