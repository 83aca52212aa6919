"""Ownership files as a reader gets them: from a fixture, or from text written in a test."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from xenotime.core.errors import XenotimeError
from xenotime.parties.owners import formats

FIXTURES = Path(__file__).parents[3] / "fixtures" / "ownership"


@pytest.fixture
def fixture():
    """Reads a fixture of tests/fixtures/ownership."""

    def read(name, fmt=""):
        with (FIXTURES / name).open("rb") as file:
            return formats.read(file, name, fmt=fmt)

    return read


@pytest.fixture
def given():
    """Reads text, bytes, or a list of JSON objects (as JSON lines)."""

    def read(content, fmt="", name="given"):
        if isinstance(content, list):
            content = "".join(json.dumps(one) + "\n" for one in content)
        data = content.encode() if isinstance(content, str) else content
        return formats.read(io.BytesIO(data), name, fmt=fmt)

    return read


@pytest.fixture
def refused(given):
    """Asserts that a file is refused with all four parts, and returns what, where and found."""

    def refuse(content, fmt="", stream=None):
        with pytest.raises(XenotimeError) as raised:
            formats.read(stream, "given", fmt=fmt) if stream else given(content, fmt)
        problem = raised.value.problem
        assert all((problem.what, problem.where, problem.expected, problem.found, problem.next_step))
        return problem.what, problem.where, problem.found

    return refuse


@pytest.fixture
def edges():
    """The holdings of a data set, short: id, owner, owned, low, high, kind, behind."""
    return lambda s: [
        (
            h.id,
            h.owner,
            h.owned,
            str(h.low),
            None if h.high is None else str(h.high),
            h.kind,
            h.holds_for,
        )
        for h in s.holdings
    ]


@pytest.fixture
def said():
    """The findings of a data set as pairs."""
    return lambda s: [(f.what, f.where) for f in s.findings]
