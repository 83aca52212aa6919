from __future__ import annotations

import errno

import polars as pl
import pytest

from xenotime.core.errors import InputError
from xenotime.services.bulk.run import Part, Tally
from xenotime.stores.parts import Parts, print_of, tally_of

PART = Part(3, 0, 0, 4, 0)
ROWS = pl.DataFrame(
    {
        "key": range(4),
        "outcome": [0, 2, 2, 7],
        "rule": [-1, 5, 5, 6],
        "missing_0": [0, 0, 0, 5],
        "missing_1": [0, 0, 0, 1],
    },
    schema_overrides={"outcome": pl.Int8, "rule": pl.Int16, "missing_0": pl.Int32, "missing_1": pl.Int32},
)
TALLY = Tally({(0, -1): 1, (2, 5): 2, (7, 6): 1}, {0: 1, 2: 1, 31: 1})


def make(target):
    ROWS.write_parquet(target)


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def test_a_kept_part_is_there_for_the_next_run(tmp_path):
    kept = Parts(tmp_path, {"law": "a"})
    assert (kept.tally(PART), kept.keep(PART, make)) == (None, TALLY)
    assert Parts(tmp_path, {"law": "a"}).tally(PART) == TALLY
    assert names(tmp_path / "decisions") == ["part-00003.parquet"]


def test_a_part_of_another_run_is_refused_and_again_forgets_it(tmp_path):
    Parts(tmp_path, {"law": "a"}).keep(PART, make)
    with pytest.raises(InputError) as refused:
        Parts(tmp_path, {"law": "b"})
    assert (refused.value.problem.expected, refused.value.problem.found) == ("law b", "law a")
    assert Parts(tmp_path, {"law": "b"}, again=True).tally(PART) is None
    assert names(tmp_path / "decisions") == []


def test_a_part_that_was_cut_off_is_made_again(tmp_path):
    kept = Parts(tmp_path, {})
    kept.keep(PART, make)
    kept.path(PART).write_bytes(kept.path(PART).read_bytes()[:-1])
    assert kept.tally(PART) is None


def test_a_stop_in_the_middle_leaves_nothing(tmp_path):
    kept = Parts(tmp_path, {})

    def stopped(target):
        target.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.keep(PART, stopped)
    assert (kept.tally(PART), names(tmp_path / "decisions")) == (None, [])


def test_what_a_killed_run_left_is_cleared_and_a_living_one_is_not(tmp_path):
    kept = Parts(tmp_path, {})
    dead, living = (kept.folder / f"part-00001.{pid}.part" for pid in (2**22 + 1, 1))
    for path in (dead, living):
        path.write_bytes(b"half")
    Parts(tmp_path, {})
    assert names(kept.folder) == [living.name]


def test_a_full_disk_is_told_and_the_part_is_not_kept(tmp_path):
    kept = Parts(tmp_path, {})

    def full(target):
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    with pytest.raises(InputError) as refused:
        kept.keep(PART, full)
    problem = refused.value.problem
    assert (problem.what, problem.found) == ("the decisions cannot be written", "No space left on device")
    assert kept.tally(PART) is None


def test_rows_lost_on_the_way_are_told(tmp_path):
    with pytest.raises(InputError) as refused:
        Parts(tmp_path, {}).keep(Part(0, 0, 0, 5, 0), make)
    assert (refused.value.problem.expected, refused.value.problem.found) == ("5", "4")


def test_a_tally_counts_each_bit(tmp_path):
    make(tmp_path / "x.parquet")
    assert tally_of(tmp_path / "x.parquet") == TALLY


def test_a_file_is_told_by_its_bytes(tmp_path, monkeypatch):
    path = tmp_path / "x"
    path.write_bytes(b"one")
    small = print_of(path)
    path.write_bytes(b"two")
    assert (len(small), print_of(path) == small) == (32, False)
    monkeypatch.setattr("xenotime.stores.parts.WHOLE", 1)
    monkeypatch.setattr("xenotime.stores.parts.END", 2)
    assert print_of(path).startswith("3 bytes, ")
