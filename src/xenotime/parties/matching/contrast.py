"""Whether two names exclude each other: north and south, two and three, Beijing and Shanghai."""

from __future__ import annotations

from functools import lru_cache

from xenotime.parties.naming import words
from xenotime.parties.naming.name import PINYIN, Name


def against(mine: Name, theirs: Name) -> tuple[str, ...]:
    """What the names say that excludes the other, in words; nothing where one of them says no such thing.

    >>> against(Name("", "latin", ("north", "steel")), Name("", "latin", ("south", "steel")))
    ('north against south',)
    """
    if mine.kind == PINYIN:
        return (
            words.contradictions(mine.tokens, theirs.tokens, PINYIN) if mine.tokens != theirs.tokens else ()
        )
    if mine.tokens == theirs.tokens or not (
        _says(mine.tokens, mine.kind) and _says(theirs.tokens, theirs.kind)
    ):
        return ()
    return words.contradictions(mine.tokens, theirs.tokens, mine.kind)


@lru_cache(maxsize=262144)
def _says(tokens: tuple[str, ...], kind: str) -> bool:
    """Whether a name has a word of a family."""
    return bool(words.facts(tokens, kind))
