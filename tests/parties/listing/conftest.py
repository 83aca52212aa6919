"""List files as streams, and entries that nobody ever listed."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from xenotime.parties.listing.entry import ListedName, ListEntry, ListingEvent
from xenotime.parties.listing.formats import read

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
MUSEUM = {path.name for path in LISTS.iterdir()}


@pytest.fixture
def listed():
    """Reads list files of the museum, or texts and bytes given as they are."""

    def reading(*files, format_="", encoding="", name="invented.csv"):
        given = []
        for file in files:
            if file in MUSEUM:
                given.append((file, io.BytesIO((LISTS / file).read_bytes())))
            else:
                raw = file.encode() if isinstance(file, str) else file
                given.append((name, io.BytesIO(raw)))
        return read(given, "inv", format_, encoding)

    return reading


@pytest.fixture
def names():
    """The names of an entry by kind, in their order."""
    return lambda entry: [(n.kind, n.text) for n in entry.names]


@pytest.fixture
def entry():
    """An invented entry, with some of its fields replaced."""

    def made(number="1", *texts, **fields):
        listed_names = tuple(
            ListedName(t, "strong" if at else "primary", "Latn") for at, t in enumerate(texts)
        )
        day = ListingEvent("listed", date(2024, 3, 1), "INVENTED 1")
        return ListEntry(
            "inv", number, listed_names or (ListedName("Quillmoor Magnet Works", "primary", "Latn"),),
            **{"events": (day,), **fields},
        )  # fmt: skip

    return made


@pytest.fixture
def refused():
    """The four parts of a refusal, as a tuple."""

    def parts(raised):
        problem = raised.value.problem
        assert all((problem.what, problem.where, problem.expected, problem.found, problem.next_step))
        return problem.what, problem.where, problem.found

    return parts
