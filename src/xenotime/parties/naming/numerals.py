"""Numbers as Chinese names write and read them."""

from __future__ import annotations

_SIGNS = "〇一二三四五六七八九"
_SOUNDS = dict(zip((*_SIGNS, "十"), "ling yi er san si wu liu qi ba jiu shi".split(), strict=True))


def characters(digits: str) -> str:
    """Digits in characters: a number of two digits as it is counted, a longer one digit by digit.

    >>> characters("3"), characters("12"), characters("20"), characters("614"), characters("007")
    ('三', '十二', '二十', '六一四', '七')
    """
    number = digits.lstrip("0") or "0"
    if len(number) != 2:
        return "".join(_SIGNS[int(digit)] for digit in number)
    tens, ones = ("" if d in low else _SIGNS[int(d)] for d, low in zip(number, ("1", "0"), strict=True))
    return f"{tens}十{ones}"


def sounds(digits: str) -> tuple[str, ...]:
    """The syllables of digits, read as `characters` writes them.

    >>> sounds("614")
    ('liu', 'yi', 'si')
    """
    return tuple(_SOUNDS[sign] for sign in characters(digits))
