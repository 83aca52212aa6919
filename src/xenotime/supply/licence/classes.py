"""How an answer of the law is handled: what waits, how long, what is refused, what may not go.

One row for each outcome word and buyer. The numbers are where a scenario starts from; its turns move them,
and the parameters of `xenotime.supply.licence.parameters` spread them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

#: The outcome words by code, as the law numbers them; the first six are ordered, mild to strict.
WORDS = (
    *("not_controlled", "report", "licence", "case_by_case", "presumed_denied", "prohibited"),
    *("open", "undetermined", "unverified", "conflict"),
)
#: The ordered part of `WORDS`.
ORDERED = WORDS[:6]
#: A working day is five of seven days; 45 of them are the clock of the law (cn/order-792/17).
CLOCK = 45 * 7 / 5
#: Spread of ln(days waited): the interquartile range is then from 0.74 to 1.35 times the median.
SIGMA = 0.45


@dataclass(frozen=True, slots=True)
class Treatment:
    """How an order on a route is handled; numbers as in `Handling`. `why` says where they come from."""

    hold: float = 0.0
    fast: float = 0.0
    lead: float = 0.0
    sigma: float = 0.0
    refuse: float = 0.0
    block: float = 0.0
    why: str = ""


_FREE = Treatment(why="no paper is needed")
_AFTER = Treatment(why="a report follows the export; nothing waits")
_BARRED = Treatment(block=1.0, why="it may not go")

#: By outcome word and buyer. No count of refusals by class was published: the shares are assumptions, in the
#: order that the texts give (ordinary review, each case apart, refused in principle).
CLASSES: Mapping[tuple[str, str], Treatment] = {
    ("not_controlled", "civil"): _FREE,
    ("not_controlled", "defence"): _FREE,
    ("report", "civil"): _AFTER,
    ("report", "defence"): _AFTER,
    ("licence", "civil"): Treatment(
        1.0, 0.0, CLOCK, SIGMA, 0.05, why="45 working days; 5 % refused (assumed)"
    ),
    ("licence", "defence"): Treatment(
        1.0, 0.0, 1.5 * CLOCK, SIGMA, 0.60, why="half as long again, 60 % refused (assumed)"
    ),
    ("case_by_case", "civil"): Treatment(
        1.0, 0.0, 1.5 * CLOCK, SIGMA, 0.30, why="each case apart: half as long again, 30 % refused (assumed)"
    ),
    ("case_by_case", "defence"): Treatment(
        1.0, 0.0, 2.0 * CLOCK, SIGMA, 0.75, why="each case apart: twice as long, 75 % refused (assumed)"
    ),
    ("presumed_denied", "civil"): Treatment(
        1.0, 0.0, 2.0 * CLOCK, SIGMA, 0.95, why="refused in principle: 95 % refused (assumed)"
    ),
    ("presumed_denied", "defence"): Treatment(
        1.0, 0.0, 2.0 * CLOCK, SIGMA, 0.98, why="refused in principle: 98 % refused (assumed)"
    ),
    ("prohibited", "civil"): _BARRED,
    ("prohibited", "defence"): _BARRED,
}


def treatment(word: str, buyer: str, *, strictest: str = "", doubt: float = 1.0) -> Treatment:
    """How an order is handled when the law answers `word`.

    Where the law does not settle the answer (open, undetermined, unverified, conflict), a share `doubt` of
    the order is handled as by the `strictest` answer that is possible, the rest as free: never all of it
    free in silence.

    >>> treatment("open", "civil", strictest="licence", doubt=0.5).hold
    0.5
    """
    if word in ORDERED:
        return CLASSES[word, buyer]
    likely = strictest or "licence"
    full = CLASSES[likely, buyer]
    why = f"not settled ({word}); {doubt:.0%} of it handled as {likely}: {full.why}"
    return replace(full, hold=full.hold * doubt, block=full.block * doubt, why=why)


def eased(word: str, buyer: str, *, strictest: str = "") -> bool:
    """Whether a certificate of a civil buyer lets an order through at once: ordinary review, or proof only.

    Not where each case is examined apart or refused in principle, and never for a defence buyer.
    """
    asked = word if word in ORDERED else strictest or "licence"
    return buyer == "civil" and ORDERED.index(asked) <= ORDERED.index("licence")
