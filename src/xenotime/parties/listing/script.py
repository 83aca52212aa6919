"""The script a name is written in, as its ISO 15924 code."""

from __future__ import annotations

#: First and last code point of the letters of a script; the first script met decides, kana before Han.
_RANGES = (
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x10A0, 0x10FF, "Geor"),
    (0x3040, 0x30FF, "Jpan"),
    (0x3400, 0x9FFF, "Hani"),
    (0xAC00, 0xD7AF, "Kore"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB50, 0xFEFC, "Arab"),
    (0x20000, 0x3FFFF, "Hani"),
)


def script_of(text: str) -> str:
    """The script of a text that no other script contradicts: Latn where only Latin letters stand.

    A text with any letters of another script is of that script; kana makes a text Japanese.

    >>> [script_of(t) for t in ("Fernhill AG", "蕨山颜料公司", "L3公司", "スバル株式会社", "2904977")]
    ['Latn', 'Hani', 'Hani', 'Jpan', '']
    """
    if text.isascii():
        return "Latn" if any(c.isalpha() for c in text) else ""
    found = {name for c in text for first, last, name in _RANGES if first <= ord(c) <= last}
    if "Jpan" in found:
        return "Jpan"
    return min(found) if found else "Latn" if any(c.isalpha() for c in text) else ""
