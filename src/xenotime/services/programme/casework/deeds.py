"""One deed on a held case: permitted, done once a key, kept, and noted for the log; every verb is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from xenotime.core.errors import InputError
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.machine import Scene
from xenotime.services.programme.casework import scenes
from xenotime.services.programme.office import Office
from xenotime.services.programme.turn import Turn, acted, allowed, once

#: The longest text of one question, answer or reason [characters].
MOST_SIGNS = 20_000
#: A case after a deed, and what the log says of it.
Done = tuple[Case, Mapping[str, Any]]
Deed = Callable[[Turn, Case, Scene], Done]


def done(
    office: Office,
    actor: Actor,
    case: str,
    verb: str,
    name: str,
    at: datetime,
    deed: Deed,
    asked: Sequence[Any],
    key: str,
) -> Case:
    """One deed on a held case: permitted, done once a key, kept, and noted for the log."""

    def act(made: Turn) -> Case:
        held = allowed(actor, verb, made.change.hold, Case, case)

        def kept_once() -> Case:
            after, said = deed(made, held, scenes.of(made.change, office, held, at))
            kept = made.change.put(after)
            made.note(f"case.{name}", case, held.organisation, {**said, "version": kept.version})
            return kept

        return once(made, key, [name, case, *asked], kept_once)

    return acted(office, actor, at, act)


def veiled(made: Turn, case: Case, of: str, text: str) -> str:
    """The commitment to a text of a case, for the log."""
    return made.veil(case.id, case.organisation, of, text.strip())


def bounded(text: str) -> str:
    """The text if it is of a size that is kept. Raises InputError if it is too long."""
    if len(text) > MOST_SIGNS:
        raise InputError(
            "this text is too long",
            expected=f"at most {MOST_SIGNS:,} characters",
            found=f"{len(text):,} characters",
            next_step="shorten it, or attach a document",
        )
    return text
