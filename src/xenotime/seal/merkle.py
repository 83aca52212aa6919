"""The Merkle tree of RFC 9162: a root over all leaves, proofs that one is in it, and that it only grew.

A tree that only grows is kept as its *frontier*: the roots of the whole subtrees that its size divides into,
largest first. `node(level, index)` below gives the root of the whole subtree of 2**level leaves that begins
at leaf index * 2**level; a store keeps each of them once, when it becomes whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

Node = Callable[[int, int], bytes]
#: The length of every hash [bytes].
WIDTH = 32


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf. Source: RFC 9162, section 2.1.1.

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others. Source: RFC 9162, section 2.1.1."""
    return sha256(b"\x01" + left + right).digest()


def append(
    frontier: tuple[bytes, ...], size: int, leaf: bytes
) -> tuple[tuple[bytes, ...], tuple[tuple[int, int, bytes], ...]]:
    """The frontier after one more leaf, and every subtree that became whole as (level, index, hash).

    `leaf` is the leaf's hash (32 bytes), not its data; the subtree of level 0 is the leaf itself.
    Raises ValueError when hash or frontier do not fit.

    >>> one, made = append((), 0, leaf_hash(b"a"))
    >>> two, made = append(one, 1, leaf_hash(b"b"))
    >>> [(level, index) for level, index, _ in made], two == (node_hash(leaf_hash(b"a"), leaf_hash(b"b")),)
    ([(0, 1), (1, 0)], True)
    """
    if len(leaf) != WIDTH or len(frontier) != size.bit_count():
        message = "a leaf's hash has 32 bytes, and a frontier one hash for each bit of the size"
        raise ValueError(message)
    kept, level, index, found = list(frontier), 0, size, leaf
    made = [(level, index, found)]
    while index & 1:
        found, level, index = node_hash(kept.pop(), found), level + 1, index >> 1
        made.append((level, index, found))
    return (*kept, found), tuple(made)


def root(frontier: tuple[bytes, ...], size: int) -> bytes:
    """The root of the tree that a frontier stands for; of an empty tree the hash of nothing.

    Raises ValueError when the frontier does not fit the size.
    """
    if len(frontier) != size.bit_count():
        message = "a frontier has one hash for each bit of the size"
        raise ValueError(message)
    if not frontier:
        return sha256().digest()
    found = frontier[-1]
    for left in reversed(frontier[:-1]):
        found = node_hash(left, found)
    return found


def grown(leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """The frontier of a tree over these leaf hashes."""
    frontier: tuple[bytes, ...] = ()
    for size, leaf in enumerate(leaves):
        frontier, _ = append(frontier, size, leaf)
    return frontier


def frontier(size: int, node: Node) -> tuple[bytes, ...]:
    """The frontier of a kept tree at a size it has or had."""
    return tuple(node(level, start >> level) for start, level in _whole(0, size))


def inclusion(index: int, size: int, node: Node) -> tuple[bytes, ...]:
    """The proof that leaf `index` is in the tree of `size` leaves, from the leaf upwards.

    Raises ValueError for an index outside the tree. Source: RFC 9162, section 2.1.3.1.
    """
    if not 0 <= index < size:
        message = "a leaf outside the tree has no proof"
        raise ValueError(message)
    path, low, high = [], 0, size
    while high - low > 1:
        middle = low + _half(high - low)
        if index < middle:
            path.append(_over(middle, high, node))
            high = middle
        else:
            path.append(_over(low, middle, node))
            low = middle
    return tuple(reversed(path))


def consistency(old: int, new: int, node: Node) -> tuple[bytes, ...]:
    """The proof that the tree of `new` leaves begins with the tree of `old` leaves.

    Raises ValueError unless 0 <= old <= new. Source: RFC 9162, section 2.1.4.1.
    """
    if not 0 <= old <= new:
        message = "a tree only grows"
        raise ValueError(message)
    if old in (0, new):
        return ()
    path, low, high, whole = [], 0, new, True
    while old != high:
        middle = low + _half(high - low)
        if old <= middle:
            path.append(_over(middle, high, node))
            high = middle
        else:
            path.append(_over(low, middle, node))
            low, whole = middle, False
    if not whole:
        path.append(_over(low, high, node))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], top: bytes) -> bool:
    """Whether the proof leads from a leaf's hash to the root `top` of a tree of `size` leaves.

    Source: RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size or not _fits([leaf, top, *proof]):
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if not last:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return not last and found == top


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of `new` leaves begins with that of `old`.

    Source: RFC 9162, section 2.1.4.2.
    """
    if not 0 <= old <= new or not _fits([old_root, new_root, *proof]):
        return False
    if old in (0, new):
        same = old_root == new_root if old == new else True
        return not proof and same and (old > 0 or old_root == sha256().digest())
    steps = [old_root, *proof] if not old & (old - 1) else list(proof)
    if not steps:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if not last:
            return False
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    return not last and before == old_root and after == new_root


def _half(size: int) -> int:
    """The largest power of two below a size of at least 2."""
    return 1 << (size - 1).bit_length() - 1


def _whole(low: int, high: int) -> Iterator[tuple[int, int]]:
    """The whole subtrees of the leaves from `low` to `high` as (first leaf, level), largest first; `low` must
    be a multiple of each.
    """
    while low < high:
        level = (high - low).bit_length() - 1
        yield low, level
        low += 1 << level


def _over(low: int, high: int, node: Node) -> bytes:
    """The root over the leaves from `low` to `high`."""
    parts = [node(level, start >> level) for start, level in _whole(low, high)]
    found = parts.pop()
    while parts:
        found = node_hash(parts.pop(), found)
    return found


def _fits(hashes: Sequence[bytes]) -> bool:
    return all(len(h) == WIDTH for h in hashes)
