"""Numbers that identify: which of a query's and an entry's are the same, and which cannot be one body's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from xenotime.core import codes
from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier
from xenotime.parties.matching.match import Evidence

_SHIFT = 100
_IMO = re.compile(r"(?:IMO)?(\d{7})$")


def compare(mine: Iterable[Identifier], theirs: Iterable[Identifier]) -> tuple[Evidence, ...]:
    """What the numbers of both sides say, kind by kind: same decides for, different may decide against.

    A body has one LEI, one unified social credit code and, if it is a ship, one IMO number: two that differ
    are two bodies. Of other numbers one body may have several, so only an equal one says something. A
    number whose check digit fails says nothing.
    """
    left, right = _grouped(mine), _grouped(theirs)
    found = []
    for kind in sorted(left.keys() & right.keys()):
        if shared := sorted(_shared(left[kind], right[kind])):
            found.append(Evidence("identifier", "same", f"same {kind} {shared[0]}", _SHIFT))
        elif kind in _SINGLE:
            one, other = (min(value for value, _ in side) for side in (left[kind], right[kind]))
            says = f"another {kind} ({one}, the list says {other})"
            found.append(Evidence("identifier", "different", says, -_SHIFT))
    return tuple(found)


def valid(identifier: Identifier) -> bool:
    """Whether a number can be what it claims: its check digits hold, or its kind has none.

    >>> [valid(Identifier(*n)) for n in (("IMO", "9074729"), ("IMO", "9074728"), ("tax", "7"))]
    [True, False, True]
    """
    check = _SINGLE.get(identifier.kind.upper())
    try:
        return bool(identifier.value.strip()) and (check is None or check(identifier.value))
    except InputError:
        return False


def _lei(value: str) -> bool:
    return bool(codes.lei(value))


def _uscc(value: str) -> bool:
    return bool(codes.uscc(value))


def _imo(value: str) -> bool:
    match = _IMO.match(value.upper().replace(" ", ""))
    if not match:
        return False
    digits = [int(c) for c in match[1]]
    return sum(d * w for d, w in zip(digits, range(7, 1, -1), strict=False)) % 10 == digits[-1]


#: The kinds of which a body has one, with their check.
_SINGLE: dict[str, Callable[[str], bool]] = {"LEI": _lei, "USCC": _uscc, "IMO": _imo}
_Values = dict[str, set[tuple[str, str]]]


def _grouped(identifiers: Iterable[Identifier]) -> _Values:
    """The valid numbers by kind, each with its country."""
    found: _Values = {}
    for one in identifiers:
        if valid(one):
            value = re.sub(r"[\s.\-/]", "", one.value.upper())
            kind = one.kind.upper()
            value = value.removeprefix("IMO") if kind == "IMO" else value
            found.setdefault(kind if kind in _SINGLE else one.kind, set()).add((value, one.country.upper()))
    return found


def _shared(left: set[tuple[str, str]], right: set[tuple[str, str]]) -> set[str]:
    """The equal numbers whose countries do not differ."""
    return {
        a for a, here in left for b, there in right if a == b and (here == there or not here or not there)
    }
