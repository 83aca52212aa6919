"""Which listed words may be near a word, by numbers alone: the letters of each as bits, and their count.

A changed letter takes at most one letter from a word and brings at most one, so the letters that only one of
two words has, and the difference of their lengths, say how many changes there are at least. What passes is
compared in full by `tokens.nearness`; what does not pass is not near.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xenotime.parties.matching.tokens import SERVANT, Shape, near, nearness, reach, shape, shaped
from xenotime.parties.search import pack

#: Words of more letters are always compared in full.
_LONG, _ANY = 48, 10**6
#: Letters beyond these count as one.
_BITS = {letter: 1 << place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyzCSJY")}
_OTHER = 1 << 30
#: All bits but those of the letters that a plural may bring or take.
_LASTING = ~sum(_BITS[letter] for letter in "iesy")


@dataclass(frozen=True, slots=True)
class Letters:
    """For each word of a vocabulary how it sounds, its consonants, and the letters of both as bits."""

    spelt: list[str]
    bones: list[str]
    written: array[int]
    sounds: array[int]

    @classmethod
    def of(cls, vocabulary: Iterable[str]) -> Letters:
        """The letters of the words of a vocabulary."""
        spelt, bones = list[str](), list[str]()
        written, sounds = array("I"), array("I")
        for word in vocabulary:
            made = shape.__wrapped__(word)
            spelt.append(made.spelt)
            bones.append(made.bones)
            written.append(_bits(made.plain))
            sounds.append(_bits(made.spelt))
        return cls(spelt, bones, written, sounds)

    def parts(self) -> dict[str, bytes]:
        """The columns as bytes."""
        lists = {name: pack.texts(getattr(self, name)) for name in ("spelt", "bones")}
        return lists | {name: pack.numbers(getattr(self, name)) for name in ("written", "sounds")}

    @classmethod
    def of_parts(cls, parts: Mapping[str, bytes]) -> Letters:
        """The letters that `parts` wrote."""
        texts, numbers = pack.texts_of, pack.array_of
        return cls(
            texts(parts["spelt"]), texts(parts["bones"]), numbers(parts["written"]), numbers(parts["sounds"])
        )

    def near(self, word: str, numbers: Iterable[int], vocabulary: Sequence[str]) -> Mapping[int, int]:
        """How near the words of these numbers are that are near, as `tokens.nearness` says it.

        >>> words = ("putin", "pudin", "petrovsky", "lutim")
        >>> Letters.of(words).near("putin", range(4), words)
        {0: 100, 1: 74}
        """
        mine, found = shape(word), {}
        for n in self._likely(mine, numbers, vocabulary):
            theirs = vocabulary[n]
            if len(word) == 1 or len(theirs) == 1 or word == theirs:
                likeness, _ = nearness.__wrapped__(word, theirs)
            else:
                likeness, _ = near(mine, shaped(theirs, self.spelt[n], self.bones[n]))
            if likeness:
                found[n] = likeness
        return found

    def _likely(self, mine: Shape, numbers: Iterable[int], vocabulary: Sequence[str]) -> Iterable[int]:
        """Those of the words that may be near."""
        length = len(mine.token)
        if not 1 < length <= _LONG or mine.full or mine.token.startswith(SERVANT):
            return numbers
        found, caps, bones = [], _caps(length), mine.bones
        letters, sounds = _bits(mine.plain), _bits(mine.spelt)
        for n in numbers:
            theirs = vocabulary[n]
            other, size = self.written[n], len(theirs)
            cap = caps[size][self.bones[n] == bones] if 1 < size <= _LONG else _ANY
            least = max((letters & ~other).bit_count(), (other & ~letters).bit_count(), abs(length - size))
            if 2 * least > cap and (letters ^ other) & _LASTING and not theirs.startswith(SERVANT):
                heard = self.sounds[n]
                if 2 * max((sounds & ~heard).bit_count(), (heard & ~sounds).bit_count()) + 1 > cap:
                    continue
            found.append(n)
        return found


@lru_cache(maxsize=_LONG)
def _caps(length: int) -> tuple[tuple[int, int], ...]:
    """For each length the most half changes from a word of this length: of other and of equal consonants."""
    return tuple(
        (reach(length, size, heard=False), reach(length, size, heard=True)) for size in range(_LONG + 1)
    )


def _bits(text: str) -> int:
    found = 0
    for letter in text:
        found |= _BITS.get(letter, _OTHER)
    return found
