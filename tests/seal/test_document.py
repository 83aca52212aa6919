"""did:web documents."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.seal.authority import DID, NOW, Papers

from xenotime.core.errors import SealError
from xenotime.seal import document


@pytest.fixture
def plain(papers):
    return json.loads(papers.document())


def refuse(plain, did=""):
    with pytest.raises(SealError):
        document.read(json.dumps(plain).encode(), did)


def test_round_trip(papers):
    found = document.read(papers.document(), DID)
    assert document.compose(DID, list(found.keys.values())) == json.loads(papers.document())
    assert {k.purpose for k in found.keys.values()} == set(document.PURPOSES)


def test_test_keys_are_marked(papers):
    assert [k.test for k in papers.trust().keys.values()] == [True] * 4


def test_only_two_purposes_assert(plain):
    assert plain["assertionMethod"] == [f"{DID}#credential-1", f"{DID}#status-1"]


def test_retired_keys_stay(papers):
    papers.keys.rotate("status", NOW)
    found = papers.trust()
    assert found.key(f"{DID}#status-1", "status").retired == NOW + timedelta(days=1)
    assert found.key(f"{DID}#status-2", "status").retired is None


def test_purpose_is_asked(papers):
    with pytest.raises(SealError, match="must not sign"):
        papers.trust().key(f"{DID}#status-1", "credential")
    with pytest.raises(SealError, match="not one of"):
        papers.trust().key(f"{DID}#credential-9", "credential")


def test_another_authority(papers, plain):
    with pytest.raises(SealError):
        document.read(papers.document(), "did:web:elsewhere.example")
    refuse(plain | {"id": "did:web:elsewhere.example"})
    refuse(plain | {"id": "did:key:z6Mk"})


def test_a_key_under_another_controller(plain):
    plain["verificationMethod"][0]["controller"] = "did:web:elsewhere.example"
    refuse(plain)


def test_one_key_for_two_purposes(plain):
    first, second = plain["verificationMethod"][:2]
    second["publicKeyJwk"] = first["publicKeyJwk"]
    refuse(plain)


def test_a_key_named_twice(plain):
    plain["verificationMethod"].append(plain["verificationMethod"][0])
    refuse(plain)


@pytest.mark.parametrize(
    "change",
    [
        {"publicKeyJwk": {"kty": "RSA"}},
        {"publicKeyJwk": {"kty": "OKP", "crv": "X25519"}},
        {"publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA"}},
        {"publicKeyJwk": None},
        {"purpose": "everything"},
        {"id": 7},
    ],
)
def test_what_is_no_key_of_ours_is_left_out(plain, change):
    plain["verificationMethod"][0].update(change)
    found = document.read(json.dumps(plain).encode())
    assert f"{DID}#credential-1" not in found.keys
    assert len(found.keys) == 3


def test_a_credential_key_that_may_not_assert_is_left_out(plain):
    plain["assertionMethod"] = []
    assert {k.purpose for k in document.read(json.dumps(plain).encode()).keys.values()} == {"log", "seal"}


@pytest.mark.parametrize("change", [{"created": "soon"}, {"created": "2026-01-01T00:00:00"}, {"retired": 7}])
def test_days(plain, change):
    plain["verificationMethod"][0].update(change)
    refuse(plain)


@pytest.mark.parametrize("data", [b"[]", b"{}", b'{"id":"did:web:authority.example"}', b"x" * 300_000])
def test_broken(data):
    with pytest.raises(SealError):
        document.read(data)


@pytest.mark.parametrize(
    "did",
    ["did:web:", "did:web:a/b", "did:web:A.example", "did:web:a%2Fb", "did:web:a.example:..%2f", "did:key:z"],
)
def test_no_did_web(did):
    with pytest.raises(SealError):
        document.address(did)


def test_dids_and_addresses():
    for url in ("http://localhost:8080", "https://authority.example", "https://authority.example/programme"):
        assert document.address(document.named(url)).replace("/.well-known", "") == (
            url.replace("http:", "https:") + "/did.json"
        )


def test_no_signature_no_wrong_length(papers):
    key = papers.trust().keys[f"{DID}#log-1"]
    good = Papers().signer("log").sign(b"x")
    assert [key.verifies(good, b"x"), key.verifies(good, b"y"), key.verifies(b"", b"x")] == [
        True,
        False,
        False,
    ]
