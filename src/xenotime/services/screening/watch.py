"""After a list update: every watched party meets what is new, and cleared ones that now hit are raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from xenotime.core.canon import restored
from xenotime.core.errors import AddressError
from xenotime.parties.listing.change import Change, diff
from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.listing.lines import digest
from xenotime.services.ports import Records
from xenotime.services.screening.decisions import about, for_party, touched
from xenotime.services.screening.desk import Listing, Matcher, hit_of
from xenotime.services.screening.record import (
    CLEARED,
    NO_HIT,
    Alert,
    Decision,
    Hit,
    Screening,
    Settings,
    Used,
    Watched,
    state_of,
)

RAISED, REMOVED, DECISION = "raised", "removed", "decision"


def rescreen(
    records: Records,
    before: Sequence[ListEntry],
    after: Sequence[ListEntry],
    *,
    known: date,
    version: str,
    index: Callable[[Sequence[ListEntry], Settings], Matcher],
    settings: Settings,
    knew: Callable[[Watched], bool] | None = None,
) -> tuple[Alert, ...]:
    """The alerts that an update of one list raises, kept in the register before they are returned.

    Watched parties meet only the added and changed entries. Entries that went away, and decisions about
    entries that changed, are told too. A hit that a decision still clears is no alert. `knew` says which
    parties were already screened against the new version.
    """
    change = diff(before, after)
    if not change:
        return ()
    decisions = records.decisions()
    new = {(e.list_id, e.entry): e for e in change.touched}
    said = _changes(change)
    found: list[Alert] = []
    matcher = index(tuple(new.values()), settings) if new else None
    by_party = for_party(decisions)
    gone = {(e.list_id, e.entry): e for e in change.removed}
    for one in records.watched():
        if knew and knew(one):
            continue
        matches = matcher.hits(one.query) if matcher else ()
        own = about(by_party, one.query) if matches else []
        hits = [hit_of(new, one.query, m, own, known, known) for m in matches if not m.ruled_out]
        found += [_raised(one, h, said, known, version) for h in hits if h.counts]
        found += _removed(one, gone, known, version)
    found += _affected(decisions, change, said, known, version)
    alerts = tuple(sorted(found, key=_urgency))
    if alerts:
        records.alert(alerts)
    return alerts


def meet(
    records: Records,
    listings: Iterable[Listing],
    *,
    known: date,
    index: Callable[[Sequence[ListEntry], Settings], Matcher],
    settings: Settings,
) -> tuple[Alert, ...]:
    """The alerts of lists of the book that changed since watched parties last met them.

    A list that nobody was ever screened against is new to all of them.
    """
    found: list[Alert] = []
    for listing in listings:
        used = listing.used
        seen = records.met(used.list_id)
        if seen != used.hash:
            before = (records.listing(used.list_id, seen) or ()) if seen else ()
            found += rescreen(
                records,
                before,
                listing.entries,
                known=known,
                version=used.hash,
                index=index,
                settings=settings,
                knew=_knew(records, used),
            )
            records.keep_listing(used, listing.entries)
            records.meet(used.list_id, used.hash)
    return tuple(found)


def _knew(records: Records, used: Used) -> Callable[[Watched], bool]:
    """Says whether a party's last screening was already made against a version of a list."""
    seen: dict[str, bool] = {}

    def knew(one: Watched) -> bool:
        if one.record not in seen:
            try:
                made = restored(Screening, records.get(one.record)[1])
            except AddressError:
                seen[one.record] = False
            else:
                seen[one.record] = any((u.list_id, u.hash) == (used.list_id, used.hash) for u in made.lists)
        return seen[one.record]

    return knew


def _raised(one: Watched, hit: Hit, said: dict[tuple[str, str], str], known: date, version: str) -> Alert:
    match = hit.match
    place = (match.list_id, match.entry)
    earlier = next((e.state for e in one.found if (e.list_id, e.entry) == place), NO_HIT)
    was = {NO_HIT: "had no hit there", CLEARED: "had been cleared"}.get(earlier, f"was {earlier}")
    now = "still is" if state_of(hit) == earlier else f"is now {state_of(hit)}"
    return Alert(
        RAISED,
        one.query.party,
        one.query.name,
        *place,
        match.entry_name,
        said[place],
        earlier,
        one.record,
        known,
        version,
        f"{one.query.name} {was} (screened {one.known}, record {one.record[:12]}) and {now}: "
        f"{match.list_id}/{match.entry} {match.entry_name}, {said[place]}",
        hit,
    )


def _removed(
    one: Watched, gone: dict[tuple[str, str], ListEntry], known: date, version: str
) -> Iterable[Alert]:
    for earlier in one.found:
        place = (earlier.list_id, earlier.entry)
        if place in gone:
            entry = gone[place]
            yield Alert(
                REMOVED,
                one.query.party,
                one.query.name,
                *place,
                entry.name,
                "the entry is no longer in the list",
                earlier.state,
                one.record,
                known,
                version,
                f"{one.query.name} was {earlier.state} for {'/'.join(place)} {entry.name}, "
                "which the list no longer has",
            )


def _affected(
    decisions: Sequence[tuple[str, Decision]],
    change: Change,
    said: dict[tuple[str, str], str],
    known: date,
    version: str,
) -> Iterable[Alert]:
    hashes = {(e.list_id, e.entry): digest((e,)) for e in change.touched}
    for number, decision, covered in touched(decisions, hashes):
        place = (covered.list_id, covered.entry)
        yield Alert(
            DECISION,
            decision.party,
            decision.name,
            *place,
            covered.name,
            said[place],
            decision.verdict,
            decision.record,
            known,
            version,
            f"the decision {number[:12]} of {decision.by} on {decision.day} ({decision.verdict}, "
            f"{decision.name}) no longer holds: {'/'.join(place)} {said[place]}",
        )


def _changes(change: Change) -> dict[tuple[str, str], str]:
    """What the update did to each new or changed entry, in words."""
    found = {(e.list_id, e.entry): "added to the list" for e in change.added}
    for one in change.changed:
        fields = ", ".join(f.field for f in one.fields)
        found[one.after.list_id, one.after.entry] = f"changed in {fields}"
    return found


def _urgency(alert: Alert) -> tuple[int, str, str, str]:
    rank = (RAISED, DECISION, REMOVED).index(alert.kind)
    return rank, alert.party, alert.list_id, alert.entry
