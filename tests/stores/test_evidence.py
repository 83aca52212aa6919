"""The folder of claims: whole tables, one writer at a time, nothing lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from xenotime.core.errors import InputError
from xenotime.stores import evidence
from xenotime.stores import folder as folders
from xenotime.stores.evidence import EvidenceFolder, read_claims


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    folder = EvidenceFolder(tmp_path / "evidence")

    assert dict(folder.read()) == {}
    folder.keep("own.csv", "first")
    folder.keep("own.csv", "second")
    folder.keep("more.csv", "third")

    assert dict(folder.read()) == {"more.csv": "third", "own.csv": "second"}


def test_a_change_that_is_stopped_midway_leaves_the_table_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = EvidenceFolder(tmp_path)
    folder.keep("own.csv", "first")

    def stop(_file: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folders.os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt), folder.lock():
        folder.keep("own.csv", "second")

    assert dict(folder.read()) == {"own.csv": "first"}
    assert [p.name for p in tmp_path.iterdir()] == ["own.csv"]
    assert not tmp_path.with_name(f"{tmp_path.name}.held").exists()


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    folder = EvidenceFolder(tmp_path / "evidence")

    def add(number: int) -> None:
        with folder.lock():
            folder.keep("own.csv", folder.read().get("own.csv", "") + f"{number}\n")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(16)))

    assert sorted(folder.read()["own.csv"].split(), key=int) == [str(n) for n in range(16)]


def test_a_folder_held_for_too_long_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "TRIES", 2)
    folder = EvidenceFolder(tmp_path / "evidence")

    with folder.lock(), pytest.raises(InputError, match="another process holds") as refused, folder.lock():
        pass
    assert str(tmp_path / "evidence.held") in refused.value.problem.next_step


def test_a_name_never_leaves_the_folder(tmp_path: Path) -> None:
    kept = EvidenceFolder(tmp_path / "evidence").keep("../own.csv", "text")

    assert kept == tmp_path / "evidence" / "own.csv"


def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes("镝".encode("gb18030"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_claims(wrong)
    with pytest.raises(InputError, match="cannot be read"):
        read_claims(tmp_path / "none.csv")
    monkeypatch.setattr(evidence, "MOST_BYTES", 1)
    with pytest.raises(InputError, match="too large"):
        read_claims(wrong)


def test_a_table_that_could_not_be_read_again_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = EvidenceFolder(tmp_path / "evidence")
    folder.keep("own.csv", "a")
    monkeypatch.setattr(evidence, "MOST_BYTES", 2)
    with pytest.raises(InputError, match="would be too large"):
        folder.keep("own.csv", "abc")
    assert folder.read() == {"own.csv": "a"}
