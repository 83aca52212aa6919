"""The audit export: the register of screenings, hits, decisions, alerts and list versions, with hashes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from xenotime.core.canon import canonical
from xenotime.report import atomic, register
from xenotime.services.screening.record import Alert, Decision, Screening, Tombstone

_LISTS = ("list", "title", "hash", "as_of", "count", "screenings")
_DECISIONS = (
    "decision", "record", "party", "name", "verdict", "scope", "covers", "because", "by", "day", "until",
    "four_eyes", "confirmed_by", "confirmed_on", "replaced",
)  # fmt: skip
_ALERTS = (
    "kind",
    "party",
    "name",
    "list",
    "entry",
    "listed_name",
    "changed",
    "before",
    "record",
    "known",
    "says",
)
_TOMBSTONES = ("mark", "day", "reason")


def export(
    folder: Path,
    screenings: Sequence[tuple[str, bytes, Screening]],
    decisions: Sequence[tuple[str, Decision, bool]],
    alerts: Sequence[Alert],
    tombstones: Sequence[Tombstone],
) -> list[Path]:
    """The files of the export, each whole or not at all, the manifest last.

    `screenings` come with their id and their bytes as kept, `decisions` with their id and whether another one
    replaced them. The manifest gives the SHA-256 and the size of every other file.
    """
    files = {
        "screenings.csv": register.table(register.COLUMNS, _screenings(screenings)),
        "screenings.jsonl": _lines((number, body) for number, body, _ in screenings),
        "decisions.csv": register.table(_DECISIONS, (_decision(*d) for d in decisions)),
        "decisions.jsonl": _lines((number, canonical(d)) for number, d, _ in decisions),
        "alerts.csv": register.table(_ALERTS, map(_alert, alerts)),
        "lists.csv": register.table(_LISTS, _lists(screenings)),
        "erased.csv": register.table(_TOMBSTONES, map(_tombstone, tombstones)),
    }
    written = [atomic.write(folder / name, data) for name, data in files.items()]
    return [*written, atomic.write(folder / "manifest.json", manifest(files, len(screenings)))]


def manifest(files: Mapping[str, bytes], screenings: int) -> bytes:
    """The list of files with their SHA-256 and size, and how many screenings they hold."""
    found = {
        "screenings": screenings,
        "files": {n: {"sha256": sha256(data).hexdigest(), "bytes": len(data)} for n, data in files.items()},
    }
    return (json.dumps(found, indent=2, sort_keys=True) + "\n").encode()


def _lines(found: Iterable[tuple[str, bytes]]) -> bytes:
    return b"".join(b'{"id":"%s","content":%s}\n' % (number.encode(), body) for number, body in found)


def _screenings(screenings: Iterable[tuple[str, bytes, Screening]]) -> Iterator[dict[str, str]]:
    for number, _, made in screenings:
        yield from ({**row, "record": number} for row in register.rows([made]))


def _lists(screenings: Iterable[tuple[str, bytes, Screening]]) -> Iterator[dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    times: dict[tuple[str, str], int] = {}
    for _, _, made in screenings:
        for used in made.lists:
            place = (used.list_id, used.hash)
            times[place] = times.get(place, 0) + 1
            found[place] = {
                "list": used.list_id,
                "title": used.title,
                "hash": used.hash,
                "as_of": used.as_of.isoformat() if used.as_of else "unknown",
                "count": str(used.count),
            }
    for place in sorted(found):
        yield {**found[place], "screenings": str(times[place])}


def _decision(number: str, decision: Decision, replaced: bool) -> dict[str, str]:
    return {
        "decision": number,
        "record": decision.record,
        "party": f"erased {decision.erased.mark[:12]}" if decision.erased else decision.party,
        "name": decision.name,
        "verdict": decision.verdict,
        "scope": decision.scope,
        "covers": "; ".join(f"{c.list_id}/{c.entry} {c.name}" for c in decision.covers),
        "because": decision.because,
        "by": decision.by,
        "day": decision.day.isoformat(),
        "until": decision.until.isoformat(),
        "four_eyes": "yes" if decision.four_eyes else "no",
        "confirmed_by": decision.confirmed_by,
        "confirmed_on": decision.confirmed_on.isoformat() if decision.confirmed_on else "",
        "replaced": "yes" if replaced else "no",
    }


def _alert(alert: Alert) -> dict[str, str]:
    return {
        "kind": alert.kind,
        "party": alert.party,
        "name": alert.name,
        "list": alert.list_id,
        "entry": alert.entry,
        "listed_name": alert.entry_name,
        "changed": alert.changed,
        "before": alert.before,
        "record": alert.record,
        "known": alert.known.isoformat(),
        "says": alert.says,
    }


def _tombstone(stone: Tombstone) -> dict[str, str]:
    return {"mark": stone.mark, "day": stone.day.isoformat(), "reason": stone.reason}
