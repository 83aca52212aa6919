"""A recorded screening run again with its own lists, settings and decisions, and compared to the byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from xenotime.core.canon import canonical, restored
from xenotime.core.errors import AddressError
from xenotime.parties.listing.entry import ListEntry
from xenotime.services.ports import Records
from xenotime.services.screening.asking import Question
from xenotime.services.screening.desk import Desk, Listing, Matcher, screen
from xenotime.services.screening.record import Screening, Settings, Used

#: What fetches the entries of a list version; None when nobody has it any more.
Fetch = Callable[[Used], Sequence[ListEntry] | None]
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Replay:
    """The result: whether every byte is the same, what hindered or differs, and who was erased meanwhile."""

    record: str
    same: bool
    differs: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()


def read(records: Records, record: str) -> tuple[str, Screening]:
    """A recorded screening with its full id, by the beginning of the id."""
    number, body = records.get(record)
    return number, restored(Screening, body)


def replay(
    records: Records,
    record: str,
    fetch: Fetch,
    index: Callable[[Sequence[ListEntry], Settings], Matcher],
    engine: Settings,
) -> Replay:
    """The screening run again. `engine` are the settings of today: they say which engine there is.

    Erased parties cannot be asked again: their tombstones are compared as they stand, and said.
    """
    number, body = records.get(record)
    made = restored(Screening, body)
    gone = tuple(
        f"{a.erased.mark[:12]} on {a.erased.day}: {a.erased.reason}" for a in made.answers if a.erased
    )
    hindered = list(_engine(made.settings, engine))
    listings = []
    for used in made.lists:
        entries = fetch(used)
        if entries is None:
            version = f"version {used.hash[:12]} as of {used.as_of or 'an unknown day'}"
            hindered.append(f"list {used.list_id}: {version} is no longer in the store")
        else:
            listings.append(Listing(used, tuple(entries)))
    decisions = []
    for wanted in made.decisions:
        try:
            decision = records.decision(wanted)
        except AddressError:
            hindered.append(f"decision {wanted[:12]} is no longer in the register")
            continue
        if decision[1].erased:
            hindered.append(f"decision {wanted[:12]} was erased on {decision[1].erased.day}")
        else:
            decisions.append(decision)
    if len(listings) < len(made.lists):
        return Replay(number, same=False, differs=tuple(hindered), erased=gone)
    desk = Desk(tuple(listings), made.settings, index, tuple(decisions))
    again = _again(desk, made)
    if canonical(again) == body:
        return Replay(number, same=True, erased=gone)
    return Replay(number, same=False, differs=(*hindered, *differences(made, again)), erased=gone)


def differences(old: Screening, new: Screening) -> tuple[str, ...]:
    """What differs between two screenings of the same parties, answer by answer, in words."""
    found: list[str] = []
    for mine, theirs in zip(old.answers, new.answers, strict=True):
        if mine == theirs or len(found) > _SHOWN:
            continue
        who = mine.query.party
        if mine.outcome != theirs.outcome:
            found.append(f"{who}: the outcome was {mine.outcome}, now {theirs.outcome}")
        before = {(h.match.list_id, h.match.entry): h for h in mine.hits}
        after = {(h.match.list_id, h.match.entry): h for h in theirs.hits}
        found += [f"{who}: {'/'.join(k)} was a hit and is none now" for k in before if k not in after]
        found += [f"{who}: {'/'.join(k)} is a hit now and was none" for k in after if k not in before]
        for place in before.keys() & after.keys():
            if before[place] != after[place]:
                was, now = before[place].match.score, after[place].match.score
                score = f"score {was}, now {now}" if was != now else "the explanation or the status differs"
                found.append(f"{who}: {'/'.join(place)}: {score}")
        if not found:
            found.append(f"{who}: the order of the hits or the facts differ")
    return tuple(found[:_SHOWN]) + (("…",) if len(found) > _SHOWN else ())


def _engine(then: Settings, now: Settings) -> tuple[str, ...]:
    found = []
    if then.engine != now.engine:
        found.append(f"the engine was {then.engine}, now {now.engine}")
    if then.tables != now.tables:
        found.append(f"the tables of names were {then.tables[:12]}, now {now.tables[:12]}")
    return tuple(found)


def _again(desk: Desk, made: Screening) -> Screening:
    live = [Question(a.query, a.findings) for a in made.answers if a.erased is None]
    run = screen(desk, live, on=made.on, known=made.known, by=made.by, batch=made.batch)
    answers = iter(run.answers)
    whole = tuple(a if a.erased else next(answers) for a in made.answers)
    return replace(run, answers=whole, decisions=made.decisions if len(live) < len(whole) else run.decisions)
