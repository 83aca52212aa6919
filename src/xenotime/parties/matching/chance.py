"""What an alignment means as a probability: traits, a sum with whole weights, a fitted table of percents."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from xenotime.parties import tables
from xenotime.parties.matching.match import Alignment
from xenotime.parties.matching.tokens import INITIAL, SAME, weight
from xenotime.parties.matching.traits import NAMES, traits
from xenotime.parties.naming.characters import HAN as HAN_CHARACTER
from xenotime.parties.naming.name import HAN, LATIN, Name

#: From this percent on a person should look: one in three that they are one party.
ALERT = 30
#: The most that names which exclude each other can reach.
EXCLUDED = 20
#: Names whose `raw` is lower share too little to be one party's: their chance is 0, and an index leaves
#: them out.
FLOOR = 450
_CHARACTERS, _LETTERS, _TELLING = 4, 3, 8
#: A person's single name of fewer letters is borne by too many.
_BORNE, _CERTAIN = 9, 100


@dataclass(frozen=True, slots=True)
class Model:
    """Whole weights for the traits of one kind of view and party, and percents by score, ascending."""

    bias: int
    weights: tuple[int, ...]
    cuts: tuple[int, ...]
    percents: tuple[int, ...]

    def score(self, found: tuple[int, ...]) -> int:
        """The weighted sum, in thousandths."""
        return self.bias + sum(w * t for w, t in zip(self.weights, found, strict=True)) // 1000

    def percent(self, score: int) -> int:
        """The percent of the last cut at or under a score."""
        place = bisect_right(self.cuts, score)
        return self.percents[place - 1] if place else 0


def chance(alignment: Alignment, mine: Name, theirs: Name, kind: str = "unknown") -> int:
    """The probability, in percent, that two aligned names mean one party, judged by the names alone.

    `kind` is person, organisation or unknown. Names that exclude each other stay at 20 or less.
    """
    if alignment.raw < FLOOR or _unwritten(alignment, mine, theirs):
        return 0
    model = models()[model_of(alignment.kind, kind)]
    percent = model.percent(model.score(traits(alignment, mine, theirs)))
    if alignment.contradictions:
        return min(percent, EXCLUDED)
    if kind == "person":
        return min(percent, _lone(alignment, mine, theirs), _crossed(alignment))
    return max(percent, ALERT) if inside(alignment, mine, theirs) else percent


def inside(alignment: Alignment, mine: Name, theirs: Name) -> bool:
    """Whether one name stands whole at the head of the longer other: a person should look.

    It must say enough to mean somebody: a rare word of three letters or more, or four characters.
    """
    if bool(alignment.alone_theirs) is bool(alignment.alone_mine) or any(
        p.how != SAME for p in alignment.pairs
    ):
        return False
    short, long = sorted((mine, theirs), key=lambda name: len(name.tokens))
    if alignment.kind == HAN:
        return len(short.key) >= _CHARACTERS and long.key.startswith(short.key)
    head = long.tokens[: len(short.tokens)] == short.tokens
    telling = any(weight(t) >= _TELLING and len(t) >= _LETTERS for t in short.tokens)
    return alignment.kind == LATIN and head and telling


def _lone(alignment: Alignment, mine: Name, theirs: Name) -> int:
    """The most that a person's single name, or names that many bear, can mean beside a longer one."""
    few = set(mine.tokens if len(mine.tokens) <= len(theirs.tokens) else theirs.tokens)
    alone = (*alignment.alone_mine, *alignment.alone_theirs)
    if alignment.kind != LATIN or not alone:
        return _CERTAIN
    if len(few) == 1:
        (name,) = few
        return ALERT if weight(name) >= _TELLING and len(name) >= _BORNE else EXCLUDED
    borne = all(weight(p.mine) < _TELLING for p in alignment.pairs)
    return EXCLUDED if borne and any(weight(t) > _TELLING for t in alone) else _CERTAIN


def _crossed(alignment: Alignment) -> int:
    """The most where initials of each stand for words of the other: C. Whitton, W. Calbury."""
    initials = [p for p in alignment.pairs if p.how == INITIAL]
    both = {len(p.mine) < len(p.theirs) for p in initials} == {True, False}
    return EXCLUDED if both else _CERTAIN


def _unwritten(alignment: Alignment, mine: Name, theirs: Name) -> bool:
    """Whether both names are in characters, and only how they sound is compared."""
    if alignment.kind == HAN or mine.key == theirs.key:
        return False
    return bool(HAN_CHARACTER.search(mine.text) and HAN_CHARACTER.search(theirs.text))


def model_of(view: str, kind: str) -> str:
    """Which fitted model answers: Latin names of persons and of others differ, Chinese ones do not.

    >>> model_of("latin", "person"), model_of("latin", "vessel"), model_of("han", "person")
    ('latin person', 'latin organisation', 'han')
    """
    if view != LATIN:
        return view
    return f"latin {kind}" if kind in {"person", "unknown"} else "latin organisation"


@cache
def models() -> dict[str, Model]:
    """The fitted models of the packaged table, by name."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for row in tables.rows("chance"):
        found.setdefault(row["model"], {}).setdefault(row["item"], {})[row["name"]] = int(row["value"])
    return {name: _model(name, parts) for name, parts in found.items()}


def _model(name: str, parts: dict[str, dict[str, int]]) -> Model:
    order = NAMES[name.split(maxsplit=1)[0]]
    cuts = sorted((int(cut), percent) for cut, percent in parts["cut"].items())
    weights = tuple(parts["weight"][trait] for trait in order)
    return Model(parts["bias"][""], weights, tuple(c for c, _ in cuts), tuple(p for _, p in cuts))
