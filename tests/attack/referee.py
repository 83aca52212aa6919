"""Judges a history against the ledger it left: what was promised must be there, and nothing else may be.

`python -m tests.attack.referee FILE` judges a kept history again.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from tests.attack.history import FAIL, OK, Operation, read
from tests.attack.shop import draws

from xenotime.core.canon import canonical, restored
from xenotime.programme.shipping import quota
from xenotime.programme.shipping.quota import (
    BOUND,
    COMMIT,
    CORRECT,
    EXPIRE,
    OPEN,
    RESERVE,
    REVERSE,
    Cap,
    Entry,
    Reservation,
)
from xenotime.stores.database.schema import answers

NEVER = 2**63


@dataclass(frozen=True)
class Evidence:
    """What happened, as the workers saw it and as the database kept it."""

    operations: tuple[Operation, ...]
    caps: tuple[Cap, ...]
    entries: tuple[Entry, ...]
    reservations: tuple[Reservation, ...]
    answers: dict
    events: tuple

    def write(self, path):
        """Keeps the evidence in one file that replays."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(canonical({n: getattr(self, n) for n in self.__dataclass_fields__}))
        return path


def replay(path):
    """The evidence of a kept file."""
    said = json.loads(path.read_bytes())
    kinds = {"caps": Cap, "entries": Entry, "reservations": Reservation}
    typed = {n: tuple(restored(kind, json.dumps(x)) for x in said[n]) for n, kind in kinds.items()}
    return Evidence(
        tuple(Operation(**o) for o in said["operations"]),
        answers=said["answers"], events=tuple(map(tuple, said["events"])), **typed,
    )  # fmt: skip


def gather(folder, store):
    """Everything that the workers wrote down and the store kept."""
    with store.view() as view:
        entries, reservations, events = [], [], []
        while more := view.entries(after=entries[-1].id if entries else 0):
            entries += more
        while more := view.reservations(after=reservations[-1].id if reservations else ""):
            reservations += more
        while more := view.events(start=len(events)):
            events += more
        said = dict(view.connection.execute(select(answers.c.key, answers.c.said)).all())
        logged = tuple((i, body["kind"], body["data"]) for i, body in ((i, json.loads(b)) for i, b in events))
        return Evidence(tuple(read(folder)), view.caps(), tuple(entries), tuple(reservations), said, logged)


def judge(evidence):
    """Every promise that was broken, as (rule, words); empty if all were kept."""
    faults = [
        (f.rule, f"entry {f.entry}, cap {f.cap}: {f.says}")
        for f in quota.check(evidence.caps, evidence.entries)
    ]
    for rule in (_crashes, _durable, _answers, _trusted, _holds, _origins, _order, _times):
        faults += rule(evidence)
    return faults


def _by(evidence):
    """Entries by the operation that made them."""
    made = defaultdict(list)
    for entry in evidence.entries:
        made[entry.by].append(entry)
    return made


def _crashes(evidence):
    """Nothing fails in a way that nobody foresaw."""
    return [("crash", f"{o.id} {o.kind}: {o.why}") for o in evidence.operations if o.why.startswith("crash")]


def _durable(evidence):
    """What was acknowledged is there; what was refused left nothing."""
    faults = []
    made, ids = _by(evidence), {e.id: e for e in evidence.entries}
    held = {r.id for r in evidence.reservations}
    logged = {data["op"] for _, _, data in evidence.events}
    for op in evidence.operations:
        if op.outcome == FAIL and made[op.id]:
            faults.append(("refused but done", f"{op.id} {op.kind} {op.why}"))
        if op.outcome != OK or (op.said is None and op.kind != "switch"):
            continue
        if op.kind == "draw" and "held" in op.said and op.said["held"] not in held:
            faults.append(("acknowledged but lost", f"{op.id}: {op.said}"))
        nothing = op.kind == "settle" and op.asked["how"] == REVERSE and not _used(evidence, op)
        if op.kind in ("settle", "correct") and not ((op.said or nothing) and set(op.said) <= ids.keys()):
            faults.append(("acknowledged but lost", f"{op.id} {op.kind} {op.said}"))
        if op.kind == "switch" and op.id not in logged:
            faults.append(("acknowledged but lost", f"{op.id} {op.asked}"))
    return faults


def _used(evidence, op):
    """What was committed of an operation's reservation and not corrected away; 0 leaves nothing."""
    of = [e for e in evidence.entries if e.reservation == op.asked["reservation"]]
    return sum(e.grams for e in of if e.kind in (COMMIT, CORRECT))


def _answers(evidence):
    """One key has one content, one answer and at most one reservation."""
    faults = []
    said, kept = defaultdict(set), defaultdict(list)
    for op in evidence.operations:
        if op.outcome == OK and op.kind == "draw":
            said[op.asked["key"]].add((op.asked["more"], json.dumps(op.said)))
        if op.outcome == OK and op.kind in ("settle", "correct"):
            said[f"{op.kind} {op.asked['key']}"].add((str(op.asked.get("part")), json.dumps(op.said)))
    for held in evidence.reservations:
        kept[held.id if held.key.split("#")[0] == held.key else held.key.split("#")[0]].append(held)
        key = held.key.split("#")[0]
        kept[f"key {key}"].append(held)
        if evidence.answers.get(key) != held.id:
            faults.append(("another answer kept", f"{key}: {held.id}, {evidence.answers.get(key)}"))
    faults += [("same key, other answer", f"{k}: {sorted(s)}") for k, s in said.items() if len(s) > 1]
    faults += [("same key, drawn twice", f"{k}: {[h.id for h in v]}") for k, v in kept.items() if len(v) > 1]
    return faults


def _trusted(evidence):
    """Nothing is drawn after a suspension was acknowledged, by the clock of the workers and by the log."""
    faults = []
    operations = {o.id: o for o in evidence.operations}
    switches = defaultdict(list)
    for op in evidence.operations:
        if op.kind == "switch" and op.outcome != FAIL:
            switches[op.asked["certificate"]].append(op)
    for held in evidence.reservations:
        drawn = operations.get(held.by)
        if drawn is None:
            continue
        before = [s for s in switches[held.draws[0].certificate] if s.end is not None and s.end < drawn.start]
        last = max(before, key=lambda s: s.end, default=None)
        if last is None or last.asked["to"] != "suspended":
            continue
        ended = drawn.end or NEVER
        back = [s for s in switches[held.draws[0].certificate] if s.asked["to"] != "suspended"]
        if not any((s.end or NEVER) > last.start and s.start < ended for s in back):
            faults.append(("drawn after suspension", f"{held.id} by {held.by}, suspended by {last.id}"))
    state = {}
    for index, kind, data in evidence.events:
        if kind == "certificate.switched":
            state[data["certificate"]] = data["to"]
        elif data["held"] and state.get(data["held"]) == "suspended":
            faults.append(("drawn after suspension", f"leaf {index} by {data['op']}"))
    return faults


def _holds(evidence):
    """Each reservation has all its lines, under all caps that fit, and ended as its state says."""
    faults = []
    lines = defaultdict(list)
    for entry in evidence.entries:
        lines[entry.reservation].append(entry)
    for held in evidence.reservations:
        wanted = {(c.id, d.element, d.grams) for c in evidence.caps for d in held.draws if c.fits(d)}
        found = {(e.cap, e.element, e.grams) for e in lines[held.id] if e.kind == RESERVE}
        if found != wanted:
            faults.append(("not under every cap", f"{held.id}: {sorted(found ^ wanted)}"))
        freed = defaultdict(int)
        for entry in lines[held.id]:
            freed[entry.cap, entry.element] += quota.EFFECTS[entry.kind][0] * entry.grams
        left = {place: grams for place, grams in freed.items() if grams}
        if (held.state == OPEN) != bool(left):
            faults.append(("freed not once", f"{held.id} is {held.state} and holds {left}"))
    return faults


def _origins(evidence):
    """Every entry was made by an operation that somebody began, for what it asked."""
    faults = []
    asked = {o.id: o for o in evidence.operations}
    for name, made in _by(evidence).items():
        op = asked.get(name)
        if op is None:
            if name not in ("stock", "end"):
                faults.append(("from nowhere", f"{len(made)} entries by {name}"))
            continue
        kinds = {e.kind for e in made}
        if op.kind == "draw":
            right = kinds == {RESERVE} and op.asked["more"] in (0, 1)
            grams = {d.element: d.grams for d in draws(int(op.asked["key"][1:]), op.asked["more"])}
            right = right and all(grams.get(e.element) == e.grams for e in made)
        else:
            right = {"settle": bool(kinds & {op.asked.get("how"), "release"}), "correct": kinds == {CORRECT},
                     "bound": kinds == {BOUND}, "switch": False}[op.kind]  # fmt: skip
        if not right:
            faults.append(("not what was asked", f"{op.id} {op.kind} made {sorted(kinds)}"))
    return faults


def _order(evidence):
    """Under each cap the order of entries is an order that the clock of the workers allows."""
    faults = []
    operations = {o.id: o for o in evidence.operations}
    by_cap = defaultdict(list)
    for entry in evidence.entries:
        if entry.by in operations:
            by_cap[entry.cap].append(operations[entry.by])
    for cap, ordered in by_cap.items():
        latest = 0
        for op in ordered:
            latest = max(latest, op.start)
            if (op.end or NEVER) < latest:
                faults.append(
                    ("out of order", f"{op.id} ended before what the ledger of {cap} puts before it began")
                )
    return faults


def _times(evidence):
    """Nothing expires before its time, and nothing is committed after it."""
    faults = []
    ends: dict[str, datetime] = {held.id: held.expires for held in evidence.reservations}
    for entry in evidence.entries:
        end = ends.get(entry.reservation)
        if (entry.kind == EXPIRE and end is not None and entry.at < end) or (
            entry.kind == COMMIT and end is not None and entry.at >= end
        ):
            faults.append(("at the wrong time", f"entry {entry.id} {entry.kind} of {entry.reservation}"))
    return faults


def tally(evidence):
    """How much of each kind happened, for whoever reads the test's output."""
    counts = defaultdict(int)
    for op in evidence.operations:
        counts[f"{op.kind} {op.outcome}"] += 1
    for entry in evidence.entries:
        counts[f"entry {entry.kind}"] += 1
    return dict(sorted(counts.items()))


if __name__ == "__main__":
    found = judge(replay(Path(sys.argv[1])))
    for fault in found:
        print(*fault, sep=": ")  # noqa: T201 - a script speaks by printing
    sys.exit(bool(found))
