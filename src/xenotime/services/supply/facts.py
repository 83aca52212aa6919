"""The facts of a route: what the law is told about a kind of movement of the network."""

from __future__ import annotations

from collections.abc import Mapping

from xenotime.law.facts import Fact
from xenotime.services.supply.origins import INSIDE, PART_1, Origins
from xenotime.supply.world.network import Good, Route

#: Groups of countries stand for one of them. The book has no rule for the EU as such, nor for any country of
#: the rest that Brazil would hide: a member state and Brazil are asked in their place.
TERRITORY = {"EU": "DE", "ROW": "BR"}
#: Kind and material by the first parts of a good's address.
_FORMS: Mapping[str, tuple[str | None, str | None]] = {
    "ore": ("ore", "other"),
    "oxide": ("oxide", "other"),
    "metal": ("metal", "element"),
    "alloy": ("alloy", "other"),
    "magnet/smco": ("magnet", "SmCo"),
    "magnet/bonded": ("bonded_magnet", "NdFeB"),
    "magnet": ("magnet", "NdFeB"),
    "scrap": ("scrap", "NdFeB"),
    "swarf": ("scrap", "NdFeB"),
    "component": ("assembly", "other"),
    "product": ("finished_goods", "other"),
}
#: What a transfer of know-how concerns, by the word after ``tech/``.
_AREAS: Mapping[str, str] = {
    "mine": "mining",
    "separation": "separation",
    "metal": "smelting",
    "magnet": "magnet_making",
    "recycling": "recycling",
    "line": "line_maintenance",
}
#: A machine that stands for the equipment of a stage: its line of item 2B902 (cn/mofcom-2025-56/2B902).
_MACHINES: Mapping[str, str] = {"mine": "b", "separation": "d", "metal": "l", "magnet": "w", "recycling": "z"}
#: Values in the 0.1 % test are given as parts of this many.
_WHOLE = 1_000_000_000
#: What magnets are listed for.
_MAGNET_ELEMENTS = ("Dy", "Tb", "Sm")
_RARE = "La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Sc Y".split()
#: A kilogram of magnets that holds less of an element on average [kg] mixes grades with and without it.
_TRACE = 0.005


def territory(country: str) -> str:
    """The ISO territory that stands for a country or group of the network."""
    return TERRITORY.get(country, country)


def facts(
    route: Route, goods: Mapping[str, Good], origins: Origins, known: Mapping[str, Fact]
) -> dict[str, object]:
    """What is known of a route, as a row of facts; what is left out is unknown.

    Buyers of a route are nobody in particular: they are on no list, and there is no red flag. A defence buyer
    is a military user with a military use.
    """
    defence = route.buyer == "defence"
    destination = territory(route.destination)
    row: dict[str, object] = {
        "from": territory(route.origin),
        "to": destination,
        "end_user_country": destination,
        "origin_china": route.origin == INSIDE,
        "military_user": defence,
        "military_use": defence,
        "wmd_or_terror": False,
        "red_flag": False,
        "strip_for_magnets": False,
        "humanitarian": False,
        "return_case": "none",
        "registration_open": False,
        "bonded_move": False,
        "holds_target": False,
        "equipment_line": "none",
        "reagent": "none",
        "technology_area": "none",
        "from_chinese_person": route.origin == INSIDE,
        "to_foreigner": True,
        "exporter_barred": False,
        "exporter_owned_by_listed": False,
        **{name: False for name in known if name.startswith(("listed_", "held_"))},
    }
    row |= _transfer(route) if route.tech else _goods(route, goods[route.good])
    if not route.tech and route.origin != INSIDE:
        row |= _content(route, origins)
    return {name: value for name, value in row.items() if name in known or name.endswith(("_min", "_max"))}


def _goods(route: Route, good: Good) -> dict[str, object]:
    """Kind, material and elements of a good, from its address and its contents."""
    first = route.good.split("/")[0]
    kind, material = _FORMS.get(route.good) or _FORMS.get(first, (None, None))
    holds = first in ("component", "product")
    heavy = any(good.content.get(e, 0.0) > 0 for e in _MAGNET_ELEMENTS)
    return {
        "kind": kind,
        "material": material,
        "processing": "deep" if holds else "primary",
        "holds_magnet": holds and heavy,
        "knows_helps_rare_earth_abroad": False,
        **_elements(good.content),
        **(_traces(good.content) if first == "magnet" else {}),
    }


def _elements(content: Mapping[str, float]) -> dict[str, object]:
    return {f"el_{e.lower()}": content.get(e, 0.0) > 0 for e in _RARE}


def _traces(content: Mapping[str, float]) -> dict[str, object]:
    """Elements that only some grades of an averaged magnet contain: whether this one does is not known."""
    return {f"el_{e.lower()}": None for e in _RARE if 0 < content.get(e, 0.0) < _TRACE}


def _transfer(route: Route) -> dict[str, object]:
    """Know-how (``tech/separation``) or a machine (``equipment/separation``) for a step abroad."""
    first, _, step = route.good.partition("/")
    if first == "equipment":
        return {
            "kind": "equipment",
            "material": "none",
            "equipment_line": _MACHINES.get(step, "d"),
            "max_temperature": 1200,
            "temperature_tolerance": 3,
            "holds_magnet": False,
            "knows_helps_rare_earth_abroad": True,
            **_elements({}),
        }
    return {
        "kind": "technology",
        "material": "none",
        "technology_area": _AREAS.get(step, "separation"),
        "technology_free": "no",
        "holds_magnet": False,
        "knows_helps_rare_earth_abroad": True,
        **_elements({}),
    }


def _content(route: Route, origins: Origins) -> dict[str, object]:
    """Chinese content of goods made abroad; the technology used to make them stays unknown."""
    chinese = any(origins.share(route.origin, route.good, e) > 0 for e in (*PART_1, "Nd", "Pr", "La", "Ce"))
    row: dict[str, object] = {"cn_rare_earths": chinese}
    part = origins.value(route.origin, route.good)
    if part is not None:
        row |= _exact("cn_part1_value", round(part * _WHOLE)) | _exact(
            "cn_part1_value_largest", round(part * _WHOLE)
        )
        row |= _exact("item_value", _WHOLE)
    inner = origins.value(route.origin, "magnet/ndfeb-heavy")
    if inner is not None:
        row |= _exact("cn_part1_value_in_smallest", round(inner * _WHOLE)) | _exact("smallest_value", _WHOLE)
    return row


def _exact(name: str, value: int) -> dict[str, object]:
    return {f"{name}_min": value, f"{name}_max": value}
