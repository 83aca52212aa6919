"""How single values are spelt on a page: places, links, addresses, amounts, yes and no."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import quote

from xenotime.core.truth import Truth
from xenotime.law.answer import Coverage
from xenotime.report.words import Words

_LINK = re.compile(r"https?://[^\s;<>\"']+")


def anchor(kind: str, *parts: object) -> str:
    """The id of a place on the page, safe in an address: ``law/cn/mofcom-2025-61/1.1``.

    >>> anchor("s", "SH 1", 2)
    's/SH%201/2'
    """
    return "/".join([kind, *(quote(str(part), safe="/.-_~") for part in parts)])


def links(text: str) -> list[str]:
    """The web addresses in a source's field; anything else (a script, a file) is not a link.

    >>> links("https://example.invalid/a ; javascript:alert(1)")
    ['https://example.invalid/a']
    """
    return [found.rstrip(",.)") for found in _LINK.findall(text)]


def short(address: str) -> str:
    """An article's address without its country.

    >>> short("cn/mofcom-2025-61/1.1")
    'mofcom-2025-61/1.1'
    """
    return address.split("/", 1)[-1]


def yes_no(value: Truth) -> str:
    """``yes``, ``no`` or ``unknown``."""
    return "unknown" if value is None else ("yes" if value else "no")


def amount(number: Decimal | None, unit: str, say: Words) -> str:
    """A number with its unit, thousands apart; "unknown" when nobody stated it."""
    return say("say.unknown") if number is None else f"{number:,} {unit}".replace(",", "\u202f").strip()


def coverage_words(each: Coverage, say: Words) -> str:
    """Whether a licence covers the row, or which of its bounds fails."""
    fails = ", ".join(say.maybe("coverage", bound.removesuffix("?")) for bound in each.fails)
    return say(f"coverage.{yes_no(each.covers)}", fails=fails or say("say.unknown"))
