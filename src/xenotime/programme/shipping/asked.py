"""Whether a shipment can be asked about at all: bounded, whole numbers, known words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from xenotime.core.errors import InputError
from xenotime.programme.shipping.shipment import Item, Shipment
from xenotime.programme.trust.scope import MOST

#: Bounds: lines, elements a line, stops on the route, other parties, facts, and characters of a word and of
#: a note.
LINES, ELEMENTS, STOPS, PARTIES, FACTS, WORD, NOTE = 100, 30, 12, 20, 20, 200, 2_000
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.]{0,39}")
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_ROLE = re.compile(r"[a-z][a-z0-9_ ]{0,39}")
_MONEY = re.compile(r"[0-9]{1,15}(\.[0-9]{1,4})?")


def sound(shipment: Shipment) -> None:
    """Nothing if a shipment can be asked about. Raises InputError that names the first thing wrong."""
    for where, fine, expected, found in chain(_whole(shipment), _lines(shipment.items), _words(shipment)):
        if not fine:
            raise InputError(
                "this shipment cannot be asked about",
                where=where,
                expected=expected,
                found=found[:80],
                next_step="correct it and ask again",
            )


Check = tuple[str, bool, str, str]


def _whole(s: Shipment) -> Iterable[Check]:
    yield "items", 0 < len(s.items) <= LINES, f"1 to {LINES} lines", str(len(s.items))
    yield "route", 2 <= len(s.route) <= STOPS, f"2 to {STOPS} countries", str(len(s.route))
    for stop in s.route:
        yield "route", bool(_COUNTRY.fullmatch(stop)), "two capital letters", stop
    yield "parties", len(s.parties) <= PARTIES, f"at most {PARTIES}", str(len(s.parties))
    yield "facts", len(s.facts) <= FACTS, f"at most {FACTS}", str(len(s.facts))
    yield "value", not s.value or bool(_MONEY.fullmatch(s.value)), "a decimal as text", s.value
    yield "note", len(s.note) <= NOTE, f"at most {NOTE} characters", str(len(s.note))


def _lines(items: Iterable[Item]) -> Iterable[Check]:
    for number, item in enumerate(items, 1):
        where = f"line {number}"
        yield where, bool(_CODE.fullmatch(item.code)), "a control code", item.code
        yield where, 0 < len(item.grams) <= ELEMENTS, f"1 to {ELEMENTS} elements", str(len(item.grams))
        for element, grams in item.grams.items():
            yield where, bool(_SYMBOL.fullmatch(element)), "an element symbol", element
            fine = type(grams) is int and 0 <= grams <= MOST
            yield where, fine, f"whole grams from 0 to {MOST}", str(grams)
        yield where, any(item.grams.values()), "grams above 0 of some element", "0 of all"
        yield where, len(item.facts) <= FACTS, f"at most {FACTS} facts", str(len(item.facts))
        for word in (item.lot, item.description, item.hs, *item.facts, *item.facts.values()):
            yield where, len(word) <= WORD, f"at most {WORD} characters", str(len(word))


def _words(s: Shipment) -> Iterable[Check]:
    named = {
        "certificate": s.certificate, "exporter": s.exporter, "end_user": s.end_user, "site": s.site,
        "end_use": s.end_use,
    }  # fmt: skip
    for where, word in named.items():
        yield where, 0 < len(word) <= WORD, f"1 to {WORD} characters", word or "nothing"
    rest = (s.licence, s.currency, *s.parties, *s.parties.values(), *s.facts, *s.facts.values())
    for word in rest:
        yield "words", len(word) <= WORD, f"at most {WORD} characters", word
    lines = (w for i in s.items for w in (i.lot, i.description, i.hs))
    for word in (s.site, s.end_use, *s.parties.values(), *lines, *s.note.splitlines()):
        yield "words", word.isprintable(), "no signs that do not print", word
    for role in (*s.parties, *s.facts, *(f for i in s.items for f in i.facts)):
        yield "parties and facts", bool(_ROLE.fullmatch(role)), "a word such as consignee", role
    for name in s.parties.values():
        yield "parties", any(c.isalnum() for c in name), "a name", name
