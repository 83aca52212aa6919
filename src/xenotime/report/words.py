"""The words people see, from one catalogue per language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from xenotime.core.truth import Truth
from xenotime.law.answer import Outcome

_LETTER = re.compile(r"\b[OXTLPVMD]\b")
#: The languages that have a complete catalogue.
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Words:
    """One language's catalogue; call it with a key to get the text."""

    lang: str
    texts: Mapping[str, str]
    counted: Mapping[str, tuple[str, str]]

    def __call__(self, key: str, **values: object) -> str:
        """The text under ``section.key`` with its {places} filled. Raises KeyError for a key nobody wrote."""
        return self.texts[key].format(**values) if values else self.texts[key]

    def maybe(self, section: str, key: str) -> str:
        """The text under ``section.key``, or the key itself in plain words when the catalogue has none."""
        return self.texts.get(f"{section}.{key}", key.replace("_", " "))

    def count(self, noun: str, number: int) -> str:
        """The number with its noun: ``1 leg``, ``12 legs``."""
        one, many = self.counted[noun]
        return (one if number == 1 else many).format(n=number)

    def outcome(self, outcome: Outcome) -> str:
        """The outcome in this language."""
        return self(f"outcome.{outcome.word}")

    def truth(self, value: Truth) -> str:
        """True, false or unknown in this language."""
        return self(f"truth.{truth_key(value)}")

    def confidence(self, tag: str) -> str:
        """What the letters of a confidence tag mean: ``O/T`` is an official text and its translation."""
        letters = dict.fromkeys(_LETTER.findall(tag))
        return "; ".join(self(f"confidence.{letter}") for letter in letters)

    def some(self, ids: Iterable[str], limit: int = 4) -> str:
        """The first ids and how many more there are."""
        every = list(ids)
        shown = ", ".join(every[:limit])
        if len(every) <= limit:
            return shown or self("say.none")
        return f"{shown} {self('say.more', n=len(every) - limit)}"


def truth_key(value: Truth) -> str:
    """``true``, ``false`` or ``unknown``.

    >>> truth_key(None)
    'unknown'
    """
    return "unknown" if value is None else str(value).lower()


@cache
def load(lang: str = "en") -> Words:
    """The catalogue of a language in `LANGUAGES`. Raises KeyError for any other."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    raw = tomllib.loads((files("xenotime.report") / "texts" / f"{lang}.toml").read_text("utf-8"))
    texts = {
        f"{section}.{key}": value
        for section, entries in raw.items()
        for key, value in entries.items()
        if isinstance(value, str)
    }
    return Words(lang, texts, {noun: (forms[0], forms[1]) for noun, forms in raw["count"].items()})


def laid(common: Words, name: str) -> Words:
    """A catalogue with the texts of ``texts/NAME.toml``, which has each in every language, laid over it."""
    place = LANGUAGES.index(common.lang)
    raw = tomllib.loads((files("xenotime.report") / "texts" / f"{name}.toml").read_text("utf-8"))
    ours = {f"{section}.{key}": pair[place] for section, pairs in raw.items() for key, pair in pairs.items()}
    return Words(common.lang, {**common.texts, **ours}, common.counted)
