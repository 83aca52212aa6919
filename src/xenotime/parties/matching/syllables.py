"""Names in Hanyu Pinyin, syllable by syllable: spacing says nothing, the surname must agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jellyfish import damerau_levenshtein_distance as changes

from xenotime.parties.matching import contrast
from xenotime.parties.matching.match import Alignment, Pair
from xenotime.parties.naming.name import PINYIN, Name

_FULL, _TURNED = 1000, 970
#: What a reading that another romanisation also allows takes away.
_LOOSE = 40
_LOOSE_READINGS = frozenset({"wade-giles", "cantonese", "taiwan", "loose", "other reading"})
#: The weight of one syllable.
WEIGHT = 5
#: A name of up to so many syllables may be a person's, whose surname comes first.
_PERSON = 4
#: A syllable of so many letters may have one letter changed, and then counts so much [percent].
_SPELT, _NEAR = 4, 60


def align(mine: Name, theirs: Name) -> Alignment:
    """Pinyin syllables in order; equal keys give 1000, a loose reading a little less."""
    off = 0 if _LOOSE_READINGS.isdisjoint((*mine.how.split(", "), *theirs.how.split(", "))) else _LOOSE
    if mine.key == theirs.key:
        whole = Pair(" ".join(mine.tokens), " ".join(theirs.tokens), "same", 100, WEIGHT * len(mine.tokens))
        return Alignment(PINYIN, (whole,), (), (), (), _FULL - off)
    found = [_ordered(turn, theirs.tokens, top) for turn, top in _turns(mine.tokens)]
    best = max(found, key=lambda a: a.raw)
    against = contrast.against(mine, theirs)
    return Alignment(PINYIN, best.pairs, best.alone_mine, best.alone_theirs, against, max(0, best.raw - off))


def ceiling(shared: int, mine: int, theirs: int) -> int:
    """The most that `raw` can be for two PINYIN names of these weights (5 a syllable) that share so much.

    >>> ceiling(15, 15, 15), ceiling(10, 15, 20)
    (1000, 500)
    """
    return min(_FULL, _FULL * min(shared, mine, theirs) // max(mine, theirs, 1))


def _turns(tokens: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """The syllables as written, and for a person's name with the surname brought to the front."""
    yield tokens, _FULL
    if 2 <= len(tokens) <= _PERSON:
        yield tokens[-1:] + tokens[:-1], _TURNED


def _ordered(left: Sequence[str], right: Sequence[str], top: int) -> Alignment:
    """The best pairing that keeps the order; a short name whose first syllables differ scores half."""
    pairs: list[Pair] = []
    alone_mine: list[str] = []
    alone_theirs: list[str] = []
    at = to = 0
    for i, j, likeness in _path(tuple(left), tuple(right)):
        alone_mine += left[at:i]
        alone_theirs += right[to:j]
        pairs.append(Pair(left[i], right[j], "same" if likeness == 100 else "spelling", likeness, WEIGHT))
        at, to = i + 1, j + 1
    alone_mine += left[at:]
    alone_theirs += right[to:]
    shared = sum(p.weight * p.likeness for p in pairs) // 100
    raw = top * ceiling(shared, WEIGHT * len(left), WEIGHT * len(right)) // _FULL
    if left[:1] != right[:1] and min(len(left), len(right)) <= _PERSON:
        raw //= 2
    return Alignment(PINYIN, tuple(pairs), tuple(alone_mine), tuple(alone_theirs), (), raw)


@lru_cache(maxsize=4096)
def _path(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[tuple[int, int, int], ...]:
    """The heaviest common subsequence: (index, index, likeness)."""
    rows: list[list[tuple[int, tuple[tuple[int, int, int], ...]]]] = [[(0, ())] * (len(right) + 1)]
    for i, a in enumerate(left):
        row: list[tuple[int, tuple[tuple[int, int, int], ...]]] = [(0, ())]
        for j, b in enumerate(right):
            best = max(rows[i][j + 1], row[j], key=lambda cell: cell[0])
            likeness = near(a, b)
            if likeness and rows[i][j][0] + likeness > best[0]:
                best = (rows[i][j][0] + likeness, (*rows[i][j][1], (i, j, likeness)))
            row.append(best)
        rows.append(row)
    return rows[-1][-1][1]


def near(a: str, b: str) -> int:
    """How near two syllables are: 100 the same, 60 one letter apart where both are long, else 0."""
    if a == b:
        return 100
    return _NEAR if min(len(a), len(b)) >= _SPELT and changes(a, b) <= 1 else 0
