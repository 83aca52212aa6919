"""Conditions by themselves: those that ask nothing, those that cannot be, and opposites that are none."""

from __future__ import annotations

from collections.abc import Iterator

from xenotime.law.book import ordered
from xenotime.law.node import Named, Node
from xenotime.law.prove.finding import Finding
from xenotime.law.prove.logic import Claim
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.witness import Shrinker


def constants(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Predicates, conditions and item lines that are true, or false, of every shipment on every day."""
    nodes = dict(named(prover))
    for name, wanted in prover.constant(nodes, (True, False)):
        claim: Claim = ((nodes[name], not wanted),)
        sighting = prover.find(claim)
        yield Finding(
            "never" if wanted else "always",
            (name,),
            f"“{name}” is {'false' if wanted else 'true'} of every shipment on every day",
            "see its comparison, its values and its “and” and “or”; or take it out",
            (shrinker.witness(claim, sighting),) if sighting else (),
        )


def named(prover: Prover) -> Iterator[tuple[str, Node]]:
    """Every condition that has a name: predicates, shared trees, and the lines of item tables."""
    book = prover.book
    for name in (*book.predicates, *book.conditions):
        yield name, Named(name)
    for name, predicate in book.predicates.items():
        for line in predicate.table.lines if predicate.table else ():
            yield f"{name} {line.control_code}", line.node


def unread(prover: Prover, _: Shrinker) -> Iterator[Finding]:
    """Predicates and conditions that no rule reads, through others or itself."""
    book = prover.book
    read = set(ordered(book, tuple(book.rules)))
    for name in (*book.predicates, *book.conditions):
        if name not in read:
            yield Finding("unread", (name,), f"no rule reads “{name}”", "use it in a rule, or take it out")


def opposites(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Declared opposites of which both hold, or neither does, for some shipment."""
    for first, second in prover.premises.opposite:
        for both in (True, False):
            claim: Claim = ((Named(first), both), (Named(second), both))
            sighting = prover.find(claim)
            if sighting is not None:
                yield Finding(
                    "opposite",
                    (first, second),
                    f"{'both' if both else 'neither'} of “{first}” and “{second}” "
                    f"{'hold' if both else 'holds'} for one shipment",
                    "see which comparison is off: a figure on the line belongs to exactly one of the two",
                    (shrinker.witness(claim, sighting),),
                )
