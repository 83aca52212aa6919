"""What every test may ask for: the root of the tree, and one profile for random tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# No deadline for one example (machines differ); the same examples on each run, so that a failure comes back.
settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds the Makefile."""
    return Path(__file__).parent
