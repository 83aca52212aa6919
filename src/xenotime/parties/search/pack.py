"""A prepared index as bytes: sections of text and numbers behind a version and two hashes.

Plain data only, so that reading it can run nothing; bytes that are cut, changed, foreign or made by
another version are refused.
"""

from __future__ import annotations

import hashlib
import struct
import sys
import zlib
from array import array
from collections.abc import Mapping

from xenotime.core.errors import InputError

_MAGIC = b"xenotime index\n"
_HEAD = struct.Struct("<16s32s32sQ")
_PART = struct.Struct("<HQ")
#: Quick to write and half the size; more effort gains little on numbers.
_EFFORT = 1
#: No prepared list of this system is larger than this [bytes]; more is a broken or hostile file.
LARGEST = 1 << 31


def pack(parts: Mapping[str, bytes], version: str, content: bytes) -> bytes:
    """The sections as one block of bytes; `content` is the hash of what they were made from (32 bytes)."""
    body = b"".join(
        _PART.pack(len(name.encode()), len(data)) + name.encode() + data for name, data in parts.items()
    )
    check = hashlib.sha256(body).digest()
    return _MAGIC + _HEAD.pack(_stamp(version), content, check, len(body)) + zlib.compress(body, _EFFORT)


def unpack(data: bytes, version: str, content: bytes) -> dict[str, bytes]:
    """The sections of a block of bytes.

    Raises InputError if they are no index, of another version, made from another content, or damaged.
    """
    head = len(_MAGIC) + _HEAD.size
    if len(data) < head or not data.startswith(_MAGIC):
        raise _refused("these bytes are no prepared index", "a prepared index", repr(data[:16]))
    stamp, made_from, check, size = _HEAD.unpack_from(data, len(_MAGIC))
    if stamp != _stamp(version):
        raise _refused("this index was prepared by another version", version, "another version")
    if made_from != content:
        raise _refused("this index was prepared from other entries", content.hex()[:16], made_from.hex()[:16])
    return _split(_inflate(data[head:], size, check))


def numbers(values: array[int]) -> bytes:
    """An array as bytes, its item type first."""
    return values.typecode.encode() + values.tobytes()


def array_of(data: bytes) -> array[int]:
    """The array that `numbers` wrote."""
    found: array[int] = array(data[:1].decode())
    found.frombytes(data[1:])
    return found


def texts(values: list[str]) -> bytes:
    """Texts as bytes; what UTF-8 cannot write is kept."""
    return "\x00".join([str(len(values)), *(v.replace("\x00", "") for v in values)]).encode(
        "utf-8", "surrogatepass"
    )


def texts_of(data: bytes) -> list[str]:
    """The texts that `texts` wrote."""
    return data.decode("utf-8", "surrogatepass").split("\x00")[1:]


def _stamp(version: str) -> bytes:
    """Version, byte order and item size in one: numbers are kept as this machine writes them."""
    made = f"{version} {sys.byteorder} {array('I').itemsize}"
    return hashlib.sha256(made.encode()).digest()[:16]


def _inflate(data: bytes, size: int, check: bytes) -> bytes:
    if size > LARGEST:
        raise _refused("this index is too large", f"at most {LARGEST} bytes", str(size))
    try:
        body = zlib.decompressobj().decompress(data, size + 1)
    except zlib.error as error:
        raise _refused("this index is damaged", "whole data", str(error)) from error
    if len(body) != size or hashlib.sha256(body).digest() != check:
        raise _refused(
            "this index is damaged", f"{size} bytes with the hash in its head", f"{len(body)} bytes"
        )
    return body


def _split(body: bytes) -> dict[str, bytes]:
    found, at = {}, 0
    while at < len(body):
        name, size = _PART.unpack_from(body, at)
        at += _PART.size
        found[body[at : at + name].decode()] = body[at + name : at + name + size]
        at += name + size
    return found


def _refused(what: str, expected: str, found: str) -> InputError:
    return InputError(
        what,
        where="prepared index",
        expected=expected,
        found=found,
        next_step="prepare it again from the list entries",
    )
