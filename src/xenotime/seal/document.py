"""A did:web document: the authority's public keys, each for one purpose and with the days it signed on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from xenotime.core.canon import written
from xenotime.core.errors import SealError
from xenotime.seal.strict import decoded, encoded, parsed

#: What a key may be for: certificates, status lists, the log's checkpoints, and the seals of decisions.
CREDENTIAL, STATUS, LOG, SEAL = "credential", "status", "log", "seal"
PURPOSES = (CREDENTIAL, STATUS, LOG, SEAL)
#: The largest document that is read [bytes].
LONGEST = 262_144
#: Keys that sign credentials in the sense of the W3C; the others must not be taken for such.
_ASSERTING = frozenset({CREDENTIAL, STATUS})
_CONTEXT = (
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/jwk/v1",
    {
        "purpose": "urn:xenotime:key#purpose",
        "retired": "urn:xenotime:key#retired",
        "test": "urn:xenotime:key#test",
    },
)
_DID = re.compile(r"did:web:([a-z0-9.-]+)(?:%3A(\d{1,5}))?((?::[A-Za-z0-9._-]+)*)")


@dataclass(frozen=True, slots=True)
class Key:
    """A public key: its DID URL, its purpose, its 32 bytes, when it was made and when it signed last.

    `retired` None: it still signs. `test`: its private half is known to everybody.
    """

    kid: str
    purpose: str
    public: bytes
    created: datetime
    retired: datetime | None = None
    test: bool = False

    def verifies(self, signature: bytes, data: bytes) -> bool:
        """Whether a signature over the data is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True

    def signed(self, at: datetime) -> bool:
        """Whether this key was in use at an instant."""
        return self.created <= at and (self.retired is None or at <= self.retired)


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures count: a did:web and its keys by DID URL."""

    did: str
    keys: Mapping[str, Key]

    def key(self, kid: str, purpose: str) -> Key:
        """The key of a DID URL. Raises SealError unless the document has it for this purpose."""
        found = self.keys.get(kid)
        if found is None:
            raise SealError(
                "the key that signed is not one of the authority's",
                where=self.did,
                expected=", ".join(sorted(k.kid for k in self.keys.values() if k.purpose == purpose))
                or "none",
                found=kid[:200],
                next_step="take the authority's present did.json; trust nothing that a missing key signed",
            )
        if found.purpose != purpose:
            raise SealError(
                "this key must not sign things of this kind",
                where=kid,
                expected=f"a key for: {purpose}",
                found=f"a key for: {found.purpose}",
                next_step="trust nothing that is signed so, and tell the authority",
            )
        return found


def address(did: str) -> str:
    """Where the document of a did:web lies. Raises SealError if the DID is no did:web.

    >>> address("did:web:authority.example"), address("did:web:localhost%3A8080:programme")
    ('https://authority.example/.well-known/did.json', 'https://localhost:8080/programme/did.json')
    """
    found = _DID.fullmatch(did)
    if not found:
        raise _no_document("a did:web such as did:web:authority.example", did[:200])
    host, port, path = found.groups()
    folder = path.replace(":", "/") or "/.well-known"
    return f"https://{host}{f':{port}' if port else ''}{folder}/did.json"


def named(url: str) -> str:
    """The did:web of an address without path.

    >>> named("http://localhost:8080"), named("https://authority.example/")
    ('did:web:localhost%3A8080', 'did:web:authority.example')
    """
    host = url.split("://", 1)[-1].rstrip("/").lower()
    return "did:web:" + host.replace(":", "%3A").replace("/", ":")


def compose(did: str, keys: Sequence[Key]) -> dict[str, Any]:
    """The document of a DID with these keys; those for certificates and status lists may assert."""
    return {
        "@context": list(_CONTEXT),
        "id": did,
        "verificationMethod": [_method(did, key) for key in keys],
        "assertionMethod": [key.kid for key in keys if key.purpose in _ASSERTING],
    }


def _method(did: str, key: Key) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": key.kid,
        "type": "JsonWebKey",
        "controller": did,
        "purpose": key.purpose,
        "created": written(key.created),
        "publicKeyJwk": {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": encoded(key.public),
            "alg": "EdDSA",
            "use": "sig",
        },
    }
    if key.retired:
        made["retired"] = written(key.retired)
    return made | ({"test": True} if key.test else {})


def read(data: bytes, did: str = "") -> Trust:
    """The keys of a did:web document, of the authority `did` if one is named.

    Methods of other kinds of keys, and keys without one of our purposes, are left out.
    Raises SealError when it is no such document or another authority's.
    """
    found = parsed(data, LONGEST)
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise _no_document("a DID document with an id", "none")
    address(found["id"])
    if did and found["id"] != did:
        raise _no_document(f"the document of {did}", found["id"])
    methods = found.get("verificationMethod")
    if not isinstance(methods, list) or not all(isinstance(m, dict) for m in methods):
        raise _no_document("a list verificationMethod", "none")
    asserting = found.get("assertionMethod")
    keys = [_key(found["id"], m, asserting if isinstance(asserting, list) else []) for m in methods]
    kids = [key.kid for key in keys if key]
    if len(set(kids)) != len(kids) or len({k.public for k in keys if k}) != len(kids):
        raise _no_document("each key once, under one id and for one purpose", "a key that comes twice")
    return Trust(found["id"], {key.kid: key for key in keys if key})


def _key(did: str, method: Mapping[str, Any], asserting: Sequence[object]) -> Key | None:
    jwk, purpose, kid = method.get("publicKeyJwk"), method.get("purpose"), method.get("id")
    if not isinstance(jwk, dict) or jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519":
        return None
    if purpose not in PURPOSES or not isinstance(kid, str) or "d" in jwk:
        return None
    if not kid.startswith(f"{did}#") or method.get("controller") != did:
        raise _no_document("keys that the authority itself controls", kid[:200])
    if purpose in _ASSERTING and kid not in asserting:
        return None
    try:
        public = decoded(str(jwk.get("x")), 32)
        created = _instant(method["created"])
        retired = _instant(method["retired"]) if "retired" in method else None
    except (KeyError, TypeError, ValueError) as error:
        raise _no_document("days on which the key was made and retired", str(error)[:80]) from error
    if len(public) != 32:
        raise _no_document("a key of 32 bytes", f"{len(public)} bytes")
    return Key(kid, purpose, public, created, retired, test=method.get("test") is True)


def _instant(text: object) -> datetime:
    found = datetime.fromisoformat(str(text))
    if found.tzinfo is None:
        message = f"{text!r} has no time zone"
        raise ValueError(message)
    return found


def _no_document(expected: str, found: str) -> SealError:
    return SealError(
        "this is not a document of the authority's keys",
        expected=expected,
        found=found,
        next_step="take did.json from the authority's own address",
    )
