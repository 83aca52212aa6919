"""The claims brought into one balance: least squares in logarithms, with the balances held exactly.

Free are what is mined, how rich ores are, how much magnet is made, and what processes lose. The content of
Nd, Pr, Dy and Tb in magnets follows: supply less other uses, over the magnets cast, swarf coming back. So the
balances of these four close whatever is chosen, and every claim is an observation of a quantity that follows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from xenotime.evidence.figure import Figure
from xenotime.evidence.spread import WIDTH
from xenotime.evidence.units import convert, unit
from xenotime.supply.world.elements import ELEMENTS, LIGHT, MAGNETIC, held
from xenotime.supply.world.inputs import REACH, Input, cited, rivals
from xenotime.supply.world.read import number, table

_Floats = NDArray[np.float64]
#: A claim as the balance reads it: quantity, value, width, id and ground.
_Seen = tuple[str, float, float, str, str]

#: What is free, and the input or claims its first value comes from; richness factors begin at 1.
FREE = (
    "mine.CN.light",
    "mine.CN.heavy",
    "mine.MM",
    "mine.US",
    "mine.AU",
    "mine.ROW.light",
    "mine.ROW.heavy",
    "rich.light",
    "rich.heavy",
    "rich.heavy-mm",
    "rich.light-us",
    "rich.light-au",
    "hot.heavy",
    "hot.heavy-mm",
    "blank.CN",
    "yield",
    "outside",
    "recovery",
    "metal.loss",
    "swarf.recycled",
)
#: How far a richness factor may be off [standard deviation of its logarithm]: the numbers are recalled.
RICH, HOT = 0.10, 0.30
#: A claim of another year, edition or scope is off by at least this [standard deviation of the logarithm].
ELSE = 0.10
#: How loosely a quantity that claims pin down is held to where the search begins.
LOOSE = 0.5
#: What of the magnet elements in a bonded magnet stands against one in a sintered blank [kg/kg].
BOND = 0.25 / 0.295


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What a claim said and what the balance uses, in the claim's unit, with the difference as a share."""

    what: str
    claims: tuple[str, ...]
    claimed: float
    used: float
    unit: str
    why: str

    @property
    def apart(self) -> float:
        """Used over claimed, less one."""
        return self.used / self.claimed - 1


@dataclass(frozen=True, slots=True)
class Balance:
    """The reconciled quantities by name, the ore compositions [kg oxide/kg] and each claim's adjustment."""

    value: Mapping[str, float]
    ores: Mapping[str, Mapping[str, float]]
    adjusted: tuple[Adjusted, ...]


def balance(figures: Sequence[Figure], given: Mapping[str, Input]) -> Balance:
    """Reconcile the claims. The same figures give the same numbers, whatever their order."""
    base = ores(figures)
    seen = _observed(figures)
    priors = _priors(given, seen)
    start = np.zeros(len(FREE))

    def misfit(moved: _Floats) -> _Floats:
        free = _at(priors, moved)
        found = {**free, **follow(free, base, given)}
        apart = [math.log(found[name] / value) / wide for name, value, wide, _, _ in seen]
        return np.array([*apart, *(moved[i] / priors[name][1] for i, name in enumerate(FREE))])

    # A soft loss keeps one wild claim from moving all the rest.
    solved = least_squares(misfit, start, method="trf", loss="soft_l1", xtol=1e-12, ftol=1e-12, gtol=1e-12)
    free = _at(priors, solved.x)
    found = {**free, **follow(free, base, given)}
    adjusted = [*_moved(seen, found), *_shifted(priors, free, given)]
    return Balance(found, _enriched(base, free), tuple(adjusted))


def ores(figures: Sequence[Figure]) -> dict[str, dict[str, float]]:
    """What each ore's oxides consist of by the claims, made to sum to one [kg oxide/kg]."""
    found = {}
    for row in table("ores"):
        parts = {
            figure.element: float(figure.value)
            for figure in figures
            if figure.subject == row["composition"] and figure.value is not None
        }
        whole = sum(parts.values())
        found[row["ore"]] = {element: part / whole for element, part in parts.items()}
    return found


def follow(
    free: Mapping[str, float], base: Mapping[str, Mapping[str, float]], given: Mapping[str, Input]
) -> dict[str, float]:
    """Every quantity that follows from the free ones, in tonnes a year or as a share."""
    rich = _enriched(base, free)
    mined = {**{name: entry.value for name, entry in given.items() if name.startswith("mine.")}, **free}
    found: dict[str, float] = {}
    prime = dict.fromkeys(ELEMENTS, 0.0)
    china = dict.fromkeys(ELEMENTS, 0.0)
    for row in table("feeds"):
        reo = mined[row["quantity"]] * number(row, "part")
        found[f"mine.{row['mine']}"] = found.get(f"mine.{row['mine']}", 0.0) + reo
        for element, part in rich[row["ore"]].items():
            ground = reo * part * held(element)
            apart = row["separation"] == "CN" or element in LIGHT
            out = ground * free["recovery"] * apart
            prime[element] += out
            china[element] += out if row["separation"] == "CN" else 0.0
            if element in MAGNETIC:
                for name in (f"mined.magnetic.{row['mine']}", "mined.magnetic"):
                    found[name] = found.get(name, 0.0) + ground
                for name in (f"refined.magnetic.{row['separation']}", "refined.magnetic"):
                    found[name] = found.get(name, 0.0) + out
    found["mine.total"] = sum(found[f"mine.{c}"] for c in ("CN", "MM", "US", "AU", "ROW", "IN", "VN", "MY"))
    return _magnets(found, free, given, prime, china)


def _magnets(
    found: dict[str, float],
    free: Mapping[str, float],
    given: Mapping[str, Input],
    prime: Mapping[str, float],
    china: Mapping[str, float],
) -> dict[str, float]:
    cut, loss = free["yield"], free["metal.loss"]
    bond, heavy = given["bonded.share"].value, given["heavy.share"].value
    cast = free["blank.CN"] + free["outside"] / cut
    home = free["blank.CN"] * cut
    found["made.CN"] = home
    found["used.CN"] = home - year(given)
    found["share.magnet.CN"] = home / (home + free["outside"])
    found["blank.world"] = cast
    found["blank.sintered.CN"] = free["blank.CN"] * (1 - bond)
    back = (
        (1 - cut)
        * (
            free["blank.CN"] * free["swarf.recycled"]
            + given["japan.share"].value * free["outside"] / cut * given["swarf.abroad"].value
        )
        * (1 - bond)
    )
    old = given["scrap.rate"].value * (home + free["outside"])
    turned = free["recovery"] * (back + old)
    need = cast * (1 - bond + bond * cut * BOND) / (1 - loss)
    for element in MAGNETIC:
        share = heavy if element in ("Dy", "Tb") else 1.0
        other = _elsewhere(element, prime, given)
        content = (prime[element] - other) / (need - turned) / share
        found[f"content.{element}.heavy" if share < 1 else f"content.{element}"] = content
        found[f"oxide.{element}.CN"] = (china[element] + content * share * free["recovery"] * back) / held(
            element
        )
        found["used.magnetic"] = found.get("used.magnetic", 0.0) + content * share * need + other
        for name in ("refined.magnetic.CN", "refined.magnetic"):
            found[name] += content * share * turned
    for element in ("Gd", "Ho"):
        found[f"oxide.{element}.CN"] = china[element] / held(element)
    found["content.magnetic"] = (
        found["content.Nd"]
        + found["content.Pr"]
        + heavy * (found["content.Dy.heavy"] + found["content.Tb.heavy"])
    )
    return found


def year(given: Mapping[str, Input]) -> float:
    """China's magnet exports at rest [t a year]."""
    return given["exports"].value / given["exports.days"].value * 365


def _elsewhere(element: str, prime: Mapping[str, float], given: Mapping[str, Input]) -> float:
    """What of a magnet element goes into other uses: of Nd and Pr the input, of Tb phosphors [t a year]."""
    if element in ("Nd", "Pr"):
        return given["light.NdPr"].value * prime[element] / (prime["Nd"] + prime["Pr"])
    return prime[element] * (0.03 if element == "Dy" else 0.08)


def _enriched(
    base: Mapping[str, Mapping[str, float]], free: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    found = {}
    for ore, parts in base.items():
        rich, hot = free.get(f"rich.{ore}", 1.0), free.get(f"hot.{ore}", 1.0)
        moved = {
            e: p * (rich if e in ("Nd", "Pr") else hot if e in ("Dy", "Tb") else 1.0)
            for e, p in parts.items()
        }
        fixed = sum(moved[e] for e in MAGNETIC)
        rest = sum(p for e, p in parts.items() if e not in MAGNETIC)
        found[ore] = {e: p if e in MAGNETIC else p * (1 - fixed) / rest for e, p in moved.items()}
    return found


def _first(seen: Sequence[_Seen], name: str) -> float:
    """The geometric mean of the claims on a quantity: where the search begins."""
    said = [math.log(value) for quantity, value, _, _, _ in seen if quantity == name]
    return math.exp(sum(said) / len(said))


def _priors(given: Mapping[str, Input], seen: Sequence[_Seen]) -> dict[str, tuple[float, float]]:
    """The first value of each free quantity and how far it may be off [standard deviation of ln]."""
    found = {
        "mine.CN.light": (_first(seen, "mine.CN") - given["clay.CN"].value, LOOSE),
        **{name: (_first(seen, name), LOOSE) for name in ("mine.MM", "mine.US", "mine.AU", "blank.CN")},
        "outside": (
            given["capacity.outside"].value * given["outside.use"].value,
            _wide(given["outside.use"]),
        ),
        "mine.CN.heavy": (given["clay.CN"].value, _wide(given["clay.CN"])),
        "mine.ROW.light": (given["row.light"].value, _wide(given["row.light"])),
        "mine.ROW.heavy": (given["row.heavy"].value, _wide(given["row.heavy"])),
    }
    for name in FREE:
        if name.startswith("rich."):
            found[name] = (1.0, RICH)
        elif name.startswith("hot."):
            found[name] = (1.0, HOT)
        elif name not in found:
            found[name] = (given[name].value, _wide(given[name]))
    return found


def _wide(entry: Input) -> float:
    return math.log(entry.high / max(entry.low, entry.value / 10)) / (2 * REACH)


def _at(priors: Mapping[str, tuple[float, float]], moved: _Floats) -> dict[str, float]:
    return {name: priors[name][0] * math.exp(float(moved[i])) for i, name in enumerate(FREE)}


def _observed(figures: Sequence[Figure]) -> list[_Seen]:
    """Each claim as quantity, value [t a year or share], width, id and ground; with the user's own rivals."""
    known = {figure.id: figure for figure in figures}
    found: dict[tuple[str, str], _Seen] = {}
    for row in table("observed"):
        said = cited((row["claim"],), known, f"supply/world/tables/observed.csv, {row['quantity']}")
        for figure in (*said, *rivals(said, known.values())):
            found.setdefault((row["quantity"], figure.id), _seen(row, figure))
    return list(found.values())


def _seen(row: Mapping[str, str], figure: Figure) -> _Seen:
    mass = unit(figure.unit).dimension != "share"
    turned = float(convert(figure.value or Decimal(0), figure.unit, "t" if mass else "ratio", figure.id))
    width = math.hypot(WIDTH[figure.sureness], ELSE if row["ground"] else 0.0)
    return row["quantity"], turned * number(row, "factor"), width, figure.id, row["ground"]


def _moved(seen: Sequence[_Seen], found: Mapping[str, float]) -> list[Adjusted]:
    return [
        Adjusted(
            name, (claim,), value, found[name], _unit(name), ground or "weighed against the other claims"
        )
        for name, value, _, claim, ground in seen
    ]


def _shifted(
    priors: Mapping[str, tuple[float, float]], free: Mapping[str, float], given: Mapping[str, Input]
) -> list[Adjusted]:
    found = []
    for name in FREE:
        entry = given.get(name)
        found.append(
            Adjusted(
                name,
                entry.claims if entry else (),
                priors[name][0],
                free[name],
                _unit(name),
                entry.rule if entry else "free in the balance",
            )
        )
    return found


def _unit(name: str) -> str:
    shares = ("share", "content", "rich", "hot", "yield", "recovery", "metal", "swarf")
    return "ratio" if name.startswith(shares) else "t/yr"
