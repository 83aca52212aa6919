from __future__ import annotations

import gzip
import io
from datetime import date
from pathlib import Path

import pytest

from xenotime.core.errors import InputError, Problem
from xenotime.parties.listing.formats import FORMATS, Source, read, sniff

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
#: The files of the museum, the format each tells by its beginning, its entries and the day it states.
FILES = {
    ("csl.json",): ("csl-json", 4, date(2026, 11, 20)),
    ("csl.csv",): ("csl-csv", 4, None),
    ("compact.json",): ("csl-compact", 2, date(2026, 11, 19)),
    ("sdn.csv", "alt.csv", "add.csv"): ("ofac", 3, None),
    ("sdn.xml",): ("sdn-xml", 2, date(2026, 11, 20)),
    ("un.xml",): ("un-xml", 2, date(2026, 11, 20)),
    ("el.csv",): ("bis", 2, None),
    ("uvl.csv",): ("bis", 2, None),
    ("dpl.txt",): ("denied", 2, None),
    ("meti.csv",): ("meti", 2, None),
    ("registry.json",): ("registry", 2, date(2026, 11, 20)),
    ("ftm.json",): ("ftm", 2, date(2026, 11, 20)),
    ("plain.csv",): ("plain", 2, None),
}


@pytest.mark.parametrize("files", FILES, ids=lambda files: files[0])
def test_a_file_tells_its_own_format(listed, files):
    reading = listed(*files)
    assert (reading.format, len(reading.entries), reading.as_of) == FILES[files]
    assert [e.list_id for e in reading.entries] == ["inv"] * len(reading.entries)
    assert [e.entry for e in reading.entries] == sorted({e.entry for e in reading.entries})


def test_every_format_has_a_file():
    assert {name for name, _, _ in FILES.values()} == {f.name for f in FORMATS}


@pytest.mark.parametrize("files", FILES, ids=lambda files: files[0])
def test_what_is_named_is_what_is_recognised(listed, files):
    assert listed(*files, format_=FILES[files][0]) == listed(*files)


@pytest.mark.parametrize("files", [f for f in FILES if len(f) == 1], ids=lambda files: files[0])
def test_a_file_cut_anywhere_fails_clearly_or_says_so(listed, files):
    """A cut file is never read in silence, unless the cut falls between two of its lines."""
    whole = (LISTS / files[0]).read_bytes()
    silent = []
    for at in range(1, len(whole) - 1, 7):
        findings = _told(listed, whole[:at], FILES[files][0])
        if not findings and whole[at - 1 : at] != b"\n":
            silent.append(at)
    assert silent == []


def _told(listed, raw, format_):
    """What a reading says of a file: its findings, or its refusal."""
    try:
        return listed(raw, format_=format_).findings
    except InputError as error:
        return (error.problem,)


def test_a_gzipped_file_is_unpacked_on_the_way(listed):
    packed = gzip.compress((LISTS / "un.xml").read_bytes(), mtime=0)
    assert listed(packed, name="un.xml") == listed("un.xml")
    halves = gzip.compress(b"name\nQuill", mtime=0) + gzip.compress(b"moor\n")
    assert [e.name for e in listed(halves).entries] == ["Quillmoor"]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (gzip.compress(b"name\nQuillmoor\n" * 99, mtime=0)[:-12], "the gzip data end too early"),
        (b"\x1f\x8b\x07\x00broken", "the gzip data are damaged"),
    ],
)
def test_a_damaged_gzip_file_is_refused(listed, refused, raw, found):
    with pytest.raises(InputError) as raised:
        listed(raw)
    what, where, said = refused(raised)
    assert (what, where, said.startswith(found)) == ("this file is not whole", "invented.csv", True)


@pytest.mark.parametrize(
    ("raw", "what", "found"),
    [
        (b"", "this file is empty", "0 bytes, none of them text"),
        (b" \r\n\x1a", "this file is empty", "4 bytes, none of them text"),
        (b"PK\x03\x04rest", "this is not a file of text", "a ZIP archive or a workbook"),
        (b"%PDF-1.7", "this is not a file of text", "a PDF"),
        (b"<html><p>404</p></html>", "this file is like no list format", "<html><p>404</p></html>"),
        (b'{"error": "moved"}', "this file is like no list format", '{"error": "moved"}'),
        (b"name\n", "this list has no entry", "none"),
        (b"colour;size\nred;1\n", "the columns of this list are not known", "colour, size"),
    ],
)
def test_what_is_no_list_is_refused(listed, refused, raw, what, found):
    with pytest.raises(InputError) as raised:
        listed(raw)
    assert refused(raised) == (what, refused(raised)[1], found)


def test_a_format_that_does_not_exist_is_refused(listed, refused):
    with pytest.raises(InputError) as raised:
        listed("plain.csv", format_="excel")
    assert refused(raised) == ("there is no such list format", "--format", "excel")


def test_only_one_list_is_several_files(listed, refused):
    with pytest.raises(InputError) as raised:
        listed("el.csv", "uvl.csv")
    said = "2 files, the first like bis"
    assert refused(raised) == ("a list of this format is one file", "el.csv, uvl.csv", said)


def test_the_usual_format_holds_where_only_the_plain_one_would_do():
    def source(raw):
        return Source(io.BytesIO(raw), "inv")

    assert [sniff(source(b"name,x\nA,B\n"), usual) for usual in ("", "meti")] == ["plain", "meti"]
    assert sniff(source(b"<what>"), "un-xml") == "un-xml"
    assert sniff(source((LISTS / "un.xml").read_bytes()), "plain") == "un-xml"


def test_a_last_line_without_an_end_is_told(listed):
    assert listed("name\nQuillmoor").findings == (
        Problem(
            "the last line does not end with a line break, so the file may be cut off",
            "invented.csv",
            next_step="compare the file with its publisher's",
            severity="warning",
        ),
    )


def test_reading_needs_no_more_than_a_stream_of_bytes():
    class Slow:
        def __init__(self, raw):
            self.rest = raw

        def read(self, size):
            piece, self.rest = self.rest[: min(size, 3)], self.rest[min(size, 3) :]
            return piece

    reading = read([("inv.csv", Slow(b"name\nQuillmoor\n"))], "inv", "plain")
    assert [e.name for e in reading.entries] == ["Quillmoor"]
