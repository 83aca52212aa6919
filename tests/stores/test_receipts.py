from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.stores.receipts import lines


def test_a_file_comes_line_by_line(tmp_path):
    (tmp_path / "r.jsonl").write_text("one\n二\n", "utf-8")
    assert list(lines(tmp_path / "r.jsonl")) == ["one\n", "二\n"]


def test_a_line_without_end_is_cut(tmp_path):
    (tmp_path / "r.jsonl").write_text("x" * 1_500_000, "utf-8")
    assert [len(part) for part in lines(tmp_path / "r.jsonl")] == [1_000_001, 499_999]


@pytest.mark.parametrize(
    ("data", "found"), [(None, "No such file or directory"), (b"\xff\xfe", "bytes that are no text")]
)
def test_what_cannot_be_read_is_said(tmp_path, data, found):
    path = tmp_path / "r.jsonl"
    if data:
        path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        list(lines(path))
    assert (caught.value.problem.what, caught.value.problem.found) == ("these receipts cannot be read", found)
