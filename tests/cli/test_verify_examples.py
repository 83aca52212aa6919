"""examples/verify holds what the code writes, and each file says what the guide says."""

from __future__ import annotations

import pytest
from tests.seal.authority import Papers, exhibits

from xenotime.seal import status

FILES = exhibits()


@pytest.fixture
def folder(root):
    return root / "examples" / "verify"


def test_no_file_is_missing_and_none_is_left_over(folder):
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert found == {*FILES, "README.md"}


@pytest.mark.parametrize("name", sorted(n for n in FILES if not n.startswith("lists/")))
def test_a_file_is_what_the_code_writes(folder, name):
    assert (folder / name).read_bytes() == FILES[name]


@pytest.mark.parametrize("name", sorted(n for n in FILES if n.startswith("lists/")))
def test_a_list_says_what_the_code_writes(folder, name):
    """How gzip packs a list is its own matter; what it says is not."""
    trust = Papers().trust()
    kept, made = (status.read(t.decode().strip(), trust) for t in ((folder / name).read_bytes(), FILES[name]))
    assert (kept.bits, kept.valid_from, kept.valid_until) == (made.bits, made.valid_from, made.valid_until)
