"""Two views laid side by side, token by token: what pairs, what stands alone, what excludes the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xenotime.parties.matching import contrast, han, syllables
from xenotime.parties.matching.match import Alignment, Pair
from xenotime.parties.matching.tokens import INITIAL, SAME, nearness, seams, weight
from xenotime.parties.naming.name import HAN, LATIN, PINYIN, Name

JOINED = "joined"
_FULL = 1000
#: A key of fewer letters is too short to be the same name whatever its spaces.
_KEYED = 5
_JOIN_LEAST = 80
#: The share of the shorter name in what the paired weight is measured against, in tenths.
_SHORTER, _LONGER = 6, 4


def align(mine: Name, theirs: Name) -> Alignment:
    """The alignment of two views of one kind; `raw` [0 to 1000] is the same both ways round.

    Raises ValueError for views of two kinds, which are never compared.
    """
    if mine.kind != theirs.kind:
        message = f"a {mine.kind} view is never compared with a {theirs.kind} view"
        raise ValueError(message)
    return _ALIGNERS[mine.kind](mine, theirs)


def ceiling(shared: int, mine: int, theirs: int) -> int:
    """The most that `raw` can be for two LATIN names of these total weights that share so much weight.

    `shared` counts each token of one name (or two or three neighbours written as one word) that has a
    token, or neighbours, of the other with a common link. Names of one key align to 1000 besides.

    >>> ceiling(20, 20, 20), ceiling(10, 10, 30), ceiling(0, 10, 10)
    (1000, 555, 0)
    """
    least, most = min(mine, theirs), max(mine, theirs)
    part = min(shared, least)
    return min(_FULL, _FULL * 10 * part // max(1, _SHORTER * least + _LONGER * most))


def total(tokens: Sequence[str]) -> int:
    """The weight of all tokens together; a word said twice counts once."""
    return sum(map(weight, dict.fromkeys(tokens)))


def heft(name: Name) -> int:
    """The total weight of a view of any kind, in the units of its `ceiling`."""
    if name.kind == LATIN:
        return total(name.tokens)
    return sum(han.weigh(name.key)) if name.kind == HAN else syllables.WEIGHT * len(name.tokens)


def _latin(mine: Name, theirs: Name) -> Alignment:
    left, right = tuple(dict.fromkeys(mine.tokens)), tuple(dict.fromkeys(theirs.tokens))
    against = contrast.against(mine, theirs)
    if mine.key == theirs.key and len(mine.key) >= _KEYED and left != right:
        whole = min(total(left), total(right))
        return Alignment(
            LATIN, (Pair(" ".join(left), " ".join(right), JOINED, 100, whole),), (), (), (), _FULL
        )
    work = _Work(left, right)
    work.exact()
    if work.left and work.right:
        work.close()
        work.join()
        work.initials()
    shared = sum(p.weight * p.likeness for p in work.pairs)
    raw = ceiling(shared // 100, total(left), total(right))
    return Alignment(LATIN, tuple(work.pairs), tuple(work.left), tuple(work.right), against, raw)


class _Work:
    """The tokens of two names that are still without a partner, and the pairs made."""

    def __init__(self, left: Sequence[str], right: Sequence[str]) -> None:
        self.left, self.right = list(left), list(right)
        self.order = (tuple(left), tuple(right))
        self.pairs: list[Pair] = []

    def exact(self) -> None:
        """Pair equal tokens."""
        for token in self.order[0]:
            if token in self.right:
                self.take((token,), (token,), SAME, 100)

    def close(self) -> None:
        """Pair tokens that may be one word, the nearest and heaviest first."""
        found = []
        for a in self.left:
            if len(a) > 1:
                for b in self.right:
                    near, how = nearness(a, b)
                    if near and len(b) > 1:
                        found.append(
                            (-near * min(weight(a), weight(b)), min(a, b), max(a, b), a, b, near, how)
                        )
        for *_, a, b, near, how in sorted(found):
            if a in self.left and b in self.right:
                self.take((a,), (b,), how, near)

    def join(self) -> None:
        """Pair two or three neighbours with the one word that they make."""
        for size in (3, 2):
            for a in _runs(self.order[0], self.left, size):
                self._joined(a, self.right, flip=False)
            for b in _runs(self.order[1], self.right, size):
                self._joined(b, self.left, flip=True)

    def _joined(self, run: tuple[str, ...], others: list[str], *, flip: bool) -> None:
        word = "".join(run)
        sewn = seams(word)
        fits = [o for o in others if len(o) >= _KEYED and not sewn.isdisjoint(seams(o))]
        near, other = max(((nearness(word, o)[0], o) for o in fits), default=(0, ""))
        if near >= _JOIN_LEAST and set(run) <= set(self.right if flip else self.left):
            self.take((other,) if flip else run, run if flip else (other,), JOINED, near)

    def initials(self) -> None:
        """Pair a single letter with a word that it begins."""
        for a in tuple(self.left):
            for b in self.right:
                near, how = nearness(a, b)
                if near and how == INITIAL:
                    self.take((a,), (b,), INITIAL, near)
                    break

    def take(self, mine: tuple[str, ...], theirs: tuple[str, ...], how: str, near: int) -> None:
        """Set a pair down, and its tokens aside."""
        for token in mine:
            self.left.remove(token)
        for token in theirs:
            self.right.remove(token)
        weighs = min(sum(map(weight, mine)), sum(map(weight, theirs)))
        self.pairs.append(Pair(" ".join(mine), " ".join(theirs), how, near, weighs))


def _runs(order: Sequence[str], free: list[str], size: int) -> list[tuple[str, ...]]:
    """The neighbours, so many at a time, that all are free."""
    if len(free) < size:
        return []
    runs = (tuple(order[i : i + size]) for i in range(len(order) - size + 1))
    return [run for run in runs if all(token in free for token in run)]


_ALIGNERS: dict[str, Callable[[Name, Name], Alignment]] = {
    LATIN: _latin,
    PINYIN: syllables.align,
    HAN: han.align,
}
