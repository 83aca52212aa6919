"""The tree against the definitions of RFC 9162, written once more by recursion."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xenotime.seal.merkle import (
    append,
    consistency,
    frontier,
    grown,
    inclusion,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

LARGEST = 130


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(data):
    """MTH(D_n) of section 2.1.1."""
    if not data:
        return sha256().digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = split(len(data))
    return sha256(b"\x01" + mth(data[:k]) + mth(data[k:])).digest()


def path(m, data):
    """PATH(m, D_n) of section 2.1.3.1."""
    if len(data) == 1:
        return []
    k = split(len(data))
    return [*path(m, data[:k]), mth(data[k:])] if m < k else [*path(m - k, data[k:]), mth(data[:k])]


def subproof(m, data, whole):
    """SUBPROOF(m, D_n, b) of section 2.1.4.1."""
    if m == len(data):
        return [] if whole else [mth(data)]
    k = split(len(data))
    if m <= k:
        return [*subproof(m, data[:k], whole), mth(data[k:])]
    return [*subproof(m - k, data[k:], whole=False), mth(data[:k])]


DATA = [b"leaf %d" % n for n in range(LARGEST)]
ROOTS = [mth(DATA[:n]) for n in range(LARGEST + 1)]


@pytest.fixture(scope="module")
def kept():
    """Every whole subtree of the tree over DATA, as a store would keep them."""
    nodes, front = {}, ()
    for size, data in enumerate(DATA):
        front, made = append(front, size, leaf_hash(data))
        nodes |= {(level, index): found for level, index, found in made}
        assert root(front, size + 1) == ROOTS[size + 1]
    return lambda level, index: nodes[level, index]


def test_an_empty_tree_has_the_hash_of_nothing():
    assert root((), 0) == sha256(b"").digest() == ROOTS[0]


def test_the_published_hashes_of_eight_leaves():
    """The test vector that certificate-transparency implementations share."""
    inputs = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    found = root(grown([leaf_hash(bytes.fromhex(i)) for i in inputs]), 8)
    assert found.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_every_subtree_is_told_once_and_when_it_is_whole():
    front, seen = (), []
    for size in range(16):
        front, made = append(front, size, leaf_hash(DATA[size]))
        seen += [(level, index) for level, index, _ in made]
    assert sorted(seen) == sorted((level, index) for level in range(5) for index in range(16 >> level))


@pytest.mark.parametrize("size", range(LARGEST + 1))
def test_frontier_of_a_kept_tree(kept, size):
    assert frontier(size, kept) == grown([leaf_hash(d) for d in DATA[:size]])


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_inclusion_is_the_path_of_the_definition(kept, size):
    for index in range(size):
        proof = inclusion(index, size, kept)
        assert list(proof) == path(index, DATA[:size])
        assert verify_inclusion(leaf_hash(DATA[index]), index, size, proof, ROOTS[size])


@pytest.mark.parametrize("new", range(1, LARGEST + 1))
def test_consistency_is_the_subproof_of_the_definition(kept, new):
    for old in range(1, new + 1):
        proof = consistency(old, new, kept)
        assert list(proof) == subproof(old, DATA[:new], whole=True)
        assert verify_consistency(old, ROOTS[old], new, ROOTS[new], proof)


def test_every_tree_begins_with_the_empty_one(kept):
    assert consistency(0, 5, kept) == ()
    assert verify_consistency(0, ROOTS[0], 5, ROOTS[5], ())
    assert not verify_consistency(0, ROOTS[1], 5, ROOTS[5], ())
    assert not verify_consistency(0, ROOTS[0], 5, ROOTS[5], (ROOTS[1],))


@given(st.data())
def test_no_other_leaf_place_size_or_step_is_shown(kept, data):
    size = data.draw(st.integers(1, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion(index, size, kept)
    leaf, top = leaf_hash(DATA[index]), ROOTS[size]
    other = data.draw(st.integers(-1, size + 1).filter(lambda n: n != index))
    assert not verify_inclusion(leaf, other, size, proof, top)
    assert not verify_inclusion(leaf_hash(DATA[index] + b"!"), index, size, proof, top)
    assert not verify_inclusion(leaf, index, size, (*proof, top), top)
    for place in range(len(proof)):
        changed = (*proof[:place], node_hash(proof[place], top), *proof[place + 1 :])
        assert not verify_inclusion(leaf, index, size, changed, top)
        assert not verify_inclusion(leaf, index, size, proof[:place] + proof[place + 1 :], top)
        assert not verify_inclusion(leaf, index, size, (*proof[:place], b"", *proof[place + 1 :]), top)


@given(st.data())
def test_no_other_history_is_shown(kept, data):
    new = data.draw(st.integers(2, LARGEST))
    old = data.draw(st.integers(1, new - 1))
    proof = consistency(old, new, kept)
    forked = node_hash(ROOTS[old], ROOTS[new])
    assert not verify_consistency(old, forked, new, ROOTS[new], proof)
    assert not verify_consistency(old, ROOTS[old], new, forked, proof)
    assert not verify_consistency(new, ROOTS[new], old, ROOTS[old], proof)
    assert not verify_consistency(old, ROOTS[old], new, ROOTS[new], ())
    assert not verify_consistency(old, ROOTS[old], new, ROOTS[new], (*proof, forked))
    for place in range(len(proof)):
        changed = (*proof[:place], node_hash(proof[place], forked), *proof[place + 1 :])
        assert not verify_consistency(old, ROOTS[old], new, ROOTS[new], changed)


def test_a_size_is_not_told_larger(kept):
    """The same leaf, place, proof and root in a tree that is said to have more leaves."""
    for size in (1, 2, 4, 8, 64):
        proof, leaf = inclusion(0, size, kept), leaf_hash(DATA[0])
        assert verify_inclusion(leaf, 0, size, proof, ROOTS[size])
        for larger in (2 * size, 2 * size + 1, 4 * size):
            assert not verify_inclusion(leaf, 0, larger, proof, ROOTS[size])
    for old, new in [(1, 2), (2, 4), (3, 4), (4, 8), (6, 8)]:
        proof = consistency(old, new, kept)
        assert not verify_consistency(old, ROOTS[old], 2 * new, ROOTS[new], proof)


def test_what_does_not_fit_is_refused(kept):
    with pytest.raises(ValueError, match="32 bytes"):
        append((), 0, b"data, not its hash")
    with pytest.raises(ValueError, match="each bit"):
        append((), 1, leaf_hash(b""))
    with pytest.raises(ValueError, match="each bit"):
        root((), 1)
    with pytest.raises(ValueError, match="outside"):
        inclusion(5, 5, kept)
    with pytest.raises(ValueError, match="only grows"):
        consistency(6, 5, kept)
