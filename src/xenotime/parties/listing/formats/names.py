"""What lists write into a name: other names in the same cell, and words that only a company has."""

from __future__ import annotations

import re

_COMPANY = re.compile(
    r"\b(?:inc|ltd|llc|l\.l\.c|co|corp|company|corporation|limited|gmbh|ag|s\.?a|b\.?v|plc|pte|sdn|bhd|fze|fzco|"
    r"oao|ooo|pjsc|jsc|group|holding|holdings|trading|enterprises?|industries|international|intl|systems|"
    r"technolog(?:y|ies)|electronics|services|institute|university|laborator(?:y|ies)|labs|airlines?|aviation|"
    r"aerospace|shipping|logistics|bank|foundation|center|centre|factory|plant|bureau)\b",
    re.IGNORECASE,
)
_AKA = re.compile(
    r",?\s*\b(a\.?k\.?a|f\.?k\.?a|n\.?k\.?a|formerly known as|also known as)\b\.?[:,]?\s*", re.IGNORECASE
)


def company(name: str) -> bool:
    """Whether a name has a word that only an organisation has.

    >>> company("KAL TEK LABS"), company("DOE, JOHN")
    (True, False)
    """
    return bool(_COMPANY.search(name))


def parted(name: str) -> tuple[tuple[str, str], ...]:
    """The names in one cell with their kinds: ``X, a.k.a. Y, f.k.a. Z``.

    >>> parted("Fernhill AG, a.k.a. Farnhill, f.k.a. Pigment Works")
    (('Fernhill AG', 'primary'), ('Farnhill', 'strong'), ('Pigment Works', 'former'))
    """
    pieces = _AKA.split(name)
    found = [(_bare(pieces[0]), "primary")]
    for words, cell in zip(pieces[1::2], pieces[2::2], strict=True):
        kind = "former" if words.lower().startswith("f") else "strong"
        found += [(_bare(text), kind) for text in cell.split(";")]
    return tuple((text, kind) for text, kind in found if text)


def _bare(text: str) -> str:
    """The text without commas at its ends, and without a bracket that the other names left open."""
    clean = text.strip(" ,;").removesuffix("(").strip(" ,;")
    return clean.removesuffix(")") if clean.count(")") > clean.count("(") else clean
