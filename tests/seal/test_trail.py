"""Receipts, growth proofs, checkpoints and logs, verified from the evidence at hand."""

from __future__ import annotations

import pytest
from tests.seal.authority import Papers

from xenotime.seal import log, merkle, receipt, trail
from xenotime.seal.finding import FORGED, UNSHOWN, VALID

PAPERS = Papers()
OLD = PAPERS.log(6)
NEW = PAPERS.log(5)
FORKED = PAPERS.checkpoint([*PAPERS.leaves[:5], PAPERS.leaves[6]])


def basis(*held):
    return PAPERS.basis(held=[(f"held-{n}", text) for n, text in enumerate(held)])


def growth(old=6):
    size = len(PAPERS.leaves)
    return receipt.growth(old, merkle.consistency(old, size, PAPERS.node), PAPERS.checkpoint())


def rows(leaves=None, top=NEW):
    return iter(list(log.lines(log.Head("authority.example/log", top), leaves or PAPERS.leaves)))


def test_a_receipt():
    found = trail.proof(PAPERS.receipt(3), basis())
    assert (found.answer, found.id) == (VALID, "V-3")
    assert dict(found.facts) == {
        "event": "verdict.noted",
        "of": "V-3",
        "at": "2026-11-22T12:00:03Z",
        "leaf": "3 of 11",
        "id": "V-3",
        "answer": "allow",
    }
    assert found.open == (trail.ALONE, "who signed: this is a test key, which everybody can make")


def test_a_receipt_beside_a_held_checkpoint():
    assert trail.proof(PAPERS.receipt(3), basis(NEW)).open[0].startswith("who signed")
    assert "of 6 leaves grew to that of 11" in trail.proof(PAPERS.receipt(3), basis(OLD)).open[0]


def test_a_receipt_without_its_decision():
    assert "the decision itself" in trail.proof(PAPERS.receipt(3, None), basis(NEW)).open[0]


def test_a_receipt_of_a_fork():
    other = Papers()
    other.log(10)
    other.log(1, "changed")
    assert trail.proof(other.receipt(3), basis()).answer == VALID
    found = trail.proof(other.receipt(3), basis(NEW))
    assert (found.answer, found.says[0]) == (FORGED, "the log was forked")


def test_a_checkpoint():
    found = trail.head(NEW, basis(OLD))
    assert (found.answer, dict(found.facts)["leaves"]) == (VALID, "11")
    assert [e.what for e in found.used[1:]] == ["11 leaves", "6 leaves"]
    assert trail.head(OLD, basis(FORKED)).answer == FORGED
    assert trail.head(NEW.replace("11", "12"), basis()).answer == FORGED


def test_growth():
    assert trail.growth(growth(), basis(OLD)).answer == VALID
    assert trail.growth(growth(), basis()).answer == UNSHOWN
    assert trail.growth(growth(), basis(NEW)).answer == UNSHOWN
    assert trail.growth(growth(), basis(FORKED)).answer == FORGED
    assert trail.growth(b"{}", basis(OLD)).answer == FORGED


def test_a_log():
    found = trail.history(rows(), basis(OLD))
    assert (found.answer, found.facts) == (VALID, (("leaves", "11"),))


@pytest.mark.parametrize(
    ("leaves", "kind"),
    [
        ([*PAPERS.leaves[:3], *PAPERS.leaves[4:]], "leaf"),
        (PAPERS.leaves[:-1], "cut"),
        ([*PAPERS.leaves[:3], PAPERS.leaves[3].replace(b"O-1", b"O-2"), *PAPERS.leaves[4:]], "fork"),
    ],
)
def test_a_changed_log(leaves, kind):
    found = trail.history(rows(leaves), basis(OLD))
    assert found.answer == FORGED
    assert found.says[0].startswith(f"{kind}: ")


def test_a_log_signed_anew_beside_an_older_checkpoint():
    leaves = [PAPERS.leaves[0].replace(b"O-1", b"O-2"), *PAPERS.leaves[1:]]
    anew = PAPERS.checkpoint(leaves)
    assert trail.history(rows(leaves, anew), basis()).answer == VALID
    assert trail.history(rows(leaves, anew), basis(OLD)).answer == FORGED


def test_leaves_after_the_checkpoint_are_not_covered():
    assert "5 leaves after the checkpoint" in trail.history(rows(top=OLD), basis()).open


def test_no_log():
    assert trail.history(iter([b"{}\n"]), basis()).answer == FORGED


def test_a_held_paper_that_is_no_checkpoint_is_not_passed_over():
    assert trail.proof(PAPERS.receipt(3), basis("x")).answer == FORGED
    assert trail.history(rows(), basis("x")).answer == FORGED
