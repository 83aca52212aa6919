"""Salted commitments."""

from __future__ import annotations

import pytest

from xenotime.core.errors import SealError
from xenotime.seal.commit import commit, opens


def test_opens_with_the_same_salt_and_text_only():
    made = commit(b"s" * 16, "Müller")
    assert [
        opens(made, b"s" * 16, "Müller"),
        opens(made, b"t" * 16, "Müller"),
        opens(made, b"s" * 16, "Muller"),
        opens(made[:-1] + "x", b"s" * 16, "Müller"),
    ] == [True, False, False, False]


def test_a_salt_that_could_be_guessed():
    with pytest.raises(SealError, match="too short"):
        commit(b"s" * 15, "Müller")
