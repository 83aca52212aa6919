"""A list file as bytes and as text, read in pieces, with a bound on everything."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterator
from typing import Protocol

from xenotime.core.errors import InputError

MOST_BYTES = 512 * 2**20
MOST_LINE = 2**20
#: So many lines are read, so that a small archive of empty ones ends soon.
MOST_LINES = 20_000_000
_PIECE = 2**16
_GZIP = b"\x1f\x8b"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: What Python calls an encoding of text, and no file of people's is written in.
_NO_TEXTS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
_OTHERS = {
    b"PK\x03\x04": "a ZIP archive or a workbook",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old workbook",
}


class Stream(Protocol):
    """Anything bytes can be read from in pieces."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class Source:
    """A list file: its name, its first bytes, and its text in pieces or lines.

    Gzip is unpacked on the way. Raises InputError for an archive, a file that is too large, a gzip file that
    is cut off, and bytes that are not text in the encoding.
    """

    def __init__(self, stream: Stream, name: str, encoding: str = "") -> None:
        self.name = name
        self.whole = True
        first = _filled(iter(lambda: stream.read(_PIECE), b""))
        packed = first.startswith(_GZIP)
        plain = _plain(first, stream)
        self._pieces = self._unpacked(plain) if packed else plain
        self.head = _filled(self._pieces)
        self._refuse_archive()
        self.encoding = self._encoding(encoding)

    def _refuse_archive(self) -> None:
        for mark, what in _OTHERS.items():
            if self.head.startswith(mark):
                step = "unpack it, or save the list as CSV, and give that file"
                raise InputError(
                    "this is not a file of text", where=self.name, expected="text", found=what, next_step=step
                )

    def _encoding(self, declared: str) -> str:
        marked = next((name for mark, name in _MARKS if self.head.startswith(mark)), "")
        if declared and not _is_text(declared):
            raise InputError(
                "there is no such encoding",
                where="--encoding",
                expected="a name such as utf-8, cp1252 or gb18030",
                found=declared[:60],
                next_step="leave --encoding out, or correct it",
            )
        return marked or declared or "utf-8"

    def _unpacked(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        unpack = zlib.decompressobj(wbits=31)
        try:
            for piece in pieces:
                rest = piece
                while rest or unpack.unconsumed_tail:
                    if unpack.eof:
                        unpack = zlib.decompressobj(wbits=31)
                    yield unpack.decompress(rest, _PIECE)
                    rest = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
        except zlib.error as error:
            raise self.broken(f"the gzip data are damaged ({error})") from error
        if not unpack.eof:
            raise self.broken("the gzip data end too early")

    def raw(self) -> Iterator[bytes]:
        """The file in pieces of bytes. Raises InputError once there are too many."""
        total = 0
        for piece in self._all():
            total += len(piece)
            if total > MOST_BYTES:
                raise InputError(
                    "this file is too large",
                    where=self.name,
                    expected=f"at most {MOST_BYTES // 2**20} MiB",
                    found="more",
                    next_step="check that this is the file you mean, or split it into several lists",
                )
            if piece:
                yield piece

    def _all(self) -> Iterator[bytes]:
        yield self.head
        yield from self._pieces

    def chunks(self) -> Iterator[str]:
        """The file in pieces of text. Raises InputError, with the line, where it is not text."""
        decoder = codecs.getincrementaldecoder(self.encoding)("strict")
        line = 1
        for piece in self.raw():
            text = self._decoded(decoder, piece, line, final=False)
            line += text.count("\n")
            yield text
        yield self._decoded(decoder, b"", line, final=True)

    def _decoded(self, decoder: codecs.IncrementalDecoder, piece: bytes, line: int, *, final: bool) -> str:
        try:
            return decoder.decode(piece, final)
        except UnicodeDecodeError as error:
            at = line + error.object[: error.start].count(b"\n")
            raise InputError(
                f"this file is not {self.encoding.removesuffix('-sig').upper()} text throughout",
                where=f"{self.name}, line {at}",
                expected="UTF-8, UTF-16 with its mark, or one declared encoding for the whole file",
                found=f"byte 0x{error.object[error.start]:02x}",
                next_step="say the encoding, e.g. `--encoding cp1252`, or save the file as UTF-8",
            ) from error

    def lines(self) -> Iterator[str]:
        """The lines with their ends; `whole` is False afterwards if the last one had none.

        Raises InputError for a line of more than MOST_LINE characters, and for more than MOST_LINES lines.
        """
        rest, number, last = "", 1, "\n"
        for chunk in self.chunks():
            *full, rest = (rest + chunk).split("\n")
            for line in full:
                number += 1
                yield self._bounded(line, number - 1) + "\n"
            self._bounded(rest, number)
            if number > MOST_LINES:
                raise self._overlong(number)
        rest = rest.rstrip("\x1a")  # the end-of-file sign that files from DOS still carry
        if rest:
            last = rest
            yield rest
        self.whole = last.endswith("\n")

    def _overlong(self, number: int) -> InputError:
        return InputError(
            "this file has too many lines",
            where=f"{self.name}, line {number}",
            expected=f"at most {MOST_LINES}",
            found="more",
            next_step="check that this is the file you mean, or split it into several lists",
        )

    def _bounded(self, line: str, number: int) -> str:
        if len(line) > MOST_LINE:
            raise InputError(
                "a line of this file is too long",
                where=f"{self.name}, line {number}",
                expected=f"at most {MOST_LINE} characters",
                found="more",
                next_step="check that this is a list, and which format it has",
            )
        return line

    def opening(self) -> str:
        """The first characters of the file, as far as they can be read; for telling formats apart."""
        return self.head.decode(self.encoding, "replace").lstrip("\ufeff \t\r\n")

    def broken(self, found: str, line: int = 0) -> InputError:
        """The failure of a file that is cut off or damaged."""
        return InputError(
            "this file is not whole",
            where=f"{self.name}, line {line}" if line else self.name,
            expected="a complete file",
            found=found,
            next_step="fetch the file again; nothing was changed",
        )


def _is_text(encoding: str) -> bool:
    """Whether an encoding is known and reads any bytes as text; rot13, hex and idna do not."""
    try:
        b"\xff".decode(encoding, "replace")
        return codecs.lookup(encoding).name not in _NO_TEXTS
    except (LookupError, UnicodeError):
        return False


def _plain(first: bytes, stream: Stream) -> Iterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = stream.read(_PIECE)


def _filled(pieces: Iterator[bytes]) -> bytes:
    """The pieces up to a whole one: enough to tell a format from."""
    found = b""
    for piece in pieces:
        found += piece
        if len(found) >= _PIECE:
            break
    return found
