from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xenotime.core.errors import InputError, XenotimeError
from xenotime.parties.owners import formats
from xenotime.parties.owners.holding import Structure

FIXTURES = Path(__file__).parents[3] / "fixtures" / "ownership"
NAMES = sorted(path.name for path in FIXTURES.iterdir())
KEYS = st.sampled_from(
    "id schema properties owner asset percentage name startDate recordId recordType recordDetails "
    "recordStatus statementId statementDate subject interestedParty interests type share exact minimum "
    "replacesStatements componentRecords names entityType identifiers source assertedBy "
    "data attributes relationship startNode endNode periods LEI lei entity legalName category reason".split()
)


def outcome(data, name, fmt=""):
    """The data set of some bytes, an empty one if they are refused; any other failure comes through."""
    try:
        return formats.read(io.BytesIO(data), name, fmt=fmt)
    except XenotimeError:
        return Structure((), ())


class Endless:
    """A stream of two gibibytes in one line, made as it is read; it counts what was taken."""

    def __init__(self, start):
        self.start, self.left, self.taken = start, 2 * 2**30, 0

    def read(self, size=-1, /):
        piece, self.start = self.start, b""
        piece = piece or b"x" * min(size, self.left)
        self.left -= len(piece)
        self.taken += len(piece)
        return piece


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("chain.bods.json", "bods"),
        ("group.ftm.jsonl", "ftm"),
        ("relations.gleif.csv", "gleif"),
        ("exceptions.gleif.csv", "gleif"),
        ("relations.gleif.json", "gleif"),
        ("api.gleif.json", "gleif"),
        ("holdings.csv", "csv"),
        ("german.csv", "csv"),
    ],
)
def test_the_format_is_told_from_the_first_characters(fixture, name, format_):
    assert fixture(name) == fixture(name, format_)


def test_an_array_and_lines_of_the_same_statements_say_the_same(fixture, given):
    array = fixture("chain.bods.json")
    text = (FIXTURES / "chain.bods.json").read_text("utf-8")
    lines = given(json.loads(text), name="chain.bods.json")
    assert (lines.bodies, lines.holdings) == (array.bodies, array.holdings)


@pytest.mark.parametrize("content", [b"<xml>", b"", b"name,country\n", b"{}", b"[]", b"[1]", b"42"])
def test_a_file_of_no_known_format_is_refused(refused, content):
    assert refused(content)[0] == "this is not an ownership file of a known format"


def test_a_format_that_is_not_there_is_refused(refused):
    assert refused("owner,owned\n", "excel") == (
        "this is not an ownership file of a known format",
        "given",
        "'excel'",
    )


@pytest.mark.parametrize(
    "start", [b'{"schema": "Company", "id": "', b"owner,owned\na,", b'[{"recordType": "']
)
def test_a_line_of_two_gibibytes_is_refused_after_a_few(start):
    stream = Endless(start)
    with pytest.raises(InputError):
        formats.read(stream, "endless")
    assert stream.taken < 64 * 2**20


def test_bytes_that_are_no_text_are_refused_with_their_line(refused):
    what, where, found = refused(b"owner,owned\na,b\nc,\xff\xfe\n")
    assert (what, where, found) == ("this file is not UTF-8 text throughout", "given, line 3", "byte 0xff")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_matter(given, edges, encoding):
    data = "owner,owned,share\na,b,50\n".encode(encoding)
    assert edges(given(data)) == [("row 2", "a", "b", "1/2", "1/2", "shares", "")]


def test_nesting_without_end_is_refused(refused):
    deep = '{"schema": "Company", "id": "a", "properties": ' + "[" * 100_000
    assert refused(deep)[0] == "this ownership file is not whole JSON"


@pytest.mark.parametrize("end", range(1, 60, 7))
def test_a_register_cut_anywhere_is_refused(refused, end):
    data = (FIXTURES / "chain.bods.json").read_bytes().rstrip()
    what = refused(data[: -end * 20], "bods")[0]
    assert what in ("this file is not whole", "this file is not the JSON that was expected")


def test_only_so_many_places_of_one_finding_are_named(given):
    rows = "".join(f"a{i},b,200\n" for i in range(1_005))
    found = given(f"owner,owned,share\n{rows}").findings
    assert (len(found), found[-1].where) == (1_001, "and 5 more")


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(NAMES),
    cuts=st.lists(st.tuples(st.integers(0, 6000), st.binary(max_size=6)), max_size=4),
)
def test_a_damaged_file_is_read_or_refused_and_never_breaks(name, cuts):
    data = bytearray((FIXTURES / name).read_bytes())
    for at, piece in cuts:
        start = at % len(data)
        data[start : start + len(piece)] = piece
    found = outcome(data, name)
    bodies = {body.id for body in found.bodies}
    assert all({h.owner, h.owned} <= bodies for h in found.holdings)
    assert all(0 <= h.low <= (1 if h.high is None else h.high) <= 1 for h in found.holdings)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["r", "a", "50", "shareholding"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=80)
@given(
    format_=st.sampled_from(["bods", "ftm", "gleif"]),
    rows=st.lists(st.dictionaries(KEYS, JSON, max_size=6), max_size=4),
)
def test_any_json_is_read_or_refused_and_never_breaks(format_, rows):
    assert outcome(json.dumps(rows).encode(), "any", format_) is not None
