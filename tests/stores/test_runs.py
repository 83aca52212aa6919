from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from xenotime.core.errors import InputError
from xenotime.stores.runs import ENDING, HEADER, RunFolder

RUN = {"network": "a1", "scenario": "april-2025 b2", "seed": "1"}


def test_a_piece_comes_back_as_it_was(tmp_path):
    place = RunFolder(tmp_path / "deep" / "run", RUN)
    assert place.read("draws-0") is None
    place.write("draws-0", b"\0\xff" * 9)
    again = RunFolder(tmp_path / "deep" / "run", RUN)
    assert again.read("draws-0") == b"\0\xff" * 9
    assert again.names() == ("draws-0",)


def test_an_array_comes_back_bit_for_bit(tmp_path):
    values = np.array([[0.1, np.nan, -0.0], [np.inf, 1e-320, 3]])
    RunFolder(tmp_path).put("chances", values)
    found = RunFolder(tmp_path).get("chances")
    assert (found.tobytes(), found.shape, found.dtype) == (values.tobytes(), values.shape, values.dtype)
    assert RunFolder(tmp_path).get("other") is None


def test_a_folder_of_another_run_is_refused(tmp_path):
    RunFolder(tmp_path, RUN).write("draws-0", b"1")
    with pytest.raises(InputError) as refused:
        RunFolder(tmp_path, {**RUN, "seed": "2", "engine": "3"})
    problem = refused.value.problem
    assert problem.what == "the pieces in this folder are of another run"
    assert problem.where == str(tmp_path)
    assert (problem.expected, problem.found) == ("seed 2; engine 3", "seed 1; engine not given")
    assert problem.next_step
    assert RunFolder(tmp_path, RUN).read("draws-0") == b"1"  # nothing is lost


def test_again_forgets_what_is_there(tmp_path):
    RunFolder(tmp_path, RUN).write("draws-0", b"1")
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    place = RunFolder(tmp_path, {"seed": "2"}, again=True)
    assert (place.names(), place.read("draws-0")) == ((), None)
    assert (tmp_path / "letter.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("bytes_", [b"", b"1", b"\0" * 64])
def test_a_damaged_piece_counts_as_none(tmp_path, bytes_):
    place = RunFolder(tmp_path, RUN)
    place.write("draws-0", b"whole")
    (tmp_path / f"draws-0{ENDING}").write_bytes(bytes_)
    assert place.read("draws-0") is None
    place.write("draws-0", b"whole")
    assert place.read("draws-0") == b"whole"


@pytest.mark.parametrize("bit", [0, 31, 32, -1])
def test_a_flipped_byte_is_seen(tmp_path, bit):
    place = RunFolder(tmp_path, RUN)
    place.write("draws-0", b"whole")
    path = tmp_path / f"draws-0{ENDING}"
    data = bytearray(path.read_bytes())
    data[bit] ^= 1
    path.write_bytes(data)
    assert place.read("draws-0") is None


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"form": "another", "run": {}}', '{"form": "xenotime run 1"}']
)
def test_a_header_of_another_form_is_refused(tmp_path, text):
    (tmp_path / HEADER).write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        RunFolder(tmp_path, RUN)
    assert refused.value.problem.what == "this folder does not hold the pieces of a run"


def test_pieces_without_a_header_are_refused(tmp_path):
    RunFolder(tmp_path, RUN).write("draws-0", b"1")
    (tmp_path / HEADER).unlink()
    with pytest.raises(InputError) as refused:
        RunFolder(tmp_path, RUN)
    assert refused.value.problem.found == "pieces without a header"


def test_two_writers_at_once(tmp_path):
    """Eight openers and writers of one run: one header, every piece whole, no leftovers."""

    def write(number):
        place = RunFolder(tmp_path, RUN)
        for piece in range(20):
            place.write(f"draws-{piece}", bytes([piece]) * 10_000)
            found = place.read(f"draws-{piece}")
            assert found == bytes([piece]) * 10_000, number
        return place.names()

    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(write, range(8)))
    assert names == {tuple(sorted(f"draws-{n}" for n in range(20)))}
    assert json.loads((tmp_path / HEADER).read_text("utf-8"))["run"] == RUN
    assert sorted(tmp_path.glob("*.part")) == []


def test_of_two_runs_that_begin_at_once_one_is_refused(tmp_path):
    def begin(number):
        try:
            RunFolder(tmp_path, {"seed": str(number % 2)})
        except InputError:
            return False, number % 2
        return True, number % 2

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(begin, range(40)))
    winner = json.loads((tmp_path / HEADER).read_text("utf-8"))["run"]["seed"]
    assert {run for won, run in found if won} == {int(winner)}


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "x" * 200, "a\0b"])
def test_a_name_is_no_path(tmp_path, name):
    with pytest.raises(InputError) as refused:
        RunFolder(tmp_path, RUN).write(name, b"1")
    assert refused.value.problem.what == "this is no name of a piece"


def test_a_place_that_is_no_folder_is_told_in_four_parts(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(InputError) as refused:
        RunFolder(tmp_path / "file", RUN)
    problem = refused.value.problem
    assert all((problem.what, problem.where, problem.expected, problem.found, problem.next_step))
