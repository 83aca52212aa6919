"""For every list: what is written is read back, and neither the order of rows nor of files changes it."""

from __future__ import annotations

import io
import json
import random
from datetime import date
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from xenotime.core.errors import InputError
from xenotime.parties.listing.change import Change, diff
from xenotime.parties.listing.entry import Identifier, ListingEvent
from xenotime.parties.listing.formats import FORMATS, read
from xenotime.parties.listing.formats.draft import Draft, settle
from xenotime.parties.listing.formats.plain import write
from xenotime.parties.listing.lines import digest, dump, load

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
SAID = TEXT.filter(str.strip)
KINDS = st.sampled_from(["primary", "strong", "weak", "former", "translation"])
DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
EVENTS = st.sampled_from(["listed", "paused", "resumed", "stopped", "delisted"])
CODES = st.text("ABC019;|\\-", min_size=1, max_size=6)


@st.composite
def drafts(draw, key):
    made = Draft(key, draw(st.integers(1, 99)), draw(st.sampled_from(["organisation", "unknown", "vessel"])))
    made.name(draw(SAID), "primary")
    for text, kind in draw(st.lists(st.tuples(TEXT, KINDS), max_size=4)):
        made.name(text, kind)
    made.countries.update(draw(st.lists(st.sampled_from(["CN", "DE", "HK"]), max_size=2)))
    made.identifiers.update(Identifier("other", v, "CN") for v in draw(st.lists(CODES, max_size=2)))
    for text in draw(st.lists(TEXT, max_size=2)):
        made.address(text)
    made.programme(*draw(st.lists(TEXT, max_size=2)))
    for event, day in draw(st.lists(st.tuples(EVENTS, DAYS), max_size=3)):
        made.event(event, day.isoformat(), by=draw(TEXT), source=draw(TEXT))
    if draw(st.booleans()):
        made.events.add(ListingEvent("listed", None, "a notice"))
    made.remark(draw(TEXT))
    return made


@st.composite
def lists(draw):
    keys = draw(st.lists(st.text("abc=19", min_size=1, max_size=4), unique=True, min_size=1, max_size=5))
    made = [draw(drafts(key)) for key in keys]
    entries, _ = settle(made, "inv", "inv.csv")
    assume(entries)  # a name of control signs alone is none, and a list of no name is refused
    return entries


def read_back(text):
    return read([("inv.csv", io.BytesIO(text.encode("utf-8")))], "inv", "plain").entries


@given(lists())
def test_plain_csv_loses_nothing(entries):
    found = read_back(write(entries))
    assert [e.entry for e in found] == [e.entry for e in entries]
    assert digest(found) == digest(entries)
    assert not diff(entries, found)


@given(lists(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(entries, order):
    shuffled = list(entries)
    order.shuffle(shuffled)
    assert digest(read_back(write(shuffled))) == digest(entries)
    assert digest(shuffled) == digest(entries)


@given(lists(), lists())
def test_the_difference_is_empty_exactly_when_the_content_is_the_same(before, after):
    assert bool(diff(before, after)) == (digest(before) != digest(after))
    assert diff(before, before) == Change()


@given(lists(), lists())
def test_the_difference_read_backwards_swaps_added_and_removed(before, after):
    forward, backward = diff(before, after), diff(after, before)
    assert (forward.added, forward.removed) == (backward.removed, backward.added)
    assert [(c.before, c.after) for c in forward.changed] == [(c.after, c.before) for c in backward.changed]


@given(lists())
def test_a_kept_list_comes_back_as_it_was(entries):
    assert load(dump(entries), "inv") == entries


def test_rows_of_one_party_are_put_together_in_any_order():
    rows = [f"EL,Quillmoor,{n} Road,China,1/{n}/2024,Alias {n % 3}\n" for n in range(1, 9)]
    head = "Source List,Name,Address,Country,Effective Date,Alternate Name\n"
    hashes = set()
    for seed in range(20):
        shuffled = random.Random(seed).sample(rows, len(rows))
        text = head + "".join(shuffled)
        hashes.add(digest(read([("el.csv", io.BytesIO(text.encode()))], "inv", "bis").entries))
    assert len(hashes) == 1


LISTS = Path(__file__).parents[1] / "fixtures" / "lists"
FILES = sorted(path.name for path in LISTS.iterdir())
PIECES = [
    b'"',
    b",",
    b"\n",
    b"\0",
    b"\xff",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b">",
    b"&",
    b"null",
    b"|",
    b"\\",
    b"\t",
]
ODD = st.sampled_from([None, 1, True, "x", [], {}, [1], ["a", None], {"a": 1}, [[]], [{}], ""])


def outcome(name, raw, format_=""):
    """How a reading ends: with entries, or with a refusal that has all its parts; nothing else may happen."""
    try:
        return len(read([(name, io.BytesIO(raw))], "inv", format_).entries) > 0
    except InputError as error:
        problem = error.problem
        return all((problem.what, problem.where, problem.found, problem.next_step))


@given(st.sampled_from(FILES), st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(name, data):
    raw = bytearray((LISTS / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 20))] = data.draw(st.sampled_from(PIECES))
    assert outcome(name, bytes(raw))
    assert outcome(name, bytes(raw), data.draw(st.sampled_from([f.name for f in FORMATS])))


@given(st.sampled_from([n for n in FILES if n.endswith(".json")]), st.data())
def test_a_value_of_another_kind_is_read_or_refused_and_nothing_else(name, data):
    format_ = {"csl": "csl-json", "compact": "csl-compact"}.get(name.removesuffix(".json"), name[:-5])
    lines = (LISTS / name).read_text("utf-8")
    items = lines.splitlines() if name == "ftm.json" else [lines]
    raw = "".join(json.dumps(_swapped(json.loads(text), data)) + "\n" for text in items)
    assert outcome(name, raw.encode(), format_)


def _swapped(value, data, depth=0):
    """The value with one part, somewhere inside, of another kind."""
    if not isinstance(value, dict | list) or not value or (depth and data.draw(st.integers(0, 3)) == 0):
        return data.draw(ODD)
    keys = list(value) if isinstance(value, dict) else range(len(value))
    key = data.draw(st.sampled_from(keys))
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    made = {k: _swapped(v, data, depth + 1) if k == key else v for k, v in parts}
    return made if isinstance(value, dict) else list(made.values())
