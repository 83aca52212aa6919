"""The policy that weighs evidence: classes, kinds, ageing, reach, and the printed table of answers.

It is a policy of this program and no law; the table says so, and names a law where one defines something.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xenotime.core.errors import BookError
from xenotime.core.truth import Truth

_ANSWERS: Mapping[str, Truth] = {"yes": True, "no": False, "unknown": None}
_REACHES = ("always", "unless_checked")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evidence: its class by level on either side, how it ages, how far it reaches.

    `bands` are (least share [percent], class), highest first. `valid_days` 0: it does not age.
    """

    id: str
    title: str
    military: Mapping[str, str]
    civil: Mapping[str, str]
    bands: tuple[tuple[Decimal, str], ...]
    by_list: bool
    valid_days: int
    later_days: int
    reaches: str
    law: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: the classes between which each side must lie, and the answer."""

    id: str
    least_for: int
    most_for: int
    least_against: int
    most_against: int
    truth: Truth
    says: str
    kind: str = ""
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Something a person could find out, and what it could say."""

    kind: str
    level: str
    says: tuple[str, ...]
    values: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """Lists that have any of these words in their address, name or source; no words: every other list."""

    says: tuple[str, ...]
    weight: str
    law: str

    def holds(self, text: str) -> bool:
        """Whether this is about a list that is called so."""
        return not self.says or any(word in text.casefold() for word in self.says)


@dataclass(frozen=True, slots=True)
class Policy:
    """The whole policy. `classes` run from light to heavy; the first is history and never counts.

    `stops` is the lightest class of military evidence that stops a presumption of civil use.
    """

    about: str
    classes: tuple[str, ...]
    stops: int
    caps: Mapping[str, str]
    lists: tuple[Named, ...]
    kinds: Mapping[str, Kind]
    steps: Mapping[str, int]
    lines: tuple[Line, ...]
    asks: tuple[Ask, ...]

    def rank(self, name: str) -> int:
        """The place of a class, 0 for history and for "none"."""
        return 0 if name == "none" else self.classes.index(name)


def parse_policy(text: str, where: str = "military.toml") -> Policy:
    """The policy of a TOML text. Raises BookError for a class, kind, level or answer that is not one."""
    try:
        raw = tomllib.loads(text)
        return _policy(raw, where)
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        raise _refused(where, "classes, confidence, kinds, steps, lines and asks", str(error)) from error


def _policy(raw: Mapping[str, Any], where: str) -> Policy:
    classes = tuple(str(name) for name in raw["classes"])
    kinds = {row["id"]: _kind(row, classes, where) for row in raw["kind"]}
    caps = {str(k): _class(str(v), classes, where) for k, v in raw["confidence"].items()}
    lists = tuple(
        Named(tuple(row["says"]), _class(row["class"], classes, where), row["law"]) for row in raw["list"]
    )
    lines = tuple(_line(row, classes, where) for row in raw["line"])
    asks = tuple(
        Ask(row["kind"], row["level"], tuple(row["says"]), tuple(row.get("values", ())), row["text"])
        for row in raw["ask"]
    )
    unknown = [a.kind for a in asks if a.kind not in kinds] + [
        x.kind for x in lines if x.kind not in ("", *kinds)
    ]
    if unknown:
        raise _refused(where, ", ".join(kinds), ", ".join(unknown))
    if not lists or lists[-1].says:
        raise _refused(where, "a last list without words, for every other one", "none")
    steps = {str(k): int(v) for k, v in raw["steps"].items()}
    stops = classes.index(_class(str(raw["stops_presumption"]), classes, where))
    return Policy(str(raw["about"]), classes, stops, caps, lists, kinds, steps, lines, asks)


def _kind(row: Mapping[str, Any], classes: Sequence[str], where: str) -> Kind:
    place = f"{where}, kind {row['id']}"
    if row["reaches"] not in _REACHES:
        raise _refused(place, " | ".join(_REACHES), str(row["reaches"]))
    bands = tuple((Decimal(b["from"]), _class(b["class"], classes, place)) for b in row.get("bands", ()))
    return Kind(
        str(row["id"]),
        str(row["title"]),
        _levels(row["military"], classes, place),
        _levels(row.get("civil", {}), classes, place),
        tuple(sorted(bands, reverse=True)),
        row.get("by_list") == "yes",
        int(row["valid_days"]),
        int(row.get("later_days", 0)),
        str(row["reaches"]),
        str(row["law"]),
    )


def _levels(row: Mapping[str, str], classes: Sequence[str], where: str) -> dict[str, str]:
    return {level: _class(name, classes, where) for level, name in row.items()}


def _class(name: str, classes: Sequence[str], where: str) -> str:
    if name not in classes:
        raise _refused(where, " | ".join(classes), name)
    return name


def _line(row: Mapping[str, Any], classes: Sequence[str], where: str) -> Line:
    place = f"{where}, line {row['id']}"
    if row["answer"] not in _ANSWERS:
        raise _refused(place, " | ".join(_ANSWERS), str(row["answer"]))
    ends = [
        0 if n == "none" else classes.index(_class(n, classes, place)) for n in (*row["for"], *row["against"])
    ]
    least_for, most_for, least_against, most_against = ends
    return Line(
        str(row["id"]),
        least_for,
        most_for,
        least_against,
        most_against,
        _ANSWERS[row["answer"]],
        str(row["says"]),
        str(row.get("kind", "")),
        row.get("twice") == "yes",
    )


def _refused(where: str, expected: str, found: str) -> BookError:
    return BookError(
        "this policy of military evidence cannot be used",
        where=where,
        expected=expected,
        found=found,
        next_step="correct the policy table",
    )
