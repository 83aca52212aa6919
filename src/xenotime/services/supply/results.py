"""What the supply questions hand to the faces: frozen tables, ready to be drawn, printed and exported.

Codes (stages, uses, countries, statuses, channels) stay codes here; the catalogues of words translate them.
Days are counted from the scenario's start (day 0); `Basis.start` turns them into dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xenotime.evidence.figure import Figure
from xenotime.supply.measure.values import (
    Band,
    Build,
    Curve,
    Driver,
    Faster,
    Flow,
    Loss,
    Peak,
    Side,
    Split,
    Stop,
    Unmet,
)

#: Said under every answer.
NOTICE = "A model's answer from published figures with their intervals: not a forecast, not advice."
#: Said under every leverage.
APART = "Political cost, alliances and counter-measures outside this scenario are not in these losses."


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A figure that could not be used as published: what was claimed, what was used, and why."""

    what: str
    claims: tuple[str, ...]
    claimed: str
    used: str
    why: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on: scenario, law, seed, draws, rules, mass balance, figures and drivers.

    `residue` is the largest mass imbalance over throughput of any draw; `rules` (name, value) of behaviour;
    `drivers` the inputs that move the answer named by `answer` most; `doubtful` the ids of low-confidence
    figures and `assumed` the names of declared assumptions among all inputs; `gaps` holes in the evidence;
    `cited` the figures behind the drivers, and behind scenario and reconciliation.
    """

    scenario: str
    title: str
    says: str
    start: date
    days: int
    every: int
    draws: int
    first: int
    seed: int
    known: date
    law: bool
    law_hash: str
    branches: Mapping[str, str]
    certified: float
    rules: tuple[tuple[str, str], ...]
    residue: float
    answer: str
    drivers: tuple[Driver, ...]
    reconciled: tuple[Reconciled, ...]
    claims: int
    parameters: int
    doubtful: tuple[str, ...]
    assumed: tuple[str, ...]
    gaps: tuple[str, ...]
    cited: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A dated thing to draw over the output.

    `kind` is law | marker | turn | cut | end (of a cut) | demand | policy.
    """

    day: date
    kind: str
    says: str
    address: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """How the law treats a kind of movement from one day to another, both included.

    `status` is the law's outcome word; `held` [share] of orders that wait for a paper, `lead` [days] the
    median wait, `refused` [share].
    """

    route: str
    origin: str
    destination: str
    good: str
    buyer: str
    first: date
    last: date
    status: str
    held: float
    lead: float
    refused: float
    says: str
    address: str


@dataclass(frozen=True, slots=True)
class Avoided:
    """This scenario against another with the same seed: bands are over draws of the difference, other − this.

    `stop_days` [days, weighted by lines] by use and country; `value` [USD] of lines that would have stood;
    `unmet` [share of need]. Positive: this scenario avoids it.
    """

    scenario: str
    title: str
    stop_days: Band
    value: Band
    unmet: Band
    rows: tuple[tuple[str, str, Band], ...]


@dataclass(frozen=True, slots=True)
class Stress:
    """What a scenario does: which lines stop, where, when; what is missing; prices; flows; law beside output.

    `stops` are sorted: the user's own first, then by chance and first day. `standing` curves are
    `stopped/product/{country}/{use}` [share of normal output standing]; `output` curves are shares of rest by
    stage (``output/{stage}``) and by use (``output/product/*/{use}``); `exports` [share of rest] by good
    and by destination of the controlling country; `delivered` the share of end need met by use; `prices`
    curves `price/{zone}/{good}` and `contract/{zone}/{good}` [ratio to rest]; `waiting`
    `pending/{good}/{destination}`. `back` is the day on which total output is back above 95 % of normal for
    good; `low` the lowest output.
    """

    basis: Basis
    stops: tuple[Stop, ...]
    stopped: Band
    first: Band
    back: Band
    low: Band
    unmet_uses: tuple[Unmet, ...]
    unmet_elements: tuple[Unmet, ...]
    peaks: tuple[Peak, ...]
    lost: Band
    standing: tuple[Curve, ...]
    output: tuple[Curve, ...]
    exports: tuple[Curve, ...]
    delivered: tuple[Curve, ...]
    prices: tuple[Curve, ...]
    waiting: tuple[Curve, ...]
    cover: tuple[Curve, ...]
    flows: tuple[Flow, ...]
    events: tuple[Event, ...]
    law: tuple[Stretch, ...]
    controller: str
    window: tuple[int, int]
    avoided: Avoided | None = None
    sectors: tuple[Stop, ...] = ()
    notice: str = NOTICE


@dataclass(frozen=True, slots=True)
class Adapt:
    """Who adapts, how fast, by which channel; and how long capacity takes to build, by what was observed."""

    basis: Basis
    sides: tuple[Side, ...]
    faster: tuple[Faster, ...]
    builds: tuple[Build, ...]
    events: tuple[Event, ...]
    notice: str = NOTICE


@dataclass(frozen=True, slots=True)
class Leverage:
    """Both sides' losses to a horizon, and what follows from them.

    `ratio` is E[L_B] / E[L_A] with its interval over resampled draws (`per_dollar` by day: what B lost for
    each dollar A lost so far); None where A loses nothing. `chance` that L_B > L_A; `break_even` [day] on
    which A's summed loss first exceeds B's; `never` the share of draws in which it does not within the
    horizon.
    `bites` [day] on which B's first exceeds A's, `fades` the first day after it on which A's does.
    `patience` is the part of what an agreement saves that A's staying power would win it [share]: None where
    no gross domestic product is known.
    """

    basis: Basis
    a: Loss
    b: Loss
    horizon: int
    discount: float
    ratio: Band
    per_dollar: Curve
    chance: float
    break_even: Band
    never: float
    bites: Band
    fades: Band
    nash: Split
    events: tuple[Event, ...]
    apart: str = APART
    notice: str = NOTICE
    patience: Band | None = None
