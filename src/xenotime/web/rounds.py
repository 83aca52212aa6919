"""What the programme does by itself while it serves: expiry, reminders, lists, statistics, checkpoints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Self

from xenotime.core.errors import XenotimeError
from xenotime.services.ports import Clock
from xenotime.services.programme.casework import timed
from xenotime.services.programme.office import Office
from xenotime.services.programme.oversight import duties, logbook, statistics
from xenotime.services.programme.parties import watch
from xenotime.services.programme.people import entry
from xenotime.services.programme.people.passwords import Rules
from xenotime.services.programme.shipping import shipments
from xenotime.services.programme.trust import certificates, licences
from xenotime.web import journal

#: How often the timer looks what is due [seconds].
BEAT = 5


@dataclass(frozen=True, slots=True)
class Round:
    """One thing that is done again and again: its name, how often, and the deed."""

    name: str
    every: timedelta
    deed: Callable[[datetime], object]


def rounds(office: Office, rules: Rules, checkpoints: Path) -> tuple[Round, ...]:
    """Every round of a programme. `checkpoints`: the folder that outsiders read the log's heads from."""
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    return (
        Round("reservations", minute, lambda at: shipments.expire(office, at)),
        Round("lists", 15 * minute, lambda at: certificates.publish(office, at)),
        Round("checkpoint", 5 * minute, lambda _: export(office, checkpoints)),
        Round("sessions", 10 * minute, lambda at: entry.sweep(office, at, rules)),
        Round("licences", hour, lambda at: licences.expire(office, at)),
        Round("reminders", hour, lambda at: duties.remind(office, at)),
        Round("time", hour, lambda at: timed.run(office, at)),
        Round("statistics", hour, lambda at: statistics.publish(office, at)),
        Round("watch", hour, lambda at: watch.look(office, at)),
    )


def export(office: Office, folder: Path) -> Path:
    """The log's signed head as a file of its own, named by its size; an older one is never written over."""
    with office.store.view() as view:
        size, _ = view.head()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{size:012d}.note"
    if not target.exists():
        half = target.with_suffix(".half")
        half.write_text(logbook.checkpoint(office), encoding="utf-8", newline="\n")
        half.replace(target)
    return target


class Timer:
    """Does rounds in a thread of its own until it is stopped; one that fails is noted and tried again."""

    def __init__(self, rounds: Sequence[Round], clock: Clock) -> None:
        self.rounds, self.clock = rounds, clock
        self._done: dict[str, datetime] = {}
        self._stop = Event()
        self._thread = Thread(target=self._run, name="rounds", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self.turn(self.clock.now())
            self._stop.wait(BEAT)

    def turn(self, at: datetime) -> tuple[str, ...]:
        """Do every round that is due; returns the names of those done."""
        due = [r for r in self.rounds if r.name not in self._done or self._done[r.name] + r.every <= at]
        return tuple(r.name for r in due if not self._stop.is_set() and self._try(r, at))

    def _try(self, one: Round, at: datetime) -> bool:
        self._done[one.name] = at
        try:
            one.deed(at)
        except XenotimeError as error:
            journal.note(at, "round failed", round=one.name, fault=error.problem.what)
            return False
        except Exception as error:  # noqa: BLE001 - one round that fails must not end the others
            journal.failure(at, "round failed", error, round=one.name)
            return False
        return True
