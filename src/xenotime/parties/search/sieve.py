"""Which views could reach a floor: rare features first, and none is lost.

A query is a list of features (words, characters, syllables), each with the weight that it can add at most.
`heavy` looks for views by weight alone: one that has none of the first features can only gather what the
rest weighs, and as soon as that is too little for views of a weight, they need no longer be looked for.
`close` looks for views that are not `apart`: they have every telling word of the query, or the query has
every telling word of theirs, or one word on each side is a slip for the other. What either finds is
measured more closely before anything is aligned.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from xenotime.parties.search.table import Hashed, Table

#: What a token may add, in hundredths of its weight.
WHOLE = 100
#: No listed name weighs more; longer ones count as this heavy, which only lets more of them through.
HEAVIEST = 1000

#: Stands where a view has no further telling word.
NONE = 0xFFFFFFFF
#: So many of the rarest telling words are looked for together; more would not leave fewer views.
_RAREST = 3
#: A word held so many times more often than there are views is looked for in each of them.
_OFTEN = 8
#: So few views are not worth another look before they are measured.
_HANDFUL = 50
#: A feature of more words (an initial) is not spread out for a first look.
_WIDE = 200

Ceiling = Callable[[int, int, int], int]


@dataclass(frozen=True, slots=True)
class Feature:
    """One part of a query and the most that it adds [hundredths].

    `gains` says what each listed word adds, `views` what some views add besides (their neighbours written
    as one). A run of the query's own neighbours `covers` the features of its words, and replaces them.
    `word` is what it looks for, `held` how many views have it.
    """

    word: str
    most: int
    gains: Mapping[int, int]
    views: Mapping[int, int] = field(default_factory=dict)
    covers: tuple[int, ...] = ()
    held: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """The views of one kind, from `low` up to `high` in order of weight: their words, and who holds each.

    `many` says how many different words a view has.
    `anchors` holds each view under the rarest of its telling words, or under every word if none tells;
    `seconds` holds it under the next of them, `lone` under the first letter of its word where there is no
    next. `ranks` are the three rarest telling words of each view, or NONE.
    `tells` [0 or 1] says of each word of the vocabulary whether it tells parties apart, from `least`
    [hundredths] on; `slip` whether one such word may be miswritten for another, if it ever may.
    """

    low: int
    high: int
    weights: array[int]
    many: array[int]
    words: Table
    holders: Table
    anchors: Table
    seconds: Table
    lone: Hashed
    ranks: Sequence[array[int]]
    vocabulary: Sequence[str]
    tells: bytes
    least: int
    slip: Callable[[str, str], bool] | None

    def start(self, weight: int) -> int:
        """The first view of a weight or more."""
        return bisect_left(self.weights, weight, self.low, self.high)


@lru_cache(maxsize=4096)
def needs(ceiling: Ceiling, floor: int, mine: int) -> tuple[int, ...]:
    """The least shared weight [hundredths] with which a view of weight 0, 1, 2, … can reach the floor.

    It never falls as the weight rises; it ends where no view of that weight can.
    """
    found: list[int] = []
    least = light = 1
    for theirs in range(1, HEAVIEST + 1):
        if ceiling(min(mine, theirs), mine, theirs) >= floor:
            while ceiling(least, mine, theirs) < floor:
                least += 1
            found.append(WHOLE * least)
        elif found:
            break
        else:
            light += 1
    return (*found[:1] * light, *found)


def sift(features: Sequence[Feature], need: Sequence[int], shelf: Shelf) -> dict[int, int]:
    """The views that could reach what they need, each with the most that it shares [hundredths]."""
    lightest = next((t for t, least in enumerate(need) if least <= WHOLE * t), len(need))
    found: Iterable[int]
    if any(f.most >= shelf.least for f in features if not f.covers):
        found = close(features, shelf, shelf.start(lightest), shelf.start(len(need)))
    else:
        useful = [f for f in features if f.gains or f.views]
        found = heavy(useful, need, lightest, shelf)
    return _measured(found, features, need, shelf)


def close(features: Sequence[Feature], shelf: Shelf, low: int, high: int) -> set[int]:
    """The views from `low` up to `high` that are not surely apart from a query with a telling word."""
    sets = _Sets(features, shelf, low, high)
    telling = [place for place in sets.order if features[place].most >= shelf.least]
    found = sets.all_of(telling[:_RAREST]) | sets.anchored()
    if shelf.slip and len(sets.order) > 1:
        found |= sets.but_one()
    return found


class _Sets:
    """The views that have a word of the query, by itself or as part of a run; the rarest first."""

    def __init__(self, features: Sequence[Feature], shelf: Shelf, low: int, high: int) -> None:
        self._features, self._shelf, self._low, self._high = features, shelf, low, high
        words = [place for place, feature in enumerate(features) if not feature.covers]
        runs = [feature for feature in features if feature.covers]
        self._parts = {place: [features[place], *(r for r in runs if place in r.covers)] for place in words}
        self._size = {place: sum(part.held for part in parts) for place, parts in self._parts.items()}
        self.order = sorted(words, key=lambda place: self._size[place])
        self._known: dict[int, set[int]] = {}

    def of(self, place: int) -> set[int]:
        """The views that have the word of a place."""
        if place not in self._known:
            self._known[place] = self._of(place)
        return self._known[place]

    def _of(self, place: int) -> set[int]:
        found: set[int] = set()
        for part in self._parts[place]:
            found.update(self._inside(part.views))
            for word in part.gains:
                found.update(self._shelf.holders.between(word, self._low, self._high))
        return found

    def among(self, place: int, views: set[int]) -> set[int]:
        """Those of the views that have the word of a place."""
        held = self._size[place] + _OFTEN * sum(len(part.gains) for part in self._parts[place])
        if held < 2 * _OFTEN * len(views):
            return views & self.of(place)
        gains = [part.gains.keys() for part in self._parts[place]]
        more = {view for part in self._parts[place] for view in part.views}
        row = self._shelf.words.row
        return {view for view in views if view in more or not all(g.isdisjoint(row(view)) for g in gains)}

    def all_of(self, places: Sequence[int]) -> set[int]:
        """The views that have the words of all these places."""
        found = self.of(places[0])
        for place in places[1:]:
            found = self.among(place, found)
        return found

    def but_one(self) -> set[int]:
        """The views that may have all words of the query but one, and one word more; some too many."""
        first, second = self.of(self.order[0]), self.of(self.order[1])
        found = first | second if len(self.order) == 2 else first & second
        if len(self.order) > 2:
            found |= self.among(self.order[2], self._equally(first ^ second))
        return self._equally(found)

    def _equally(self, views: set[int]) -> set[int]:
        """Those of as many words as the query has, if each pairs with one; those with a run of words."""
        features, many, count = self._features, self._shelf.many, len(self.order)
        if any(feature.covers for feature in features):
            return views
        found = {view for view in views if many[view] == count}
        for feature in features:
            if feature.views:
                found |= views & feature.views.keys()
        return found

    def anchored(self) -> set[int]:
        """The views whose rarest telling words, up to three, the query has."""
        initials = [feature for feature in self._features if len(feature.word) == 1 and self._shelf.slip]
        others = [feature for feature in self._features if feature not in initials]
        if len(initials) != 1:
            initials, others = [], list(self._features)
        found = self._under(self._shelf.anchors, others)
        for initial in initials:
            seconds = self._under(self._shelf.seconds, others)
            found |= {view for view in seconds if self._shelf.ranks[0][view] in initial.gains}
            found.update(
                view for view in self._shelf.lone.get(initial.word) if self._low <= view < self._high
            )
        gains = {NONE}.union(*(feature.gains for feature in self._features))
        for column in self._shelf.ranks[1:]:
            found = {view for view in found if column[view] in gains}
        for feature in self._features:
            found.update(self._inside(feature.views))
        return found

    def _under(self, table: Table, features: Iterable[Feature]) -> set[int]:
        between = table.between
        found: set[int] = set()
        for feature in features:
            for word in feature.gains:
                found.update(between(word, self._low, self._high))
        return found

    def _inside(self, views: Iterable[int]) -> Iterator[int]:
        return (view for view in views if self._low <= view < self._high)


def heavy(features: Sequence[Feature], need: Sequence[int], lightest: int, shelf: Shelf) -> Iterable[int]:
    """The views that could reach what they need by the weight of their words."""
    order = sorted(features, key=lambda f: (f.held, -f.most))
    spare = sum(feature.most for feature in order) - min(need[lightest:], default=0)
    misses = sum(least <= spare for least in accumulate(sorted(feature.most for feature in order)))
    if misses <= 1:
        return _having(order, misses, shelf, shelf.start(lightest), shelf.start(len(need)))
    rest = [0] * (len(order) + 1)
    for place in range(len(order) - 1, -1, -1):
        rest[place] = rest[place + 1] + order[place].most
    seen: dict[int, int] = {}
    low = shelf.start(lightest)
    for place, feature in enumerate(order):
        heaviest = bisect_right(need, rest[place])
        if heaviest <= lightest:
            break
        _gather(seen, feature, low, shelf.start(heaviest), shelf.holders)
    return _reachable(seen, rest, need, shelf.weights)


def _having(features: Sequence[Feature], misses: int, shelf: Shelf, low: int, high: int) -> set[int]:
    """The views that lack no feature, or at most one: without two no view has what it needs."""
    rows = shelf.holders.between
    whole, short = set[int](), set[int]()
    for place, feature in enumerate(features):
        views = {view for view in feature.views if low <= view < high}
        views.update(*(rows(word, low, high) for word in feature.gains))
        if place == 0:
            whole = views
            continue
        if misses:
            short = whole ^ views if place == 1 else short & views | whole - views
        whole = whole & views
        if len(whole) + len(short) < _HANDFUL:
            break
    return whole | short


def _gather(seen: dict[int, int], feature: Feature, low: int, high: int, holders: Table) -> None:
    """Add what a feature gives to each view from `low` up to `high`."""
    get = seen.get
    for word, gain in feature.gains.items():
        for view in holders.between(word, low, high):
            seen[view] = get(view, 0) + gain
    for view, gain in feature.views.items():
        if low <= view < high:
            seen[view] = get(view, 0) + gain


def _reachable(
    seen: dict[int, int], rest: Sequence[int], need: Sequence[int], weights: array[int]
) -> list[int]:
    """The views that can still have what they need with what was not looked for at their weight."""
    turned = [-weight for weight in rest]
    short = [least - rest[bisect_right(turned, -least)] if least <= rest[0] else least for least in need]
    return [view for view, shared in seen.items() if shared >= short[weights[view]]]


def _measured(
    views: Iterable[int], features: Sequence[Feature], need: Sequence[int], shelf: Shelf
) -> dict[int, int]:
    """Those whose words, each taken once on either side, still add up to what they need."""
    gains = _Gains(features)
    top, loose = _tops(features)
    adds = top.get
    runs: dict[int, list[tuple[int, int]]] = {}
    for place, feature in enumerate(features):
        for view, gain in feature.views.items():
            runs.setdefault(view, []).append((place, gain))
    starts, members, weights = shelf.words.starts, shelf.words.members, shelf.weights
    found = {}
    for view in views:
        words, least = members[starts[view] : starts[view + 1]], need[weights[view]]
        joined = runs and runs.get(view)
        if not joined and loose + sum(filter(None, map(adds, words))) < least:
            continue
        best, theirs = _best(words, gains)
        if joined:
            most = _most(best, joined, features)
        elif _apart(words, gains, best, features, shelf):
            continue
        else:
            most = min(_most(best, (), features), theirs)
        if most >= least:
            found[view] = most
    return found


def _tops(features: Sequence[Feature]) -> tuple[dict[int, int], int]:
    """The most that each word adds, and what features of very many words may add besides."""
    top: dict[int, int] = {}
    for feature in features:
        if len(feature.gains) <= _WIDE:
            for word, gain in feature.gains.items():
                top[word] = max(gain, top.get(word, 0))
    return top, sum(feature.most for feature in features if len(feature.gains) > _WIDE)


class _Gains(dict[int, tuple[int, list[tuple[int, int]]]]):
    """For a word the most that it adds, and what it adds by which feature; worked out when first asked."""

    def __init__(self, features: Sequence[Feature]) -> None:
        super().__init__()
        self._features = [(place, feature.gains) for place, feature in enumerate(features)]

    def __missing__(self, word: int) -> tuple[int, list[tuple[int, int]]]:
        pairs = [(place, gains[word]) for place, gains in self._features if word in gains]
        self[word] = found = (max((gain for _, gain in pairs), default=0), pairs)
        return found


def _best(words: array[int], gains: _Gains) -> tuple[dict[int, int], int]:
    """The most that each feature adds by one of these words, and that all words add, each by one feature."""
    best: dict[int, int] = {}
    theirs = 0
    for word in words:
        top, pairs = gains[word]
        theirs += top
        for place, gain in pairs:
            if gain > best.get(place, 0):
                best[place] = gain
    return best, theirs


def _most(best: dict[int, int], runs: Sequence[tuple[int, int]], features: Sequence[Feature]) -> int:
    """The most that a view shares: a run of the query counts for what it adds to its words."""
    for place, gain in runs:
        best[place] = max(best.get(place, 0), gain)
    most = 0
    for place, gain in best.items():
        covers = features[place].covers
        most += max(0, gain - sum(best.get(part, 0) for part in covers)) if covers else gain
    return most


def _apart(
    words: array[int],
    gains: _Gains,
    best: Mapping[int, int],
    features: Sequence[Feature],
    shelf: Shelf,
) -> bool:
    """Whether each side has a telling word that has no partner on the other: see `apart`."""
    theirs = [word for word in dict.fromkeys(words) if not gains[word][0]]
    if not any(shelf.tells[word] for word in theirs):
        return False
    paired = set(best)
    for place in best:
        paired.update(features[place].covers)
    mine = [f for place, f in enumerate(features) if place not in paired and not f.covers]
    if not any(feature.most >= shelf.least for feature in mine):
        return False
    return (
        not shelf.slip
        or len(mine) > 1
        or len(theirs) > 1
        or not shelf.slip(mine[0].word, shelf.vocabulary[theirs[0]])
    )
