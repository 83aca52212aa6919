"""The decided parts of a table in a folder: each whole or not at all, so that a run goes on where it stopped.

``decisions/part-00000.parquet`` holds decision rows; ``run/`` says of which run they are, and what is done.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl

from xenotime.core.errors import InputError
from xenotime.law.law import WORD
from xenotime.services.bulk.run import Part, Tally
from xenotime.stores.runs import RunFolder

#: Where the parts lie in the folder of their run.
DECISIONS = "decisions"
#: Files up to this size are told by all of their bytes, larger ones by size, time and their end [bytes].
WHOLE, END = 64 * 2**20, 2**20


class Parts:
    """The parts of one run, told by its header: the law, the table, and how it is cut.

    `again` forgets the parts that are there. Raises InputError when they are of another run.
    """

    def __init__(self, folder: Path, header: Mapping[str, str], *, again: bool = False) -> None:
        self.folder = folder / DECISIONS
        self.run = RunFolder(folder / "run", header, again=again)
        try:
            self.folder.mkdir(exist_ok=True)
            for path in self.folder.iterdir():
                if _left(path) or (again and path.suffix == ".parquet"):
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise _unusable(self.folder, error.strerror or str(error)) from error

    def tally(self, part: Part) -> Tally | None:
        """What a kept part adds up to; None when it is not there, or not as it was written."""
        data, path = self.run.read(_name(part)), self.path(part)
        if data is None:
            return None
        found = json.loads(data)
        if not path.is_file() or path.stat().st_size != found["bytes"]:
            return None
        answers = {(outcome, rule): rows for outcome, rule, rows in found["answers"]}
        return Tally(answers, dict(found["missing"]))

    def keep(self, part: Part, make: Callable[[Path], object]) -> Tally:
        """Keep what `make` writes. Raises InputError when there is no room, or rows were lost on the way."""
        target = self.path(part)
        draft = target.with_suffix(f".{os.getpid()}.part")
        try:
            make(draft)
            found = tally_of(draft)
            if found.rows != part.rows:
                raise InputError(
                    "a part came back with another number of rows",
                    where=f"rows {part.first + 1} to {part.first + part.rows}",
                    expected=f"{part.rows:,}",
                    found=f"{found.rows:,}",
                    next_step="was the table written while it was read? run the same command again",
                )
            size = draft.stat().st_size
            draft.replace(target)
        except OSError as error:
            raise _unusable(target, error.strerror or str(error)) from error
        finally:
            draft.unlink(missing_ok=True)
        answers = [[outcome, rule, rows] for (outcome, rule), rows in sorted(found.answers.items())]
        kept = {"bytes": size, "answers": answers, "missing": sorted(found.missing.items())}
        self.run.write(_name(part), json.dumps(kept).encode())
        return found

    def path(self, part: Part) -> Path:
        """Where a part's rows lie."""
        return part_path(self.folder.parent, part)


def part_path(folder: Path, part: Part) -> Path:
    """Where the rows of a part of a run lie, in the run's folder."""
    return folder / DECISIONS / f"{_name(part)}.parquet"


def part_files(folder: Path) -> list[Path]:
    """The files of all parts that a run's folder holds, in their order."""
    return sorted((folder / DECISIONS).glob("*.parquet"))


def read_decisions(files: Sequence[Path], key: str | None = None) -> pl.DataFrame:
    """The decision rows of some parts, or those of them with a key. Raises InputError for what is no part."""
    try:
        rows = pl.scan_parquet(list(files), glob=False)
        if key is not None:
            rows = rows.filter(pl.col("key").cast(pl.String) == key)
        return rows.collect()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(
            "these decisions cannot be read",
            where=", ".join(str(file) for file in files[:3]) or DECISIONS,
            expected="the Parquet files that the run wrote",
            found=str(error).splitlines()[0][:120],
            next_step="run the same `assess` again: it decides the parts that are not whole",
        ) from error


def tally_of(file: Path) -> Tally:
    """What the decision rows of a Parquet file add up to."""
    rows = pl.scan_parquet(file, glob=False)
    words = [name for name in rows.collect_schema().names() if name.startswith("missing_")]
    answers = rows.group_by("outcome", "rule").len().collect()
    bits = [
        ((pl.col(name) // (1 << bit)) % 2).sum().cast(pl.Int64).alias(str(number * WORD + bit))
        for number, name in enumerate(words)
        for bit in range(WORD)
    ]
    counts = rows.select(bits).collect().row(0, named=True) if bits else {}
    return Tally(
        {(outcome, rule): count for outcome, rule, count in answers.iter_rows()},
        {int(bit): count for bit, count in counts.items() if count},
    )


def print_of(file: Path) -> str:
    """What tells a file from another while a run lasts: its content, and of a large one the time as well."""
    found = content_of(file)
    return found if file.stat().st_size <= WHOLE else f"{found}, {file.stat().st_mtime_ns}"


def sum_of(file: Path) -> str:
    """The SHA-256 of a file (64 hex digits)."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def content_of(file: Path) -> str:
    """What tells a file's content from another's: all bytes of a small one, size and end of a large one."""
    size = file.stat().st_size
    if size <= WHOLE:
        return sum_of(file)[:32]
    with file.open("rb") as stream:
        stream.seek(-END, os.SEEK_END)
        tail = hashlib.sha256(stream.read()).hexdigest()[:32]
    return f"{size} bytes, {tail}"


def _name(part: Part) -> str:
    return f"part-{part.number:05}"


def _left(path: Path) -> bool:
    """Whether a draft was left by a run that is no more."""
    if path.suffix != ".part":
        return False
    try:
        os.kill(int(path.suffixes[-2].removeprefix(".")), 0)
    except (ProcessLookupError, ValueError, IndexError):
        return True
    except PermissionError:
        return False
    return False


def _unusable(path: Path, found: str) -> InputError:
    return InputError(
        "the decisions cannot be written",
        where=str(path),
        expected="a folder that can be written, with room left",
        found=found,
        next_step="make room or choose another --out; parts that are kept are whole, and not made again",
    )
