from __future__ import annotations

import pytest

from xenotime.core.errors import InputError
from xenotime.law.read import book_files, read_book
from xenotime.stores import books
from xenotime.stores.books import jurisdictions, named_book, read_folder, write_folder


@pytest.fixture
def copy(tmp_path):
    files = book_files("cn") | book_files("eu")
    write_folder(tmp_path / "copy", files)
    return tmp_path / "copy", files


def test_a_copy_is_read_as_it_was_written(copy):
    path, files = copy
    found = read_folder(path)
    assert found == files
    assert jurisdictions(found) == ("cn", "eu")
    assert read_book(jurisdiction="cn", files=found).hash == read_book().hash


def test_other_files_in_the_folder_are_left_alone(copy):
    path, files = copy
    (path / "notes.txt").write_text("mine", "utf-8")
    (path / "law-findings").mkdir()
    (path / "law-findings" / "overlap.yaml").write_text("on: 2025-04-04\n", "utf-8")
    assert read_folder(path) == files


def test_no_file_of_a_book_is_left_out_in_silence(copy, monkeypatch):
    path, _ = copy
    monkeypatch.setattr(books, "_MOST_FILES", 3)
    with pytest.raises(InputError, match="this folder holds too many files") as caught:
        read_folder(path)
    assert caught.value.problem.expected == "at most 3 files"


def test_one_book_is_named_by_its_folder(copy):
    path, files = copy
    assert named_book(path / "eu") == ("eu", files)
    with pytest.raises(InputError, match="this folder holds several books") as caught:
        named_book(path)
    assert caught.value.problem.found == "cn, eu"


def test_a_book_alone_needs_no_name(tmp_path):
    write_folder(tmp_path / "copy", book_files("eu"))
    assert named_book(tmp_path / "copy")[0] == "eu"


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="there is no such folder of books") as caught:
        read_folder(tmp_path / "none")
    assert caught.value.problem.found == "nothing there"


def test_a_folder_without_a_book(tmp_path):
    (tmp_path / "facts.toml").write_text("", "utf-8")
    with pytest.raises(InputError, match="this folder holds no book") as caught:
        read_folder(tmp_path)
    assert caught.value.problem.found == "facts.toml"


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "mine.md").write_text("work", "utf-8")
    with pytest.raises(InputError, match="this folder is not empty"):
        write_folder(tmp_path, {"facts.toml": ""})
    assert [p.name for p in tmp_path.iterdir()] == ["mine.md"]


def test_a_copy_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    def full(target, text):
        if target.name == "predicates.toml":
            raise OSError(28, "No space left on device")
        target.write_text(text, "utf-8")

    monkeypatch.setattr(books, "put", full)
    with pytest.raises(InputError) as refused:
        write_folder(tmp_path / "copy", book_files("eu"))
    assert (refused.value.problem.where, refused.value.problem.found) == (
        str(tmp_path / "copy"),
        "No space left on device",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_copy_fills_an_empty_folder(tmp_path):
    write_folder(tmp_path, files := book_files("eu"))
    assert read_folder(tmp_path) == files
