"""The folder of notices: whole texts, one writer at a time, nothing lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from xenotime.core.errors import AddressError, InputError
from xenotime.stores import folder as folders
from xenotime.stores.notices import NoticeFolder, read_notice


def test_what_is_added_is_read_again(tmp_path: Path) -> None:
    folder = NoticeFolder(tmp_path / "law")

    assert dict(folder.read()) == {}
    folder.add("a.md", "first")
    folder.add("a.md", "first")

    assert dict(folder.read()) == {"a.md": "first"}


def test_another_text_of_the_same_name_is_refused_and_the_first_is_kept(tmp_path: Path) -> None:
    folder = NoticeFolder(tmp_path)
    folder.add("a.md", "first")

    with pytest.raises(InputError, match="another notice has this name"):
        folder.add("a.md", "second")

    assert dict(folder.read()) == {"a.md": "first"}


def test_of_two_writers_at_once_one_is_told_that_the_name_is_taken(tmp_path: Path) -> None:
    folder = NoticeFolder(tmp_path)

    def write(text: str) -> str:
        try:
            with folder.lock():
                folder.add("a.md", text)
        except InputError:
            return "refused"
        return text

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(write, [f"text {k}" for k in range(8)]))

    kept = folder.read()["a.md"]
    assert sorted(answers) == sorted([kept, *["refused"] * 7])
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_a_folder_held_for_too_long_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "TRIES", 2)
    folder = NoticeFolder(tmp_path)

    with folder.lock(), pytest.raises(InputError, match="another process holds the folder"), folder.lock():
        pass


def test_a_notice_that_is_not_there_cannot_be_removed(tmp_path: Path) -> None:
    folder = NoticeFolder(tmp_path)
    folder.add("a.md", "text")

    folder.remove("a.md")
    with pytest.raises(AddressError, match="no such notice"):
        folder.remove("a.md")


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.md"
    wrong.write_bytes("法".encode("gb18030"))

    with pytest.raises(InputError, match="not UTF-8"):
        read_notice(wrong)
    with pytest.raises(InputError, match="cannot be read"):
        read_notice(tmp_path / "none.md")


def test_a_device_without_end_is_refused_and_not_read_on() -> None:
    with pytest.raises(InputError, match="this file is too large"):
        read_notice(Path("/dev/zero"))
