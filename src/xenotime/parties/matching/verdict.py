"""What names, numbers, countries, legal forms and kinds say together: a match, with its reasons in words."""

from __future__ import annotations

from collections.abc import Sequence

from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.matching import identity
from xenotime.parties.matching.align import heft
from xenotime.parties.matching.chance import ALERT, chance, inside
from xenotime.parties.matching.match import Alignment, Evidence, Match, PartyQuery
from xenotime.parties.naming.fold import fold
from xenotime.parties.naming.name import HAN, PINYIN, Name

Found = tuple[Alignment, Name, Name]

#: The score of an equal name, and of an equal number.
SURE, CERTAIN = 99, 100
#: What a country, a legal form or a kind that differs, or agrees, does to the odds: (times, divided by).
_ODDS = {
    ("country", "same"): (3, 2),
    ("country", "different"): (1, 4),
    ("legal form", "different"): (2, 3),
    ("kind", "different"): (1, 10),
}
#: A name of fewer letters, or characters, may be anybody's: only the same writing or country makes it sure.
_LETTERS, _CHARACTERS = 3, 3
#: A person's name of less weight is borne by many people; see `tokens.weight`.
_PERSON = 20
_SAID = 4
_WITHIN = Evidence("name", "unknown", "one name stands whole at the head of the other")
#: The readings that are the written name itself, or a declared name that a notice gives.
_WRITTEN = frozenset({"written", "part", "split", "register"})


def verdict(query: PartyQuery, entry: ListEntry, found: Sequence[Found]) -> Match:
    """The match of a party with an entry, from the alignments of their names, the likeliest of which counts.

    Equal identifiers make it sure, different ones of a kind that a body has once rule it out. An equal name
    is sure unless it is too short, a country, kind or legal form differs, or only a reading made it equal.
    Raises ValueError when there is no alignment and no identifier in common.
    """
    kind = _kind(query, entry)
    ranked = [(*_likeness(one), chance(*one, kind), one[0].raw, -i) for i, one in enumerate(found)]
    numbers = identity.compare(query.identifiers, entry.identifiers)
    if not ranked:
        return _numbered(query, entry, numbers)
    equal, _, _, percent, _, place = max(ranked)
    best = found[-place]
    around = _around(query, entry, best, kind)
    return _decided(query, entry, best, percent, numbers, around, equal=equal)


def by_identifier(query: PartyQuery, entry: ListEntry) -> Match | None:
    """The sure match by an equal number, whatever the names; None without one."""
    numbers = identity.compare(query.identifiers, entry.identifiers)
    return _numbered(query, entry, numbers) if any(e.verdict == "same" for e in numbers) else None


def _numbered(query: PartyQuery, entry: ListEntry, numbers: tuple[Evidence, ...]) -> Match:
    if not numbers:
        message = "neither a name nor an identifier was compared"
        raise ValueError(message)
    same = any(e.verdict == "same" for e in numbers)
    return _match(
        query, entry, None, (query.name, entry.name), CERTAIN if same else 0, (same, not same), numbers
    )


def _decided(
    query: PartyQuery,
    entry: ListEntry,
    best: Found,
    percent: int,
    numbers: tuple[Evidence, ...],
    around: tuple[Evidence, ...],
    *,
    equal: bool,
) -> Match:
    alignment, mine, theirs = best
    same = any(e.verdict == "same" for e in numbers)
    other = not same and any(e.verdict == "different" for e in numbers)
    doubts = _short(best, entry, around, _kind(query, entry)) if equal else ()
    against = [e for e in around if e.verdict == "different"]
    sure = same or (equal and not doubts and not against and not other)
    score = CERTAIN if same else SURE if sure else weighed(SURE if equal else percent, around)
    within = (_WITHIN,) if not equal and _kind(query, entry) != "person" and inside(*best) else ()
    score = max(score, ALERT) if within else score
    evidence = (_named(alignment, percent, equal=equal), *within, *doubts, *numbers, *around)
    return _match(query, entry, alignment, (mine.text, theirs.text), score, (sure, other), evidence)


def _match(
    query: PartyQuery,
    entry: ListEntry,
    alignment: Alignment | None,
    names: tuple[str, str],
    score: int,
    truth: tuple[bool, bool],
    evidence: tuple[Evidence, ...],
) -> Match:
    return Match(
        party=query.party,
        written=names[0],
        list_id=entry.list_id,
        entry=entry.entry,
        entry_name=names[1],
        listed_on=entry.listed_on,
        score=score,
        sure=truth[0],
        ruled_out=truth[1],
        alignment=alignment,
        evidence=evidence,
    )


def weighed(percent: int, around: Sequence[Evidence]) -> int:
    """The percent after what speaks beside the name has changed the odds; it stays between 0 and 99.

    >>> weighed(80, (Evidence("country", "different", ""),)), weighed(80, (Evidence("country", "same", ""),))
    (50, 86)
    """
    for_it, against = percent, 100 - percent
    for one in around:
        times, over = _ODDS.get((one.fact, one.verdict), (1, 1))
        for_it, against = for_it * times, against * over
    return min(SURE, (100 * for_it + (for_it + against) // 2) // (for_it + against))


def _kind(query: PartyQuery, entry: ListEntry) -> str:
    return entry.kind if entry.kind != "unknown" else query.kind


def _equal(found: Found) -> bool:
    """Whether both names are one name as written, but for spaces, case, accents and legal form."""
    alignment, mine, theirs = found
    written = all(word in _WRITTEN for name in (mine, theirs) for word in name.how.split(", "))
    return written and mine.key == theirs.key and alignment.kind != PINYIN


def _likeness(found: Found) -> tuple[bool, bool, bool]:
    """Whether a pair is of equal names, of equal writing, and of no two legal forms; the best comes first."""
    if not _equal(found):
        return False, False, False
    _, mine, theirs = found
    return (
        True,
        fold(mine.text) == fold(theirs.text),
        bool(mine.forms & theirs.forms) or not (mine.forms and theirs.forms),
    )


def _around(query: PartyQuery, entry: ListEntry, best: Found, kind: str) -> tuple[Evidence, ...]:
    """What country, kind and legal form say."""
    found = []
    if query.country and entry.countries:
        mine, theirs = query.country.upper(), [c.upper() for c in entry.countries]
        same = mine in theirs
        says = (
            f"same country ({mine})"
            if same
            else f"another country ({mine}, the list says {', '.join(theirs)})"
        )
        found.append(_shifted("country", "same" if same else "different", says))
    if "unknown" not in {query.kind, entry.kind} and query.kind != entry.kind:
        says = f"another kind of party ({query.kind}, the list says {entry.kind})"
        found.append(_shifted("kind", "different", says))
    mine_forms, their_forms = best[1].forms, best[2].forms
    if kind != "person" and mine_forms and their_forms and not mine_forms & their_forms:
        one, other = (", ".join(sorted(forms)) for forms in (mine_forms, their_forms))
        if best[0].kind != HAN:
            says = f"another legal form ({one}, the list says {other})"
            found.append(_shifted("legal form", "different", says))
    return tuple(found)


def _shifted(fact: str, said: str, says: str) -> Evidence:
    times, over = _ODDS.get((fact, said), (1, 1))
    return Evidence(fact, said, says, (times - over) * 10 // max(times, over))


def _as_listed(mine: Name, entry: ListEntry) -> bool:
    """Whether a name is written just as one name of the entry, legal form and all."""
    written = fold(mine.text)
    return any(fold(listed.text) == written for listed in entry.names)


def _short(best: Found, entry: ListEntry, around: Sequence[Evidence], kind: str) -> tuple[Evidence, ...]:
    """Why an equal name is not yet sure: so short, or borne by many, that it may be another's."""
    alignment, mine, _ = best
    if kind == "person" and heft(mine) < _PERSON:
        return (Evidence("name", "unknown", "many people bear this name"),)
    if any(e.fact == "country" and e.verdict == "same" for e in around) or _as_listed(mine, entry):
        return ()
    least = _CHARACTERS if alignment.kind == HAN else _LETTERS
    if len(mine.key) < least:
        return (Evidence("name", "unknown", "the name is too short to be sure"),)
    return ()


def _named(alignment: Alignment, percent: int, *, equal: bool) -> Evidence:
    """What the names say, in words."""
    if equal:
        return Evidence("name", "same", "same name", SURE)
    if alignment.contradictions:
        says = f"the names exclude each other ({'; '.join(alignment.contradictions)})"
        return Evidence("name", "different", says, -SURE)
    parts = [f"close name ({percent} %)"]
    parts += [_paired(p.mine, p.theirs, p.how) for p in alignment.pairs if p.how != "same"][:_SAID]
    if alignment.alone_mine:
        parts.append(f"only here: {' '.join(alignment.alone_mine)}")
    if alignment.alone_theirs:
        parts.append(f"only on the list: {' '.join(alignment.alone_theirs)}")
    return Evidence("name", "same" if percent else "unknown", ", ".join(parts), percent)


def _paired(mine: str, theirs: str, how: str) -> str:
    words = {
        "spelling": "is spelt like",
        "sound": "sounds like",
        "initial": "may stand for",
        "plural": "is a form of",
        "joined": "is written together or apart as",
        "register": "is another form of",
    }
    return f"{mine} {words.get(how, 'is')} {theirs}"
