"""Where oxides and metals come from and go to at rest, and what magnets hold so that all balances close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xenotime.core.errors import BookError
from xenotime.evidence.figure import Figure
from xenotime.supply.world.balance import BOND, Balance
from xenotime.supply.world.elements import ELEMENTS, HEAVY, LIGHT, MAGNETIC, held
from xenotime.supply.world.inputs import Input
from xenotime.supply.world.magnets import DAILY, FAMILIES, Magnets
from xenotime.supply.world.matrix import fit
from xenotime.supply.world.read import number, table

_Floats = NDArray[np.float64]

#: The elements that are made into metal for magnets, and by which row of the table of metals each is traded.
METALS: Mapping[str, str] = {
    "Nd": "light",
    "Pr": "light",
    "Ce": "light",
    "Dy": "heavy",
    "Tb": "heavy",
    "Gd": "heavy",
    "Ho": "heavy",
    "Sm": "heavy",
}
#: The countries where magnets are collected at the end of their life.
COLLECT = ("CN", "EU", "JP", "US")
#: How much more swarf is offered than is asked for at rest, so that few draws begin with a shortage of it.
SPARE = 0.15
#: How often other use abroad is moved to meet China's exports before giving up.
TURNS = 40
#: Where the swarf of a maker goes; that of the other makers is not known to come back.
SWARF: Mapping[str, str] = {"CN": "CN", "JP": "JP"}


@dataclass(slots=True)
class Chain:
    """The chain above magnets at rest, all in kilograms a day or kilograms a kilogram.

    `content` of a finished magnet by family and element; `metal` (maker, magnet country, element) flows;
    `plants` each separation site with its feed; `oxide` flows by (plant, buyer, element), a buyer being
    (`metal` | `other`, country).
    """

    content: dict[str, dict[str, float]] = field(default_factory=dict)
    metal: dict[tuple[str, str, str], float] = field(default_factory=dict)
    plants: dict[tuple[str, str], Plant] = field(default_factory=dict)
    oxide: dict[tuple[tuple[str, str], tuple[str, str], str], float] = field(default_factory=dict)
    swarf: dict[tuple[str, str], float] = field(default_factory=dict)
    scrap: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plant:
    """A separation site: the good it takes, feed [kg a day], oxide from one kg of it, elements held in it."""

    country: str
    good: str
    feed: float
    gives: Mapping[str, float]
    held: Mapping[str, float]


def chain(figures: tuple[Figure, ...], given: Mapping[str, Input], settled: Balance, made: Magnets) -> Chain:
    """Everything above the magnet at rest; closes for every element and site."""
    found = Chain()
    _primary(found, given, settled)
    _contents(found, figures, given, settled, made)
    _recycled(found, settled)
    _metals(found, settled, made)
    _oxides(found, given, settled)
    return found


def _primary(found: Chain, given: Mapping[str, Input], settled: Balance) -> None:
    feeds: dict[tuple[str, str], float] = {}
    for row in table("feeds"):
        key = (row["separation"], row["ore"])
        reo = settled.value.get(
            row["quantity"], given[row["quantity"]].value if row["quantity"] in given else 0.0
        )
        feeds[key] = feeds.get(key, 0.0) + reo * DAILY * number(row, "part")
    for (country, ore), feed in feeds.items():
        parts = settled.ores[ore]
        apart = parts if country == "CN" else {e: p for e, p in parts.items() if e in LIGHT}
        gives = {e: p * settled.value["recovery"] * (1 - unsold(e, given)) for e, p in apart.items()}
        holds = {e: p * held(e) for e, p in parts.items()}
        found.plants[country, ore] = Plant(country, f"ore/{ore}", feed, gives, holds)
    for country, part in (("CN", 0.6), ("JP", 0.4)):
        feed = given["mine.Sc"].value * DAILY * part / 0.9
        found.plants[country, "scandium"] = Plant(
            country, "ore/scandium", feed, {"Sc": 0.9}, {"Sc": held("Sc")}
        )


def unsold(element: str, given: Mapping[str, Input]) -> float:
    """The part of an element's oxide that nobody buys: it leaves as residue or is stored."""
    if element in ("Ce", "La"):
        return given[f"unsold.{element}"].value
    return given["unsold.rest"].value if element in ("Ho", "Er", "Tm", "Yb", "Y") else 0.0


def _contents(
    found: Chain, figures: tuple[Figure, ...], given: Mapping[str, Input], settled: Balance, made: Magnets
) -> None:
    """Nd, Pr, Dy and Tb of a magnet follow from what is left for magnets; the rest is as claimed."""
    cut, loss, recovery = (settled.value[name] for name in ("yield", "metal.loss", "recovery"))
    out = {f: float(kg) for f, kg in zip(FAMILIES, made.made().sum(axis=0), strict=True)}
    cast = {"ndfeb": out["ndfeb"] / cut, "ndfeb-heavy": out["ndfeb-heavy"] / cut}
    _waste(found, given, settled, made)
    scrap, hot = sum(found.scrap.values()), out["ndfeb-heavy"] / (out["ndfeb"] + out["ndfeb-heavy"])
    prime = {e: sum(p.feed * p.gives.get(e, 0.0) for p in found.plants.values()) * held(e) for e in MAGNETIC}
    content = {}
    for element in MAGNETIC:
        heavy = element in HEAVY
        need = cast["ndfeb-heavy"] if heavy else sum(cast.values()) + BOND * out["bonded"]
        back = sum(kg for (_, family), kg in found.swarf.items() if family == "ndfeb-heavy" or not heavy)
        content[element] = (prime[element] - elsewhere(element, prime, given)) / (
            need / (1 - loss) - recovery * (back + scrap * (hot if heavy else 1.0))
        )
    said = {
        (f.subject, f.element): float(f.value) / 100
        for f in figures
        if f.stage == "magnet" and f.value is not None and f.unit == "wt%"
    }
    extra = {e: said["Magnet composition: sintered NdFeB", e] for e in ("Ce", "Gd", "Ho")}
    found.content["ndfeb"] = {e: content[e] for e in ("Nd", "Pr")} | extra
    found.content["ndfeb-heavy"] = {e: content[e] for e in MAGNETIC} | {e: extra[e] for e in ("Gd", "Ho")}
    found.content["bonded"] = {e: content[e] * BOND for e in ("Nd", "Pr")}
    found.content["smco"] = {e: said["Magnet composition: SmCo", e] for e in ("Sm", "Gd")}
    found.content["scrap"] = {e: content[e] * (hot if e in HEAVY else 1.0) for e in MAGNETIC}


def elsewhere(element: str, prime: Mapping[str, float], given: Mapping[str, Input]) -> float:
    """What of a magnet element goes into other uses [kg a day]."""
    if element in ("Nd", "Pr"):
        return given["light.NdPr"].value * DAILY * prime[element] / (prime["Nd"] + prime["Pr"])
    return prime[element] * (0.03 if element == "Dy" else 0.08)


def _waste(found: Chain, given: Mapping[str, Input], settled: Balance, made: Magnets) -> None:
    """Swarf that goes back and magnets collected at the end of their life [kg a day]."""
    output = made.made()
    for at, maker in enumerate(made.makers):
        back = 0.0
        if maker in SWARF:
            back = settled.value["swarf.recycled"] if maker == "CN" else given["swarf.abroad"].value
        for family in ("ndfeb", "ndfeb-heavy"):
            kg = float(output[at, FAMILIES.index(family)]) * (1 / settled.value["yield"] - 1) * back
            if kg > 0:
                found.swarf[maker, family] = kg
    for country in COLLECT:
        found.scrap[country] = given["scrap.rate"].value * float(made.used[made.users.index(country)].sum())


def _recycled(found: Chain, settled: Balance) -> None:
    recovery = settled.value["recovery"]
    feeds: dict[tuple[str, str], float] = {}
    for (maker, family), kg in found.swarf.items():
        key = (SWARF[maker], f"swarf-{family}")
        feeds[key] = feeds.get(key, 0.0) + kg
    feeds |= {(country, "scrap"): kg for country, kg in found.scrap.items()}
    for (country, kind), feed in feeds.items():
        family = kind.removeprefix("swarf-")
        holds = found.content[family]
        gives = {e: holds[e] * recovery / held(e) for e in MAGNETIC if e in holds}
        good = "scrap/ndfeb" if kind == "scrap" else f"swarf/{family}"
        found.plants[country, kind] = Plant(country, good, feed, gives, holds)


def _metals(found: Chain, settled: Balance, made: Magnets) -> None:
    rows = {(row["country"], row["element"]): row for row in table("metals")}
    output = made.made()
    for at, country in enumerate(made.makers):
        for element, kind in METALS.items():
            need = sum(
                float(output[at, place]) / blank(family, settled) * found.content[family].get(element, 0.0)
                for place, family in enumerate(FAMILIES)
            )
            row = rows.get((country, kind)) or rows[country, "all"]
            for source in ("CN", "JP", "VN", "EU", "US", "ROW"):
                if need * number(row, source) > 0:
                    found.metal[source, country, element] = need * number(row, source)


def blank(family: str, settled: Balance) -> float:
    """How much finished magnet one kilogram of cast alloy gives: bonded magnets are moulded to shape."""
    return 1.0 if family == "bonded" else settled.value["yield"]


def _oxides(found: Chain, given: Mapping[str, Input], settled: Balance) -> None:
    """Fit who sells which oxide to whom; other use abroad is moved until China's exports are met."""
    loss = settled.value["metal.loss"]
    metal: dict[tuple[str, str], float] = {}
    for (source, _, element), kg in found.metal.items():
        metal[source, element] = metal.get((source, element), 0.0) + kg / held(element) / (1 - loss)
    supply = {e: sum(p.feed * p.gives.get(e, 0.0) for p in found.plants.values()) for e in ELEMENTS}
    left = {e: supply[e] - sum(kg for (_, x), kg in metal.items() if x == e) for e in ELEMENTS}
    wanted = given["exports.raw"].value / given["exports.days"].value * 1000 * given["raw.oxide"].value
    wanted -= sum(
        kg / held(e) for (source, to, e), kg in found.metal.items() if source == "CN" and to != "CN"
    )
    abroad = 0.25
    for _ in range(TURNS):
        found.oxide = _sold(found, metal, left, abroad)
        apart = wanted - sum(
            kg for (plant, buyer, _), kg in found.oxide.items() if plant[0] == "CN" != buyer[1]
        )
        if abs(apart) < 1e-9 * wanted:
            return
        abroad += apart / sum(left.values())
    raise BookError(
        "China's exports of oxides cannot be met",
        where="exports.raw",
        expected=f"{wanted:.6g} kg a day",
        found=f"{apart:+.3g} kg a day apart after {TURNS} turns",
        next_step="look at raw.oxide and the table of other uses",
    )


def _sold(
    found: Chain, metal: Mapping[tuple[str, str], float], left: Mapping[str, float], abroad: float
) -> dict[tuple[tuple[str, str], tuple[str, str], str], float]:
    sells = {row["from"]: row for row in table("sellers")}
    sold = {}
    for row in table("others"):
        element = row["element"]
        asked = {("metal", c): kg for (c, e), kg in metal.items() if e == element}
        asked["other", "CN"] = left[element] * (1 - abroad)
        parts = {country: number(row, country) for country in ("US", "JP", "KR", "EU", "IN", "ROW")}
        for country, part in parts.items():
            asked["other", country] = left[element] * abroad * part / sum(parts.values())
        plants = [key for key, plant in found.plants.items() if plant.gives.get(element, 0.0) > 0]
        gives = np.array([found.plants[key].feed * found.plants[key].gives[element] for key in plants])
        prior = np.array(
            [[number(sells[_seller(key)], to[1]) * _home(key, to, element) for to in asked] for key in plants]
        )
        flow = fit(prior, gives, np.array(list(asked.values())), f"oxide/{element}")
        for at, key in enumerate(plants):
            for to, buyer in enumerate(asked):
                if flow[at, to] > 0:
                    sold[key, buyer, element] = float(flow[at, to])
    return sold


def _home(plant: tuple[str, str], buyer: tuple[str, str], element: str) -> float:
    """China buys Nd and Pr abroad, but hardly what it has too much of."""
    return 0.02 if buyer[1] == "CN" and plant[0] != "CN" and element not in ("Nd", "Pr") else 1.0


def _seller(key: tuple[str, str]) -> str:
    country, kind = key
    if country != "CN":
        return country
    return "CN.own" if kind in ("light", "heavy", "scandium") else "CN.import"
