"""Whether a manifest holds together: every name known, every state reached, no state without a way out."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from xenotime.core.errors import BookError
from xenotime.programme.access import ROLES
from xenotime.programme.casework.effects import INNER, OUTER, split
from xenotime.programme.casework.guards import GUARDS
from xenotime.programme.casework.manifest import AFTERWARDS, KINDS, PICKS, Field, Manifest, Move
from xenotime.programme.lines import ADDRESSES, TRACKS

#: What a letter may be filled with.
PLACEHOLDERS = (
    "authority",
    "organisation",
    "case",
    "title",
    "date",
    "due",
    "reason",
    "denial",
    "subject",
    "conditions",
    "until",
    "day",
    "appeal_days",
)
#: What obligations a move may open.
DUTIES = (
    "annual_report",
    "records",
    "review",
    "downstream_notice",
    "humanitarian_report",
    "condition",
    "cure",
)
FINDS = ("list", "ownership", "military", "content", "law", "return", "person")
WAITS = ("", "applicant", "authority", "time")
_LEVELS = ("grant", "refuse", "any")
_MATTERS = ("grant", "withdraw")
_PERSONS = ("grant", "revoke", "quota")
_STATES = (
    "active",
    "suspended",
    "revoked",
    "expired",
    "surrendered",
    "exhausted",
    "refused",
    "granted",
    "closed",
)


def check(manifest: Manifest, kinds: Collection[str]) -> Manifest:
    """The manifest itself; `kinds` are all that exist. Raises BookError naming everything that is wrong."""
    faults = [
        *_names(manifest),
        *_fields(manifest),
        *(fault for move in manifest.moves for fault in _move(manifest, move, kinds)),
        *_table(manifest),
        *_reach(manifest),
        *_clocks(manifest),
        *_letters(manifest),
    ]
    if faults:
        raise BookError(
            "this kind of case cannot be trusted as written",
            where=f"manifest {manifest.id}",
            expected="known names, states that are reached and left, one move for a state, event and role",
            found="; ".join(faults),
            next_step="mend the manifest; docs/howto/change-the-programme.md says how",
        )
    return manifest


def _names(manifest: Manifest) -> Iterator[str]:
    for what in ("fields", "checks", "flags", "clocks", "letters", "states"):
        ids = Counter(part.id for part in getattr(manifest, what))
        yield from (f"{what}: {name} is there {count} times" for name, count in ids.items() if count > 1)
    starts = [s.id for s in manifest.states if s.start]
    if len(starts) != 1:
        yield f"one state is the start, not {starts or 'none'}"
    states = {s.id for s in manifest.states}
    yield from (f"editable: no state {name}" for name in manifest.editable if name not in states)
    yield from (f"opens: no role {name}" for name in manifest.opens if name not in ROLES)
    yield from (
        f"state {s.id} waits for nobody known: {s.waits_for}"
        for s in manifest.states
        if s.waits_for not in WAITS
    )
    yield from (
        f"check {c.id} finds nothing known: {c.finds}" for c in manifest.checks if c.finds not in FINDS
    )


def _fields(manifest: Manifest) -> Iterator[str]:
    asked: dict[str, Field] = {f.id: f for m in manifest.moves for f in m.asks}
    for field in (*manifest.fields, *asked.values()):
        if field.kind not in KINDS:
            yield f"field {field.id} has no kind {field.kind}"
        if (field.kind in ("choice", "choices")) != bool(field.choices):
            yield f"field {field.id} has choices without being a choice, or none"
        if (field.kind == "pick") != (field.of in PICKS):
            yield f"field {field.id} picks from nothing known: {field.of}"
        if not set(field.tracks) <= set(TRACKS):
            yield f"field {field.id} is of no track known"


def _move(manifest: Manifest, move: Move, kinds: Collection[str]) -> Iterator[str]:
    place = f"{move.source} -{move.event}->"
    states = {s.id for s in manifest.states}
    yield from (f"{place} no state {name}" for name in (move.source, move.to) if name not in states)
    yield from (f"{place} no role {name}" for name in move.roles if name not in ROLES)
    if not move.roles:
        yield f"{place} nobody may do this"
    for name, known, where in (
        *((g, _arguments(manifest), "guard") for g in move.guards),
        *((e, _effect_arguments(manifest, kinds), "effect") for e in move.effects),
    ):
        word, argument = split(name)
        if word not in (GUARDS if where == "guard" else INNER | OUTER):
            yield f"{place} no {where} {word}"
        elif not set(argument.split("|")) <= set(known.get(word, ("",))):
            yield f"{place} {where} {name}: nothing is called {argument or 'nothing'}"


def _arguments(manifest: Manifest) -> Mapping[str, Collection[str]]:
    """What each guard may carry after its colon; a guard that is not here carries nothing."""
    return {
        "advised": _LEVELS,
        "voted": _MATTERS,
        "outvoted": _MATTERS,
        "persons": _PERSONS,
        "subject": _STATES,
        "overdue": [c.id for c in manifest.clocks],
        "flagged": [m.id for m in manifest.flags],
        "unflagged": [m.id for m in manifest.flags],
        "track": TRACKS,
        "allowed": [
            a.removeprefix("civil.")
            for a, kind in ADDRESSES.items()
            if kind == "truth" and a.startswith("civil.")
        ],
    }


def _effect_arguments(manifest: Manifest, kinds: Collection[str]) -> Mapping[str, Collection[str]]:
    """What each effect may carry after its colon; an effect that is not here carries nothing."""
    return {
        "start_clock": [c.id for c in manifest.clocks],
        "stop_clock": [c.id for c in manifest.clocks],
        "raise_flag": [m.id for m in manifest.flags],
        "forget_votes": _MATTERS,
        "queue": [manifest.queue, "approval", "vetting", "inspection", "compliance", "appeals", "licensing"],
        "letter": [t.id for t in manifest.letters],
        "open": kinds,
        "duty": DUTIES,
        "meet_duty": DUTIES,
        "refuse_duty": DUTIES,
        "answer_shipment": ("allow", "refuse"),
    }


def _table(manifest: Manifest) -> Iterator[str]:
    """Two moves of one state and event for one role, and final states that are left."""
    cells = Counter((m.source, m.event, role) for m in manifest.moves for role in m.roles)
    yield from (f"{cell} has {count} moves" for cell, count in cells.items() if count > 1)
    final = {s.id for s in manifest.states if s.final}
    for move in manifest.moves:
        if move.source in final and move.event not in AFTERWARDS:
            yield f"the final state {move.source} is left by {move.event}"
    left = {m.source for m in manifest.moves}
    yield from (
        f"state {s.id} is not final and has no way out"
        for s in manifest.states
        if not s.final and s.id not in left
    )
    yield from (f"state {s.id} is final and waits" for s in manifest.states if s.final and s.waits_for)


def _reach(manifest: Manifest) -> Iterator[str]:
    """States that no case comes to, and states from which no case comes to an end."""
    onward: dict[str, set[str]] = {s.id: set() for s in manifest.states}
    back: dict[str, set[str]] = {s.id: set() for s in manifest.states}
    for move in manifest.moves:
        onward.setdefault(move.source, set()).add(move.to)
        back.setdefault(move.to, set()).add(move.source)
    reached = _closure({s.id for s in manifest.states if s.start}, onward)
    ending = _closure({s.id for s in manifest.states if s.final}, back)
    yield from (f"state {s.id} is never reached" for s in manifest.states if s.id not in reached)
    yield from (f"state {s.id} never comes to an end" for s in manifest.states if s.id not in ending)


def _closure(seen: set[str], steps: Mapping[str, set[str]]) -> set[str]:
    todo = list(seen)
    while todo:
        for name in steps.get(todo.pop(), set()) - seen:
            seen.add(name)
            todo.append(name)
    return seen


def _clocks(manifest: Manifest) -> Iterator[str]:
    """A clock stands in the states that it names, and runs again when a case comes out of them."""
    known = {s.id for s in manifest.states} | {""}
    flags = {m.id for m in manifest.flags}
    final = {s.id for s in manifest.states if s.final}
    for clock in manifest.clocks:
        for part in ("days", "unit"):
            if f"{clock.line}.{part}" not in ADDRESSES:
                yield f"clock {clock.id}: no profile line {clock.line}.{part}"
        yield from (f"clock {clock.id}: no state {name}" for name in clock.stops if name not in known)
        yield from (f"clock {clock.id}: no flag {name}" for name in clock.unlimited if name not in flags)
        for move in manifest.moves:
            inside, after = move.source in clock.stops, move.to in clock.stops
            if after and not inside and f"stop_clock:{clock.id}" not in move.effects:
                yield f"{move.source} -{move.event}-> does not stop the clock {clock.id}"
            if (
                inside
                and not after
                and move.to not in final
                and f"start_clock:{clock.id}" not in move.effects
            ):
                yield f"{move.source} -{move.event}-> does not start the clock {clock.id} again"


def _letters(manifest: Manifest) -> Iterator[str]:
    used = {split(e)[1] for m in manifest.moves for e in m.effects if e.startswith("letter:")}
    for letter in manifest.letters:
        if letter.id not in used:
            yield f"letter {letter.id} is never sent"
        for text in (letter.title, letter.title_zh, letter.text, letter.text_zh):
            try:
                named = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
            except ValueError:
                yield f"letter {letter.id} has a brace that is no placeholder"
                continue
            yield from (
                f"letter {letter.id}: no placeholder {name!r}" for name in named if name not in PLACEHOLDERS
            )
