"""What draws, settlements and corrections write into the ledger: lines, before any database is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xenotime.core.errors import InputError, RepeatError, StateError
from xenotime.programme.shipping.quota import (
    COMMIT,
    CORRECT,
    EFFECTS,
    EXPIRE,
    LARGEST,
    OPEN,
    RELEASE,
    RESERVE,
    REVERSE,
    Cap,
    Draw,
    Reservation,
    Shortfall,
)

#: A reservation draws no more elements than there are.
MOST = 118
#: The longest id, key or name that the ledger keeps [characters].
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One line to write. `turn` counts the lines of a reservation under a cap for an element: 0 reserves,
    1 settles, 2 frees the rest, later ones correct or reverse.
    """

    cap: str
    element: str
    turn: int
    kind: str
    grams: int


@dataclass(frozen=True, slots=True)
class Move:
    """What lines together do to the counters of one cap [grams]."""

    cap: str
    held: int
    used: int


def shares(draws: Sequence[Draw], caps: Sequence[Cap]) -> tuple[tuple[Line, ...], tuple[Shortfall, ...]]:
    """The lines that hold draws under every cap that fits them, and what is short (then none is to stand)."""
    short = [Shortfall("", d.grams, 0, 0, d.element) for d in draws if not any(c.fits(d) for c in caps)]
    lines = []
    for cap in caps:
        bound = [d for d in draws if cap.fits(d)]
        whole = sum(d.grams for d in bound)
        if whole > cap.free:
            short.append(Shortfall(cap.id, whole, cap.free, cap.bound, cap.element))
        lines += [Line(cap.id, d.element, 0, RESERVE, d.grams) for d in bound]
    return tuple(lines), tuple(short)


def ending(name: str, kind: str, lines: Iterable[Line], grams: Mapping[str, int]) -> tuple[Line, ...]:
    """The lines that commit, release or expire what is held; `grams` by element commits less, frees the rest.

    Raises StateError for more than was held of an element.
    """
    held = [line for line in lines if line.kind == RESERVE]
    most = {line.element: line.grams for line in held}
    for element, part in grams.items():
        if kind != COMMIT or not whole(part, 0) or part > most.get(element, -1):
            raise over(name, f"{part} g of {element}, {most.get(element, 0)} g held")
    made = []
    for line in held:
        part = grams.get(line.element, line.grams)
        made.append(Line(line.cap, line.element, 1, kind, part))
        made.append(Line(line.cap, line.element, 2, RELEASE, line.grams - part))
    return tuple(line for line in made if line.grams)


def undoing(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that take back everything a reservation used."""
    made = [
        Line(cap, element, turn + 1, REVERSE, used) for (cap, element), (used, turn) in _used(lines).items()
    ]
    return tuple(line for line in made if line.grams)


def mending(name: str, element: str, grams: int, lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that add to (or take from, below 0) what a reservation used of an element.

    Raises InputError for an element that was not drawn, StateError if less than nothing would be used.
    """
    used = {cap: found for (cap, of), found in _used(lines).items() if of == element}
    if not used:
        raise InputError(
            "this element is not part of the reservation",
            where=f"reservation {name}",
            expected="an element that was drawn",
            found=element[:40],
            next_step="name one of its elements",
        )
    least = min(sum_ for sum_, _ in used.values())
    if least + grams < 0:
        raise over(name, f"{grams} g, {least} g used")
    return tuple(Line(cap, element, turn + 1, CORRECT, grams) for cap, (_, turn) in used.items())


def moves(lines: Iterable[Line]) -> tuple[Move, ...]:
    """What the lines do to each cap's counters, in the order of cap ids: so all take their locks.

    >>> moves([Line("B", "Dy", 1, "commit", 5), Line("A", "Dy", 0, "reserve", 5)])
    (Move(cap='A', held=5, used=0), Move(cap='B', held=-5, used=5))
    """
    sums: dict[str, list[int]] = {}
    for line in lines:
        held, used = EFFECTS[line.kind]
        found = sums.setdefault(line.cap, [0, 0])
        found[0] += held * line.grams
        found[1] += used * line.grams
    return tuple(Move(cap, *sums[cap]) for cap in sorted(sums))


def allow(held: Reservation, kind: str, at: datetime) -> None:
    """Nothing if a reservation may end so now.

    Raises StateError if it is settled already, expired for a commit, or not yet for expiry.
    """
    wanted = COMMIT if kind == REVERSE else OPEN
    if held.state != wanted:
        raise settled(held.id, held.state, f"one that is {wanted}")
    ended = held.expires <= at
    if (kind == COMMIT and ended) or (kind == EXPIRE and not ended):
        raise StateError(
            f"the time of this reservation is {'over' if ended else 'not over yet'}",
            where=f"reservation {held.id}",
            expected=f"{kind} {'before' if ended else 'from'} its end",
            found=f"it ends {held.expires.isoformat()}",
            next_step="ask for the shipment again" if ended else "wait, or release it",
        )


def proper(name: str, draws: Sequence[Draw], at: datetime, expires: datetime, key: str) -> None:
    """Nothing if a draw can be asked so. Raises InputError if not."""
    for draw in draws:
        if not whole(draw.grams, 1):
            raise amount(name, draw.grams)
    elements = [d.element for d in draws]
    once = 1 <= len(set(elements)) == len(elements) <= MOST and "" not in elements
    if not (once and 0 < len(name) <= LONGEST and 0 < len(key) <= LONGEST):
        raise InputError(
            "this draw cannot be made",
            where=f"reservation {name[:LONGEST]}",
            expected="an id, a key, and one draw an element",
            found=f"{elements[:10]}, key {key[:40]!r}",
            next_step="add up what is drawn of an element",
        )
    if expires <= at:
        raise InputError(
            "a reservation must end after it begins",
            where=f"reservation {name}",
            expected=f"after {at.isoformat()}",
            found=expires.isoformat(),
            next_step="give it time",
        )


def ends(name: str, kind: str, key: str) -> None:
    """Nothing if this is a way to settle. Raises InputError if not."""
    if kind not in (COMMIT, RELEASE, EXPIRE, REVERSE) or not 0 < len(key) <= LONGEST:
        raise InputError(
            "a reservation cannot be settled so",
            where=f"reservation {name[:LONGEST]}",
            expected="commit, release, expire or reverse, with a key",
            found=f"{kind!r}, key {key!r}"[:200],
            next_step="say how it ends",
        )


def whole(grams: object, least: int) -> bool:
    """Whether this is a whole number of grams from `least` to the largest."""
    return isinstance(grams, int) and not isinstance(grams, bool) and least <= grams <= LARGEST


def amount(where: str, found: object) -> InputError:
    """What is said where grams are no amount."""
    return InputError(
        "this is no amount",
        where=where[:LONGEST],
        expected=f"whole grams, at most {LARGEST}",
        found=str(found)[:40],
        next_step="write whole grams",
    )


def settled(name: str, state: str, expected: str) -> StateError:
    """What is said where a reservation is in another state."""
    return StateError(
        "this reservation cannot be settled so",
        where=f"reservation {name}",
        expected=expected,
        found=state,
        next_step="read its entries; a commit is mended with a correction or a reversal",
    )


def over(name: str, found: str) -> StateError:
    """What is said where the counters do not allow it."""
    return StateError(
        "this passes what the ledger holds",
        where=f"reservation {name}",
        expected="grams within what was held, used or is free under every cap",
        found=found,
        next_step="look at the caps that bind it",
    )


def repeated(key: str) -> RepeatError:
    """What is said where a key comes again with other content."""
    return RepeatError(
        "this key was used for something else",
        where=f"key {key[:LONGEST]}",
        expected="a new key, or the same request",
        found="the same key with other content",
        next_step="choose a new key",
    )


def _used(lines: Iterable[Line]) -> dict[tuple[str, str], tuple[int, int]]:
    """Cap and element -> grams used, and the last turn taken; turn 2 is kept for what a settlement frees."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for line in lines:
        used, turn = found.get((line.cap, line.element), (0, 2))
        effect = EFFECTS[line.kind][1] * line.grams
        found[line.cap, line.element] = (used + effect, max(turn, line.turn))
    return found
