"""Asks a book everything, and sorts what is found into declared doubts and the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xenotime.law.book import Book
from xenotime.law.prove import days, missing, reach, relations, statements, steps, truths
from xenotime.law.prove.finding import KINDS, Finding
from xenotime.law.prove.premises import Doubt, Premises
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.witness import Shrinker

#: What is asked, in order, with what each part proves when it finds nothing.
QUESTIONS: dict[str, Callable[[Prover, Shrinker], Iterator[Finding]]] = {
    "overlaps": relations.overlaps,
    "gaps": statements.gaps,
    "opposites": truths.opposites,
    "ways": steps.wrong_ways,
    "missing": missing.overturned,
    "dead": reach.dead,
    "exceptions": relations.idle_exceptions,
    "relations": relations.idle_relations,
    "outweighed": reach.outweighed,
    "answers": reach.unreachable,
    "constants": truths.constants,
    "unread": truths.unread,
    "dates": days.dates,
}


@dataclass(frozen=True, slots=True)
class Declared:
    """A finding that the book declares as a legal doubt."""

    finding: Finding
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Proof:
    """What the proof of one book found, and how much it asked.

    `proved` names the questions that found nothing; `counts` says about how many things some of them ask.
    """

    findings: tuple[Finding, ...]
    declared: tuple[Declared, ...]
    proved: tuple[str, ...]
    counts: Mapping[str, int]
    asked: int
    worlds: int


def prove(
    book: Book,
    known: date,
    premises: Premises,
    progress: Callable[[str], object] = lambda _: None,
    only: Collection[str] = (),
) -> Proof:
    """Everything found in a book, for every day of shipment and every day of knowledge up to `known`.

    ``only`` names the questions that are asked, all of `QUESTIONS` if it is empty.
    """
    prover = Prover(book, known, premises)
    shrinker = Shrinker(prover)
    found: dict[str, tuple[Finding, ...]] = {}
    for name in only or QUESTIONS:
        progress(name)
        found[name] = tuple(QUESTIONS[name](prover, shrinker))
    doubts = () if only else premises.doubts
    findings, declared = _sorted([f for several in found.values() for f in several], doubts)
    return Proof(
        findings,
        declared,
        tuple(name for name, several in found.items() if not several),
        {
            "gaps": len(premises.statements),
            "opposites": len(premises.opposite),
            "ways": len(premises.stricter) + len(premises.milder),
        },
        prover.asked,
        len(prover.worlds),
    )


def _sorted(
    found: Sequence[Finding], doubts: Sequence[Doubt]
) -> tuple[tuple[Finding, ...], tuple[Declared, ...]]:
    order = list(KINDS)
    declared = [Declared(f, d) for f in found for d in doubts if _declares(d, f)]
    told = {id(d.finding) for d in declared}
    open_ = [f for f in found if id(f) not in told]
    open_ += [_settled(d) for d in doubts if all(d is not x.doubt for x in declared)]
    return tuple(sorted(open_, key=lambda f: (order.index(f.kind), f.at))), tuple(declared)


def _declares(doubt: Doubt, finding: Finding) -> bool:
    return doubt.kind == finding.kind and set(doubt.at) == set(finding.at)


def _settled(doubt: Doubt) -> Finding:
    return Finding(
        "settled",
        (doubt.instrument, *doubt.at),
        f"{doubt.instrument} declares a doubt ({doubt.kind}: {', '.join(doubt.at)}) that is not found",
        "take the doubt out, or name the addresses as the finding names them",
    )
