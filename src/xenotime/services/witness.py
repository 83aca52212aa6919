"""Writes what the prover found as decide files, so that anyone can see it decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count

from xenotime.law.facts import Value
from xenotime.law.prove.finding import Finding, Witness

_UNIT = 10_000
_WIDE = 96


def witness_files(findings: Sequence[Finding], asked: str) -> Iterator[tuple[Finding, str, str]]:
    """The witnesses of findings as decide files: the finding, the file's name, its text.

    `asked` is how the book is named to `xenotime decide`, empty for the book that it takes by itself.
    """
    taken: set[str] = set()
    for finding in findings:
        for witness in finding.witnesses:
            names = (f"{finding.id}{f'-{n}' if n > 1 else ''}.yaml" for n in count(1))
            name = next(n for n in names if n not in taken)
            taken.add(name)
            yield finding, name, decide_file(finding, witness, name, asked)


def decide_file(finding: Finding, witness: Witness, name: str, asked: str) -> str:
    """A witness as a decide file that says what it shows and how to run it."""
    lines = [
        *_comment(f"A finding of `xenotime law check`: {finding.kind.replace('_', ' ')}."),
        *_comment(f"{finding.what}."),
        *_comment(finding.means),
        *_comment("No fact below can be left out; facts that are not stated do not matter, or are presumed."),
        *_comment(f"Run it: xenotime decide {' '.join([*([asked] if asked else []), name])} --check"),
        f"title: {_quoted(f'{finding.kind}: ' + ', '.join(finding.at))}",
        f"on: {witness.on}",
        f"known: {witness.known}",
        *_mapping("branches", witness.branches),
        *_mapping("facts", {k: told(v) for k, v in witness.row.items()}),
        "expect:",
        f"  outcome: {witness.outcome}",
        *_mapping("holds", {k: "yes" if v else "no" for k, v in witness.holds.items()}, "  "),
    ]
    return "\n".join(lines) + "\n"


def told(value: Value) -> str:
    """A stored value as a decide file writes it."""
    if isinstance(value, tuple):
        return "" if value[0] is None else f"{(Decimal(value[0]) / _UNIT).normalize():f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _mapping(key: str, values: Mapping[str, str], indent: str = "") -> list[str]:
    if not values:
        return [f"{indent}{key}: {{}}"] if key == "facts" else []
    return [f"{indent}{key}:", *(f"{indent}  {k}: {_quoted(v)}" for k, v in values.items())]


def _quoted(text: str) -> str:
    plain = text.replace("-", "").replace(".", "").isalnum()
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _comment(text: str) -> Iterator[str]:
    line = "#"
    for word in text.split():
        if len(line) + len(word) >= _WIDE:
            yield line
            line = "#"
        line = f"{line} {word}"
    yield line
