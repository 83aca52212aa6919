"""What time alone does to cases: the programme makes those moves of the tables that wait for a day.

Each case is a change of its own; a move is made once, because the case then stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xenotime.core.errors import StateError
from xenotime.programme.access import SYSTEM
from xenotime.programme.casework import machine
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.manifest import Manifest
from xenotime.programme.read import manifests
from xenotime.services.programme.casework import cases, scenes
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import Search

#: The events that wait for time alone; each asks for no words of anybody.
EVENTS = ("lapse", "overdue", "close_hearing", "end")
_PAGE = 200


def run(office: Office, at: datetime) -> tuple[tuple[str, str], ...]:
    """Every move that time has made possible, made by the programme: case and event; call it on a timer."""
    done: list[tuple[str, str]] = []
    for case, event in _ripe(office, at):
        try:
            cases.fire(office, SYSTEM, case, event, at)
        except StateError:  # somebody moved it meanwhile
            continue
        done.append((case, event))
    return tuple(done)


def _ripe(office: Office, at: datetime) -> Iterator[tuple[str, str]]:
    for manifest in manifests().values():
        states = tuple({m.source for m in manifest.moves if _timed(m.event, m.roles)})
        after = "" if states else None
        while after is not None:
            where = {"kind": manifest.id, "state": states, "closed": None}
            with office.store.view() as look:
                page = look.find(Case, Search(where, order="id", limit=_PAGE, after=after))
                found = [(c, scenes.of(look, office, c, at)) for c in page.items]
            yield from ((c.id, event) for c, scene in found for event in _next(manifest, c, scene))
            after = page.next or None


def _next(manifest: Manifest, case: Case, scene: machine.Scene) -> list[str]:
    """The timed move of a case with nothing in its way, if there is one."""
    moves = machine.moves(manifest, case, SYSTEM, scene)
    return [p.move.event for p in moves if not p.stops and _timed(p.move.event, p.move.roles)][:1]


def _timed(event: str, roles: tuple[str, ...]) -> bool:
    return event in EVENTS and SYSTEM.role in roles
