r"""Make: a site's activity is the least of its capacity, what is wanted, and what its inputs allow.

    cap    = normal * (1 + slack) * share left after cuts + capacity grown
    wanted = end demand, or max over driver stacks of (asked + (target - stock) / gap) / gives
    x      = min(cap, wanted, min over critical inputs of stock / need)
    x      = x * (1 + r) / 2 for the worst important input, r = min(1, stock / (need * x))

An input that may be replaced counts with what its substitutes have in stock: with need n, shares s saved and
m moved, and T the substitute's spare stock in units of the input, x is at most
min(stock / (n (1 - s - m)), (stock + T) / (n (1 - s))).

A line whose capacity or inputs allow less than `least` of its normal activity closes; it opens again when its
inputs last for a normal day and `restart` days have passed with it. Low orders slow a line, but never close
it.

Source: Hallegatte 2008 and 2014 (ARIO); Pichler et al. 2022, equation 10 (critical and important inputs).
"""

from __future__ import annotations

from xenotime.supply.engine.board import (
    ACT0,
    ASKED,
    BIN_GOOD,
    BIN_KIND,
    BINS,
    BINS_AT,
    BINS_OF,
    DEMAND,
    DEMANDED,
    DEPTH,
    FIRST,
    GAP,
    GIVES,
    GROWN,
    IDLE,
    LEAST,
    LEFT,
    LEVEL,
    LOSS,
    MOVES_AT,
    MOVES_OF,
    N_SITES,
    NEED,
    OPTION_TARGET,
    OUT,
    PULL,
    RATIO,
    RESTART,
    RULE,
    SHUT,
    SITE_FINAL,
    SITE_MOVES,
    SLACK,
    STACK_DRIVER,
    STACK_GOOD,
    STACKS,
    STACKS_AT,
    STACKS_OF,
    STAND,
    STOOD,
    SWAPPED,
    TARGET_OF,
    THRIFT,
    TOTAL_MADE,
    TOTAL_USED,
    UNMET,
    USED,
    WISH,
    WORK,
    WORTH,
    Array,
    Places,
    X,
)
from xenotime.supply.engine.frame import CRITICAL, IMPORTANT
from xenotime.supply.engine.jit import kernel, stage


def ces(left: float, weight: float, sigma: float) -> float:
    """The output (share) that a production function of constant elasticity allows with `left` of one input.

    `weight` is the input's cost share, `sigma` the elasticity of substitution, above 0 and not 1. A critical
    input is the limit sigma = 0, so that the model's output lies at or below this for every sigma.

    >>> round(ces(0.5, 0.01, 0.05), 3), round(ces(0.5, 0.01, 0.3), 3)
    (0.637, 0.983)

    Source: Baqaee and Farhi 2019, The macroeconomic impact of microeconomic shocks, section 2.
    """
    power = (sigma - 1.0) / sigma
    return float((weight * left**power + 1.0 - weight) ** (1.0 / power))


@stage
def produce(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Runs every site for a day: inputs out of its bins, outputs onto its stacks."""
    for site in range(at[N_SITES]):
        wish(f, d, at, site, day)
        wanted(f, p, at, site)
        allowed(f, p, at, site)
        for w in range(f.shape[1]):
            f[at[X] + site, w] = activity(f, p, at, site, w)
        for place in range(p[at[BINS_AT] + site], p[at[BINS_AT] + site + 1]):
            if p[at[BIN_KIND] + p[at[BINS_OF] + place]] == IMPORTANT:
                for w in range(f.shape[1]):
                    f[at[X] + site, w] = slowed(f, p, at, site, w, f[at[X] + site, w])
                break
        consume(f, p, at, site)
        give(f, p, at, site)
        record(f, at, site, day)


@kernel
def wish(f: Array, d: Array, at: Places, site: int, day: int) -> None:
    """Writes a site's end demand and, into the rows to work in, its capacity of the day, twice."""
    left, factor = d[day, at[LEFT] + site], d[day, at[DEMANDED] + site]
    cap, row, normal, slack = at[WORK], at[WISH] + site, at[ACT0] + site, at[SLACK] + site
    for w in range(f.shape[1]):
        f[row, w] = f[at[DEMAND] + site, w] * factor
        f[cap, w] = max(f[normal, w], f[row, w]) * (1.0 + f[slack, w]) * left + f[at[GROWN] + site, w]
        f[cap + 1, w] = f[cap, w]


@kernel
def wanted(f: Array, p: Places, at: Places, site: int) -> None:
    """Writes the activity that serves end demand, or the requests and the targets of the driver stacks."""
    pull = at[WORK] + 2
    if p[at[SITE_FINAL] + site] == 1:
        for w in range(f.shape[1]):
            f[pull, w] = f[at[WISH] + site, w]
        return
    for w in range(f.shape[1]):
        f[pull, w] = 0.0
    for place in range(p[at[STACKS_AT] + site], p[at[STACKS_AT] + site + 1]):
        stack = p[at[STACKS_OF] + place]
        if p[at[STACK_DRIVER] + stack] == 1:
            depth, out, asked = at[DEPTH] + stack, at[OUT] + stack, at[ASKED] + stack
            stock, gives, gap = at[STACKS] + stack, at[GIVES] + stack, at[RULE] + GAP
            for w in range(f.shape[1]):
                short = f[depth, w] * f[out, w] - f[stock, w]
                f[pull, w] = max(f[pull, w], (f[asked, w] + short / f[gap, w]) / f[gives, w])


@stage
def allowed(f: Array, p: Places, at: Places, site: int) -> None:
    """Lowers the second row of capacity to what critical inputs allow."""
    able = at[WORK] + 1
    moves = p[at[SITE_MOVES] + site] == 1
    for place in range(p[at[BINS_AT] + site], p[at[BINS_AT] + site + 1]):
        one = p[at[BINS_OF] + place]
        if p[at[BIN_KIND] + one] == CRITICAL:
            stock, need, swapped = at[BINS] + one, at[NEED] + one, at[SWAPPED] + one
            for w in range(f.shape[1]):
                if f[need, w] > 0.0 and f[swapped, w] == 0.0:
                    f[able, w] = min(f[able, w], f[stock, w] / f[need, w])
    if moves:
        for place in range(p[at[BINS_AT] + site], p[at[BINS_AT] + site + 1]):
            one = p[at[BINS_OF] + place]
            if p[at[BIN_KIND] + one] == CRITICAL:
                for w in range(f.shape[1]):
                    if f[at[NEED] + one, w] > 0.0 and f[at[SWAPPED] + one, w] > 0.0:
                        f[able, w] = replaced(f, p, at, one, w, f[able, w])


@kernel
def spare_of(f: Array, p: Places, at: Places, option: int, w: int, x: float) -> float:
    """A substitute's stock beyond its own use, in units of the input, an even part for each input."""
    target = p[at[OPTION_TARGET] + option]
    left = f[at[BINS] + target, w] - f[at[NEED] + target, w] * x
    return float(max(0.0, left) / (p[at[TARGET_OF] + target] * f[at[RATIO] + option, w]))


@kernel
def replaced(f: Array, p: Places, at: Places, one: int, w: int, able: float) -> float:
    """The activity that a critical input allows together with its substitutes."""
    need = f[at[NEED] + one, w]
    saved, moved, spare = 0.0, 0.0, 0.0
    for place in range(p[at[MOVES_AT] + one], p[at[MOVES_AT] + one + 1]):
        option = p[at[MOVES_OF] + place]
        level = f[at[LEVEL] + option, w]
        if p[at[OPTION_TARGET] + option] < 0:
            saved += level
        elif level > 0.0:
            moved += level
            spare += spare_of(f, p, at, option, w, able)
    stock = f[at[BINS] + one, w]
    if saved + moved < 1.0:
        able = min(able, stock / (need * (1.0 - saved - moved)))
    if saved < 1.0:
        able = min(able, (stock + spare) / (need * (1.0 - saved)))
    wants = source_use(f, p, at, one, w, able)
    return able * stock / wants if wants > stock else able


@kernel
def source_use(f: Array, p: Places, at: Places, one: int, w: int, x: float) -> float:
    """What an activity `x` takes of an input once its substitutes have given what they can."""
    total = f[at[NEED] + one, w] * x
    use = total
    for place in range(p[at[MOVES_AT] + one], p[at[MOVES_AT] + one + 1]):
        option = p[at[MOVES_OF] + place]
        part = f[at[LEVEL] + option, w] * total
        if p[at[OPTION_TARGET] + option] >= 0:
            part = min(part, spare_of(f, p, at, option, w, x))
        use -= part
    return float(max(0.0, use))


@kernel
def activity(f: Array, p: Places, at: Places, site: int, w: int) -> float:
    """The activity of the day where no important input is short; closes lines and counts the days of a
    restart.
    """
    able, asked = f[at[WORK] + 1, w], f[at[WORK] + 2, w]
    shut = f[at[SHUT] + site, w]
    usual = f[at[ACT0] + site, w]
    if p[at[SITE_FINAL] + site] == 1:
        usual = min(usual, f[at[WISH] + site, w])
    least = f[at[LEAST] + site, w] * usual * (1.0 - 1e-9)
    if shut < 0.0:
        if able >= least:
            return float(min(asked, able))
        f[at[SHUT] + site, w] = f[at[RESTART] + site, w]
        return 0.0
    if able < min(usual, f[at[WORK], w]) * (1.0 - 1e-9) or able < least:
        return 0.0
    f[at[SHUT] + site, w] = shut - 1.0 if shut >= 1.0 else -1.0
    return float(min(asked, able)) if shut < 1.0 else 0.0


@kernel
def slowed(f: Array, p: Places, at: Places, site: int, w: int, x: float) -> float:
    """The activity after important inputs: each short one slows it at half weight, the worst one counts."""
    worst = 1.0
    for place in range(p[at[BINS_AT] + site], p[at[BINS_AT] + site + 1]):
        one = p[at[BINS_OF] + place]
        if p[at[BIN_KIND] + one] == IMPORTANT:
            use = f[at[THRIFT] + one, w] * x
            if use > f[at[BINS] + one, w]:
                worst = min(worst, f[at[BINS] + one, w] / use)
    return x * (1.0 + worst) * 0.5


@stage
def consume(f: Array, p: Places, at: Places, site: int) -> None:
    """Takes what the activity uses out of the bins."""
    first, last, x = p[at[BINS_AT] + site], p[at[BINS_AT] + site + 1], at[X] + site
    for place in range(first, last):
        one = p[at[BINS_OF] + place]
        for w in range(f.shape[1]):
            f[at[USED] + one, w] = f[at[NEED] + one, w] * f[x, w]
    if p[at[SITE_MOVES] + site] == 1:
        for place in range(first, last):
            one = p[at[BINS_OF] + place]
            for w in range(f.shape[1]):
                if f[at[SWAPPED] + one, w] > 0.0:
                    swap(f, p, at, one, w, f[x, w])
    for place in range(first, last):
        one = p[at[BINS_OF] + place]
        used, stock, total = at[USED] + one, at[BINS] + one, at[TOTAL_USED] + p[at[BIN_GOOD] + one]
        for w in range(f.shape[1]):
            f[used, w] = min(f[used, w], f[stock, w])
            f[stock, w] -= f[used, w]
            f[total, w] += f[used, w]


@kernel
def swap(f: Array, p: Places, at: Places, one: int, w: int, x: float) -> None:
    """Moves what substitutes give from an input's use to theirs."""
    f[at[USED] + one, w] -= f[at[NEED] + one, w] * x - source_use(f, p, at, one, w, x)
    for move in range(p[at[MOVES_AT] + one], p[at[MOVES_AT] + one + 1]):
        option = p[at[MOVES_OF] + move]
        target = p[at[OPTION_TARGET] + option]
        if target >= 0:
            part = f[at[LEVEL] + option, w] * f[at[NEED] + one, w] * x
            part = min(part, spare_of(f, p, at, option, w, x))
            f[at[USED] + target, w] += part * f[at[RATIO] + option, w]


@kernel
def give(f: Array, p: Places, at: Places, site: int) -> None:
    """Puts what the activity gives on the stacks."""
    x = at[X] + site
    for place in range(p[at[STACKS_AT] + site], p[at[STACKS_AT] + site + 1]):
        stack = p[at[STACKS_OF] + place]
        stock, gives, total = (
            at[STACKS] + stack,
            at[GIVES] + stack,
            at[TOTAL_MADE] + p[at[STACK_GOOD] + stack],
        )
        for w in range(f.shape[1]):
            f[stock, w] += f[gives, w] * f[x, w]
            f[total, w] += f[gives, w] * f[x, w]


@kernel
def record(f: Array, at: Places, site: int, day: int) -> None:
    """Notes a site's day for the gauges."""
    x, usual, shut, stand = at[X] + site, at[ACT0] + site, at[SHUT] + site, at[STAND] + site
    first, stood = at[FIRST] + site, at[STOOD] + site
    for w in range(f.shape[1]):
        f[at[PULL] + site, w] = min(f[usual, w], max(0.0, f[at[WORK] + 2, w]))
        f[at[UNMET] + site, w] = max(0.0, f[at[WISH] + site, w] - f[x, w])
        f[at[IDLE] + site, w] = max(0.0, f[usual, w] - f[x, w])
        f[at[LOSS] + site, w] = f[at[WORTH] + site, w] * (f[usual, w] - f[x, w])
        f[stand, w] = f[usual, w] if f[shut, w] >= 0.0 else 0.0
        if f[stand, w] > 0.0:
            f[stood, w] += 1.0
            if f[first, w] < 0.0:
                f[first, w] = day
