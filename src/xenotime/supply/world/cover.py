"""How deep firms' stocks are: days of magnets by country and kind of firm on the day the control began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xenotime.supply.world.draft import days
from xenotime.supply.world.read import number, table, words

#: The day for which the world is calibrated: the first day of China's licensing of 2025.
BASE = date(2025, 4, 4)


@dataclass(frozen=True, slots=True)
class Cover:
    """Firms of one cover: their share of a country's firms and their days of magnets from low to high."""

    country: str
    name: str
    share: float
    days: float
    low: float
    high: float
    claims: tuple[str, ...]
    rule: str


def covers(country: str, way: Mapping[tuple[str, str], int]) -> tuple[Cover, ...]:
    """The covers of a country, each on the day the control began.

    What a firm said it had left on a later day is turned back: to it is added what it used since, less what
    was on the way and less the part of normal that still came.
    """
    rows = [row for row in table("cover") if row["country"] == country]
    whole = sum(number(row, "share") for row in rows)
    return tuple(_cover(row, number(row, "share") / whole, way) for row in rows)


def _cover(row: dict[str, str], share: float, way: Mapping[tuple[str, str], int]) -> Cover:
    source = next(entry for entry in table("inputs") if entry["name"] == "arrived")
    claims, rule, more = words(row, "claims"), row["ground"], 0.0
    if row["asof"]:
        since = (date.fromisoformat(row["asof"]) - BASE).days
        travel = days(way, "CN", row["country"], air=row["cover"] == "lean")
        more = (1 - number(source, "value")) * (since - travel)
        claims = (*claims, *words(source, "claims"))
        rule += (
            f" on {row['asof']}: plus what was used in {since} days, less {travel} days that were on the way"
        )
        rule += f" and {number(source, 'value'):.0%} of normal that still came"
    held, low, high = (number(row, column) + more for column in ("days", "low", "high"))
    return Cover(row["country"], row["cover"], share, held, low, high, claims, rule)
