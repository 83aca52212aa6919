"""Latin words of the listed names: which are near a word of a query, alone or written as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from xenotime.parties.matching.tokens import links, nearness, seams, weight
from xenotime.parties.search.letters import Letters
from xenotime.parties.search.roll import Roll
from xenotime.parties.search.sieve import WHOLE, Feature
from xenotime.parties.search.table import Hashed, Table

_KEPT = 32768
#: No word weighs more; see `tokens.weight`.
_HEAVIEST = 10
#: No name has more runs of neighbours: a run is kept as the number of its view times this, and its place.
_SPANS = 1024
#: So many views can be numbered so.
MOST = (1 << 32) // _SPANS
#: Neighbours written as one word pair with a word that is so near [0 to 100] and so long.
_JOIN_LEAST, _JOIN_LONG = 80, 5


class Words:
    """The Latin vocabulary by link and by seam, and the runs of neighbours of the views by seam."""

    def __init__(
        self, roll: Roll, holders: Table, letters: Letters, linked: Hashed, sewn: Hashed, runs: Hashed
    ) -> None:
        """Take the tables as they are; `of` makes them."""
        self.letters, self.tables = letters, (linked, sewn, runs)
        self._roll, self._holders, self._vocabulary = roll, holders, roll.vocabulary
        self._linked, self._sewn, self._runs = self.tables
        self._ids = {word: number for number, word in enumerate(self._vocabulary)}
        self._near = lru_cache(_KEPT)(self._find_near)
        self._joined = lru_cache(_KEPT)(self._find_joined)

    @classmethod
    def of(cls, roll: Roll, holders: Table, views: range) -> Words:
        """The tables of the Latin views of a roll."""
        used = sorted({word for view in views for word in roll.words.row(view)})
        words = [(number, roll.vocabulary[number]) for number in used]
        linked = ((link, n) for n, word in words for link in links.__wrapped__(word))
        seamed = seams.__wrapped__
        sewn = ((seam, n) for n, word in words if len(word) >= _JOIN_LONG for seam in seamed(word))
        runs = ((seam, run) for view in views for run, text in _runs(roll, view) for seam in seamed(text))
        letters = Letters.of(roll.vocabulary)
        return cls(roll, holders, letters, Hashed.of(linked), Hashed.of(sewn), Hashed.of(runs))

    def features(self, tokens: Sequence[str]) -> list[Feature]:
        """What a query of these words looks for: each word, and each run of neighbours as one word."""
        words = tuple(dict.fromkeys(tokens))
        alone = [self._word(word) for word in words]
        runs = [self._run(words, start, size) for start, size in spans(len(words))]
        return alone + [run for run in runs if run.gains]

    def _word(self, word: str) -> Feature:
        near, joined = self._near(word), self._joined(word)
        held = near[1] + len(joined)
        return Feature(word, WHOLE * weight(word), near[0], joined, held=held)

    def _run(self, words: Sequence[str], start: int, size: int) -> Feature:
        """The neighbours of a query as one word: which listed words that may be."""
        run = words[start : start + size]
        joined, most = "".join(run), min(_HEAVIEST, sum(map(weight, run)))
        numbers = sorted({n for seam in seams(joined) for n in self._sewn.get(seam)})
        near = {
            number: min(most, weight(self._vocabulary[number])) * likeness
            for number, likeness in self.letters.near(joined, numbers, self._vocabulary).items()
            if _sews(joined, self._vocabulary[number], likeness)
        }
        return Feature(joined, WHOLE * most, near, {}, tuple(range(start, start + size)), self._held(near))

    def _held(self, words: Mapping[int, int]) -> int:
        return sum(map(self._holders.size, words))

    def _find_near(self, word: str) -> tuple[Mapping[int, int], int]:
        """The listed words that pair with a word, what each then adds, and how many views have them."""
        keys = [f"{word}."] if len(word) == 1 else [k for k in links(word) if k[-1:] != "."]
        numbers = {n for key in keys for n in self._linked.get(key)}
        numbers.update(self._ids[w] for w in (word, word[:1]) if w in self._ids)
        mine, vocabulary = weight(word), self._vocabulary
        near = self.letters.near(word, sorted(numbers), vocabulary)
        gains = {n: likeness * min(mine, weight(vocabulary[n])) for n, likeness in near.items()}
        return gains, self._held(gains)

    def _find_joined(self, word: str) -> Mapping[int, int]:
        """The views whose neighbours, written as one, pair with a word, and what that adds."""
        if len(word) < _JOIN_LONG:
            return {}
        found: dict[int, int] = {}
        for run in sorted({run for seam in seams(word) for run in self._runs.get(seam)}):
            view, gain = run // _SPANS, self._run_gain(word, run)
            if gain > found.get(view, 0):
                found[view] = gain
        return found

    def _run_gain(self, word: str, run: int) -> int:
        """What a run of a view adds where it pairs with a word."""
        view, place = divmod(run, _SPANS)
        words = tuple(dict.fromkeys(self._roll.tokens(view)))
        start, size = spans(len(words))[place]
        parts = words[start : start + size]
        likeness = _sewn("".join(parts), word)
        return likeness and min(weight(word), sum(map(weight, parts))) * likeness


@lru_cache(maxsize=256)
def spans(count: int) -> tuple[tuple[int, int], ...]:
    """Where two or three neighbours of so many words stand: (start, size).

    >>> spans(3)
    ((0, 2), (1, 2), (0, 3))
    """
    return tuple((start, size) for size in (2, 3) for start in range(count - size + 1))


def _sewn(joined: str, word: str) -> int:
    """How near a joined word is [80 to 100], or 0 where it is not near enough to pair."""
    likeness = nearness(joined, word)[0]
    return likeness if _sews(joined, word, likeness) else 0


def _sews(joined: str, word: str, likeness: int) -> bool:
    """Whether a joined word that is so near pairs with a word."""
    return likeness >= _JOIN_LEAST and len(word) >= _JOIN_LONG and not seams(joined).isdisjoint(seams(word))


def _runs(roll: Roll, view: int) -> Iterator[tuple[int, str]]:
    """The runs of neighbours of a view, each with its number and as one word."""
    words = tuple(dict.fromkeys(roll.tokens(view)))
    for place, (start, size) in enumerate(spans(len(words))[:_SPANS]):
        yield view * _SPANS + place, "".join(words[start : start + size])
