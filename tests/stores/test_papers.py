"""Files of evidence."""

from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.stores import papers


def test_a_file(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    assert papers.read(tmp_path / "a", 5) == b"12345"
    with pytest.raises(InputError, match="cannot be used"):
        papers.read(tmp_path / "a", 4)
    with pytest.raises(InputError, match="cannot be used"):
        papers.read(tmp_path / "b", 4)


def test_a_folder_by_name(tmp_path):
    for name in ("b", "a", ".hidden"):
        (tmp_path / name).write_text(name)
    (tmp_path / "inner").mkdir()
    assert papers.folder(tmp_path, 9) == ((str(tmp_path / "a"), b"a"), (str(tmp_path / "b"), b"b"))
    assert papers.folder(tmp_path / "a", 9) == ((str(tmp_path / "a"), b"a"),)


def test_a_folder_is_bounded(tmp_path):
    for n in range(papers.MOST + 1):
        (tmp_path / str(n)).touch()
    with pytest.raises(InputError, match="cannot be used"):
        papers.folder(tmp_path, 9)


def test_lines(tmp_path):
    (tmp_path / "a").write_bytes(b"1\n2\n" + b"x" * (papers.LONGEST_LINE + 1))
    with papers.rows(tmp_path / "a") as rows:
        assert [len(row) for row in rows] == [2, 2, papers.LONGEST_LINE, 1]
    with pytest.raises(InputError, match="cannot be used"), papers.rows(tmp_path / "b"):
        pass
