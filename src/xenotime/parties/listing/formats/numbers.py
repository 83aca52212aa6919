"""Identifiers as lists write them: what kind of number it is, and the number itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from xenotime.core.codes import lei, uscc
from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier
from xenotime.parties.listing.formats.countries import code

#: The words of lists for a kind of number, first match first; None for what identifies nobody.
_WORDS: tuple[tuple[str, str | None], ...] = (
    (
        r"gender|website|e-?mail|sanction|telephone|phone|executive order|established|directive|target type",
        None,
    ),
    (r"regulation|transactions|listing|effective date|model|ticker|shareholder|currency|linked to", None),
    (r"legal entity identifier|\blei\b", "LEI"),
    (r"unified social|uscc|social credit", "USCC"),
    (r"\bimo\b", "IMO"),
    (r"\bmmsi\b|maritime mobile", "MMSI"),
    (r"vessel registration", "vessel"),
    (r"passport", "passport"),
    (r"swift|\bbic\b", "BIC"),
    (r"d-?u-?n-?s", "DUNS"),
    (r"isin|securities", "ISIN"),
    (r"tail number|serial|\bmsn\b|construction number", "aircraft"),
    (
        r"cedula|c[eé]dula|national id|national no|personal id|curp|ssn|stateless|residen|birth cert",
        "national",
    ),
    (r"driver|identity card|electoral|travel document|\bd\.?n\.?i\b|national foreign|interpol", "national"),
    (
        r"tax|\bnit\b|\bruc\b|\brfc\b|v\.?a\.?t|c\.?u\.?i\.?t|fiscal|\binn\b|cnpj|\brif\b|\brut\b|\brtn\b",
        "tax",
    ),
    (
        r"regist|company n|chamber|matricula|folio|gazette|ogrn|enterprise n|business n|licen[cs]e",
        "registration",
    ),
    (
        r"branch unit|legal entity number|identification number|commercial|company id|organi[sz]ation code",
        "registration",
    ),
    (r"c\.?r\.?(?: no)?\b|\bid\b|\bno\.?$|number", "registration"),
)
_KINDS = tuple((re.compile(pattern), kind) for pattern, kind in _WORDS)
#: Kinds in which a unified social credit code may hide.
_MAYBE_USCC = frozenset({"registration", "tax", "USCC"})
_NOTED = re.compile(
    r"(?:alt\. )?(?P<words>[A-Za-z][A-Za-z'./# -]*?(?:\([A-Z]{2,6}\) ?)?) ?"
    r"(?P<value>(?:IMO )?[A-Z]{0,6}[-./]?\d[\w./ -]*?|[A-Z0-9]{8,20})(?: \((?P<land>[A-Z][\w ,.'-]+)\))?"
    r"(?: (?:issued|expires|\(individual\)|\(general\)).*)?$"
)


def kind_of(words: str) -> str | None:
    """The kind of number that a list's words for it mean; None when it identifies nobody.

    >>> kind_of("Tax ID No."), kind_of("Vessel Registration Identification"), kind_of("Website")
    ('tax', 'vessel', None)
    """
    text = words.lower()
    return next((kind for pattern, kind in _KINDS if pattern.search(text)), None)


def identifier(words: str, value: str, country: str = "") -> Identifier | None:
    """The identifier that words and a value make; None when they identify nobody.

    A LEI or USCC whose check digits do not hold is kept as a registration number.
    """
    kind = kind_of(words)
    clean = re.sub(r"\s", "", value).upper()
    if kind is None or not clean or not any(c.isdigit() or c.isupper() for c in clean):
        return None
    if clean.startswith("IMO") and clean[3:].isdigit():
        kind, clean = "IMO", clean[3:]
    land = code(country) if country else ""
    if kind == "LEI" and not _holds(lei, clean):
        kind = "registration"
    if kind in _MAYBE_USCC:
        kind = "USCC" if _holds(uscc, clean) else "registration" if kind == "USCC" else kind
    return Identifier(kind, clean, land)


def noted(remark: str) -> Identifier | None:
    """The identifier that one part of a remark states; None when it states none.

    >>> noted("Tax ID No. 7799 (Russia)"), noted("Vessel Registration Identification IMO 1234567")
    (Identifier(kind='tax', value='7799', country='RU'), Identifier(kind='IMO', value='1234567', country=''))
    >>> noted("DOB 10 Dec 1948"), noted("Director of something")
    (None, None)
    """
    found = _NOTED.match(remark)
    if not found or remark.startswith(("DOB", "POB", "alt. DOB", "alt. POB")):
        return None
    return identifier(found["words"], found["value"], found["land"] or "")


def _holds(check: Callable[[str], str], value: str) -> bool:
    try:
        check(value)
    except InputError:
        return False
    return True
