"""What is held about a party: shown whole, erased everywhere with a tombstone, purged when it is old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from xenotime.core.canon import canonical, restored
from xenotime.core.errors import AddressError, InputError
from xenotime.parties.matching.match import PartyQuery
from xenotime.services.ports import Records
from xenotime.services.screening.record import Answer, Decision, Policy, Screening, Tombstone, key

_LONGEST = 500
#: What stands in the place of a party's mark where old records were purged.
PURGE = "purge"


def access(records: Records, party: str) -> dict[str, object]:
    """Everything held about a party, by its id or any of its names; every list empty if there is nothing."""
    ids = _ids(records, party)
    answers = []
    for number in _holding(records, ids):
        made = restored(Screening, records.get(number)[1])
        mine = [a for a in made.answers if _is(a.query, ids)]
        answers.append({"record": number, "on": made.on, "known": made.known, "by": made.by, "answers": mine})
    decided = [{"decision": n, "content": d} for n, d in records.decisions(replaced=True) if _about(d, ids)]
    return {
        "party": party.encode("utf-8", "replace").decode(),
        "screenings": answers,
        "decisions": decided,
        "watched": [w for w in records.watched() if _is(w.query, ids)],
        "alerts": [a for a in records.alerts() if ids & {key(a.party), key(a.name)}],
    }


def erase(records: Records, party: str, *, reason: str, day: date) -> dict[str, int]:
    """Take a party's names, numbers and hits out of every record, and stop watching it.

    The party is found by its id or any of its names. The answers stay countable as tombstones. Raises
    AddressError when nothing is held, InputError without a reason.
    """
    if not reason.strip() or len(reason) > _LONGEST or key(party) in key(reason):
        raise InputError(
            "an erasure needs a reason",
            where="--because",
            expected=f"why it is erased, in at most {_LONGEST} characters, without the party's name",
            found=repr(reason[:60]),
            next_step="for example --because 'request of the person'",
        )
    with records.whole():
        ids = _ids(records, party)
        tombstone = Tombstone(records.mark(party), day, reason.strip())
        counts = {"screenings": 0, "answers": 0, "decisions": 0}
        for number in _holding(records, ids):
            made = restored(Screening, records.get(number)[1])
            answers = tuple(_blank(a, tombstone) if _is(a.query, ids) else a for a in made.answers)
            records.replace(number, replace(made, answers=answers))
            counts["screenings"] += 1
            counts["answers"] += sum(a.erased is tombstone for a in answers)
        for number, decision in records.decisions(replaced=True):
            if _about(decision, ids):
                records.blank(number, _empty(decision, tombstone))
                counts["decisions"] += 1
        watched = sum(1 for w in records.watched() if _is(w.query, ids))
        if not watched and not any(counts.values()):
            raise AddressError(
                "nothing is held about this party",
                where="the register",
                expected="a party's id, or one of its names as it was screened",
                found=party,
                next_step="run `xenotime records list`",
            )
        records.forget(sorted(ids), tombstone)
    return {**counts, "watched": watched}


def purge(records: Records, before: date, *, day: date, dry: bool, watched: bool = True) -> Mapping[str, int]:
    """How many records older than a day there are of each kind; unless `dry` they are removed.

    What was removed, and on which day, stays on record. Without `watched` the parties stay watched, under
    their names, although their screenings go.
    """
    if dry:
        return records.purge(before, dry=True, watched=watched)
    with records.whole():
        counts = records.purge(before, dry=False, watched=watched)
        if any(counts.values()):
            told = ", ".join(f"{number} {kind}" for kind, number in counts.items() if number)
            records.forget((), Tombstone(PURGE, day, f"recorded before {before}: {told}"))
    return counts


def end_of_retention(policy: Policy, known: date) -> date:
    """The day before which records are kept no longer. Raises InputError when no period is set."""
    if not policy.retention:
        raise InputError(
            "no period of retention is set",
            where="xenotime records purge",
            expected="--before DAY, or a period set with `xenotime records policy --retention DAYS`",
            found="neither",
        )
    return known - timedelta(days=policy.retention)


def bytes_of(value: object) -> bytes:
    """Anything held, as canonical JSON with a line feed."""
    return canonical(value) + b"\n"


def _ids(records: Records, party: str) -> frozenset[str]:
    """What a party is looked up by: the word given, and the ids of the parties that have it as a name."""
    given = key(party)
    found = {given}
    for number in records.holding(party):
        made = restored(Screening, records.get(number)[1])
        found |= {key(a.query.party) for a in made.answers if given in _names(a.query)}
    return frozenset(found | {key(w.query.party) for w in records.watched() if given in _names(w.query)})


def _holding(records: Records, ids: frozenset[str]) -> list[str]:
    """The records that ask about any of these, each once."""
    return list(dict.fromkeys(number for one in sorted(ids) for number in records.holding(one)))


def _names(query: PartyQuery) -> set[str]:
    return {key(text) for text in (query.party, query.name, *query.other_names)}


def _is(query: PartyQuery, ids: frozenset[str]) -> bool:
    return bool(ids & _names(query))


def _about(decision: Decision, ids: frozenset[str]) -> bool:
    return decision.erased is None and bool(ids & {key(decision.party), key(decision.name)})


def _blank(answer: Answer, tombstone: Tombstone) -> Answer:
    return Answer(PartyQuery("", ""), "", answer.outcome, erased=tombstone)


def _empty(decision: Decision, tombstone: Tombstone) -> Decision:
    return replace(decision, party="", name="", facts="", names="", covers=(), because="", erased=tombstone)
