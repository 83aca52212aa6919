"""Who is on which list: every entry that a party is or may be, surest first, from an index or a full scan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xenotime.core.errors import InputError
from xenotime.core.truth import Truth
from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.matching import han
from xenotime.parties.matching.align import align
from xenotime.parties.matching.chance import ALERT, chance
from xenotime.parties.matching.match import Evidence, Match, PartyQuery
from xenotime.parties.matching.tokens import weight
from xenotime.parties.matching.verdict import Found, by_identifier, verdict, weighed
from xenotime.parties.naming.name import HAN, Name
from xenotime.parties.naming.views import views
from xenotime.parties.search.apart import apart
from xenotime.parties.search.index import ENGINE, Index

#: Words of this weight or less (group, holding) do not make a sister of a listed body.
_TAIL = 2
_AGREES = (Evidence("country", "same", ""),)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a screening was made with; it goes into its record.

    `alert` [1 to 100] is the score from which a name is shown for review, `cap` how many matches of one
    party are shown at most, `engine` the version of the scoring.
    """

    alert: int = ALERT
    cap: int = 100
    engine: str = ENGINE

    def __post_init__(self) -> None:
        if not 1 <= self.alert <= 100 or self.cap < 1:
            raise InputError(
                "these screening settings cannot be used",
                where="screening settings",
                expected="an alert from 1 to 100 percent, and at least 1 match to show",
                found=f"alert {self.alert}, cap {self.cap}",
                next_step=f"leave them out to use {ALERT} percent and 100 matches",
            )


@dataclass(frozen=True, slots=True)
class Answer:
    """The matches of one party, surest first, and how many more there are than the settings show."""

    party: str
    matches: tuple[Match, ...]
    left_off: int = 0


class Screen:
    """List entries, prepared for many questions."""

    def __init__(
        self,
        entries: Sequence[ListEntry],
        *,
        threshold: int = ALERT,
        settings: Settings | None = None,
        index: Index | None = None,
    ) -> None:
        """Prepare the entries, or use the index that was prepared for them."""
        self.settings = settings or Settings(threshold)
        self.index = index or Index.of(entries)
        self.entries = self.index.entries

    def hits(self, query: PartyQuery) -> tuple[Match, ...]:
        """The entries that a party is, may be, or is shown not to be; one match an entry, surest first."""
        return self.answer(query).matches

    def answer(self, query: PartyQuery) -> Answer:
        """As `hits`, with the number of matches that the cap leaves off."""
        found: dict[int, list[Found]] = {number: [] for number in self.index.holders(query.identifiers)}
        for name in _names(query):
            for view in self.index.candidates(name):
                entry = self.index.entry(view)
                _compare(found, entry, name, self.index.view(view))
        return _answer(query, {self.entries[n]: pairs for n, pairs in found.items()}, self.settings)

    def all(
        self, queries: Iterable[PartyQuery], progress: Callable[[int], None] | None = None
    ) -> Iterator[Answer]:
        """The answers in the order of the queries; `progress` is told how many are done."""
        for number, query in enumerate(queries, 1):
            yield self.answer(query)
            if progress:
                progress(number)


def scan(query: PartyQuery, entries: Sequence[ListEntry], settings: Settings | None = None) -> Answer:
    """The answer by comparing every name of every entry: the same scorer, without an index."""
    found: dict[int, list[Found]] = {number: [] for number in range(len(entries))}
    names = _names(query)
    for number, entry in enumerate(entries):
        for listed in entry.names:
            for theirs in views(listed.text, entry.kind):
                for mine in names:
                    if mine.kind == theirs.kind:
                        _compare(found, number, mine, theirs)
    return _answer(query, {entries[n]: pairs for n, pairs in found.items()}, settings or Settings())


def listed(matches: Iterable[Match], lists: Iterable[str] = ()) -> dict[str, Truth]:
    """Per list: True with a sure hit, None with a near-miss only, False otherwise.

    `lists` names those that must appear in the answer even without a match.
    """
    answer: dict[str, Truth] = dict.fromkeys(lists, False)
    for match in matches:
        old = answer.setdefault(match.list_id, False)
        if old is not True and match.truth is not False:
            answer[match.list_id] = match.truth
    return answer


def _names(query: PartyQuery) -> tuple[Name, ...]:
    """Every view of every name of a party, equal ones once."""
    written = (query.name, *query.other_names)
    return tuple(dict.fromkeys(view for text in written for view in views(text, query.kind) if view.tokens))


def _compare(found: dict[int, list[Found]], entry: int, mine: Name, theirs: Name) -> None:
    alignment = align(mine, theirs)
    if not apart(alignment):
        found.setdefault(entry, []).append((alignment, mine, theirs))


def _answer(query: PartyQuery, found: Mapping[ListEntry, Sequence[Found]], settings: Settings) -> Answer:
    """The matches that alert, explained by each other, in order, and cut to the cap."""
    matches = [m for entry, pairs in found.items() if (m := _match(query, entry, pairs, settings.alert))]
    ranked = sorted(_explained(matches), key=lambda m: (-_rank(m), -m.score, m.list_id, m.entry))
    return Answer(query.party, tuple(ranked[: settings.cap]), max(0, len(ranked) - settings.cap))


def _match(query: PartyQuery, entry: ListEntry, pairs: Sequence[Found], alert: int) -> Match | None:
    """The match with an entry where it is sure or reaches the alert."""
    kind = entry.kind if entry.kind != "unknown" else query.kind
    if not any(_promises(pair, kind, alert) for pair in pairs):
        return by_identifier(query, entry) if query.identifiers else None
    match = verdict(query, entry, pairs)
    return match if match.sure or match.score >= alert else None


def _promises(pair: Found, kind: str, alert: int) -> bool:
    """Whether a name could still alert if everything else agreed."""
    return pair[1].key == pair[2].key or weighed(chance(*pair, kind), _AGREES) >= alert


def _explained(matches: list[Match]) -> list[Match]:
    """Near-misses of a party that surely is another listed name are ruled out, and still shown.

    One that differs in spelling only stays open: one body may be listed twice, in two spellings.
    """
    sure = next((m for m in sorted(matches, key=lambda m: (m.list_id, m.entry)) if m.sure), None)
    if sure is None:
        return matches
    says = f"the party is another listed name, {sure.entry_name}"
    because = Evidence("another listed name", "different", says)
    return [
        replace(m, ruled_out=True, evidence=(*m.evidence, because)) if _is_sister(m) else m for m in matches
    ]


def _is_sister(match: Match) -> bool:
    """Whether an open match has words of its own: another body's name, not another spelling."""
    if match.truth is not None or match.alignment is None:
        return False
    alone = (*match.alignment.alone_mine, *match.alignment.alone_theirs)
    if match.alignment.kind == HAN:
        return any(max(han.weigh(part)) > 1 for part in alone)
    return any(weight(word) > _TAIL for word in alone)


def _rank(match: Match) -> int:
    return 2 if match.sure else 0 if match.ruled_out else 1
