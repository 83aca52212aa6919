r"""Make: a site's activity is the least of its capacity, what is wanted, and what its inputs allow.

    cap    = normal * (1 + slack) * share left after cuts + capacity grown
    wanted = end demand, or max over driver stacks of (asked + (target - stock) / gap) / gives
    x      = min(cap, wanted, min over critical inputs of stock / need)
    x      = x * (1 + r) / 2 for the worst important input, r = min(1, stock / (need * x))

An input that may be replaced counts with what its substitutes have in stock: with need n, shares s saved and
m moved, and T the substitute's spare stock in units of the input, x is at most
min(stock / (n (1 - s - m)), (stock + T) / (n (1 - s))).

A line whose capacity or inputs allow less than `least` of its normal activity closes; it opens again when its
inputs last for a normal day and `restart` days have passed with it. Low orders slow a line, but never close it.

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
    RATIO,
    RESTART,
    RULE,
    SHUT,
    SITE_FINAL,
    SLACK,
    STACK_DRIVER,
    STACK_GOOD,
    STACKS,
    STACKS_AT,
    STACKS_OF,
    STAND,
    STOOD,
    TARGET_OF,
    THRIFT,
    TOTAL_MADE,
    TOTAL_USED,
    UNMET,
    USED,
    WISH,
    WORTH,
    Array,
    Places,
    X,
)
from xenotime.supply.engine.frame import CRITICAL, IMPORTANT
from xenotime.supply.engine.jit import kernel


@kernel
def produce(f: Array, p: Places, d: Array, at: Places, day: int) -> None:
    """Runs every site for a day: inputs out of its bins, outputs onto its stacks."""
    for site in range(at[N_SITES]):
        left, factor = d[day, at[LEFT] + site], d[day, at[DEMANDED] + site]
        final = p[at[SITE_FINAL] + site] == 1
        for w in range(f.shape[1]):
            wish = f[at[DEMAND] + site, w] * factor
            normal = f[at[ACT0] + site, w]
            cap = max(normal, wish) * (1.0 + f[at[SLACK] + site, w]) * left + f[at[GROWN] + site, w]
            wanted = wish if final else wanted_of(f, p, at, site, w)
            able = inputs_of(f, p, at, site, w, cap)
            usual = min(normal, wish) if final else normal
            x = min(wanted, able) if running(f, at, site, w, usual, cap, able) else 0.0
            x = slowed(f, p, at, site, w, x)
            record(f, at, site, w, x, wish, day)
            consume(f, p, at, site, w, x)


@kernel
def wanted_of(f: Array, p: Places, at: Places, site: int, w: int) -> float:
    """The activity [units a day] that serves the requests and brings the stacks to their targets."""
    wanted = 0.0
    for place in range(p[at[STACKS_AT] + site], p[at[STACKS_AT] + site + 1]):
        stack = p[at[STACKS_OF] + place]
        if p[at[STACK_DRIVER] + stack] == 1:
            target = f[at[DEPTH] + stack, w] * f[at[OUT] + stack, w]
            asked = f[at[ASKED] + stack, w] + (target - f[at[STACKS] + stack, w]) / f[at[RULE] + GAP, w]
            wanted = max(wanted, asked / f[at[GIVES] + stack, w])
    return wanted


@kernel
def inputs_of(f: Array, p: Places, at: Places, site: int, w: int, cap: float) -> float:
    """The activity [units a day] that capacity and critical inputs allow."""
    able = cap
    replaceable = False
    for place in range(p[at[BINS_AT] + site], p[at[BINS_AT] + site + 1]):
        one = p[at[BINS_OF] + place]
        need = f[at[NEED] + one, w]
        if p[at[BIN_KIND] + one] == CRITICAL and need > 0.0:
            if p[at[MOVES_AT] + one] < p[at[MOVES_AT] + one + 1]:
                replaceable = True
            else:
                able = min(able, f[at[BINS] + one, w] / need)
    if replaceable:
        for place in range(p[at[BINS_AT] + site], p[at[BINS_AT] + site + 1]):
            one = p[at[BINS_OF] + place]
            if p[at[BIN_KIND] + one] == CRITICAL and f[at[NEED] + one, w] > 0.0:
                able = replaced(f, p, at, one, w, able)
    return able


@kernel
def spare_of(f: Array, p: Places, at: Places, option: int, w: int, x: float) -> float:
    """A substitute's stock beyond its own use, in units of the input; inputs that share it share it evenly."""
    target = p[at[OPTION_TARGET] + option]
    left = f[at[BINS] + target, w] - f[at[NEED] + target, w] * x
    return max(0.0, left) / (p[at[TARGET_OF] + target] * f[at[RATIO] + option, w])


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
    return max(0.0, use)


@kernel
def running(f: Array, at: Places, site: int, w: int, usual: float, cap: float, able: float) -> bool:
    """Whether the line runs today; counts the days of a restart."""
    shut = f[at[SHUT] + site, w]
    least = f[at[LEAST] + site, w] * usual * (1.0 - 1e-9)
    if shut < 0.0:
        if able < least:
            f[at[SHUT] + site, w] = f[at[RESTART] + site, w]
            return False
        return True
    if able < min(usual, cap) * (1.0 - 1e-9) or able < least:
        return False
    f[at[SHUT] + site, w] = shut - 1.0
    if shut < 1.0:
        f[at[SHUT] + site, w] = -1.0
        return True
    return False


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


@kernel
def consume(f: Array, p: Places, at: Places, site: int, w: int, x: float) -> None:
    """Takes what the activity uses out of the bins and puts what it gives on the stacks."""
    first, last = p[at[BINS_AT] + site], p[at[BINS_AT] + site + 1]
    for place in range(first, last):
        f[at[USED] + p[at[BINS_OF] + place], w] = 0.0
    for place in range(first, last):
        one = p[at[BINS_OF] + place]
        f[at[USED] + one, w] += source_use(f, p, at, one, w, x)
        for move in range(p[at[MOVES_AT] + one], p[at[MOVES_AT] + one + 1]):
            option = p[at[MOVES_OF] + move]
            if p[at[OPTION_TARGET] + option] >= 0:
                part = f[at[LEVEL] + option, w] * f[at[NEED] + one, w] * x
                part = min(part, spare_of(f, p, at, option, w, x))
                f[at[USED] + p[at[OPTION_TARGET] + option], w] += part * f[at[RATIO] + option, w]
    for place in range(first, last):
        one = p[at[BINS_OF] + place]
        use = min(f[at[USED] + one, w], f[at[BINS] + one, w])
        f[at[USED] + one, w] = use
        f[at[BINS] + one, w] -= use
        f[at[TOTAL_USED] + p[at[BIN_GOOD] + one], w] += use
    for place in range(p[at[STACKS_AT] + site], p[at[STACKS_AT] + site + 1]):
        stack = p[at[STACKS_OF] + place]
        made = f[at[GIVES] + stack, w] * x
        f[at[STACKS] + stack, w] += made
        f[at[TOTAL_MADE] + p[at[STACK_GOOD] + stack], w] += made


@kernel
def record(f: Array, at: Places, site: int, w: int, x: float, wish: float, day: int) -> None:
    """Notes a site's day for the gauges."""
    normal = f[at[ACT0] + site, w]
    f[at[X] + site, w] = x
    f[at[WISH] + site, w] = wish
    f[at[UNMET] + site, w] = max(0.0, wish - x)
    f[at[IDLE] + site, w] = max(0.0, normal - x)
    f[at[LOSS] + site, w] = f[at[WORTH] + site, w] * (normal - x)
    stands = f[at[SHUT] + site, w] >= 0.0 and normal > 0.0
    f[at[STAND] + site, w] = normal if stands else 0.0
    if stands:
        f[at[STOOD] + site, w] += 1.0
        if f[at[FIRST] + site, w] < 0.0:
            f[at[FIRST] + site, w] = day
