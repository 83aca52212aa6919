from __future__ import annotations

import os
from pathlib import Path

import pytest

from xenotime.core.errors import InputError
from xenotime.report.atomic import write


def test_a_file_replaces_the_earlier_one(tmp_path):
    path = tmp_path / "deep" / "a.txt"
    write(path, b"one")
    assert write(path, b"two").read_bytes() == b"two"


def test_a_failure_leaves_the_earlier_file_and_no_draft(tmp_path, monkeypatch):
    path = write(tmp_path / "a.txt", b"one")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError):
        write(path, b"two")
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_bytes() == b"one"


def test_a_pipe_is_written_into_and_a_link_keeps_its_place(tmp_path):
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(pipe, b"one")
    assert (os.read(reader, 9), pipe.is_fifo()) == (b"one", True)
    os.close(reader)
    link.symlink_to(write(tmp_path / "a.txt", b"one"))
    write(link, b"two")
    assert (link.is_symlink(), (tmp_path / "a.txt").read_bytes()) == (True, b"two")
