"""A checkpoint: the size and root of the log, signed, for outsiders to hold against it later.

Source: C2SP signed-note, tlog-checkpoint and tlog-cosignature. The log signs with its keys for `log`;
witnesses may add their own lines, each with the second they saw it in.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from xenotime.core.errors import SealError
from xenotime.seal.document import LOG, Key, Trust, named
from xenotime.seal.merkle import WIDTH
from xenotime.seal.suite import Signer

#: The longest note that is read [bytes], and how many signatures it may carry.
LONGEST, MOST = 16_384, 16
_PLAIN, _COSIGNED = b"\x01", b"\x04"
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed head of the log: origin, size, root [32 bytes], the key that signed, and who saw it when.

    `witnesses`: name -> the second it was seen in, of those whose keys are known.
    """

    origin: str
    size: int
    root: bytes
    kid: str
    witnesses: Mapping[str, datetime]
    text: str


def origin(did: str) -> str:
    """The name of an authority's log, which is also the name on its signatures.

    >>> origin("did:web:authority.example"), origin("did:web:localhost%3A8080")
    ('authority.example/log', 'localhost:8080/log')
    """
    return did.removeprefix("did:web:").replace(":", "/").replace("%3A", ":") + "/log"


def owner(text: str) -> str:
    r"""The did:web of the authority whose log a note names; nothing of it is verified.

    >>> owner("localhost:8080/log\n0\n")
    'did:web:localhost%3A8080'
    """
    return named(text.partition("\n")[0].removesuffix("/log"))


def write(name: str, size: int, root: bytes, signer: Signer, public: bytes) -> str:
    """The signed note of a log's size and root; `public` is the signer's key [32 bytes]."""
    body = f"{name}\n{size}\n{b64encode(root).decode()}\n"
    return f"{body}\n{_line(name, _mark(name, _PLAIN, public) + signer.sign(body.encode()))}"


def cosign(text: str, name: str, signer: Signer, public: bytes, at: datetime) -> str:
    """The note with a witness's line under it: that it saw this head, consistent with all it saw before."""
    body, _ = _parts(text)
    seconds = int(at.timestamp())
    signature = signer.sign(f"cosignature/v1\ntime {seconds}\n{body}".encode())
    return text + _line(name, _mark(name, _COSIGNED, public) + seconds.to_bytes(8, "big") + signature)


def read(text: str, trust: Trust, witnesses: Mapping[str, bytes] | None = None) -> Checkpoint:
    """The head that a note states, signed by one of the authority's keys for its log.

    Lines by keys that nobody here knows are passed over, as the standard asks; a line that bears a known
    key's mark and does not verify is not. `witnesses`: name -> public key [32 bytes].
    Raises SealError for anything else.
    """
    body, lines = _parts(text)
    name, size, root = _head(body)
    if name != origin(trust.did):
        raise _no_note(f"the log {origin(trust.did)}", name[:200])
    kid = ""
    for key in (k for k in trust.keys.values() if k.purpose == LOG):
        for signature in _by(lines, name, _mark(name, _PLAIN, key.public), 64):
            kid = _verified(key, signature, body)
    if not kid:
        raise _no_note("a signature by the authority's key for its log", "none")
    return Checkpoint(name, size, root, kid, _seen(body, lines, witnesses or {}), text)


def _verified(key: Key, signature: bytes, body: str) -> str:
    if not key.verifies(signature, body.encode()):
        raise _no_note(f"a signature by {key.kid}", "one that is not")
    return key.kid


def _seen(body: str, lines: list[tuple[str, bytes]], witnesses: Mapping[str, bytes]) -> dict[str, datetime]:
    """When each known witness saw this head."""
    found = {}
    for name, public in witnesses.items():
        for said in _by(lines, name, _mark(name, _COSIGNED, public), 72):
            seconds = int.from_bytes(said[:8], "big")
            signed = f"cosignature/v1\ntime {seconds}\n{body}".encode()
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(said[8:], signed)
                found[name] = datetime.fromtimestamp(seconds, UTC)
            except (InvalidSignature, ValueError, OverflowError) as error:
                raise _no_note(f"a signature by the witness {name}", "one that is not") from error
    return found


def _by(lines: list[tuple[str, bytes]], name: str, mark: bytes, width: int) -> Iterator[bytes]:
    """The signatures that bear a key's name and mark. Raises SealError for one of another length."""
    for said, data in lines:
        if said == name and data[:4] == mark:
            if len(data) != 4 + width:
                raise _no_note(f"a signature of {width} bytes", f"{len(data) - 4} bytes")
            yield data[4:]


def _parts(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The signed text of a note, and its signatures by name."""
    if len(text) > LONGEST or not text.endswith("\n") or any(ord(c) < 32 and c != "\n" for c in text):
        raise _no_note(f"lines of plain text, at most {LONGEST} signs", f"{len(text)} signs")
    body, gap, rest = text.rpartition("\n\n")
    lines = rest[:-1].split("\n")
    if not gap or not 1 <= len(lines) <= MOST or rest != "".join(f"{line}\n" for line in lines):
        raise _no_note(f"an empty line, and 1 to {MOST} signatures under it", f"{len(lines)}")
    return f"{body}\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    found = _LINE.fullmatch(line)
    data = _exact(found[2]) if found else b""
    if not found or len(data) < 5:
        raise _no_note("a line with a name and a signature", line[:80])
    return found[1], data


def _head(body: str) -> tuple[str, int, bytes]:
    lines = body[:-1].split("\n")
    root = _exact(lines[2]) if len(lines) == 3 else b""
    if len(root) != WIDTH or not _SIZE.fullmatch(lines[1]) or not lines[0]:
        raise _no_note("three lines: the log's name, its size, its root", body[:80])
    return lines[0], int(lines[1]), root


def _exact(text: str) -> bytes:
    """The bytes of base64 text, if it is the one writing of them; else nothing."""
    try:
        found = b64decode(text, validate=True)
    except (Error, ValueError):
        return b""
    return found if b64encode(found).decode() == text else b""


def _mark(name: str, kind: bytes, public: bytes) -> bytes:
    """The first four bytes of the hash of name and key, which say whose a signature is."""
    return sha256(name.encode() + b"\n" + kind + public).digest()[:4]


def _line(name: str, data: bytes) -> str:
    return f"— {name} {b64encode(data).decode()}\n"


def _no_note(expected: str, found: str) -> SealError:
    return SealError(
        "this is not a checkpoint of the log",
        expected=expected,
        found=found,
        next_step="take the checkpoint from the authority, or from whoever holds it for you",
    )
