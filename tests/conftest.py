"""What many tests share: the packaged book, read once, and what is built on it."""

from __future__ import annotations

from datetime import date

import pytest

from xenotime.law.law import fold_book
from xenotime.law.read import read_book
from xenotime.services.library import open_library

#: The day the book was researched; every case of the bank is decided as known on it.
KNOWN = date(2026, 11, 21)


@pytest.fixture(scope="session")
def book():
    """The packaged Chinese book."""
    return read_book()


@pytest.fixture(scope="session")
def law(book):
    """The book as known on the day it was researched, no hinge settled."""
    return fold_book(book, KNOWN)


@pytest.fixture(scope="session")
def libraries(book):
    """Libraries by day of knowledge, branches and strictness, each opened once."""
    opened = {}

    def library(known=None, branches=None, *, strict=False):
        key = (known or KNOWN, tuple(sorted((branches or {}).items())), strict)
        if key not in opened:
            opened[key] = open_library(key[0], branches=branches, strict=strict, book=book)
        return opened[key]

    return library
