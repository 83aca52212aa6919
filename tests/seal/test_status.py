"""Status lists, at the edges."""

from __future__ import annotations

import gzip
import zlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.seal.authority import DAY, DID, NOW, URL, Papers

from xenotime.core.errors import SealError
from xenotime.seal import status
from xenotime.seal.credential import CONTEXT, issue
from xenotime.seal.strict import encoded

PAPERS = Papers()
TRUST = PAPERS.trust()


def refuse(call, *args):
    with pytest.raises(SealError):
        call(*args)


def test_at_least_131072_places():
    assert status.SIZE == 131_072
    assert len(status.fresh()) * 8 == 131_072
    assert not any(status.fresh())
    for size in (131_064, 131_073, 0, -8, status.LARGEST + 8):
        refuse(status.fresh, size)


@pytest.mark.parametrize(("index", "place", "byte"), [(0, 0, 128), (7, 0, 1), (8, 1, 128), (131_071, -1, 1)])
def test_place_0_is_the_leftmost_bit(index, place, byte):
    bits = status.put(status.fresh(), index, truth=True)
    assert bits[place] == byte
    assert sum(bits) == byte
    assert status.put(bits, index, truth=False) == status.fresh()


@pytest.mark.parametrize("index", [-1, 131_072, 10**12])
def test_outside_the_list(index):
    refuse(status.value, status.fresh(), index)
    refuse(lambda: status.put(status.fresh(), index, truth=True))


@given(st.sets(st.integers(0, 131_071), max_size=20))
def test_round_trip(places):
    bits = status.fresh()
    for place in places:
        bits = status.put(bits, place, truth=True)
    back = status.decode(status.encode(bits))
    assert back == bits
    assert {p for p in (*places, 0, 131_071) if status.value(back, p)} == places


def test_the_empty_list_of_the_standard():
    """Any gzip of the same bits is read: this one is the example list of the recommendation, all zero."""
    example = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert status.decode(example) == status.fresh()


def packed(data):
    return "u" + encoded(gzip.compress(data, mtime=0))


def test_a_bomb_is_not_unpacked():
    text = packed(bytes(300_000_000))
    assert len(text) < 400_000
    with pytest.raises(SealError, match="at most 4194304 places"):
        status.decode(text)
    assert len(status.decode(packed(bytes(status.LARGEST // 8)))) * 8 == status.LARGEST
    refuse(status.decode, packed(bytes(status.LARGEST // 8 + 1)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "u",
        "z" + status.encode(status.fresh())[1:],
        status.encode(status.fresh())[1:],
        status.encode(status.fresh()) + "=",
        "u" + encoded(gzip.compress(status.fresh())[:-4]),
        "u" + encoded(gzip.compress(status.fresh()) + b"x"),
        "u" + encoded(gzip.compress(bytes(8192)) + gzip.compress(bytes(8192))),
        "u" + encoded(zlib.compress(status.fresh())),
        "u" + encoded(status.fresh()),
        packed(bytes(16_383)),
    ],
)
def test_another_encoding(text):
    refuse(status.decode, text)


def test_a_version_is_read_back():
    text = PAPERS.list("suspension", NOW, set_=(5,))
    found = status.read(text, TRUST)
    assert (found.purpose, found.address) == ("suspension", f"{URL}/status/suspension")
    assert (found.valid_from, found.valid_until, found.ttl) == (NOW, NOW + 7 * DAY, 7 * 86_400_000)
    assert [found.value(5), found.value(6), found.kid] == [True, False, f"{DID}#status-1"]


def test_ttl_is_never_longer_than_its_life():
    assert status.read(PAPERS.list(ttl=10**12), TRUST).ttl == 7 * 86_400_000
    assert status.read(PAPERS.list(ttl=1000), TRUST).ttl == 1000


def test_unknown_purpose():
    refuse(PAPERS.list, "message")


def test_signed_by_the_key_for_certificates():
    refuse(status.read, PAPERS.list(signer="credential"), TRUST)


def test_signed_by_another_authority():
    other = Papers("did:web:elsewhere.example")
    refuse(status.read, other.list(address=f"{URL}/status/revocation"), TRUST)


def claims(**changed):
    return {
        "@context": [CONTEXT],
        "id": f"{URL}/status/revocation",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": DID,
        "iat": int(NOW.timestamp()),
        "validFrom": "2026-11-22T12:00:00Z",
        "validUntil": "2026-11-29T12:00:00Z",
        "credentialSubject": {
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "ttl": 1000,
            "encodedList": status.encode(status.fresh()),
            **changed,
        },
    }


def test_claims_as_they_should_be():
    assert status.read(issue(claims(), PAPERS.signer("status")), TRUST).ttl == 1000


@pytest.mark.parametrize(
    "changed",
    [
        {"type": "StatusList2021"},
        {"statusPurpose": "message"},
        {"statusPurpose": ["revocation", "suspension"]},
        {"statusPurpose": None},
        {"ttl": "1000"},
        {"ttl": -1},
        {"ttl": True},
        {"encodedList": 7},
        {"encodedList": packed(bytes(10))},
    ],
    ids=lambda c: next(iter(c)),
)
def test_claims(changed):
    refuse(status.read, issue(claims(**changed), PAPERS.signer("status")), TRUST)


def test_oversized():
    refuse(status.read, issue(claims(pad="x" * 1_100_000), PAPERS.signer("status")), TRUST)


def test_equal_lists_are_equal_texts():
    assert status.encode(status.fresh()) == status.encode(status.fresh())
    assert PAPERS.list(at=NOW) == PAPERS.list(at=NOW)
    assert PAPERS.list(at=NOW) != PAPERS.list(at=NOW + timedelta(seconds=1))
