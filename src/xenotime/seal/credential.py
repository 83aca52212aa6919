"""A W3C Verifiable Credential 2.0: sealed, and opened only when everything about it is right.

Source: W3C Verifiable Credentials Data Model v2.0, sections 4.2 to 4.10.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from xenotime.core.errors import SealError
from xenotime.seal.document import CREDENTIAL, STATUS, Key, Trust
from xenotime.seal.jose import JOSE
from xenotime.seal.suite import Sealed, Signer, Suite

CONTEXT = "https://www.w3.org/ns/credentials/v2"
BASE = "VerifiableCredential"
#: Our two kinds of credentials, and the purpose of the key that signs each.
CERTIFICATE, LIST = "EndUserCertificate", "BitstringStatusListCredential"
SIGNED_BY = {CERTIFICATE: CREDENTIAL, LIST: STATUS}
#: The longest text of each kind [signs].
LONGEST = {CERTIFICATE: 65_536, LIST: 1_048_576}
#: How a text may be sealed; a second suite takes its place here.
SUITES: tuple[Suite, ...] = (JOSE,)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a certificate's state lies: bit `index` of the list at `address` for one purpose."""

    purpose: str
    index: int
    address: str


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential whose seal is good: its claims, issuer, days, places in status lists, key and SHA-256.

    `signed` is the second it says it was signed in.
    """

    kind: str
    id: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    subject: Mapping[str, Any]
    entries: tuple[Entry, ...]
    claims: Mapping[str, Any]
    key: Key
    signed: datetime
    sha256: str


def issue(claims: Mapping[str, Any], signer: Signer, suite: Suite = JOSE) -> str:
    """The claims sealed as a credential. Raises SealError when they have no exact writing."""
    return suite.seal(claims, signer)


def check(text: str, trust: Trust, kind: str = CERTIFICATE) -> Credential:
    """The credential of a sealed text, of one kind and by the trusted issuer.

    Whether a day lies within its time, and whether it was suspended, are other questions: `seal.verify`.
    Raises SealError for anything that is not exactly right; the signature is looked at first.
    """
    suite = next((s for s in SUITES if s.fits(text)), None)
    if suite is None:
        raise _no_credential(f"a text sealed by one of: {', '.join(s.name for s in SUITES)}", text[:40])
    sealed = suite.unseal(text, trust, SIGNED_BY[kind], LONGEST[kind])
    return _read(sealed, trust.did, kind)


def _read(sealed: Sealed, did: str, kind: str) -> Credential:
    claims = sealed.claims
    _shape(claims, did, kind)
    begins, ends = instant(claims.get("validFrom")), instant(claims.get("validUntil"))
    if begins > ends:
        raise _no_credential(
            "validFrom before validUntil", f"{claims['validFrom']} to {claims['validUntil']}"
        )
    return Credential(
        kind,
        claims["id"],
        did,
        begins,
        ends,
        claims["credentialSubject"],
        _entries(claims.get("credentialStatus", [])),
        claims,
        sealed.key,
        sealed.signed,
        sealed.sha256,
    )


def _shape(claims: Mapping[str, Any], did: str, kind: str) -> None:
    """Raise SealError unless context, types, issuer, id and subject are those of this kind."""
    contexts, types, issuer = claims.get("@context"), claims.get("type"), claims.get("issuer")
    if not isinstance(contexts, list) or not contexts or contexts[0] != CONTEXT:
        raise _no_credential(f"@context that begins with {CONTEXT}", str(contexts)[:200])
    if types != [BASE, kind]:
        raise _no_credential(f"type [{BASE}, {kind}]", str(types)[:200])
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    if named != did:
        raise _no_credential(f"issuer {did}", str(named)[:200])
    if not isinstance(claims.get("id"), str) or not isinstance(claims.get("credentialSubject"), dict):
        raise _no_credential("an id and one credentialSubject", "none")
    if {"vc", "vp", "nbf", "exp"} & claims.keys():
        raise _no_credential("dates and claims in the words of the data model only", "vc, vp, nbf or exp")


def _entries(found: object) -> tuple[Entry, ...]:
    listed: Sequence[object] = found if isinstance(found, list) else [found]
    made = tuple(_entry(one) for one in listed)
    if len({e.purpose for e in made}) != len(made):
        raise _no_credential("one status entry a purpose", "two of one purpose")
    return made


def _entry(found: object) -> Entry:
    if not isinstance(found, dict) or found.get("type") != "BitstringStatusListEntry":
        raise _no_credential("entries of type BitstringStatusListEntry", str(found)[:200])
    purpose, index, address = (
        found.get("statusPurpose"),
        found.get("statusListIndex"),
        found.get("statusListCredential"),
    )
    if not isinstance(purpose, str) or not isinstance(address, str):
        raise _no_credential("a statusPurpose and a statusListCredential", str(found)[:200])
    if not isinstance(index, str) or not re.fullmatch(r"0|[1-9][0-9]{0,9}", index):
        raise _no_credential("a statusListIndex that is a whole number as text", str(index)[:40])
    return Entry(purpose, int(index), address)


def instant(text: object) -> datetime:
    """A dateTimeStamp as an instant in UTC. Raises SealError when it is none.

    >>> instant("2026-11-22T00:00:00+08:00").isoformat()
    '2026-11-21T16:00:00+00:00'
    """
    try:
        if isinstance(text, str) and _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _no_credential("a day and time with its zone, such as 2026-11-22T00:00:00Z", str(text)[:40])


def _no_credential(expected: str, found: str) -> SealError:
    return SealError(
        "this is not a credential of this kind",
        expected=expected,
        found=found,
        next_step="ask the authority for the credential itself",
    )
