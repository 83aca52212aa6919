"""The words of the supply pages, each in English and in Chinese, laid over the common catalogue."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from xenotime.report.words import LANGUAGES, Words, load


@cache
def speak(lang: str = "en") -> Words:
    """The whole catalogue of a language with the supply pages' words. Raises KeyError for any other."""
    common = load(lang)
    place = LANGUAGES.index(lang)
    raw = tomllib.loads((files("xenotime.report") / "texts" / "supply.toml").read_text("utf-8"))
    ours = {
        f"{section}.{key}": pair[place] for section, entries in raw.items() for key, pair in entries.items()
    }
    return Words(lang, {**common.texts, **ours}, common.counted)
