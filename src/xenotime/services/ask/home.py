"""Whose fact it is: the thing a question is about, so that one answer serves every leg that hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Facts of the goods as shipped that no parts list can carry up.
PRODUCT = (
    *("classified", "holds_magnet", "holds_target", "kind", "material", "processing", "equipment_line"),
    *("max_temperature", "temperature_tolerance", "reagent", "origin_china", "other_item"),
)
#: Facts that are carried up a parts list from where they are unknown.
CONTENT = ("cn_technology", "cn_rare_earths")
#: The value of Chinese material, in the three measures that the articles read.
WORTH = ("cn_part1_value", "cn_part1_value_in_smallest", "cn_part1_value_largest")
_LEG = ("bonded_move", "return_case", "from", "to")
_TECHNOLOGY = ("technology_area", "technology_free", "from_chinese_person")
_LISTS = ("listed_", "held_")


@dataclass(frozen=True, slots=True)
class Setting:
    """The ids that a leg's facts can belong to; `users` with the end user first; know-how is no `goods`."""

    shipment: str
    leg: str
    product: str
    exporter: str
    users: tuple[str, ...]
    site: str = ""
    contract: str = ""
    goods: bool = True


def of_content(fact: str) -> bool:
    """Whether a fact is carried up a parts list."""
    return fact.startswith("el_") or fact in CONTENT or fact in WORTH


def of_parties(fact: str) -> bool:
    """Whether a fact is about any of the users of a movement, each asked apart."""
    return fact == "military_user" or fact.startswith(_LISTS)


def about(fact: str, setting: Setting) -> tuple[str, str]:
    """What a fact that is neither of content nor of parties is about: the kind of thing, and its id.

    >>> about("classified", Setting("S-1", "1", "MG-1", "us", ("them",)))
    ('product', 'MG-1')
    """
    if fact in PRODUCT:
        return "product" if setting.goods else "technology", setting.product
    if fact in _TECHNOLOGY:
        return "technology", setting.product
    if fact in _LEG:
        return "leg", f"{setting.shipment}/{setting.leg}"
    if fact.startswith("exporter_") or fact == "registration_open":
        return "exporter", setting.exporter
    if fact == "end_user_country" and setting.users:
        return "party", setting.users[0]
    return "shipment", setting.shipment


def of_user(fact: str, user: str, setting: Setting, sites: Sequence[str]) -> tuple[str, str]:
    """What a fact about one user is about: the party, or for a military link its contract or site."""
    if fact == "military_user" and user == setting.users[0] and setting.contract:
        return "contract", f"{user}/{setting.contract}"
    if fact == "military_user" and setting.site in sites:
        return "site", setting.site
    return "party", user
