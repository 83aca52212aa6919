"""What every test may ask for: the root of the tree, and one profile for random tests."""

from __future__ import annotations

from collections.abc import Iterator
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


@pytest.fixture(autouse=True, scope="session")
def _nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The notices of whoever runs the tests stay out of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XENOTIME_HOME", str(tmp_path_factory.mktemp("home")))
        yield
