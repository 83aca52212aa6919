"""The words of the supply pages, each in English and in Chinese, laid over the common catalogue."""

from __future__ import annotations

from functools import cache

from xenotime.report.words import Words, laid, load


@cache
def speak(lang: str = "en") -> Words:
    """The whole catalogue of a language with the supply pages' words. Raises KeyError for any other."""
    return laid(load(lang), "supply")
