"""Names that cannot be one party's whatever else agrees, so that an index may leave them out."""

from __future__ import annotations

from jellyfish import damerau_levenshtein_distance as changes

from xenotime.parties.matching.chance import FLOOR
from xenotime.parties.matching.match import Alignment
from xenotime.parties.matching.tokens import weight
from xenotime.parties.naming.name import HAN, LATIN, PINYIN

#: The least `raw` [0 to 1000] of names that are looked at. Pinyin has few syllables, so more must agree.
FLOORS = {LATIN: FLOOR, HAN: FLOOR, PINYIN: 800}
#: A Latin word from this weight on tells parties apart; every Chinese character does.
TELLING = 5
_MOST_CHANGED = 3


def apart(alignment: Alignment) -> bool:
    """Whether both names have something telling that the other lacks, or share too little.

    Two single words that a slip of the pen sets apart do not count: see `slip`. A name of common words only
    is apart from a longer one that says whom it means.
    """
    if alignment.raw < FLOORS[alignment.kind]:
        return True
    mine, theirs = alignment.alone_mine, alignment.alone_theirs
    if alignment.kind == HAN:
        return bool(mine and theirs)
    telling = (any(map(_tells, mine)), any(map(_tells, theirs)))
    if alignment.kind == PINYIN or not any(telling):
        return False
    if not all(telling):
        inside = not (mine and theirs)
        return inside and all(pair.weight < TELLING for pair in alignment.pairs)
    return len(mine) != 1 or len(theirs) != 1 or not slip(mine[0], theirs[0])


def slip(mine: str, theirs: str) -> bool:
    """Whether so few letters set two words apart that one may be a slip for the other.

    >>> slip("hai", "wai"), slip("northrop", "southrop"), slip("ivanov", "petrov")
    (True, True, False)
    """
    changed = changes(mine, theirs)
    return changed <= _MOST_CHANGED and 2 * changed <= max(len(mine), len(theirs)) + 1


def _tells(word: str) -> bool:
    return weight(word) >= TELLING
