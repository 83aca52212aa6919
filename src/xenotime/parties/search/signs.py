"""Chinese characters and Pinyin syllables of the listed names: what a query looks for in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from xenotime.parties.matching import han, syllables
from xenotime.parties.naming.name import PINYIN, Name
from xenotime.parties.search.roll import Roll, signed
from xenotime.parties.search.sieve import WHOLE, Feature
from xenotime.parties.search.table import Table

#: A listed character weighs one of these; see `han.weigh`.
_WEIGHTS = (1, 2, 6)


class Signs:
    """The views by character and by syllable."""

    def __init__(self, roll: Roll, holders: Table) -> None:
        """Index the signs of a roll."""
        self._holders = holders
        self._ids = {word: number for number, word in enumerate(roll.vocabulary)}
        used = {word for view in range(*roll.span(PINYIN)) for word in roll.words.row(view)}
        self._spelt = sorted((number, roll.vocabulary[number]) for number in used)
        self._near = lru_cache(4096)(self._find_near)

    def characters(self, name: Name) -> list[Feature]:
        """Each character of a Han name with its weight there, as often as it stands there."""
        found = []
        for (sign, points), times in Counter(zip(name.key, han.weigh(name.key), strict=True)).items():
            words = ((signed(sign, theirs), min(points, theirs)) for theirs in _WEIGHTS)
            gains = {self._ids[word]: WHOLE * times * gain for word, gain in words if word in self._ids}
            found.append(Feature(sign, WHOLE * points * times, gains, held=self._held(gains)))
        return found

    def syllables(self, name: Name) -> list[Feature]:
        """Each syllable of a name in Pinyin, with those that are near it."""
        found = []
        for word, times in Counter(name.tokens).items():
            gains = {number: near * times for number, near in self._near(word).items()}
            found.append(Feature(word, WHOLE * syllables.WEIGHT * times, gains, held=self._held(gains)))
        return found

    def _held(self, words: Mapping[int, int]) -> int:
        return sum(map(self._holders.size, words))

    def _find_near(self, word: str) -> Mapping[int, int]:
        return {
            number: syllables.WEIGHT * near
            for number, theirs in self._spelt
            if (near := syllables.near(word, theirs))
        }
