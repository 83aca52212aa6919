from __future__ import annotations

import codecs
import gzip
import io
from collections import deque

import pytest

from xenotime.core.errors import InputError
from xenotime.parties.listing.formats import source as module
from xenotime.parties.listing.formats.source import Source


class Endless:
    """A stream that repeats a piece for ever, and counts what it gave."""

    def __init__(self, piece, first=b""):
        self.piece, self.first, self.given = piece, first, 0

    def read(self, size):
        repeats = self.piece * (size // len(self.piece))
        piece, self.first = (self.first or repeats)[:size], b""
        self.given += len(piece)
        return piece


@pytest.mark.parametrize(
    "raw",
    [
        "näme\r\n公司\n".encode(),
        codecs.BOM_UTF8 + "näme\r\n公司\n".encode(),
        "näme\r\n公司\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "näme\r\n公司\n".encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big-endian"],
)
def test_text_is_read_whatever_its_mark(raw):
    assert list(Source(io.BytesIO(raw), "inv").lines()) == ["näme\r\n", "公司\n"]


def test_a_declared_encoding_is_used():
    assert list(Source(io.BytesIO("53–59\n".encode("cp1252")), "inv", "cp1252").lines()) == ["53–59\n"]
    assert list(Source(io.BytesIO("公司\n".encode("gb18030")), "inv", "gb18030").lines()) == ["公司\n"]


@pytest.mark.parametrize(
    ("raw", "line", "found"),
    [
        (b"name\nA\n53\x9659\n", 3, "byte 0x96"),
        (b"\xff\n", 1, "byte 0xff"),
        (b"a\n" * 40_000 + b"\xe9\n", 40_001, "byte 0xe9"),
        (b"a\n\xe5\x85", 2, "byte 0xe5"),
    ],
    ids=["cp1252 inside", "first byte", "far below", "cut inside a sign"],
)
def test_mixed_encodings_are_refused_with_the_line(refused, raw, line, found):
    with pytest.raises(InputError) as raised:
        list(Source(io.BytesIO(raw), "inv").lines())
    assert refused(raised) == ("this file is not UTF-8 text throughout", f"inv, line {line}", found)


def test_an_encoding_nobody_knows_is_refused(refused):
    with pytest.raises(InputError) as raised:
        Source(io.BytesIO(b"a"), "inv", "klingon")
    assert refused(raised) == ("there is no such encoding", "--encoding", "klingon")


def test_an_endless_line_is_refused_after_a_bounded_part_of_it(refused):
    stream = Endless(b"x")
    with pytest.raises(InputError) as raised:
        list(Source(stream, "inv").lines())
    assert refused(raised) == ("a line of this file is too long", "inv, line 1", "more")
    assert stream.given <= module.MOST_LINE + 2 * 2**16


def test_an_endless_file_is_refused(monkeypatch, refused):
    monkeypatch.setattr(module, "MOST_BYTES", 2**20)
    lines = Source(Endless(b"a\n"), "inv").lines()
    with pytest.raises(InputError) as raised:
        deque(lines, maxlen=0)
    assert refused(raised) == ("this file is too large", "inv", "more")


def test_a_gzip_bomb_is_refused_as_it_unfolds(monkeypatch, refused):
    monkeypatch.setattr(module, "MOST_BYTES", 2**20)
    bomb = gzip.compress(b"\n" * 2**24)
    pieces = Source(io.BytesIO(bomb), "inv").raw()
    with pytest.raises(InputError) as raised:
        deque(pieces, maxlen=0)
    assert refused(raised)[0] == "this file is too large"


def test_the_end_sign_of_old_files_is_no_line():
    source = Source(io.BytesIO(b"a\r\n\x1a"), "inv")
    assert (list(source.lines()), source.whole) == (["a\r\n"], True)


def test_a_last_line_without_an_end_is_kept_and_told():
    source = Source(io.BytesIO(b"a\nb"), "inv")
    assert (list(source.lines()), source.whole) == (["a\n", "b"], False)


def test_a_file_of_too_many_lines_is_refused(monkeypatch, refused):
    monkeypatch.setattr(module, "MOST_LINES", 1000)
    with pytest.raises(InputError) as raised:
        deque(Source(Endless(b"\n"), "inv").lines(), maxlen=0)
    assert refused(raised) == ("this file has too many lines", "inv, line 65537", "more")


@pytest.mark.parametrize(
    "encoding", ["rot13", "hex", "idna", "punycode", "undefined", "unicode_escape", "x" * 1000]
)
def test_an_encoding_that_is_not_of_text_is_refused(encoding, refused):
    with pytest.raises(InputError) as raised:
        Source(io.BytesIO(b"name\n\xe9\n"), "inv", encoding)
    assert refused(raised) == ("there is no such encoding", "--encoding", encoding[:60])
