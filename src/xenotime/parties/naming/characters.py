"""Han characters in one form: traditional, Japanese and variant forms become simplified ones."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from xenotime.parties.tables import rows

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN = re.compile(f"[{_HAN}]")


@cache
def is_han(char: str) -> bool:
    """Whether a character is a Chinese one (also as written in Japan, Korea or Vietnam)."""
    return HAN.fullmatch(char) is not None


@cache
def simplified(char: str) -> str:
    """The simplified form of one Han character, whichever form it was written in.

    A character that simplified Chinese uses stays as it is, unless the packaged table of variants names it.

    >>> [simplified(c) for c in "廣広广東芝龍竜"]
    ['广', '广', '广', '东', '芝', '龙', '龙']
    """
    found: str = _converter("t2s").convert(char)
    if found == char and not _plain(char):
        found = _converter("t2s").convert(_converter("jp2t").convert(char))
    return _variants().get(found, str(found))


def _plain(char: str) -> bool:
    """Whether a character belongs to the everyday simplified set (GB 2312)."""
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


@cache
def _variants() -> dict[str, str]:
    return {row["variant"]: row["simplified"] for row in rows("variants")}


@cache
def _converter(name: str) -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - a purely Latin run never loads the dictionaries

    return OpenCC(name)
