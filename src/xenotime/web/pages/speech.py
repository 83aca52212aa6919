"""The words of the pages, from one catalogue per language, and which language a reader gets."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from fastapi import Request

from xenotime.report.words import LANGUAGES, Words
from xenotime.report.words import load as report_words

#: The cookie that keeps a reader's choice.
COOKIE = "lang"


@cache
def catalogue(lang: str) -> dict[str, str]:
    """The pages' own texts of a language, ``section.key`` -> text."""
    raw = tomllib.loads((files("xenotime.web") / "texts" / f"{lang}.toml").read_text("utf-8"))
    return {f"{section}.{key}": text for section, entries in raw.items() for key, text in entries.items()}


@cache
def faults() -> dict[str, str]:
    """What went wrong, in Chinese, by the English words of the error."""
    found: dict[str, str] = tomllib.loads(
        (files("xenotime.web") / "texts" / "faults.toml").read_text("utf-8")
    )
    return found


def told_fault(text: str, lang: str) -> str:
    """The words of an error in the reader's language; as said where there is no Chinese."""
    return faults().get(text, text) if lang == "zh" else text


@cache
def words(lang: str) -> Words:
    """Every text of a language: the pages' own over those of the report."""
    base = report_words(lang)
    return Words(lang, {**base.texts, **catalogue(lang)}, base.counted)


def language(request: Request) -> str:
    """The reader's language: from the address, a cookie, the account, or the browser's list.

    Chinese in any script is answered in the one Chinese catalogue; anything else in English.
    """
    account = getattr(request.state, "account", None)
    asked = (
        request.query_params.get(COOKIE),
        request.cookies.get(COOKIE),
        account.language if account else None,
        preferred(request.headers.get("accept-language", "")),
    )
    return next((lang for lang in asked if lang in LANGUAGES), LANGUAGES[0])


def preferred(header: str) -> str:
    """The first of our languages that a browser's list names, by its weights; "" if none.

    >>> preferred("fr;q=0.9, zh-CN;q=0.8, en;q=0.5")
    'zh'
    """
    ranked: list[tuple[int, int, str]] = []
    for place, part in enumerate(header[:500].split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        lang = tag.strip().lower().partition("-")[0]
        if lang in LANGUAGES:
            ranked.append((-_thousandths(weight), place, lang))
    return min(ranked)[2] if ranked else ""


def _thousandths(weight: str) -> int:
    whole, _, part = weight.strip().partition(".")
    digits = (whole or "1") + (part + "000")[:3]
    return int(digits) if digits.isascii() and digits.isdigit() else 0
