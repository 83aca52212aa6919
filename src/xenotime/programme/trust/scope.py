"""What a certificate or licence covers: read from a form, and asked about a shipment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xenotime.core.errors import InputError
from xenotime.programme.shipping.shipment import Item
from xenotime.programme.trust.certificate import Scope

#: The most grams of one element that a form may name: a million tonnes.
MOST = 10**12
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_PARTS = re.compile(r"[;,\n]")


def covers(code: str, held: Iterable[str]) -> bool:
    """Whether a control code is, or lies under, one of the codes held.

    >>> covers("1C905.a.4", ["1C905"]), covers("1C9051", ["1C905"])
    (True, False)
    """
    return any(code == h or code.startswith(f"{h}.") for h in held)


def totals(items: Iterable[Item]) -> dict[str, int]:
    """Grams by element over all lines; elements that are stated as absent are left out."""
    found: dict[str, int] = {}
    for item in items:
        for element, grams in item.grams.items():
            if grams:
                found[element] = found.get(element, 0) + grams
    return found


def words(given: Any, name: str = "id") -> tuple[str, ...]:  # noqa: ANN401 - a form's answer is text, a list or rows
    """The words of a form's answer: text divided by `;`, `,` or lines, a list of texts, or rows with `name`.

    >>> words("S1; S2"), words([{"code": "1C905"}], "code")
    (('S1', 'S2'), ('1C905',))
    """
    several = _PARTS.split(given) if isinstance(given, str) else given or ()
    found = (str(one.get(name) or "") if isinstance(one, Mapping) else str(one) for one in several)
    return tuple(dict.fromkeys(one.strip() for one in found if one.strip()))


def grams(given: Any, where: str) -> dict[str, int]:  # noqa: ANN401 - as a form or an API gives it
    """Grams by element. Raises InputError for anything but element symbols with whole grams up to `MOST`."""
    rows = given.items() if isinstance(given, Mapping) else ()
    found: dict[str, int] = {}
    for element, amount in rows:
        number = (
            int(amount) if str(amount).isascii() and str(amount).isdecimal() and len(str(amount)) < 14 else -1
        )
        if not _SYMBOL.fullmatch(str(element)) or not 0 < number <= MOST or isinstance(amount, (bool, float)):
            raise InputError(
                "these are no grams of an element",
                where=where,
                expected=f"an element symbol and whole grams from 1 to {MOST}",
                found=f"{element!s:.20}: {amount!s:.20}",
                next_step="write for example Dy: 50000",
            )
        found[str(element)] = number
    return found


def read_scope(form: Mapping[str, Any], where: str) -> Scope:
    """The scope that a case's form asks for. Raises InputError if a part is missing."""
    scope = parts(form, where)
    missing = [name for name in ("sites", "items", "grams", "end_uses") if not getattr(scope, name)]
    if missing:
        raise InputError(
            "a certificate needs a whole scope",
            where=where,
            expected="sites, items by control code, grams a year by element, end uses",
            found=f"nothing for {', '.join(missing)}",
            next_step="fill the form in and try again",
        )
    return scope


def parts(form: Mapping[str, Any], where: str) -> Scope:
    """What a form says of a scope, however little."""
    return Scope(
        words(form.get("sites")),
        words(form.get("items"), "code"),
        grams(form.get("grams"), f"{where}, grams"),
        words(form.get("end_uses"), "end_use"),
        tuple(c.upper() for c in words(form.get("countries"), "country")),
    )


def joined(one: Scope, other: Scope) -> Scope:
    """Both scopes together; grams of the same element are added."""
    amounts = dict(one.grams)
    for element, number in other.grams.items():
        amounts[element] = amounts.get(element, 0) + number
    pairs = ((getattr(one, n), getattr(other, n)) for n in ("sites", "items", "end_uses", "countries"))
    sites, items, uses, countries = (tuple(dict.fromkeys((*a, *b))) for a, b in pairs)
    return Scope(sites, items, amounts, uses, countries if one.countries else ())


def lacking(scope: Scope, items: Sequence[Item]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Control codes and elements of the items that a scope does not name."""
    codes = tuple(dict.fromkeys(i.code for i in items if not covers(i.code, scope.items)))
    return codes, tuple(e for e in totals(items) if e not in scope.grams)
