"""The authority's keys: files that only their owner reads, or test keys that everybody knows."""

from __future__ import annotations

import hmac
import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes
from tempfile import mkstemp
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xenotime.core.canon import written
from xenotime.core.errors import InputError, StateError, XenotimeError
from xenotime.seal.document import PURPOSES, Key, compose
from xenotime.seal.strict import decoded, encoded, parsed

#: How long a key that was rotated out may still sign, for processes that have not seen its successor.
OVERLAP = timedelta(days=1)
_MADE = datetime(2020, 1, 1, tzinfo=UTC)
_LONGEST = 10_000
_NAME = re.compile(r"(credential|status|log|seal)-(\d{1,6})\.jwk")
_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class Pair:
    """A key with its private half (32 bytes), which no text of it shows. Implements `Signer`."""

    key: Key
    private: bytes

    def kid(self) -> str:
        """The DID URL of the key."""
        return self.key.kid

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature over the data (64 bytes)."""
        return Ed25519PrivateKey.from_private_bytes(self.private).sign(data)

    def __repr__(self) -> str:
        return f"Pair({self.key.kid})"


def pair(
    did: str, purpose: str, serial: int, private: bytes, created: datetime, *, test: bool = False
) -> Pair:
    """The key of 32 private bytes under the id that its purpose and serial give it."""
    public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    whole = created.replace(microsecond=0)  # a credential says the second it was signed in, and no more
    return Pair(Key(f"{did}#{purpose}-{serial}", purpose, public, whole, test=test), private)


class _Ring:
    """What both kinds of keys share: the newest key of a purpose signs, every one verifies."""

    def __init__(self, did: str, pairs: Iterable[Pair]) -> None:
        self.did = did
        self._pairs = sorted(pairs, key=lambda p: (PURPOSES.index(p.key.purpose), _serial(p)))

    def signer(self, purpose: str) -> Pair:
        """Who signs for a purpose now: the newest key."""
        return [p for p in self._pairs if p.key.purpose == purpose][-1]

    def document(self) -> Mapping[str, Any]:
        """The did:web document with every key that still verifies something."""
        return compose(self.did, [p.key for p in self._pairs])

    def test(self) -> bool:
        """Whether any key is a test key."""
        return any(p.key.test for p in self._pairs)

    def _succession(self, made: Pair, at: datetime) -> Pair:
        """The key that signs now, retired in favour of a new one."""
        old = self.signer(made.key.purpose)
        if at <= old.key.created:
            raise StateError(
                "a key cannot be rotated before it was made",
                where=old.key.kid,
                expected=f"a time after {written(old.key.created)}",
                found=written(at),
                next_step="check the clock",
            )
        return replace(old, key=replace(old.key, retired=at + OVERLAP))

    def _succeed(self, made: Pair, past: Pair) -> None:
        """Put a new key in the place of one that is retired."""
        kept = [past if p.kid() == past.kid() else p for p in self._pairs]
        kept.insert(kept.index(past) + 1, made)
        self._pairs = kept


class TestKeys(_Ring):
    """Keys that everybody can make, always the same: for tests and the demo, never in production."""

    __test__ = False  # a class of ours, not a collection of tests

    def __init__(self, did: str = "did:web:authority.example", *, production: bool = False) -> None:
        super().__init__(did, [self._made(did, purpose, 1, _MADE) for purpose in PURPOSES])
        refuse(production=production, test=True, where=did)

    @staticmethod
    def _made(did: str, purpose: str, serial: int, at: datetime) -> Pair:
        private = sha256(f"xenotime test key {purpose} {serial}".encode()).digest()
        return pair(did, purpose, serial, private, at, test=True)

    def rotate(self, purpose: str, at: datetime) -> str:
        """Make the next key of a purpose; returns its id."""
        made = self._made(self.did, purpose, _serial(self.signer(purpose)) + 1, at)
        self._succeed(made, self._succession(made, at))
        return made.key.kid

    def secret(self, name: str) -> bytes:
        """32 bytes for a named use: secret to nobody."""
        return sha256(f"xenotime test secret {name}".encode()).digest()


class KeyFolder(_Ring):
    """Keys in a folder of files with mode 0600 (one JWK a key, `secret` for everything else).

    A folder that has none gets one a purpose, made at `at`. Raises StateError for keys that others may read,
    and for test keys in production; InputError for a file that is no key.
    """

    def __init__(
        self,
        path: Path,
        did: str,
        at: datetime,
        *,
        production: bool = False,
        draw: Callable[[int], bytes] = token_bytes,
    ) -> None:
        self.path, self._draw = path, draw
        path.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
        found = [_read(file, did) for file in sorted(path.iterdir()) if _NAME.fullmatch(file.name)]
        for purpose in PURPOSES:
            if not any(p.key.purpose == purpose for p in found):
                found.append(self._new(did, purpose, at))
        super().__init__(did, found)
        self._secret = self._kept()
        refuse(production=production, test=self.test(), where=str(path))

    def rotate(self, purpose: str, at: datetime) -> str:
        """Make a new key, which signs from now on; the old one goes on verifying what it signed until a day
        after. Returns the new key's id.
        """
        made = pair(self.did, purpose, _serial(self.signer(purpose)) + 1, self._draw(32), at)
        past = self._succession(made, at)
        if not _write(self.path / _file(made), _written(made), new=True):
            raise StateError(
                "another process rotated this key in the same moment",
                where=made.key.kid,
                expected="one rotation at a time",
                found=_file(made),
                next_step="open the folder again: it holds the new key",
            )
        _write(self.path / _file(past), _written(past))
        self._succeed(made, past)
        return made.key.kid

    def secret(self, name: str) -> bytes:
        """32 secret bytes for a named use, always the same for this folder."""
        return hmac.digest(self._secret, f"xenotime {name}".encode(), "sha256")

    def _new(self, did: str, purpose: str, at: datetime) -> Pair:
        """A first key; or the one that another process made in the same moment."""
        made = pair(did, purpose, 1, self._draw(32), at)
        file = self.path / _file(made)
        _write(file, _written(made), new=True)
        return _read(file, did)

    def _kept(self) -> bytes:
        file = self.path / "secret"
        if not file.exists():
            _write(file, encoded(self._draw(32)).encode(), new=True)
        return decoded(_owned(file).decode(), 32)


def refuse(*, production: bool, test: bool, where: str) -> None:
    """Raise StateError for test keys in production."""
    if production and test:
        raise StateError(
            "test keys do not sign in production",
            where=where,
            expected="keys of the operator's own",
            found="keys that are marked as test keys",
            next_step="point the server at a folder of keys of its own; an empty one is filled with new keys",
        )


def _serial(one: Pair) -> int:
    return int(one.key.kid.rpartition("-")[2])


def _file(one: Pair) -> str:
    return f"{one.key.purpose}-{_serial(one)}.jwk"


def _written(one: Pair) -> bytes:
    key = one.key
    says: dict[str, Any] = {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": encoded(key.public),
        "d": encoded(one.private),
        "created": written(key.created),
        "test": key.test,
    }
    if key.retired:
        says["retired"] = written(key.retired)
    return json.dumps(says, indent=1).encode()


def _read(file: Path, did: str) -> Pair:
    named = _NAME.fullmatch(file.name)
    try:
        says = parsed(_owned(file), _LONGEST)
        retired = datetime.fromisoformat(says["retired"]) if "retired" in says else None
        created, private = datetime.fromisoformat(says["created"]), decoded(says["d"], 32)
        purpose, serial = (named[1], int(named[2])) if named else ("", 0)
        made = pair(did, purpose, serial, private, created, test=says["test"] is True)
        same = encoded(made.key.public) == says["x"]
    except StateError:
        raise
    except (KeyError, TypeError, ValueError, XenotimeError) as error:
        raise _unusable(file, "another") from error
    if not same:
        raise _unusable(file, "two halves that do not belong together")
    return replace(made, key=replace(made.key, retired=retired))


def _owned(file: Path) -> bytes:
    """The bytes of a file that nobody else may read. Raises StateError if others may."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as opened:
        mode = stat.S_IMODE(os.fstat(opened.fileno()).st_mode)
        if mode & 0o077:
            raise StateError(
                "a private key lies open to others on this machine",
                where=str(file),
                expected="mode 0600",
                found=f"mode {mode:04o}",
                next_step=f"chmod 600 {file}; if others have an account here, rotate the key",
            )
        return opened.read(_LONGEST + 1)


def _write(file: Path, data: bytes, *, new: bool = False) -> bool:
    """Whether a file was written, whole and with mode 0600: a `new` one gives way to what is there."""
    handle, name = mkstemp(dir=file.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        if new:
            file.hardlink_to(part)
        else:
            part.replace(file)
    except FileExistsError:
        return False
    finally:
        part.unlink(missing_ok=True)
    return True


def _unusable(file: Path, found: str) -> InputError:
    return InputError(
        "this file is not a key of ours",
        where=str(file),
        expected="a private Ed25519 key as JWK with created and test",
        found=found,
        next_step="take it from a backup, or move it away and rotate",
    )
