"""An invented authority for every test of seals."""

from __future__ import annotations

import pytest
from tests.seal.authority import Papers


@pytest.fixture
def papers():
    return Papers()
