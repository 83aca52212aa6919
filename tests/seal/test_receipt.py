"""Receipts of decisions, and proofs that the log only grew."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from tests.seal.authority import Papers

from xenotime.core.errors import SealError
from xenotime.seal import checkpoint, merkle, receipt

PAPERS = Papers()
OLD = PAPERS.log(6)
PAPERS.log(5)
TRUST = PAPERS.trust()


def test_round_trip():
    found = receipt.check(PAPERS.receipt(7), TRUST)
    assert (found.index, found.event.subject, found.checkpoint.size) == (7, "V-7", 11)
    assert found.body == {"id": "V-7", "answer": "allow"}


def test_every_place():
    assert [receipt.check(PAPERS.receipt(n), TRUST).index for n in range(11)] == list(range(11))


def test_without_the_decision():
    assert receipt.check(PAPERS.receipt(7, None), TRUST).body is None


def test_another_decision():
    with pytest.raises(SealError, match="does not show"):
        receipt.check(PAPERS.receipt(7, {"id": "V-7", "answer": "refuse"}), TRUST)


def test_one_flipped_byte_anywhere_fails_or_says_the_same():
    """Blanks of the JSON apart, which say nothing, every byte counts."""
    data, good = bytearray(PAPERS.receipt(7)), receipt.check(PAPERS.receipt(7), TRUST)
    for place in range(len(data)):
        bit = 1 << place % 7
        data[place] ^= bit
        with suppress(SealError):
            assert receipt.check(bytes(data), TRUST) == good
        data[place] ^= bit


GOOD = json.loads(PAPERS.receipt(7))


@pytest.mark.parametrize(
    "changed",
    [
        {"index": 6},
        {"index": "7"},
        {"index": 7.0},
        {"leaf": json.loads(PAPERS.receipt(6))["leaf"]},
        {"leaf": GOOD["leaf"].replace("allow", "refuse") + " "},
        {"leaf": ""},
        {"proof": []},
        {"proof": GOOD["proof"][:-1]},
        {"proof": GOOD["proof"][::-1]},
        {"proof": [step.upper() for step in GOOD["proof"]]},
        {"proof": [f" {step}" for step in GOOD["proof"]]},
        {"proof": ["xx"]},
        {"proof": ["00" * 32] * 65},
        {"proof": "00"},
        {"checkpoint": OLD},
        {"checkpoint": 7},
        {"checkpoint": ""},
        {"type": "xenotime-growth"},
        {"more": 1},
        {"decision": 7},
    ],
    ids=lambda c: next(iter(c)),
)
def test_a_changed_receipt(changed):
    with pytest.raises(SealError):
        receipt.check(json.dumps(GOOD | changed).encode(), TRUST)


def test_a_foreign_checkpoint():
    with pytest.raises(SealError):
        receipt.check(PAPERS.receipt(7), Papers("did:web:elsewhere.example").trust())


def growth(old, new=None):
    size = new or len(PAPERS.leaves)
    return receipt.growth(old, merkle.consistency(old, size, PAPERS.node), PAPERS.checkpoint())


def test_it_grew():
    held = checkpoint.read(OLD, TRUST)
    assert receipt.beginning(growth(6)) == 6
    assert receipt.grew(growth(6), TRUST, held).size == 11


def test_it_did_not_grow_from_another():
    held = checkpoint.read(OLD, TRUST)
    other = checkpoint.read(PAPERS.checkpoint([*PAPERS.leaves[:5], PAPERS.leaves[6]]), TRUST)
    for data, old in [(growth(5), held), (growth(6), other)]:
        with pytest.raises(SealError):
            receipt.grew(data, TRUST, old)


@pytest.mark.parametrize(
    "changed", [{"old": 5}, {"old": "6"}, {"proof": []}, {"checkpoint": OLD}, {"leaf": ""}]
)
def test_a_changed_proof(changed):
    data = json.dumps(json.loads(growth(6)) | changed).encode()
    with pytest.raises(SealError):
        receipt.grew(data, TRUST, checkpoint.read(OLD, TRUST))


def test_beginning_is_a_number():
    with pytest.raises(SealError):
        receipt.beginning(json.dumps(json.loads(growth(6)) | {"old": "6"}).encode())
