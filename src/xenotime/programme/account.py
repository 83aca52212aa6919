"""Accounts, sessions and API tokens as they are kept: hashes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account. `state`: invited | active | locked | closed. `password` an argon2 hash, `totp` a
    sealed secret.

    `subject` is the OIDC issuer and subject when signed in by another. `totp_step` the last step used.
    `invite` is the hash of an invitation's secret, good until `invited_until`.
    """

    id: str
    email: str
    name: str
    role: str
    state: str
    created: datetime
    organisation: str = ""
    body: str = ""
    password: str = ""
    totp: str = ""
    totp_step: int = 0
    subject: str = ""
    failures: int = 0
    locked_until: datetime | None = None
    language: str = "en"
    version: int = 0
    invite: str = ""
    invited_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser: `id` is the hash of the cookie. `strong` when the second factor was given;
    `csrf` its token.
    """

    id: str
    account: str
    created: datetime
    seen: datetime
    fresh: datetime
    strong: bool
    csrf: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Token:
    """An API token: `id` is the hash of the secret; it may do only what its scopes name."""

    id: str
    account: str
    title: str
    scopes: tuple[str, ...]
    created: datetime
    expires: datetime
    used: datetime | None = None
    revoked: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How often sign-in failed for an address or a name (`id` is a hash of it) since when, and until when
    it waits.
    """

    id: str
    count: int
    since: datetime
    until: datetime
    version: int = 0
