"""Certificates as credentials: round trip, shape, one flipped byte."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from tests.seal.authority import DID, STATED, URL, Papers

from xenotime.core.errors import SealError
from xenotime.seal import statement
from xenotime.seal.credential import LIST, Entry, check, instant

PAPERS = Papers()
TRUST = PAPERS.trust()
TEXT = PAPERS.certificate()


def test_round_trip():
    found = check(TEXT, TRUST)
    assert found.claims == statement.claims(STATED)
    assert found.id == f"{URL}/register/XC-2026-0001#1"
    assert (found.issuer, found.key.kid) == (DID, f"{DID}#credential-1")
    assert found.valid_from == datetime(2026, 11, 1, tzinfo=UTC)
    assert found.valid_until == datetime(2028, 10, 31, 23, 59, 59, tzinfo=UTC)
    assert found.signed == STATED.issued.replace(microsecond=0)
    assert found.entries == (
        Entry("revocation", 0, f"{URL}/status/revocation"),
        Entry("suspension", 131_071, f"{URL}/status/suspension"),
    )


def test_an_independent_library_reads_it():
    public = Ed25519PublicKey.from_public_bytes(PAPERS.signer("credential").key.public)
    found = jwt.decode(TEXT, public, algorithms=["EdDSA"], options={"verify_iat": False})
    assert found == statement.claims(STATED)


def test_an_invented_authority_says_so():
    assert check(TEXT, TRUST).claims["notice"] == statement.NOTICE
    assert "no document of any government" in statement.NOTICE
    assert check(TEXT, TRUST).claims["noticeZh"] == statement.NOTICE_ZH
    assert "notice" not in check(PAPERS.certificate(invented=False), TRUST).claims


@pytest.mark.parametrize("step", range(7))
def test_one_flipped_byte_anywhere_fails(step):
    """Every place of the text (a seventh of them in each run), one bit turned."""
    data = bytearray(TEXT.encode())
    for place in range(step, len(data), 7):
        bit = 1 << place % 8
        data[place] ^= bit
        with pytest.raises(SealError):
            check(data.decode("latin-1"), TRUST)
        data[place] ^= bit


@given(st.data())
def test_several_flipped_bytes_fail(data):
    text = bytearray(TEXT.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text) - 1))
        text[place] = data.draw(st.integers(0, 255))
    if bytes(text) != TEXT.encode():
        with pytest.raises(SealError):
            check(text.decode("latin-1"), TRUST)


def test_the_whole_is_readable_by_anybody():
    body = TEXT.split(".")[1]
    claims = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    assert claims["credentialSubject"]["yearlyGrams"] == {"Dy": 40_000, "Tb": 9_000}


ENTRY = statement.claims(STATED)["credentialStatus"][0]


@pytest.mark.parametrize(
    "changed",
    [
        {"@context": None},
        {"@context": []},
        {"@context": "https://www.w3.org/ns/credentials/v2"},
        {"@context": ["https://www.w3.org/2018/credentials/v1"]},
        {"@context": [{}, "https://www.w3.org/ns/credentials/v2"]},
        {"type": None},
        {"type": "VerifiableCredential"},
        {"type": ["VerifiableCredential"]},
        {"type": ["VerifiableCredential", "BitstringStatusListCredential"]},
        {"type": ["VerifiableCredential", "EndUserCertificate", "BitstringStatusListCredential"]},
        {"issuer": None},
        {"issuer": "did:web:elsewhere.example"},
        {"issuer": {"id": "did:web:elsewhere.example"}},
        {"issuer": {"name": "Authority"}},
        {"id": None},
        {"id": 7},
        {"credentialSubject": None},
        {"credentialSubject": [{}]},
        {"validFrom": None},
        {"validUntil": None},
        {"validFrom": "2026-11-01"},
        {"validFrom": "2026-11-01T00:00:00"},
        {"validFrom": "2026-13-01T00:00:00Z"},
        {"validFrom": 7},
        {"validUntil": "2026-10-01T00:00:00Z"},
        {"vc": {}},
        {"exp": 1},
        {"nbf": 1},
        {"credentialStatus": 7},
        {"credentialStatus": [ENTRY, ENTRY]},
        {"credentialStatus": {**ENTRY, "type": "StatusList2021Entry"}},
        {"credentialStatus": {**ENTRY, "statusListIndex": 7}},
        {"credentialStatus": {**ENTRY, "statusListIndex": "07"}},
        {"credentialStatus": {**ENTRY, "statusListIndex": "-1"}},
        {"credentialStatus": {**ENTRY, "statusListIndex": "99999999999"}},
        {"credentialStatus": {**ENTRY, "statusListIndex": "٣"}},
        {"credentialStatus": {**ENTRY, "statusPurpose": None}},
        {"credentialStatus": {**ENTRY, "statusListCredential": 7}},
    ],
    ids=str,
)
def test_shape(changed):
    with pytest.raises(SealError):
        check(PAPERS.sealed(**changed), TRUST)


def test_a_status_key_verifies_no_certificate():
    with pytest.raises(SealError, match="must not sign"):
        check(PAPERS.sealed("status"), TRUST)


def test_a_certificate_is_no_status_list():
    with pytest.raises(SealError):
        check(TEXT, TRUST, LIST)
    with pytest.raises(SealError):
        check(PAPERS.list(), TRUST)


def test_a_foreign_certificate():
    with pytest.raises(SealError):
        check(Papers("did:web:elsewhere.example").certificate(), TRUST)


def test_old_certificates_go_on_verifying_after_rotations():
    papers = Papers()
    texts = [papers.certificate()]
    for year in (2027, 2028):
        at = datetime(year, 1, 1, tzinfo=UTC)
        papers.keys.rotate("credential", at)
        texts.append(papers.certificate(issued=at))
    kids = [check(text, papers.trust()).key.kid for text in texts]
    assert kids == [f"{DID}#credential-{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize("text", ["", "a", "a.b", "a.b.c.d", "{}", "a.b.c" * 20_000])
def test_nothing_like_it(text):
    with pytest.raises(SealError):
        check(text, TRUST)


def test_instants():
    assert instant("2026-11-22T08:00:00.5+08:00") == datetime(2026, 11, 22, 0, 0, 0, 500_000, UTC)
    with pytest.raises(SealError):
        instant("0001-01-01T00:00:00+23:00")
