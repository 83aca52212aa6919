"""What was tried and what came of it: one file a process, a line before and a line after each operation."""

from __future__ import annotations

import itertools
import json
import os
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from xenotime.core.errors import AddressError, InputError, OutageError, StateError

OK, FAIL, UNKNOWN = "ok", "fail", "unknown"


@dataclass
class Operation:
    """One operation: when it began and ended [nanoseconds of one clock for all], and what was said."""

    id: str
    kind: str
    asked: dict
    start: int
    end: int | None = None
    outcome: str = UNKNOWN
    said: object = None
    why: str = ""


class LostError(Exception):
    """What a broken variant raises to throw away what it acknowledged."""


@dataclass
class Recorder:
    """Writes the history of one process; every line is on the disk before the operation goes on."""

    folder: Path
    name: str
    _file: int = field(init=False)

    def __post_init__(self):
        self._file = os.open(self.folder / f"{self.name}.history", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def _write(self, line):
        data = json.dumps(line, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            os.write(self._file, data)
            os.fsync(self._file)

    @contextmanager
    def operation(self, kind, **asked):
        """Yields the operation; the block sets `said`. What it raises becomes the outcome."""
        made = Operation(f"{self.name}.{next(self._numbers)}", kind, asked, time.monotonic_ns())
        self._write({"op": made.id, "kind": kind, "asked": asked, "start": made.start})
        try:
            yield made
            made.outcome = OK
        except OutageError as error:
            made.outcome, made.why = UNKNOWN, str(error)
        except (StateError, AddressError, InputError) as error:
            made.outcome, made.why = FAIL, type(error).__name__
        except LostError:
            made.outcome = OK
        except Exception as error:  # noqa: BLE001 - whatever it is, the referee must see it
            made.outcome, made.why = FAIL, f"crash {type(error).__name__}: {error}"[:600]
        done = {"op": made.id, "end": time.monotonic_ns(), "outcome": made.outcome, "said": made.said}
        self._write(done | {"why": made.why})


def read(folder):
    """Every operation of every process, by start; one without an end is unknown, a torn last line is none."""
    found = {}
    for path in sorted(folder.glob("*.history")):
        for line in path.read_bytes().split(b"\n"):
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if "start" in said:
                found[said["op"]] = Operation(said["op"], said["kind"], said["asked"], said["start"])
            else:
                made = found[said["op"]]
                made.end, made.outcome = said["end"], said["outcome"]
                made.said, made.why = said["said"], said["why"]
    return sorted(found.values(), key=lambda o: o.start)
