"""A name made comparable: one written name gives several views, each in one alphabet."""

from __future__ import annotations

from dataclasses import dataclass

#: The alphabets in which two names can be compared with each other.
LATIN, PINYIN, HAN = "latin", "pinyin", "han"


@dataclass(frozen=True, slots=True)
class Name:
    """One comparable view of a written name.

    `kind` is LATIN (folded words), PINYIN (Hanyu Pinyin syllables without tones) or HAN (simplified
    characters); only views of one kind are compared. `tokens` are words, syllables or characters in
    order, without the legal forms, which are set aside in `forms`. `how` says which reading made the
    view: "written", "pinyin", "surname reading", "wade-giles", "cantonese", "translated", "part", ….
    """

    text: str
    kind: str
    tokens: tuple[str, ...]
    forms: frozenset[str] = frozenset()
    how: str = "written"

    @property
    def key(self) -> str:
        """The tokens without spaces: spellings that differ only in spacing have one key."""
        return "".join(self.tokens)
