"""Who is on which list: identifiers decide, an equal name is sure, a close one is for review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from xenotime.core.truth import Truth
from xenotime.parties import likeness
from xenotime.parties.lists import ListEntry
from xenotime.parties.names import Name, fold, variants

#: From this likeness on [0 to 100], a name is shown for review.
NEAR = 80
#: The same for Han names, which are short.
NEAR_HAN = 75
_SHORT_NAME = 3
_SHORT_HAN = 4
#: One change of a character (a swap, at worst) spoils so many pairs.
_PAIRS_LOST = 3
#: From this likeness on, a second listed name may be the same body under another spelling.
_SAME_BODY = 95


@dataclass(frozen=True, slots=True)
class PartyQuery:
    """A party to be screened: its own id, its names, and what else identifies it."""

    party: str
    name: str
    other_names: tuple[str, ...] = ()
    country: str = ""
    lei: str = ""
    uscc: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A list entry that a party is (`sure`), may be, or is shown not to be (`ruled_out`).

    `how` says in words why, `score` how alike the names are [0 to 100], `written` which of the
    party's names was compared and `entry_name` with which of the entry's.
    """

    party: str
    written: str
    list_address: str
    entry: str
    entry_name: str
    listed_on: date
    how: str
    sure: bool
    score: int
    ruled_out: bool = False

    @property
    def truth(self) -> Truth:
        """Whether the party is this entry: True, False, or None where a person must look."""
        return True if self.sure else (False if self.ruled_out else None)


@dataclass(frozen=True, slots=True)
class _Target:
    entry: ListEntry
    name: Name
    heft: int


def screen(queries: Sequence[PartyQuery], entries: Sequence[ListEntry]) -> dict[str, tuple[Match, ...]]:
    """Every hit and near-miss of each party over the entries, surest first; no hit is an empty tuple."""
    index = Screen(entries)
    return {query.party: index.hits(query) for query in queries}


def listed(matches: Iterable[Match], lists: Iterable[str] = ()) -> dict[str, Truth]:
    """Per list: True with a sure hit, None with a near-miss only, False otherwise.

    `lists` names those that must appear in the answer even without a match.
    """
    answer: dict[str, Truth] = dict.fromkeys(lists, False)
    for match in matches:
        old = answer.get(match.list_address, False)
        if old is not True and match.truth is not False:
            answer[match.list_address] = match.truth
        else:
            answer.setdefault(match.list_address, False)
    return answer


class Screen:
    """List entries, indexed by identifier, by name and by word, for many questions."""

    def __init__(self, entries: Sequence[ListEntry]) -> None:
        """Index the entries once."""
        self.entries = tuple(entries)
        self._targets = [
            _Target(entry, name, likeness.heft(name.tokens))
            for entry in self.entries
            for written in entry.names
            for name in variants(written)
        ]
        self._similar: dict[str, tuple[tuple[str, bool], ...]] = {}

    def hits(self, query: PartyQuery) -> tuple[Match, ...]:
        """The entries this party is, may be, or is shown not to be; one match an entry, surest first."""
        best: dict[tuple[str, str], Match] = {}
        for match in (*self._by_identifier(query), *self._by_name(query)):
            key = (match.list_address, match.entry)
            if key not in best or _rank(match) > _rank(best[key]):
                best[key] = match
        found = _explained(list(best.values()))
        return tuple(sorted(found, key=lambda m: (*(-r for r in _rank(m)), m.list_address, m.entry)))

    def _by_identifier(self, query: PartyQuery) -> list[Match]:
        found = []
        for kind, code in (("LEI", query.lei), ("USCC", query.uscc)):
            same = self._codes.get((kind, code.upper()), ())
            how = f"same {kind} {code}"
            found += [_match(query, code, entry, entry.name, how, sure=True, score=100) for entry in same]
        return found

    def _by_name(self, query: PartyQuery) -> list[Match]:
        found = []
        for written in (query.name, *query.other_names):
            for name in variants(written):
                same = self._keys.get(name.key, ())
                found += [_same(query, name, target) for target in same]
                for number in self._candidates(name):
                    target = self._targets[number]
                    if target not in same and (near := self._near(query, name, target)):
                        found.append(near)
        return found

    def _near(self, query: PartyQuery, name: Name, target: _Target) -> Match | None:
        score, how = self._likeness(name, target.name)
        if not how:
            return None
        doubt = _doubts(query, name, target)
        return _settle(query, name, target, [how, *doubt], sure=False, score=score)

    def _likeness(self, name: Name, other: Name) -> tuple[int, str]:
        if name.han or other.han:
            return _han_likeness(name.key, other.key) if name.han and other.han else (0, "")
        if likeness.contradict(name.tokens, other.tokens):
            return 0, ""
        score = likeness.alike(name.tokens, other.tokens)
        if score >= NEAR:
            return score, f"close name ({score} of 100)"
        if likeness.within(other.tokens, name.tokens):
            return score, "the listed name stands inside this name"
        if (mine := likeness.core(name.tokens)) and mine == likeness.core(other.tokens):
            return score, "same name but for its last words"
        return 0, ""

    def _candidates(self, name: Name) -> set[int]:
        """The targets that could be near: enough shared weight, or held whole, or of one core."""
        if name.han:
            return self._han_candidates(name.key)
        shared: dict[int, int] = defaultdict(int)
        whole: dict[int, int] = defaultdict(int)
        for token in dict.fromkeys(name.tokens):
            for word, same in self._near_words(token):
                gain = name.tokens.count(token) * (likeness.weight(token) + likeness.weight(word))
                for number in self._words.get(word, ()):
                    shared[number] += gain
                    whole[number] += same
        heft = likeness.heft(name.tokens)
        found = set(self._cores.get(likeness.core(name.tokens), ()))
        for number, gain in shared.items():
            target = self._targets[number]
            if gain * 100 >= NEAR * (heft + target.heft) or whole[number] >= len(target.name.tokens):
                found.add(number)
        return found

    def _han_candidates(self, key: str) -> set[int]:
        """The Han targets that share as many pairs of characters as a near name must."""
        shared: dict[int, int] = defaultdict(int)
        for gram in _bigrams(key):
            for number in self._words.get(gram, ()):
                shared[number] += 1
        found = set()
        for number, count in shared.items():
            other = self._targets[number].name.key
            changed = max(len(key), len(other)) * (100 - NEAR_HAN) // 100
            near = abs(len(key) - len(other)) <= changed
            near = near and count >= len(_bigrams(other)) - _PAIRS_LOST * changed
            if near or other in key:
                found.add(number)
        return found

    def _near_words(self, token: str) -> tuple[tuple[str, bool], ...]:
        """The words of the lists that this token equals (True) or misspells (False)."""
        if token not in self._similar:
            close = {w for block in likeness.blocks(token) for w in self._spellings.get(block, ())} - {token}
            kept = [(w, False) for w in sorted(close) if likeness.misspelt(token, w)]
            self._similar[token] = ((token, True), *kept)
        return self._similar[token]

    @cached_property
    def _codes(self) -> dict[tuple[str, str], list[ListEntry]]:
        found: dict[tuple[str, str], list[ListEntry]] = defaultdict(list)
        for entry in self.entries:
            for kind, code in (("LEI", entry.lei), ("USCC", entry.uscc)):
                if code:
                    found[kind, code.upper()].append(entry)
        return dict(found)

    @cached_property
    def _keys(self) -> dict[str, list[_Target]]:
        found: dict[str, list[_Target]] = defaultdict(list)
        for target in self._targets:
            found[target.name.key].append(target)
        return dict(found)

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, target in enumerate(self._targets):
            for word in _bigrams(target.name.key) if target.name.han else target.name.tokens:
                found[word].append(number)
        return dict(found)

    @cached_property
    def _cores(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, target in enumerate(self._targets):
            if not target.name.han and (core := likeness.core(target.name.tokens)):
                found[core].append(number)
        return dict(found)

    @cached_property
    def _spellings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(
            {t for target in self._targets if not target.name.han for t in target.name.tokens}
        ):
            for block in likeness.blocks(word):
                found[block].append(word)
        return dict(found)


def _explained(matches: list[Match]) -> list[Match]:
    """Near-misses of a party that surely is another listed name are ruled out, and still shown."""
    sure = next((m for m in matches if m.sure), None)
    if sure is None:
        return matches
    because = f"the party is another listed name, {sure.entry_name}"
    return [
        replace(m, how=f"{m.how}; {because}", ruled_out=True)
        if m.truth is None and m.score < _SAME_BODY
        else m
        for m in matches
    ]


def _rank(match: Match) -> tuple[int, int]:
    return (2 if match.sure else 0 if match.ruled_out else 1, match.score)


def _match(
    query: PartyQuery, written: str, entry: ListEntry, entry_name: str, how: str, *, sure: bool, score: int
) -> Match:
    return Match(
        query.party, written, entry.list_address, entry.entry, entry_name, entry.listed_on, how, sure, score
    )


def _same(query: PartyQuery, name: Name, target: _Target) -> Match:
    doubts = _doubts(query, name, target)
    known = query.country and target.entry.country
    if len(name.key) < _SHORT_NAME and not known and fold(name.text) != fold(target.name.text):
        doubts.append("the name is too short to be sure")
    return _settle(query, name, target, ["same name", *doubts], sure=not doubts, score=100)


def _settle(
    query: PartyQuery, name: Name, target: _Target, why: list[str], *, sure: bool, score: int
) -> Match:
    entry = target.entry
    match = _match(query, name.text, entry, target.name.text, "; ".join(why), sure=sure, score=score)
    for kind, mine, theirs in (("LEI", query.lei, entry.lei), ("USCC", query.uscc, entry.uscc)):
        if mine and theirs and mine.upper() != theirs.upper():
            how = f"{match.how}; another {kind} ({mine}, the list says {theirs})"
            return replace(match, how=how, sure=False, ruled_out=True)
    return match


def _doubts(query: PartyQuery, name: Name, target: _Target) -> list[str]:
    doubts = []
    entry = target.entry
    if query.country and entry.country and query.country.upper() != entry.country:
        doubts.append(f"another country ({query.country.upper()}, the list says {entry.country})")
    mine, theirs = name.forms, target.name.forms
    if mine and theirs and not mine & theirs and not (name.han or target.name.han):
        doubts.append(
            f"another legal form ({', '.join(sorted(mine))}, the list says {', '.join(sorted(theirs))})"
        )
    return doubts


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


def _han_likeness(mine: str, theirs: str) -> tuple[int, str]:
    if likeness.contradict_han(mine, theirs):
        return 0, ""
    score = likeness.alike_han(mine, theirs, NEAR_HAN)
    if score >= NEAR_HAN and min(len(mine), len(theirs)) >= _SHORT_HAN:
        return score, f"close name ({score} of 100)"
    if theirs in mine and len(theirs) >= _SHORT_HAN:
        return score, "the listed name stands inside this name"
    return 0, ""
