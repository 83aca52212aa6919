"""The protocol of the backtest: which series, halts and prices are scored, against which claims."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Series:
    """A monthly series: the gauges that sum to it, and the claims beside it by month.

    `noise` is the allowed spread of ln(observed / modelled) when draws are weighed, `floor` [unit] is added
    on both sides first. `summed` holds sums from January on; `yearago` the months a year before.
    """

    name: str
    says: str
    unit: str
    gauges: tuple[str, ...]
    baseline: str
    noise: float
    floor: float
    weigh: bool
    observed: Mapping[str, str]
    summed: Mapping[str, str]
    before: Mapping[str, str]
    yearago: Mapping[str, str]

    def counts(self, gauge: str) -> bool:
        """Whether a gauge is part of the series; what never leaves its country is not."""
        origin, _, destination = gauge.rpartition("/")[2].partition(">")
        return origin != destination and any(fnmatchcase(gauge, pattern) for pattern in self.gauges)


@dataclass(frozen=True, slots=True)
class Halt:
    """A firm reported to have stopped (its `rank` in the order of stops), or not to have (rank 0).

    `lines` names the model's lines of its kind; `first` and `last` [days after the control began] are the
    days between which it stopped.
    """

    firm: str
    claim: str
    lines: Mapping[str, str]
    rank: int = 0
    first: int = -1
    last: int = -1


@dataclass(frozen=True, slots=True)
class Price:
    """A price outside over the price inside, `before` the control and in a `month` after."""

    good: str
    before: str
    month: str
    claim: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """What a backtest is scored on; months of `fit` condition draws, the others only score them."""

    scenario: str
    fit: tuple[str, ...]
    check: tuple[str, ...]
    later: tuple[str, ...]
    series: tuple[Series, ...]
    halts: tuple[Halt, ...]
    prices: tuple[Price, ...]
    text: str

    @property
    def months(self) -> tuple[str, ...]:
        """Every month that is scored, in order."""
        return (*self.fit, *self.check, *self.later)


def read_protocol() -> Protocol:
    """The packaged protocol."""
    text = (files("xenotime.supply.measure") / "protocol.toml").read_text("utf-8")
    return parse_protocol(text)


def parse_protocol(text: str) -> Protocol:
    """The protocol that a TOML text states; `text` is kept, so that a freeze can be hashed."""
    told: dict[str, Any] = tomllib.loads(text)
    return Protocol(
        told["scenario"],
        tuple(told["fit"]),
        tuple(told["check"]),
        tuple(told["later"]),
        tuple(_series(row) for row in told["series"]),
        tuple(_halt(row) for row in told["halt"]),
        tuple(Price(row["good"], row["before"], row["month"], row["claim"]) for row in told["price"]),
        text,
    )


def _series(row: Mapping[str, Any]) -> Series:
    return Series(
        row["name"],
        row["says"],
        row["unit"],
        tuple(row["gauges"]),
        row.get("baseline", ""),
        float(row["noise"]),
        float(row["floor"]),
        bool(row["weigh"]),
        row["observed"],
        row.get("summed", {}),
        row.get("before", {}),
        row.get("yearago", {}),
    )


def _halt(row: Mapping[str, Any]) -> Halt:
    return Halt(
        row["firm"],
        row["claim"],
        row["lines"],
        int(row.get("class", 0)),
        int(row.get("first", -1)),
        int(row.get("last", -1)),
    )
