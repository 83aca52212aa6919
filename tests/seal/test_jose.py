"""The JOSE suite under attack, and beside an independent library."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from tests.seal.authority import NOW, Papers

from xenotime.core.errors import SealError
from xenotime.seal import jose
from xenotime.seal.strict import encoded
from xenotime.stores.keys import TestKeys

CLAIMS = {"iat": int(NOW.timestamp()), "word": "稀土", "n": 7}
PAPERS = Papers()
TRUST = PAPERS.trust()
MOST = 10_000


def unseal(text, purpose="credential"):
    return jose.unseal(text, TRUST, purpose, MOST)


def signed(header, claims=CLAIMS, purpose="credential", payload=None):
    """A compact JWS with any header and payload, signed by one of the authority's keys."""
    pair = PAPERS.signer(purpose)
    whole = {"alg": "EdDSA", "cty": "vc", "kid": pair.kid(), "typ": "vc+jwt", **header}
    head = json.dumps({k: v for k, v in whole.items() if v is not None}).encode()
    body = payload if payload is not None else json.dumps(claims).encode()
    text = f"{encoded(head)}.{encoded(body)}"
    return f"{text}.{encoded(pair.sign(text.encode()))}"


def test_round_trip():
    found = unseal(jose.seal(CLAIMS, PAPERS.signer("credential")))
    assert (found.claims, found.signed, found.key.kid) == (CLAIMS, NOW, PAPERS.signer("credential").kid())


def test_an_independent_library_reads_ours():
    pair = PAPERS.signer("credential")
    public = Ed25519PublicKey.from_public_bytes(pair.key.public)
    text = jose.seal(CLAIMS, pair)
    options = {"verify_iat": False}
    assert jwt.decode(text, public, algorithms=["EdDSA"], options=options) == CLAIMS
    assert jwt.get_unverified_header(text) == {
        "alg": "EdDSA",
        "cty": "vc",
        "kid": pair.kid(),
        "typ": "vc+jwt",
    }


def test_we_read_an_independent_library():
    pair = PAPERS.signer("credential")
    private = Ed25519PrivateKey.from_private_bytes(pair.private)
    headers = {"typ": "vc+jwt", "cty": "vc", "kid": pair.kid()}
    assert unseal(jwt.encode(CLAIMS, private, "EdDSA", headers=headers)).claims == CLAIMS


def refuse(text, purpose="credential"):
    with pytest.raises(SealError):
        unseal(text, purpose)


TEXT = jose.seal(CLAIMS, PAPERS.signer("credential"))


@pytest.mark.parametrize("place", range(len(TEXT)))
def test_one_flipped_byte_anywhere_fails(place):
    data = bytearray(TEXT.encode())
    for bit in range(8):
        data[place] ^= 1 << bit
        refuse(data.decode("latin-1"))
        data[place] ^= 1 << bit
    other = "A" if TEXT[place] != "A" else "B"
    refuse(TEXT[:place] + other + TEXT[place + 1 :])
    refuse(TEXT[:place] + TEXT[place + 1 :])
    refuse(TEXT[:place] + "A" + TEXT[place:])


@given(st.text(max_size=60))
def test_no_text_of_anybody_else_is_trusted(text):
    refuse(text)


def test_none():
    for alg in ("none", "None", "NONE", "nOnE", ""):
        refuse(signed({"alg": alg}))
        refuse(signed({"alg": alg}).rpartition(".")[0] + ".")


def test_key_confusion():
    """The public key, used as if it were a shared secret."""
    pair = PAPERS.signer("credential")
    for secret in (pair.key.public, encoded(pair.key.public).encode(), PAPERS.document()):
        head = {"alg": "HS256", "cty": "vc", "kid": pair.kid(), "typ": "vc+jwt"}
        text = f"{encoded(json.dumps(head).encode())}.{encoded(json.dumps(CLAIMS).encode())}"
        refuse(f"{text}.{encoded(hmac.digest(secret, text.encode(), 'sha256'))}")


@pytest.mark.parametrize(
    "header",
    [
        {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": encoded(bytes(32))}},
        {"jku": "https://elsewhere.example/keys"},
        {"x5u": "https://elsewhere.example/chain"},
        {"x5c": ["MIIB"]},
        {"crit": ["exp"], "exp": 1},
        {"crit": []},
        {"b64": False},
        {"zip": "DEF"},
        {"typ": "JWT"},
        {"typ": "VC+JWT"},
        {"typ": None},
        {"cty": None},
        {"cty": "vp"},
        {"kid": None},
        {"kid": 7},
        {"kid": "did:web:authority.example#credential-2"},
        {"kid": "did:web:elsewhere.example#credential-1"},
        {"kid": "../../credential-1"},
        {"alg": "Ed25519"},
        {"alg": "ES256"},
        {"alg": ["EdDSA"]},
        {"alg": None},
    ],
    ids=str,
)
def test_header(header):
    refuse(signed(header))


def test_a_key_of_another_purpose():
    for purpose in ("status", "log", "seal"):
        refuse(signed({}, purpose=purpose))
        refuse(signed({}), purpose)


def test_a_foreign_key_under_our_name():
    refuse(jose.seal(CLAIMS, Papers("did:web:elsewhere.example").signer("credential")))
    own = TestKeys("did:web:authority.example")
    own.rotate("credential", NOW)
    refuse(jose.seal(CLAIMS, own.signer("credential")))


@pytest.mark.parametrize(
    "payload",
    [
        b'{"iat":1795348800,"n":1,"n":2}',
        b'{"iat":1795348800,"n":1.5}',
        b"[]",
        b"7",
        b"",
        b"\xff",
        b'{"n":1}',
        b'{"iat":"1795348800"}',
        b'{"iat":true}',
        b'{"iat":-1}',
        b'{"iat":99999999999999}',
        b'{"iat":1}',
        b'{"iat":1795348800,"n":' + b"[" * 40 + b"]" * 40 + b"}",
    ],
)
def test_payload(payload):
    refuse(signed({}, payload=payload))


def test_header_named_twice():
    pair = PAPERS.signer("credential")
    kid = json.dumps(pair.kid())
    head = f'{{"alg":"none","alg":"EdDSA","cty":"vc","kid":{kid},"typ":"vc+jwt"}}'.encode()
    text = f"{encoded(head)}.{encoded(json.dumps(CLAIMS).encode())}"
    refuse(f"{text}.{encoded(pair.sign(text.encode()))}")


def test_padding_and_blanks():
    head, body, signature = TEXT.split(".")
    for text in (
        f"{TEXT}=",
        f"{TEXT}\n",
        f" {TEXT}",
        f"{head}.{body} .{signature}",
        f"{TEXT}.",
        f"{TEXT}.AA",
    ):
        refuse(text)
    plain = urlsafe_b64encode(json.dumps({**CLAIMS, "pad": "?"}).encode()).decode()
    refuse(f"{head}.{plain}.{signature}")


def test_size_is_bounded():
    refuse(jose.seal({**CLAIMS, "x": "x" * MOST}, PAPERS.signer("credential")))
    refuse(signed({"kid": "x" * 2_000}))


def test_a_retired_key_goes_on_verifying_and_signs_nothing_new():
    papers = Papers()
    old = papers.signer("credential")
    papers.keys.rotate("credential", NOW + timedelta(days=30))
    before, after = CLAIMS, {**CLAIMS, "iat": int((NOW + timedelta(days=32)).timestamp())}
    trust = papers.trust()
    assert jose.unseal(jose.seal(before, old), trust, "credential", MOST).claims == before
    with pytest.raises(SealError, match="in use"):
        jose.unseal(jose.seal(after, old), trust, "credential", MOST)
    assert (
        jose.unseal(jose.seal(after, papers.signer("credential")), trust, "credential", MOST).claims == after
    )
    with pytest.raises(SealError, match="in use"):
        jose.unseal(jose.seal(before, papers.signer("credential")), trust, "credential", MOST)


def test_overlap_of_a_day():
    papers = Papers()
    old = papers.signer("credential")
    papers.keys.rotate("credential", NOW)
    late = {**CLAIMS, "iat": int((NOW + timedelta(days=1)).timestamp())}
    assert jose.unseal(jose.seal(late, old), papers.trust(), "credential", MOST).claims == late
    later = {**late, "iat": late["iat"] + 1}
    with pytest.raises(SealError, match="in use"):
        jose.unseal(jose.seal(later, old), papers.trust(), "credential", MOST)
