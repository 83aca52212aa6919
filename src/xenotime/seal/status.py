"""Bitstring Status Lists: one bit a certificate, in a list so long that asking for it gives nothing away.

Source: W3C Bitstring Status List v1.0, sections 2 and 3.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xenotime.core.canon import written
from xenotime.core.errors import SealError
from xenotime.seal.credential import BASE, CONTEXT, LIST, check
from xenotime.seal.credential import issue as sealed
from xenotime.seal.document import Trust
from xenotime.seal.strict import decoded, encoded
from xenotime.seal.suite import Signer

REVOCATION, SUSPENSION = "revocation", "suspension"
PURPOSES = (REVOCATION, SUSPENSION)
#: The least and the most places of a list; the first is the standard's own minimum.
SIZE, LARGEST = 131_072, 4_194_304


@dataclass(frozen=True, slots=True)
class StatusList:
    """A published version of a list: what it is for, where it lies, its bits, from when to when it counts.

    `ttl`: how long it may be kept before a newer one is asked for [ms]. `sha256` of the whole credential.
    """

    purpose: str
    address: str
    bits: bytes
    valid_from: datetime
    valid_until: datetime
    ttl: int
    kid: str
    sha256: str

    def value(self, index: int) -> bool:
        """Whether the bit of a place is set. Raises SealError outside the list."""
        return value(self.bits, index)


def fresh(size: int = SIZE) -> bytes:
    """A list of `size` places, none set. Raises SealError for a size out of bounds or no whole bytes."""
    _sized(size)
    return bytes(size // 8)


def value(bits: bytes, index: int) -> bool:
    """Whether the bit of a place is set; place 0 is the leftmost. Raises SealError outside the list."""
    _within(bits, index)
    return bool(bits[index >> 3] >> (7 - index & 7) & 1)


def put(bits: bytes, index: int, truth: bool) -> bytes:
    r"""The list with one place set or cleared. Raises SealError outside the list.

    >>> put(fresh(), 1, True)[:2]
    b'@\x00'
    """
    _within(bits, index)
    mask, place = 128 >> (index & 7), index >> 3
    byte = bits[place] | mask if truth else bits[place] & ~mask
    return bits[:place] + bytes([byte]) + bits[place + 1 :]


def encode(bits: bytes) -> str:
    """The list as the standard writes it: gzip, then base64url with the sign u; equal lists, equal text."""
    _sized(len(bits) * 8)
    return "u" + encoded(gzip.compress(bits, mtime=0))


def decode(text: str) -> bytes:
    """The bits of an encoded list.

    Raises SealError for another encoding, for more than 4,194,304 places (however small they are packed),
    and for fewer than 131,072.
    """
    if not text.startswith("u"):
        raise _no_list("base64url with the multibase sign u", text[:20])
    packed, most = decoded(text[1:], LARGEST // 8), LARGEST // 8
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        bits = unpacker.decompress(packed, most + 1)
    except zlib.error as error:
        raise _no_list("a list packed with gzip", str(error)) from error
    if len(bits) > most:
        raise _no_list(f"at most {LARGEST} places", "more")
    if not unpacker.eof or unpacker.unused_data:
        raise _no_list("one whole gzip member", "a part of one, or something after it")
    _sized(len(bits) * 8)
    return bits


def issue(
    purpose: str,
    address: str,
    bits: bytes,
    valid_from: datetime,
    valid_until: datetime,
    signer: Signer,
    *,
    ttl: int | None = None,
) -> str:
    """A version of a status list as a signed credential, signed at `valid_from`.

    `ttl` [ms] is the time to its end if not given. Raises SealError for an unknown purpose.
    """
    if purpose not in PURPOSES:
        raise _no_list(" or ".join(PURPOSES), purpose)
    lasts = int((valid_until - valid_from).total_seconds()) * 1000
    claims: Mapping[str, Any] = {
        "@context": [CONTEXT],
        "id": address,
        "type": [BASE, LIST],
        "issuer": signer.kid().partition("#")[0],
        "iat": int(valid_from.timestamp()),
        "validFrom": written(valid_from),
        "validUntil": written(valid_until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "ttl": min(ttl or lasts, lasts),
            "encodedList": encode(bits),
        },
    }
    return sealed(claims, signer)


def read(text: str, trust: Trust) -> StatusList:
    """A version of a status list by the trusted issuer's status key.

    Raises SealError for another key, kind, purpose or encoding; `seal.verify` asks whether it is fresh.
    """
    found = check(text, trust, LIST)
    subject = found.subject
    purpose, packed, ttl = (subject.get(name) for name in ("statusPurpose", "encodedList", "ttl"))
    if subject.get("type") != "BitstringStatusList" or purpose not in PURPOSES:
        raise _no_list(f"a BitstringStatusList for {' or '.join(PURPOSES)}", str(purpose)[:40])
    if not isinstance(packed, str) or type(ttl) is not int or ttl < 0:
        raise _no_list("an encodedList, and a ttl in whole milliseconds", str(ttl)[:40])
    return StatusList(
        str(purpose),
        found.id,
        decode(packed),
        found.valid_from,
        found.valid_until,
        ttl,
        found.key.kid,
        found.sha256,
    )


def _within(bits: bytes, index: int) -> None:
    if not 0 <= index < len(bits) * 8:
        raise _no_list(f"a place from 0 to {len(bits) * 8 - 1}", str(index))


def _sized(size: int) -> None:
    if not SIZE <= size <= LARGEST or size % 8:
        raise _no_list(f"{SIZE} to {LARGEST} places, a whole number of bytes", str(size))


def _no_list(expected: str, found: str) -> SealError:
    return SealError(
        "this status list cannot be used",
        expected=expected,
        found=found,
        next_step="take the list from the authority's own address",
    )
