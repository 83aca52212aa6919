"""What changes from day to day: stocks, what is under way, files, shares, prices; all (thing, draw)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xenotime.supply.engine.days import Days
from xenotime.supply.engine.frame import Frame, Places
from xenotime.supply.engine.given import Array, Given
from xenotime.supply.engine.jit import kernel
from xenotime.supply.engine.rest import Rest
from xenotime.supply.engine.yard import Yard

#: The longest wait for a decision that is kept apart [days]; a longer one ends on that day.
LONGEST = 511
#: Channels by which a need is met, in the order of `State.met`; `need` is what they are shares of.
CHANNELS = ("need", "licence", "stock", "substitution", "reroute", "capacity", "recycling", "less")


class State(NamedTuple):
    """The state of a batch. Stocks and flows in units of the good, files in units of the good too.

    `bins`, `stacks` stocks; `ring` (slot, draw) what arrives on which day, `ring_at` where each bin's slots
    begin; `transit` on the way to each bin; `normal` what a bin needs on a normal day, `flow`, `act`, `out` of
    the walk; `asked` smoothed requests of a stack; `files` (lane x day, draw) by the day of decision (of filing,
    for an office), `pend` undecided, `grant` allowed and not yet shipped (held lane); `wait` expected licence
    days (route); `share` and `fill` (lane); `shut` days before a line restarts (below 0: it runs);
    `saved` and `moved` shares of an option; `began` its day; `ramp` days a project has run, `made` its output.
    """

    bins: Array
    stacks: Array
    ring: Array
    ring_at: Places
    transit: Array
    normal: Array
    walked: Rest
    most: Array
    sought: Array
    asked: Array
    order: Array
    want: Array
    sent: Array
    files: Array
    pend: Array
    grant: Array
    wait: Array
    lane_wait: Array
    fill: Array
    shut: Array
    need: Array
    level: Array
    began: Array
    opens: Array
    ran: Array
    made: Array
    grown: Array
    cap: Array
    x: Array
    used: Array
    came: Array
    spot: Array
    deal: Array
    reach: Array
    total_made: Array
    total_used: Array
    first: NDArray[np.int32]
    stood: NDArray[np.int32]
