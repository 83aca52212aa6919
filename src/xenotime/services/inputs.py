"""US technology and plants behind an item, listed by entry, as the facts of the direct-product limbs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from xenotime.law.read import packaged
from xenotime.services.blocks import refused

#: The lists of a worksheet, and the facts that each fills; of those beside the entries only [] speaks.
KEYS = {"technology": "us_tech_", "plants": "us_plant_"}
_BESIDE = {"technology": ("600", "assurance"), "plants": ("assurance", "3b", "4e091")}
_ONLY_ITEMS = ("9x515",)
_ENTRY = re.compile(r"\??[0-9][DE][0-9]{3}")
_LISTED_FROM = 3


@cache
def _entries() -> dict[str, str]:
    table = tomllib.loads(packaged("us/inputs.toml"))
    return {entry: name for name, entries in table.items() for entry in entries}


def input_facts(block: Mapping[str, Any], where: str) -> dict[str, str]:
    """The facts of the lists in a worksheet: entries named are yes (``?3E992``: unknown), all others no.

    ``technology: []`` says that it is no direct product of US technology or software at all. What stays
    unknown is left out. Raises InputError for what is no entry of a D or E group.
    """
    facts: dict[str, str] = {}
    for key in KEYS:
        if key in block:
            facts |= _facts(key, _codes(block[key], f"{where}, {key}"))
    return facts


def _codes(given: object, where: str) -> tuple[str, ...]:
    codes = tuple(str(code) for code in given) if isinstance(given, list) else (str(given),)
    wrong = [code for code in codes if not _ENTRY.fullmatch(code)]
    if wrong:
        raise refused("this is no entry of US technology or software", where, "[3E992, ?5D002] or []", wrong)
    return codes


def _facts(key: str, codes: tuple[str, ...]) -> dict[str, str]:
    names = {*_entries().values(), "3_to_9", "0_to_2"} - set(_ONLY_ITEMS if key == "plants" else ())
    sure = {name for code in codes if not code.startswith("?") for name in _names(code)}
    maybe = {name for code in codes for name in _names(code.removeprefix("?"))} - sure
    beside = set(_BESIDE[key])
    told = dict.fromkeys(sorted(sure & (names | beside)), "yes")
    if not codes:
        names |= beside
    elif key == "technology" and "600" not in maybe:
        names |= {"600"}
    told |= dict.fromkeys(sorted(names - sure - maybe), "no")
    return {f"{KEYS[key]}{name}": word for name, word in told.items()}


def _names(entry: str) -> tuple[str, ...]:
    """The facts that speak for an entry.

    >>> _names("3E611"), _names("3E992")
    (('600', '3_to_9'), ('3_992',))
    """
    category = "3_to_9" if int(entry[0]) >= _LISTED_FROM else "0_to_2"
    if entry[2] == "6":
        return ("600", category)
    name = _entries().get(entry, category)
    return (name, category) if name in _ONLY_ITEMS else (name,)
