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

from xenotime.supply.engine.days import Days
from xenotime.supply.engine.frame import CRITICAL, FREE, IMPORTANT, Frame
from xenotime.supply.engine.given import GAP, Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.rest import Rest
from xenotime.supply.engine.state import Seen, State


@kernel
def produce(frame: Frame, given: Given, days: Days, day: int, rest: Rest, state: State, seen: Seen) -> None:
    """Runs every site for a day: inputs out of its bins, outputs onto its stacks."""
    width = seen.x.shape[1]
    for site in range(frame.order.size):
        left = days.left[min(day, days.left.shape[0] - 1), site]
        factor = days.demand[min(day, days.demand.shape[0] - 1), site]
        for w in range(width):
            wish = given.demand[site, w] * factor
            normal = rest.act[site, w]
            base = max(normal, wish) * (1.0 + given.slack[site, w])
            cap = base * left + state.grown[site, w]
            wanted = wish if frame.site_final[site] == 1 else wanted_of(frame, given, site, w, state, seen)
            able = inputs_of(frame, given, site, w, cap, state, seen)
            run = running(given, site, w, min(normal, wish) if wish > 0.0 else normal, cap, able, state)
            x = min(wanted, able) if run else 0.0
            x = slowed(frame, site, w, x, state, seen)
            record(given, site, w, x, wish, normal, day, state, seen)
            consume(frame, given, site, w, x, state, seen)


@kernel
def wanted_of(frame: Frame, given: Given, site: int, w: int, state: State, seen: Seen) -> float:
    """The activity [units a day] that serves the requests and brings the stacks to their targets."""
    wanted = 0.0
    for at in range(frame.stacks_at[site], frame.stacks_at[site + 1]):
        stack = frame.stacks_of[at]
        if frame.stack_driver[stack] == 1:
            target = given.depth[stack, w] * state.walked.out[stack, w]
            pull = state.asked[stack, w] + (target - seen.stacks[stack, w]) / given.rule[GAP, w]
            wanted = max(wanted, pull / given.gives[stack, w])
    return wanted


@kernel
def inputs_of(frame: Frame, given: Given, site: int, w: int, cap: float, state: State, seen: Seen) -> float:
    """The activity [units a day] that capacity and critical inputs allow."""
    able = cap
    for at in range(frame.bins_at[site], frame.bins_at[site + 1]):
        one = frame.bins_of[at]
        if frame.bin_kind[one] == CRITICAL and frame.moves_at[one] == frame.moves_at[one + 1]:
            need = state.need[one, w]
            if need > 0.0 and frame.target_of[one] == 0:
                able = min(able, seen.bins[one, w] / need)
            elif given.need[one, w] > 0.0:
                able = min(able, seen.bins[one, w] / given.need[one, w])
    for at in range(frame.bins_at[site], frame.bins_at[site + 1]):
        one = frame.bins_of[at]
        if frame.bin_kind[one] == CRITICAL and frame.moves_at[one] < frame.moves_at[one + 1]:
            able = replaced(frame, given, one, w, able, state, seen)
    return able


@kernel
def spare_of(frame: Frame, given: Given, target: int, w: int, x: float, seen: Seen) -> float:
    """A substitute's stock beyond its own use, shared evenly by the inputs that may fall back on it."""
    return max(0.0, seen.bins[target, w] - given.need[target, w] * x) / frame.target_of[target]


@kernel
def replaced(frame: Frame, given: Given, one: int, w: int, able: float, state: State, seen: Seen) -> float:
    """The activity that a critical input allows together with its substitutes."""
    need = given.need[one, w]
    if need <= 0.0:
        return able
    saved, moved, spare = 0.0, 0.0, 0.0
    for at in range(frame.moves_at[one], frame.moves_at[one + 1]):
        option = frame.moves_of[at]
        target = frame.option_target[option]
        if target < 0:
            saved += state.level[option, w]
        else:
            moved += state.level[option, w]
            spare += spare_of(frame, given, target, w, able, seen) / given.ratio[option, w]
    stock = seen.bins[one, w]
    rest = 1.0 - saved - moved
    if rest > 0.0:
        able = min(able, stock / (need * rest))
    if saved < 1.0:
        able = min(able, (stock + spare) / (need * (1.0 - saved)))
    wants = source_use(frame, given, one, w, able, able, state, seen)
    return able * stock / wants if wants > stock else able


@kernel
def source_use(
    frame: Frame, given: Given, one: int, w: int, x: float, cap: float, state: State, seen: Seen
) -> float:
    """What an activity `x` takes of an input once its substitutes have given what they can."""
    use = given.need[one, w] * x
    total = use
    for at in range(frame.moves_at[one], frame.moves_at[one + 1]):
        option = frame.moves_of[at]
        target = frame.option_target[option]
        part = state.level[option, w] * total
        if target >= 0:
            part = min(part, spare_of(frame, given, target, w, cap, seen) / given.ratio[option, w])
        use -= part
    return max(0.0, use)


@kernel
def running(given: Given, site: int, w: int, normal: float, cap: float, able: float, state: State) -> bool:
    """Whether the line runs today; counts the days of a restart."""
    shut = state.shut[site, w]
    if shut < 0.0:
        if able < given.least[site, w] * normal * (1.0 - 1e-9):
            state.shut[site, w] = given.restart[site, w]
            return False
        return True
    if able < min(normal, cap) * (1.0 - 1e-9) or able < given.least[site, w] * normal:
        return False
    if shut < 1.0:
        state.shut[site, w] = -1.0
        return True
    state.shut[site, w] = shut - 1.0
    return False


@kernel
def slowed(frame: Frame, site: int, w: int, x: float, state: State, seen: Seen) -> float:
    """The activity after important inputs: each short one slows it at half weight, the worst one counts."""
    worst = 1.0
    for at in range(frame.bins_at[site], frame.bins_at[site + 1]):
        one = frame.bins_of[at]
        if frame.bin_kind[one] == IMPORTANT:
            use = state.need[one, w] * x
            if use > seen.bins[one, w]:
                worst = min(worst, seen.bins[one, w] / use)
    return x * (1.0 + worst) * 0.5


@kernel
def consume(frame: Frame, given: Given, site: int, w: int, x: float, state: State, seen: Seen) -> None:
    """Takes what the activity uses out of the bins and puts what it gives on the stacks."""
    for at in range(frame.bins_at[site], frame.bins_at[site + 1]):
        state.used[frame.bins_of[at], w] = 0.0
    for at in range(frame.bins_at[site], frame.bins_at[site + 1]):
        one = frame.bins_of[at]
        use = given.need[one, w] * x
        for place in range(frame.moves_at[one], frame.moves_at[one + 1]):
            option = frame.moves_of[place]
            target = frame.option_target[option]
            part = state.level[option, w] * given.need[one, w] * x
            if target >= 0:
                ratio = given.ratio[option, w]
                part = min(part, spare_of(frame, given, target, w, x, seen) / ratio)
                state.used[target, w] += part * ratio
            use -= part
        state.used[one, w] += max(0.0, use)
    for at in range(frame.bins_at[site], frame.bins_at[site + 1]):
        one = frame.bins_of[at]
        use = min(state.used[one, w], seen.bins[one, w])
        state.used[one, w] = use
        seen.bins[one, w] -= use
        state.total_used[frame.bin_good[one], w] += use
    for at in range(frame.stacks_at[site], frame.stacks_at[site + 1]):
        stack = frame.stacks_of[at]
        made = given.gives[stack, w] * x
        seen.stacks[stack, w] += made
        state.total_made[frame.stack_good[stack], w] += made


@kernel
def record(
    given: Given, site: int, w: int, x: float, wish: float, normal: float, day: int, state: State, seen: Seen
) -> None:
    """Notes a site's day for the gauges."""
    seen.x[site, w] = x
    seen.wish[site, w] = wish
    seen.unmet[site, w] = max(0.0, wish - x)
    seen.idle[site, w] = max(0.0, normal - x)
    seen.loss[site, w] = given.worth[site, w] * (normal - x)
    stands = state.shut[site, w] >= 0.0 and normal > 0.0
    seen.stand[site, w] = normal if stands else 0.0
    if stands:
        state.stood[site, w] += 1
        if state.first[site, w] < 0:
            state.first[site, w] = day


_KINDS = (CRITICAL, IMPORTANT, FREE)
