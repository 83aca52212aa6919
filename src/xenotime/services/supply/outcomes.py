"""What hedge, sensitivity and truce hand to the faces: frozen tables, ready to be drawn and printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xenotime.services.supply.results import NOTICE, Basis
from xenotime.supply.measure.values import Band, Curve

#: Said under every hedge.
FORESIGHT = (
    "Once a stop has begun, the programme spreads what was prepared as if its length were known. The blind "
    "costs are those of a company that plans each month as if the next ones went on like it."
)


@dataclass(frozen=True, slots=True)
class Holding:
    """How much of one item to hold: `owned` and `buy` [units], `days` of need that both cover, `spend` [USD].

    `worth` is what one more unit on the first day saves [USD per unit] beside its `price`; in `later` the
    same for a unit that arrives in each month.
    """

    item: str
    name: str
    form: str
    unit: str
    owned: float
    buy: float
    days: float | None
    spend: float
    price: float
    worth: float
    later: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """How much capacity to reserve: `reserve` of `most` [units a month], its fee over the horizon [USD]."""

    source: str
    name: str
    country: str
    item: str
    unit: str
    reserve: float
    most: float
    spend: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A yes-or-no decision: qualify a second source, or make a substitution ready.

    `taken`, its `cost` [USD], the months until it works (`wait`), and `saves` [USD]: by how much the
    objective is better with it than without it, everything else chosen anew (negative: it would cost).
    """

    kind: str
    id: str
    name: str
    country: str
    taken: bool
    cost: float
    wait: int
    saves: float


@dataclass(frozen=True, slots=True)
class Missed:
    """One line's days without its input over the horizon: as held now, and with the plan."""

    line: str
    name: str
    unit: str
    need: float
    now: Band
    planned: Band


@dataclass(frozen=True, slots=True)
class Cost:
    """What a decision costs in all [USD]: spent before, the mean, and the mean of the worst share.

    Over the futures it was chosen on, and over fresh ones (`fresh_…`); `band` is over the fresh futures.
    `blind_…` are over fresh futures too, for somebody who never knows how long a stop will last.
    """

    spent: float
    mean: float
    tail: float
    fresh_mean: float
    fresh_tail: float
    blind_mean: float
    blind_tail: float
    band: Band


@dataclass(frozen=True, slots=True)
class Frontier:
    """What another budget would buy: `budget` and `spent` [USD], the mean and the tail of the cost [USD]."""

    budget: float
    spent: float
    mean: float
    tail: float


@dataclass(frozen=True, slots=True)
class Hedge:
    """What to hold before the next stop, and how sure that is.

    Costs are beyond an undisturbed horizon (`calm` [USD], purchases with nothing held and nothing missing).
    `gap` is the relative gap that the solver left, `drift` how much the objective rises on fresh futures
    [share of the objective]; `futures` stand for `drawn`, `fresh` are new. `day` is what one licence day less
    would save [USD] by country; `dollar` what one more dollar of budget would. `arrivals` are the shares of
    normal deliveries by source and month (in days after the start).
    """

    portfolio: str
    basis: Basis
    months: int
    risk: float
    weight: float
    budget: float | None
    holdings: tuple[Holding, ...]
    contracts: tuple[Contract, ...]
    choices: tuple[Choice, ...]
    missed: tuple[Missed, ...]
    calm: float
    now: Cost
    planned: Cost
    day: tuple[tuple[str, float], ...]
    dollar: float
    frontier: tuple[Frontier, ...]
    arrivals: tuple[Curve, ...]
    drawn: int
    futures: int
    fresh: int
    gap: float
    drift: float
    way: str
    assumed: tuple[str, ...]
    foresight: str = FORESIGHT
    notice: str = NOTICE


@dataclass(frozen=True, slots=True)
class Weight:
    """How much one group of inputs drives an answer.

    `alone` is its first-order and `total` its total Sobol index [share of the answer's variance], each with
    the half-width of its 95 % interval; `left` is the width of the answer's 90 % interval that would remain
    on average if the group were known [share of the present width]. `names` are its inputs, `claims` the
    figures behind them, `assumed` its declared assumptions.
    """

    group: str
    alone: float
    alone_within: float
    total: float
    total_within: float
    left: float
    names: tuple[str, ...]
    claims: tuple[str, ...]
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """Morris: the mean absolute effect of one group's steps on the answer, its spread [unit of it]."""

    group: str
    effect: float
    within: float
    spread: float


@dataclass(frozen=True, slots=True)
class Driven:
    """One answer and what drives it: groups in order of their total index (or of their Morris effect).

    `crest` is the share of the answer's variance that the most extreme hundredth of the runs makes: near 1,
    the indices are about a few runs.
    """

    answer: str
    unit: str
    says: str
    band: Band
    weights: tuple[Weight, ...]
    screens: tuple[Screen, ...] = ()
    crest: float = 0.0


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Which claims drive a scenario's answers, and which would shrink them most.

    `base` is the base sample, `runs` all model runs; `method` sobol or morris. `chance` and `rules` are
    groups of their own (`chance`: what the same inputs give by luck; `rules`: the behaviour that is chosen).
    """

    basis: Basis
    method: str
    base: int
    runs: int
    answers: tuple[Driven, ...]
    notice: str = NOTICE


@dataclass(frozen=True, slots=True)
class Seen:
    """Something observed about a pledge: what, for which `day`, which way it points, who says so, how sure.

    `published` is the day it was said; `by` the promising side where it says so itself; `counts` whether it
    may decide a state.
    """

    day: date
    says: str
    shows: str
    source: str
    url: str
    confidence: str
    published: date | None = None
    by: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment and its state on the day asked.

    `state` is one of kept, late, broken, running (under way and so far kept), open (not due yet), contested
    (sources name two days, and it hangs on which), cannot be shown; `because` says why. `due` is its deadline
    or the last day of what is held, `rival` another day that a source names, `days` until it is due (None
    when settled or past). `stated_by` is the side whose words it rests on where the promising side published
    none. `scenario` is what happens if it lapses, `command` asks it.
    """

    id: str
    side: str
    to: tuple[str, ...]
    what: str
    announced: date
    begins: date | None
    due: date | None
    kind: str
    source: str
    url: str
    confidence: str
    state: str
    because: str
    days: int | None
    scenario: str
    command: str
    seen: tuple[Seen, ...]
    article: str = ""
    stated_by: str = ""
    rival: date | None = None


@dataclass(frozen=True, slots=True)
class Truce:
    """The ledger of commitments on a day, as known on a day: counts by side and state, what is due next."""

    on: date
    known: date
    read_until: date
    side: str
    promises: tuple[Promise, ...]
    counts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    ahead: tuple[Promise, ...]
    rule: str
