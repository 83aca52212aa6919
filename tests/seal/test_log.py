"""The log under attack, found by who holds an older checkpoint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.seal.authority import Papers

from xenotime.core.errors import SealError
from xenotime.seal import checkpoint, log
from xenotime.seal.event import decode, encode

PAPERS = Papers()
OLD = checkpoint.read(PAPERS.log(9), PAPERS.trust())
NEW = checkpoint.read(PAPERS.log(8), PAPERS.trust())
LEAVES = tuple(PAPERS.leaves)


def renumbered(leaves):
    """The leaves as a forger would write them: each with the index of its new place."""
    return [encode(decode(leaf)[1], place) for place, leaf in enumerate(leaves)]


def edited(leaf):
    return leaf.replace(b'"organisation":"O-1"', b'"organisation":"O-2"')


def without(place):
    return [leaf for n, leaf in enumerate(LEAVES) if n != place]


def swapped(one, other):
    leaves = list(LEAVES)
    leaves[one], leaves[other] = leaves[other], leaves[one]
    return leaves


def found(leaves, held=(OLD,)):
    """The kinds of trouble that the held checkpoints show."""
    return [t.kind for t in log.audit(leaves, held)[1]]


def test_an_untouched_log_agrees():
    assert log.audit(LEAVES, [OLD, NEW]) == (17, ())


def test_it_may_have_grown_since():
    assert log.audit(LEAVES, [OLD]) == (17, ())


def test_delete():
    assert found(without(3)) == ["leaf"]
    assert found(renumbered(without(3))) == ["fork"]


def test_delete_at_the_beginning():
    assert found(renumbered(without(0))) == ["fork"]


def test_edit():
    leaves = [*LEAVES[:4], edited(LEAVES[4]), *LEAVES[5:]]
    assert leaves[4] != LEAVES[4]
    assert found(leaves) == ["fork"]


def test_reorder():
    assert found(swapped(2, 3)) == ["leaf"]
    assert found(renumbered(swapped(2, 3))) == ["fork"]


def test_insert():
    leaves = [*LEAVES[:5], edited(LEAVES[4]), *LEAVES[5:]]
    assert found(leaves) == ["leaf"]
    assert found(renumbered(leaves)) == ["fork"]


def test_cut_tail():
    assert found(LEAVES[:8]) == ["cut"]
    assert found(LEAVES[:8], (OLD, NEW)) == ["cut", "cut"]
    assert found([]) == ["cut"]


def test_cut_tail_after_the_held_checkpoint_shows_only_in_a_newer_one():
    assert found(LEAVES[:10], (OLD,)) == []
    assert found(LEAVES[:10], (OLD, NEW)) == ["cut"]


def test_fork():
    """Two signed checkpoints of one size over different logs."""
    other = checkpoint.read(PAPERS.checkpoint([*LEAVES[:8], edited(LEAVES[8])]), PAPERS.trust())
    assert found(LEAVES, (OLD, other)) == ["fork", "fork"]
    assert found([*LEAVES[:8], edited(LEAVES[8])], (OLD,)) == ["fork"]


def test_rewritten_and_signed_anew():
    """Even who holds the log's key cannot pass by an older checkpoint."""
    leaves = [*LEAVES[:4], edited(LEAVES[4]), *LEAVES[5:]]
    signed = checkpoint.read(PAPERS.checkpoint(leaves), PAPERS.trust())
    assert found(leaves, (signed,)) == []
    assert found(leaves, (signed, OLD)) == ["fork"]


@given(st.data())
def test_any_other_log_is_found(data):
    place = data.draw(st.integers(0, 8))
    act = data.draw(st.sampled_from(["delete", "edit", "swap", "repeat"]))
    leaves = list(LEAVES)
    if act == "delete":
        del leaves[place]
    elif act == "edit":
        leaves[place] = edited(leaves[place])
    elif act == "swap":
        leaves[place], leaves[place + 1] = leaves[place + 1], leaves[place]
    else:
        leaves.insert(place, leaves[place])
    assert found(renumbered(leaves), (OLD, NEW))[-1] == ("cut" if act == "delete" else "fork")


def test_file_round_trip():
    rows = log.lines(log.Head("authority.example/log", NEW.text), LEAVES)
    head, leaves = log.opened(iter(list(rows)))
    assert head == log.Head("authority.example/log", NEW.text)
    assert tuple(leaves) == LEAVES


@pytest.mark.parametrize(
    "first", [b"", b"\n", b"{}\n", b"[]\n", b'{"checkpoint":"","origin":"","type":"x"}\n', b"x"]
)
def test_no_log(first):
    with pytest.raises(SealError):
        log.opened(iter([first, *LEAVES]))


def test_an_empty_log():
    assert log.roots([], [0])[0] == 0
    empty = checkpoint.read(PAPERS.checkpoint([]), PAPERS.trust())
    assert log.audit([], [empty]) == (0, ())
    assert log.audit(LEAVES, [empty]) == (17, ())


def test_a_leaf_that_is_too_long():
    assert found([*LEAVES[:2], b" " * 70_000, *LEAVES[2:]]) == ["leaf"]
