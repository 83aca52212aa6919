"""What the measures give: bands over draws, curves over days, and the rows built from them; plain values."""

from __future__ import annotations

from dataclasses import dataclass

#: The quantiles of every band, low to high.
QUANTILES = (0.05, 0.25, 0.50, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Band:
    """A number over all draws: its quantiles 5, 25, 50, 75 and 95 %, its mean, and the central draw's value.

    None where it has no value: a day that never comes in the draw, or in so many draws that the quantile is
    beyond the end of the run.
    """

    low: float | None
    lower: float | None
    middle: float | None
    upper: float | None
    high: float | None
    mean: float | None
    central: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """A series with its bands: `days` [days after the start] are the first days of the periods.

    `name` is the gauge (or gauges, by a ``*``) it was made of, `unit` the unit of every value; the five
    quantiles and `central` (the central draw) are as long as `days`.
    """

    name: str
    unit: str
    days: tuple[int, ...]
    low: tuple[float, ...]
    lower: tuple[float, ...]
    middle: tuple[float, ...]
    upper: tuple[float, ...]
    high: tuple[float, ...]
    central: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A class of lines (country, stage, use, how deep its stocks are) and when it stood.

    `chance` [share of draws] that it stood at all within the run; `first` [day after the start] of those
    draws' first stop, over all draws (never sorts last, so a quantile may be None); `stood` [days]; `worst`
    the largest [share of output] standing on one recorded day; `label` names a user's own
    line, or what a line without use makes; `lines` the sites it holds, `mine` whether
    one of them is the user's.
    """

    country: str
    stage: str
    use: str
    cover: str
    buyer: str
    label: str
    chance: float
    first: Band
    stood: Band
    worst: Band
    lines: tuple[str, ...]
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Unmet:
    """What was missing: an element at a stage [kg] or a use in a country [units], and its share of need."""

    what: str
    where: str
    unit: str
    amount: Band
    share: Band


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest price ratio to rest of a good in a zone, spot and contract, and when it came.

    `zone` inside or outside the controlling country; `split` the largest ratio of outside to inside.
    """

    good: str
    zone: str
    spot: Band
    contract: Band
    day: Band
    split: Band


@dataclass(frozen=True, slots=True)
class Flow:
    """What moved between two countries in one good: before the shock and while it lasted [units a day].

    `during` is the mean over the scenario's worst thirty days for that good, `after` over its last thirty;
    `kg` the rare earths in one unit; `to_stage` the stage that receives it. All of the central draw.
    """

    good: str
    stage: str
    to_stage: str
    unit: str
    kg: float
    origin: str
    destination: str
    before: float
    during: float
    after: float
    controlled: bool


@dataclass(frozen=True, slots=True)
class Channel:
    """How much one channel met: stock, substitution, reroute, capacity, recycling; or `less`, done without.

    `share` of all that was lacked within the horizon; `curve` its share of need by period.
    """

    channel: str
    share: Band
    curve: Curve


@dataclass(frozen=True, slots=True)
class Side:
    """How one side adapts.

    `t50` and `t90` [days] from which on half and 90 % of what it lacks is met in other ways, `lasting` the
    t50 without what came from stock; `rate` [1/day] −d ln(unmet)/dt in days 30 to 365; `gap` the share of
    need that it does without, by period; `worst` the largest [share of need]. `reached` is the share of draws
    in which t50 was reached.
    """

    country: str
    gap: Curve
    worst: Band
    t50: Band
    t90: Band
    lasting: Band
    rate: Band
    reached: float
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Faster:
    """The probability that side `a` reaches its t50 before side `b`; `tied`: both on one day, or neither.

    Both are None where there is no draw in which both sides lack anything.
    """

    a: str
    b: str
    chance: float | None
    tied: float | None


@dataclass(frozen=True, slots=True)
class Build:
    """How long capacity of one stage took to build [years]: observed projects apart from planned ones.

    The band is over projects, not draws; `inside` is the share of them between `low` and `high` years (the
    claim examined), `projects` their (name, years, claim id).
    """

    stage: str
    kind: str
    years: Band
    inside: float
    claimed: tuple[float, float]
    projects: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """What one side loses: `total` its present value at the horizon [USD], `path` the sum up to each day
    [USD].

    `lost` value added of lines that stood, `paid` more for inputs, `gained` by dearer sales, each [USD];
    `sales` export sales not made [USD], shown beside: their value added is already in `lost`. `burden` is the
    total over the side's gross domestic product of as many days [share] (None: no figure of it); `market` the
    share of what others buy that it had before day 0 and no longer has at the horizon [share points].
    """

    side: str
    countries: tuple[str, ...]
    total: Band
    path: Curve
    lost: Band
    paid: Band
    gained: Band
    sales: Band
    burden: Band | None = None
    market: Band | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """The Nash split with both losses as outside options [USD].

    An agreement saves `surplus`, and each side gets half of it. `transfer` is what B gives A for it ((L_B −
    L_A)/2; negative: A gives B).
    """

    surplus: Band
    transfer: Band


@dataclass(frozen=True, slots=True)
class Driver:
    """An input that drives the answer: `weight` its rank correlation with it over the draws (−1 to 1).

    `claims` the ids of the figures it rests on (empty: a declared assumption, on the ground that `rule`
    says); `sureness` the weakest of them.
    """

    parameter: str
    unit: str
    group: str
    weight: float
    claims: tuple[str, ...]
    rule: str
    sureness: str
