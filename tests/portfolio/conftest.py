from __future__ import annotations

from importlib import resources

import pytest

from xenotime.portfolio.triage import read_tables


@pytest.fixture(scope="session")
def customs():
    book = resources.files("xenotime") / "books" / "cn"
    return read_tables((book / "customs.csv").read_text("utf-8"), (book / "words.csv").read_text("utf-8"))
