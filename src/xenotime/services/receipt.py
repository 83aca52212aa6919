"""Receipts: what a decision rests on and what it said, written so that anybody can run it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from xenotime.core.canon import canonical, digest, restored
from xenotime.core.errors import InputError
from xenotime.core.truth import Truth
from xenotime.law.answer import Coverage, Explanation
from xenotime.law.cover import Demand, Licence, check_licence
from xenotime.law.facts import Value

#: What this release writes and reads, of one decision and of a run of many; another form gets another number.
KIND, RUN = "xenotime-decision/1", "xenotime-run/1"
#: The kinds of source that a fact can have.
SOURCES = ("given", "table", "bill", "list", "evidence", "answer", "derived")
#: The longest line that is read as a receipt [characters].
LONGEST = 1_000_000
_WORDS: dict[Truth, str] = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact as it is decided on: its stored value, the kind of its source, and where that is."""

    fact: str
    value: Value
    source: str
    where: str


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one source, by name: truths, numbers, words, bounds as a list of two.

    Money is in ten-thousandths, unless a fact `money_scale` says otherwise. None: asked, and nobody knows.
    """

    source: str
    where: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ground:
    """The law it was decided by: book, hash, hash of the calendar, notices laid over, branches chosen."""

    book: str
    hash: str
    calendar: str
    overlays: tuple[str, ...] = ()
    branches: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """A licence that was put to the shipment, with what had been used of it before [kg, times]."""

    licence: Licence
    used_kg: Decimal = Decimal(0)
    uses: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said, in names; `words` is the hash of the whole explanation, but for the law's own hash."""

    outcome: str
    low: str
    high: str
    rule: str
    code: str
    rules: Mapping[str, str]
    branches: Mapping[str, str]
    missing: tuple[str, ...]
    assuming: Mapping[str, str]
    duties: Mapping[str, str]
    channels: Mapping[str, str]
    coverage: Mapping[str, str]
    notes: tuple[str, ...]
    scopes: Mapping[str, str]
    words: str


@dataclass(frozen=True, slots=True)
class Body:
    """Everything that makes one decision, and the decision.

    `notice` is the day of a customs notice that some duties run from.
    """

    kind: str
    engine: str
    title: str
    on: date
    known: date
    strict: bool
    law: Ground
    facts: tuple[Group, ...]
    demand: Demand | None
    licences: tuple[Held, ...]
    notice: date | None
    answer: Answer


@dataclass(frozen=True, slots=True)
class Receipt:
    """A body under its id, the SHA-256 of its canonical JSON (64 hex digits)."""

    id: str
    body: Body


class Ruled(Protocol):
    """What every record of deciding says of the law and the release that it was made by."""

    @property
    def title(self) -> str:
        """What was decided, as a person knows it."""
        ...

    @property
    def engine(self) -> str:
        """The release."""
        ...

    @property
    def known(self) -> date:
        """The day of the knowledge."""
        ...

    @property
    def strict(self) -> bool:
        """Whether nothing was presumed."""
        ...

    @property
    def law(self) -> Ground:
        """The law."""
        ...


class Issued(Protocol):
    """A record under its id: the receipt of one decision, or of a run of many."""

    @property
    def id(self) -> str:
        """The SHA-256 of the body in canonical JSON."""
        ...

    @property
    def body(self) -> Ruled:
        """What the record holds."""
        ...


#: A record of one of these kinds.
Record = TypeVar("Record", bound=Issued)


def covered(licences: Sequence[Held], demand: Demand | None) -> tuple[Coverage, ...]:
    """Each licence against the demand, in order."""
    if demand is None:
        return ()
    return tuple(check_licence(h.licence, demand, used_kg=h.used_kg, uses=h.uses) for h in licences)


def answer(found: Explanation) -> Answer:
    """An explanation in names and words."""
    return Answer(
        found.outcome.word,
        found.low.word,
        found.high.word,
        found.rule,
        found.code,
        {r.address: _WORDS[r.holds] for r in found.rules},
        {f"{b.hinge}={b.branch}": b.outcome.word for b in found.branches},
        tuple(m.fact for m in found.missing),
        {a.fact: a.value for a in found.assuming},
        {d.address: " to ".join(day.isoformat() for day in d.due or ()) for d in found.duties},
        {c.channel: _WORDS[c.eligible] for c in found.channels},
        {c.licence: ", ".join(c.fails) or _WORDS[c.covers] for c in found.coverage},
        tuple(n.address for n in found.notes),
        {s.address: _WORDS[s.holds] for s in found.scopes},
        digest(replace(found, law_hash="")),
    )


def groups(facts: Iterable[Stated]) -> tuple[Group, ...]:
    """Facts by their source, in a fixed order."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in facts:
        value = list(one.value) if isinstance(one.value, tuple) else one.value
        found.setdefault((one.source, one.where), {})[one.fact] = value
    return tuple(Group(source, where, held) for (source, where), held in sorted(found.items()))


def line(made: Issued) -> bytes:
    """The receipt as one line of canonical JSON: equal receipts are equal bytes."""
    return canonical(made) + b"\n"


def written(receipts: Iterable[Receipt | None]) -> bytes:
    """The receipts that there are, one a line."""
    return b"".join(line(one) for one in receipts if one is not None)


def read(lines: Iterable[str], where: str) -> Iterator[Receipt]:
    """The receipts of a text, one a line, each checked against its own id as it comes.

    Raises InputError for a line that is no receipt, or was changed after it was written.
    """
    found = 0
    for number, written in enumerate(lines, 1):
        if written.strip():
            found += 1
            yield record(Receipt, KIND, written, f"{where}, line {number}")
    if not found:
        raise unread(where, "an empty file")


def record(form: type[Record], kind: str, text: str, where: str) -> Record:
    """The record of a kind that a text is, checked against its own id. Raises InputError as `read` does."""
    head = _head(text, where)
    if head != kind:
        raise unread(where, head)
    try:
        made = restored(form, text)
        content = digest(made.body)
    except InputError as error:
        raise unread(where, error.problem.found) from error
    except (TypeError, ValueError) as error:  # a fraction, or half a sign
        raise unread(where, str(error)[:80]) from error
    if content != made.id:
        raise InputError(
            "this receipt was changed after it was written",
            where=where,
            expected=f"the content whose hash is {made.id[:12]}…",
            found=f"another, whose hash is {content[:12]}…",
            next_step="ask whoever gave it to you for the receipt as it was written",
        )
    return made


def _head(text: str, where: str) -> str:
    """What kind of record a line says it is. Raises InputError when it is none."""
    if len(text) > LONGEST:
        raise unread(where, f"a line of {len(text):,} characters")
    try:
        raw = json.loads(text, object_pairs_hook=_once)
    except RecursionError as error:
        raise unread(where, "brackets within brackets, too deep to be read") from error
    except ValueError as error:
        raise unread(where, str(error)[:80]) from error
    body = raw.get("body") if isinstance(raw, dict) else None
    return str(body.get("kind", "no kind")) if isinstance(body, dict) else "no body"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON that says everything once. Raises ValueError for a key that comes twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        message = f"'{next(n for n in names if names.count(n) > 1)[:40]}' twice in one object"
        raise ValueError(message)
    return found


def unread(where: str, found: str) -> InputError:
    """The failure of a text that is no record of this release."""
    return InputError(
        "this is not a receipt that this release reads",
        where=where,
        expected=f"lines of {KIND}, or the {RUN} of an engine's run, as `decide` and `assess` write them",
        found=found,
        next_step="make it again: xenotime decide facts.yaml --receipt receipt.json, or the same `assess`",
    )
