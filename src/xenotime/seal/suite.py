"""A proof suite: one way to put a signature on claims and to open them again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from xenotime.seal.document import Key, Trust


class Signer(Protocol):
    """Signs with the current key of one purpose."""

    def kid(self) -> str:
        """The id of the key: a DID URL."""

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature over the bytes."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Claims whose signature is good: by which key, signed when (as they say), the SHA-256 of the text."""

    claims: Mapping[str, Any]
    key: Key
    signed: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Suite:
    """A way to seal: `fits` says by its look whether a text is sealed so; `seal` writes, `unseal` verifies.

    `unseal(text, trust, purpose, most)` looks at the signature first, takes the key only from the trusted
    document and only for that purpose, and raises SealError for anything that is not exactly right.
    """

    name: str
    fits: Callable[[str], bool]
    seal: Callable[[Mapping[str, Any], Signer], str]
    unseal: Callable[[str, Trust, str, int], Sealed]
