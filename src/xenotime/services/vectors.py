"""Decision vectors: facts, days and what must come out, for other programs to test themselves against."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files as packaged_files
from typing import Any

from xenotime import __version__
from xenotime.law.answer import Outcome
from xenotime.law.book import Book
from xenotime.law.facts import Fact
from xenotime.law.law import Law, fold_book
from xenotime.law.oracle import Scene, Verdict, judge, presume
from xenotime.law.program import Row
from xenotime.law.read import packaged, packaged_names
from xenotime.services.library import Library
from xenotime.services.mutants import Probe, probes

#: What this release writes; another form gets another number. The schema beside it describes it.
KIND = "xenotime-decisions/1"
_DAY = timedelta(days=1)
#: The sign in the id of a trial: it is about its own days only.
_TRIED = "#"
_TRIALS = "trials.yaml"
#: Days before this are before any law of the books.
_FIRST = date(2010, 1, 1)


@dataclass(frozen=True, slots=True)
class Moment:
    """One question about the facts of a vector: on which day, as known on which, how."""

    on: date
    known: date
    strict: bool
    branches: tuple[tuple[str, str], ...]


def banks(book: str, *, trials: bool = False) -> dict[str, str]:
    """The texts of a packaged book's worked cases by name, and of its trials if they are asked for."""
    names = packaged_names(book, ".yaml")
    return {n: packaged(n) for n in names if trials or not n.endswith(_TRIALS)}


def vectors(
    library: Library, files: Mapping[str, str], progress: Callable[[int, int], object] | None = None
) -> dict[str, Any]:
    """The vectors of a book as plain JSON: each trial and worked case, each also around the days that matter.

    ``files`` are the texts of the book's trials and cases by name.
    """
    laws: dict[tuple[date, tuple[tuple[str, str], ...]], Law] = {}

    def law_of(moment: Moment) -> Law:
        key = moment.known, moment.branches
        if key not in laws:
            laws[key] = fold_book(library.law.book, moment.known, dict(moment.branches))
        return laws[key]

    asked = _merged(probes(library, files), law_of)
    made = []
    for number, (name, row, moments) in enumerate(asked, 1):
        made.append(_vector(name, row, moments, law_of))
        if progress:
            progress(number, len(asked))
    used = {fact for one in made for fact in one["facts"]}
    return {
        "kind": KIND,
        "release": __version__,
        "book": library.law.book.jurisdiction,
        "law": library.law.hash,
        "facts": {
            f.name: _declared(f) for f in library.law.facts if f.name in used or f.presumed is not None
        },
        "vectors": made,
    }


def _merged(
    found: Iterable[Probe], law_of: Callable[[Moment], Law]
) -> list[tuple[str, Row, dict[Moment, None]]]:
    """Each set of facts once, with the moments that it is asked about."""
    rows: dict[str, tuple[str, Row, dict[Moment, None]]] = {}
    for probe in found:
        moment = Moment(probe.on, probe.fold[0], probe.strict, probe.fold[1])
        key = repr(sorted((n, v) for n, v in probe.row.items() if v is not None))
        _, row, moments = rows.setdefault(key, (probe.id, probe.row, {}))
        moments[moment] = None
        if _TRIED not in probe.id:
            moments.update(dict.fromkeys(_around(row, moment, law_of(moment))))
    return list(rows.values())


def _around(row: Row, moment: Moment, law: Law) -> Iterator[Moment]:
    """The same facts the day before, on and after each turn of the rules they meet; and as known before.

    Before means: on the last day on which something was published that stops an article, or lets it go on.
    """
    filled, _ = presume(law, row, strict=moment.strict)
    scene = Scene(law, filled, moment.on)
    met = [r.address for r in law.rules if scene.value(r.node) is True]
    turns = {s.first for address in met for s in law.stretches(address) if s.first > _FIRST}
    for turn in sorted(turns):
        for day in (turn - _DAY, turn, turn + _DAY):
            yield Moment(day, moment.known, moment.strict, moment.branches)
    then = max((day for day in _news(law.book) if day <= moment.on), default=moment.known)
    if then < moment.known and not moment.branches:
        yield Moment(moment.on, then, moment.strict, ())


def _news(book: Book) -> set[date]:
    """The days on which something was published that stops an article, or lets it go on."""
    own = (event for rule in book.rules.values() for event in rule.events)
    events = (*own, *(act.event for act in book.acts))
    return {event.published for event in events if event.kind != "in_force"}


def _vector(
    name: str, row: Row, moments: Iterable[Moment], law_of: Callable[[Moment], Law]
) -> dict[str, Any]:
    return {
        "id": name,
        "facts": {n: list(v) if isinstance(v, tuple) else v for n, v in row.items() if v is not None},
        "decisions": [
            {
                "on": moment.on.isoformat(),
                "known": moment.known.isoformat(),
                "strict": moment.strict,
                "branches": dict(moment.branches),
                "expect": expected(law_of(moment), row, moment.on, strict=moment.strict),
            }
            for moment in moments
        ],
    }


def expected(law: Law, row: Row, on: date, *, strict: bool) -> dict[str, Any]:
    """What the law says of a row on a day, in names: the outcome and its trace."""
    verdict = judge(law, row, on, strict=strict)
    filled, _ = presume(law, row, strict=strict)
    scene = Scene(law, filled, on)
    return {
        "outcome": Outcome(verdict.outcome).word,
        "low": Outcome(verdict.low).word,
        "high": Outcome(verdict.high).word,
        "rule": law.rules[verdict.rule].address if verdict.rule >= 0 else None,
        "rules": {
            r.address: scene.values[r.address] for r in law.rules if scene.values[r.address] is not False
        },
        "scopes": {r.address: scene.values[r.address] for r in law.scopes},
        **traced(law, verdict),
        "branches": _branches(verdict),
    }


def traced(law: Law, verdict: Verdict) -> dict[str, list[str]]:
    """The masks of a verdict as names: what is true, missing, owed, noted, open."""
    facts = [f.name for f in law.facts]
    channels = [r.answer for r in law.channels]
    return {
        "true": _named(verdict.true, [p.name for p in law.predicates]),
        "missing": _named(verdict.missing, facts),
        "duties": _named(verdict.duties, [r.address for r in law.duties]),
        "notes": _named(verdict.notes, [r.address for r in law.notes]),
        "channels_open": _named(verdict.channels_true, channels),
        "channels_unknown": _named(verdict.channels_unknown, channels),
    }


def _named(mask: int, names: list[str]) -> list[str]:
    return [name for bit, name in enumerate(names) if mask >> bit & 1]


def _branches(verdict: Verdict) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for (hinge, branch), outcome in verdict.branches.items():
        if outcome is not None:
            found.setdefault(hinge, {})[branch] = Outcome(outcome).word
    return found


def _declared(fact: Fact) -> dict[str, Any]:
    """A fact as another program must know it: its type, its words, what its absence means."""
    said: dict[str, Any] = {"type": fact.type}
    if fact.values:
        said["values"] = list(fact.values)
    return said | ({} if fact.presumed is None else {"presumed": fact.presumed})


def schemas() -> dict[str, str]:
    """The JSON Schemas of vectors and of receipts of decisions and of runs, by file name."""
    names = ("decisions.schema.json", "receipt.schema.json", "run.schema.json")
    return {name: (packaged_files("xenotime.services") / name).read_text("utf-8") for name in names}


def written(made: Mapping[str, Any]) -> str:
    """Vectors as JSON text: one decision a line, so that a change is seen where it is."""
    head = {name: value for name, value in made.items() if name != "vectors"}
    each = ",\n".join(_lined(vector) for vector in made["vectors"])
    return f'{json.dumps(head, ensure_ascii=False, indent=1)[:-2]},\n "vectors": [\n{each}\n ]\n}}\n'


def _lined(vector: Mapping[str, Any]) -> str:
    decisions = ",\n   ".join(json.dumps(one, ensure_ascii=False) for one in vector["decisions"])
    named, facts = json.dumps(vector["id"]), json.dumps(vector["facts"], ensure_ascii=False)
    return f'  {{"id": {named}, "facts": {facts}, "decisions": [\n   {decisions}\n  ]}}'
