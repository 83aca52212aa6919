"""What an alignment shows, in whole numbers: the only things that the chance of a match is computed from."""

from __future__ import annotations

from collections.abc import Sequence

from jellyfish import damerau_levenshtein_distance as changes

from xenotime.parties.matching import han
from xenotime.parties.matching.match import Alignment, Pair
from xenotime.parties.matching.tokens import INITIAL, PLURAL, SAME, weight
from xenotime.parties.naming.name import HAN, LATIN, Name

#: The traits, in the order of the numbers that `traits` gives.
NAMES = {
    LATIN: (
        "raw", "missed", "both", "lone", "lone common", "loss", "worst", "spelt", "head", "telling", "shared",
        "initials", "leftover", "single", "forms", "inner", "slips", "apart", "clash", "thin",
        "fields", "lone tail",
    ),
    HAN: ("raw", "both", "lone", "changed", "short", "brand", "forms"),
    "pinyin": ("raw", "whole", "length", "changed", "loose", "short"),
}  # fmt: skip
_TELLING, _TAIL = 5, 2
_SLIPPED = 3
_SHARED = 40
_FULL, _PERCENT = 1000, 100


def traits(alignment: Alignment, mine: Name, theirs: Name) -> tuple[int, ...]:
    """The traits of two aligned views, each a whole number; the same both ways round."""
    if alignment.kind == LATIN:
        return _latin(alignment, mine, theirs)
    return _han(alignment, mine, theirs) if alignment.kind == HAN else _pinyin(alignment, mine, theirs)


def _latin(alignment: Alignment, mine: Name, theirs: Name) -> tuple[int, ...]:
    alone = sorted((alignment.alone_mine, alignment.alone_theirs), key=_heft)
    light, heavy = _heft(alone[0]), _heft(alone[1])
    common = sum(w for t in alone[1] if _TAIL < (w := weight(t)) < _TELLING)
    tail = sum(w for t in alone[1] if (w := weight(t)) <= _TAIL)
    pairs = alignment.pairs
    paired = sum(p.weight for p in pairs)
    longest = max(1, paired + heavy)
    loss = sum(p.weight * (100 - p.likeness) for p in pairs if p.how != INITIAL)
    spelt = [p for p in pairs if p.how not in {SAME, INITIAL, PLURAL} and p.weight >= _TELLING]
    worst = max((100 - p.likeness for p in spelt), default=0)
    return (
        alignment.raw,
        _FULL - alignment.raw if light else 0,
        _FULL * light // longest,
        _FULL * (heavy - light) // longest,
        _FULL * common // longest,
        10 * loss // max(1, paired),
        10 * worst,
        100 * len(spelt),
        100 * sum(p.mine[0] != p.theirs[0] for p in spelt),
        _FULL if any(p.weight >= _TELLING and p.how != INITIAL for p in pairs) else 0,
        min(_SHARED, paired) * 25,
        100 * sum(p.how == INITIAL for p in pairs),
        _leftover(alone[0], alone[1]),
        _FULL if light and len(pairs) == 1 else 0,
        _FULL if mine.forms and theirs.forms and not mine.forms & theirs.forms else 0,
        _inner(alignment, pairs),
        _slips(alone[0], alone[1], pairs),
        _FULL if _telling(alone[0]) and _telling(alone[1]) else 0,
        _FULL if light and any(len(t) == 1 for t in (*alone[0], *alone[1])) else 0,
        10 * sum(p.weight for p in pairs if p.weight < _TELLING) * _PERCENT // max(1, paired),
        _FULL if light > 2 and not (_telling(alone[0]) and _telling(alone[1])) else 0,
        _FULL * tail // longest,
    )


def _heft(tokens: Sequence[str]) -> int:
    return sum(map(weight, tokens))


def _leftover(few: Sequence[str], many: Sequence[str]) -> int:
    """How alike in letters what is left on both sides is [0 to 1000]."""
    if not few or not many:
        return 0
    left, right = " ".join(few), " ".join(many)
    return _FULL - _FULL * changes(left, right) // max(len(left), len(right))


def _slips(few: Sequence[str], many: Sequence[str], pairs: Sequence[Pair]) -> int:
    """1000 where one letter sets the words left on both sides apart, 600 for two, 300 for three of many."""
    if len(few) != 1 or len(many) != 1 or not pairs:
        return 0
    changed = changes(few[0], many[0])
    longest = max(len(few[0]), len(many[0]))
    if min(len(few[0]), len(many[0])) < _SLIPPED:
        return 0
    return (_FULL, 600, 300)[changed - 1] if changed <= 3 and 2 * changed <= longest + 1 else 0


def _telling(tokens: Sequence[str]) -> bool:
    return any(weight(t) >= _TELLING for t in tokens)


def _inner(alignment: Alignment, pairs: Sequence[Pair]) -> int:
    """1000 where one telling word is all that is paired, and words beyond tails stand alone."""
    lone = any(weight(t) > _TAIL for t in (*alignment.alone_mine, *alignment.alone_theirs))
    return _FULL if lone and sum(p.weight >= _TELLING for p in pairs) == 1 else 0


def _han(alignment: Alignment, mine: Name, theirs: Name) -> tuple[int, ...]:
    alone = sorted((_brand(alignment.alone_mine), _brand(alignment.alone_theirs)))
    longest = max(1, sum(han.weigh(mine.key)), sum(han.weigh(theirs.key)))
    changed = changes(mine.key, theirs.key)
    return (
        alignment.raw,
        _FULL * alone[0] // longest,
        _FULL * (alone[1] - alone[0]) // longest,
        min(_FULL, 100 * changed),
        _FULL if min(len(mine.key), len(theirs.key)) <= 4 and changed else 0,
        _FULL if alone[0] else 0,
        _FULL if mine.forms and theirs.forms and not mine.forms & theirs.forms else 0,
    )


def _brand(parts: Sequence[str]) -> int:
    return sum(sum(han.weigh(part)) for part in parts)


def _pinyin(alignment: Alignment, mine: Name, theirs: Name) -> tuple[int, ...]:
    size = min(len(mine.tokens), len(theirs.tokens))
    changed = max(len(mine.tokens), len(theirs.tokens)) - sum(p.likeness == 100 for p in alignment.pairs)
    whole = mine.key == theirs.key
    return (
        alignment.raw,
        _FULL if whole else 0,
        100 * min(10, size),
        0 if whole else 100 * min(10, changed),
        _FULL - alignment.raw if whole else 0,
        _FULL if size <= 2 else 0,
    )
