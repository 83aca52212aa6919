"""What persons decided about hits: remembered with reach and end, applied later, never hidden."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from xenotime.core.errors import AddressError, InputError
from xenotime.parties.matching.match import Match, PartyQuery
from xenotime.services.screening.record import (
    BACK,
    CLEARED,
    CONFIRMED,
    ENTRY,
    LIST,
    NAME,
    WAITS,
    Answer,
    Covered,
    Decision,
    Mark,
    Screening,
    facts_of,
    key,
    names_of,
)

FALSE, TRUE = "false positive", "true match"
#: Joiners without a width, which some scripts cannot be written without.
_JOINERS = "\u200c\u200d"
_LONGEST = 2_000


def decided(
    made: Screening,
    record: str,
    *,
    query: str,
    hit: str,
    verdict: str,
    scope: str,
    because: str,
    by: str,
    day: date,
    until: date | None = None,
    four_eyes: bool = False,
) -> Decision:
    """The decision about a hit of a recorded screening; it ends after a year unless `until` says otherwise.

    `query` is a party's id or name, `hit` is LIST/ENTRY as the screening shows it. Raises InputError when
    the person or the reason is missing or the end lies before the day; AddressError for an unknown hit.
    """
    _require(because, "--because", "a reason that another person can follow")
    _require(by, "--by", "the person who decides")
    if day < made.known:
        raise InputError(
            "this decision would be older than the screening that it is about",
            where="--known",
            expected=f"a day from {made.known} on",
            found=str(day),
            next_step="leave --known out to decide today",
        )
    end = until or a_year_after(day)
    if end < day:
        raise InputError(
            "this decision would end before it begins",
            where="--until",
            expected=f"a day from {day} on",
            found=str(end),
            next_step="correct the day",
        )
    answer = _answer(made, query)
    chosen = _hit(answer, hit)
    about = [h for h in answer.hits if h.match.list_id == chosen.list_id] if scope == LIST else []
    covers = about or [h for h in answer.hits if _address(h.match) == hit]
    return Decision(
        record,
        answer.query.party,
        answer.query.name,
        answer.facts,
        names_of(answer.query),
        verdict,
        scope,
        tuple(Covered(h.match.list_id, h.match.entry, h.entry_hash, h.match.entry_name) for h in covers),
        because.strip(),
        by.strip(),
        day,
        end,
        four_eyes=four_eyes and verdict == FALSE,
    )


def confirmed(decision: Decision, by: str, day: date) -> Decision:
    """The decision as a second person confirms it.

    Raises InputError for the same person, or where no confirmation is awaited.
    """
    _require(by, "--by", "the person who confirms")
    if not decision.four_eyes or decision.confirmed_by:
        raise InputError(
            "this decision waits for nobody",
            where=decision.id[:12],
            expected="a decision made under the four-eyes rule, not yet confirmed",
            found=f"confirmed by {decision.confirmed_by}"
            if decision.confirmed_by
            else "one person was enough",
        )
    if _person(by) == _person(decision.by):
        raise InputError(
            "a second person must confirm this decision",
            where=decision.id[:12],
            expected=f"anybody but {decision.by}",
            found=by,
            next_step="ask a colleague to run the same command with --by",
        )
    return replace(decision, confirmed_by=by.strip(), confirmed_on=day)


def marked(
    query: PartyQuery,
    match: Match,
    entry_hash: str,
    decisions: Iterable[tuple[str, Decision]],
    known: date,
) -> Mark | None:
    """What the latest decision about this party and entry does to the hit; None if there is none.

    One that waits for a second person takes no other's place. `decisions` come with their ids in the order
    they were made.
    """
    standing, waiting = None, None
    for number, decision in decisions:
        covered = _covering(decision, query, match)
        if covered and decision.day <= known:
            mark = _mark(number, decision, covered, query, entry_hash, known)
            if mark.state == WAITS:
                waiting = mark
            else:
                standing, waiting = mark, None
    if standing and waiting:
        return replace(standing, says=f"{standing.says}; {waiting.says}")
    return standing or waiting


def for_party(decisions: Sequence[tuple[str, Decision]]) -> dict[str, list[tuple[str, Decision]]]:
    """The decisions by what they are looked up by: the party's id, or the name for the scope `name`."""
    found: dict[str, list[tuple[str, Decision]]] = {}
    for number, decision in decisions:
        if decision.erased is None:
            place = f"name {decision.names}" if decision.scope == NAME else f"party {key(decision.party)}"
            found.setdefault(place, []).append((number, decision))
    return found


def about(index: dict[str, list[tuple[str, Decision]]], query: PartyQuery) -> list[tuple[str, Decision]]:
    """The decisions that may be about a query."""
    return [*index.get(f"party {key(query.party)}", ()), *index.get(f"name {names_of(query)}", ())]


def touched(
    decisions: Iterable[tuple[str, Decision]], changed: dict[tuple[str, str], str]
) -> list[tuple[str, Decision, Covered]]:
    """The decisions whose entry is among the changed ones, given as (list, entry) and its new hash."""
    return [
        (number, decision, covered)
        for number, decision in decisions
        if decision.erased is None
        for covered in decision.covers
        if changed.get((covered.list_id, covered.entry), covered.hash) != covered.hash
    ]


def a_year_after(day: date) -> date:
    """The same day a year later; for 29 February the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def is_line(text: str) -> bool:
    r"""Whether a text says something in one line of bounded length, without control or hidden signs.

    >>> is_line("由李女士　核对"), is_line("\u200b"), is_line("a\nb")
    (True, False, False)
    """
    odd = any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in text if sign not in _JOINERS)
    return any(sign.isalnum() for sign in text[:_LONGEST]) and len(text) <= _LONGEST and not odd


def _person(name: str) -> str:
    """A person's name as two of them are compared: its letters and digits, so that no dot makes another."""
    return "".join(sign for sign in key(name) if sign.isalnum())


def _covering(decision: Decision, query: PartyQuery, match: Match) -> Covered | None:
    same = (
        decision.names == names_of(query)
        if decision.scope == NAME
        else key(decision.party) == key(query.party)
    )
    if not same or decision.erased is not None:
        return None
    return next((c for c in decision.covers if (c.list_id, c.entry) == (match.list_id, match.entry)), None)


def _mark(
    number: str, decision: Decision, covered: Covered, query: PartyQuery, entry_hash: str, known: date
) -> Mark:
    who = decision.by + (f" and {decision.confirmed_by}" if decision.confirmed_by else "")
    reach = {ENTRY: "", LIST: f", with every hit on {covered.list_id} then", NAME: ", for this name"}
    told = (
        f"{who} on {decision.day}{reach[decision.scope]}, until {decision.until}, because {decision.because}"
    )
    if why := _ended(decision, covered, query, entry_hash, known):
        return Mark(BACK, number, f"{why}; {decision.verdict} by {told}")
    if not decision.stands:
        return Mark(WAITS, number, f"a second person must confirm: {decision.verdict} by {told}")
    if decision.verdict == FALSE:
        return Mark(CLEARED, number, f"cleared by {told}")
    return Mark(CONFIRMED, number, f"true match, said {told}")


def _ended(decision: Decision, covered: Covered, query: PartyQuery, entry_hash: str, known: date) -> str:
    """Why a decision no longer counts; "" if it does."""
    why = []
    if known > decision.until:
        why.append(f"the decision ended on {decision.until}")
    if covered.hash != entry_hash:
        why.append("the list entry changed")
    if decision.scope != NAME and decision.facts != facts_of(query):
        why.append("the party's names, country or numbers changed")
    return "; ".join(why)


def _require(text: str, where: str, expected: str) -> None:
    if not is_line(text):
        found = f"{len(text):,} characters, or signs that cannot be seen" if text.strip() else "nothing"
        raise InputError(
            "a decision must say who and why",
            where=where,
            expected=f"{expected}, one line of at most {_LONGEST:,} characters",
            found=found,
            next_step=f"give {where}",
        )


def _answer(made: Screening, query: str) -> Answer:
    live = [a for a in made.answers if a.erased is None]
    same = [a for a in live if key(query) in (key(a.query.party), key(a.query.name))]
    if len(same) == 1:
        return same[0]
    asked = ", ".join(dict.fromkeys(a.query.party for a in (same or live)[:8]))
    raise AddressError(
        "this screening asked no such party" if not same else "this names several parties of the screening",
        where="--query",
        expected=asked or "a party of the screening",
        found=query or "nothing",
        next_step="give the party's id as `xenotime records show` prints it",
    )


def _hit(answer: Answer, hit: str) -> Match:
    found = next((h.match for h in answer.hits if _address(h.match) == hit), None)
    if found is None:
        shown = ", ".join(_address(h.match) for h in answer.hits[:8])
        raise AddressError(
            "this party has no such hit",
            where="--hit",
            expected=shown or "a hit; this party has none",
            found=hit or "nothing",
            next_step="give LIST/ENTRY as `xenotime records show` prints it",
        )
    return found


def _address(match: Match) -> str:
    return f"{match.list_id}/{match.entry}"
