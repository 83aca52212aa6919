"""Signed notes."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tests.seal.authority import NOW, Papers

from xenotime.core.errors import SealError
from xenotime.seal import checkpoint
from xenotime.seal.checkpoint import cosign, read, write


@pytest.fixture
def note(papers):
    return papers.log(5)


def refuse(text, trust, witnesses=None):
    with pytest.raises(SealError):
        read(text, trust, witnesses)


def test_round_trip(papers, note):
    found = read(note, papers.trust())
    assert (found.origin, found.size, found.kid) == (
        "authority.example/log",
        5,
        "did:web:authority.example#log-1",
    )
    assert (found.root, found.witnesses, found.text) == (checkpoint_root(note), {}, note)


def checkpoint_root(note):
    return b64decode(note.split("\n")[2])


def test_the_note_is_as_the_standard_writes_it(papers, note):
    """Verified here by hand: three lines, an empty one, name, key hash and Ed25519 signature."""
    body, line = note.split("\n\n")
    public = papers.signer("log").key.public
    dash, name, data = line.rstrip("\n").split(" ")
    raw = b64decode(data)
    assert (dash, name) == ("—", "authority.example/log")
    assert raw[:4] == sha256(b"authority.example/log\n\x01" + public).digest()[:4]
    Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], body.encode() + b"\n")


def test_one_flipped_byte_anywhere_fails(papers, note):
    data, trust = bytearray(note.encode()), papers.trust()
    for place in range(len(data)):
        for bit in range(8):
            data[place] ^= 1 << bit
            refuse(data.decode("utf-8", "replace"), trust)
            data[place] ^= 1 << bit


def test_unknown_signatures_are_passed_over(papers, note):
    line = "— elsewhere.example/log " + b64encode(b"1234" + bytes(64)).decode() + "\n"
    body, own = note.split("\n\n")
    assert read(f"{body}\n\n{line}{own}", papers.trust()).size == 5
    refuse(f"{body}\n\n{line}", papers.trust())


def test_a_known_mark_with_a_wrong_signature_is_not_passed_over(papers, note):
    name, public = "authority.example/log", papers.signer("log").key.public
    mark = sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    for signature in (bytes(64), bytes(63)):
        refuse(note + f"— {name} {b64encode(mark + signature).decode()}\n", papers.trust())


def test_another_key_of_the_authority(papers):
    for purpose in ("credential", "status", "seal"):
        pair = papers.signer(purpose)
        refuse(write("authority.example/log", 0, bytes(32), pair, pair.key.public), papers.trust())


def test_another_log(papers):
    pair = papers.signer("log")
    refuse(write("elsewhere.example/log", 0, bytes(32), pair, pair.key.public), papers.trust())


def test_a_rotated_key_goes_on_verifying(papers, note):
    papers.keys.rotate("log", NOW)
    assert read(note, papers.trust()).kid.endswith("#log-1")
    assert read(papers.checkpoint(), papers.trust()).kid.endswith("#log-2")


@pytest.mark.parametrize(
    "body",
    [
        "authority.example/log\n5\n",
        "authority.example/log\n05\n{root}\n",
        "authority.example/log\n-1\n{root}\n",
        "authority.example/log\n٣\n{root}\n",
        "authority.example/log\n5\nAAAA\n",
        "authority.example/log\n5\n{root}\nmore\n",
        "authority.example/log\n5\n{root}\n\n",
        "\n5\n{root}\n",
        "authority.example/log\r\n5\n{root}\n",
    ],
)
def test_body(papers, body):
    pair = papers.signer("log")
    text = body.format(root=b64encode(bytes(32)).decode())
    name = "authority.example/log"
    mark = sha256(name.encode() + b"\n\x01" + pair.key.public).digest()[:4]
    line = f"— {name} {b64encode(mark + pair.sign(text.encode())).decode()}\n"
    refuse(f"{text}\n{line}", papers.trust())


@pytest.mark.parametrize(
    "text", ["", "\n", "\n\n", "a\n\n— b c", "a\n\n— b AAAA\n", "x" * 20_000 + "\n\n— b c\n"]
)
def test_no_note(papers, text):
    refuse(text, papers.trust())


def test_too_many_signatures(papers, note):
    line = "— w.example " + b64encode(b"1234" + bytes(64)).decode() + "\n"
    assert read(note + line * 15, papers.trust()).size == 5
    refuse(note + line * 16, papers.trust())


def test_witnesses(papers, note):
    pair = Papers("did:web:witness.example").signer("log")
    known = {"witness.example": pair.key.public}
    seen = cosign(note, "witness.example", pair, pair.key.public, NOW)
    assert read(seen, papers.trust(), known).witnesses == {"witness.example": NOW}
    assert read(seen, papers.trust()).witnesses == {}
    refuse(seen.replace("\n5\n", "\n6\n"), papers.trust(), known)
    own, line = seen.rsplit("— ", 1)
    raw = bytearray(b64decode(line.split(" ")[1]))
    raw[11] ^= 1  # the second it was seen in
    refuse(f"{own}— witness.example {b64encode(raw).decode()}\n", papers.trust(), known)


def test_owner_of_a_note(note):
    assert checkpoint.owner(note) == "did:web:authority.example"
