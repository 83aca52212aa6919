"""Two rules at once: overlaps that nothing settles, exceptions and relations that never come to bear."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from xenotime.law.node import All, Holds, InForce, Node
from xenotime.law.prove.finding import Finding
from xenotime.law.prove.logic import Claim
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.witness import Shrinker
from xenotime.law.rules import DECIDING, Rule


def overlaps(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Pairs of firm rules that answer one question differently for one shipment, and declare no relation."""
    firm = [r for r in prover.book.rules.values() if r.question in DECIDING and r.answer != "open"]
    for first, second in combinations(firm, 2):
        if first.question != second.question or first.answer == second.answer or _related(first, second):
            continue
        claim: Claim = ((Holds(first.address), True), (Holds(second.address), True))
        sighting = prover.find(claim)
        if sighting is not None:
            yield Finding(
                "overlap",
                (first.address, second.address),
                f"{first.address} answers {first.answer} and {second.address} answers {second.answer} "
                f"to the question “{first.question}”, for one shipment on one day",
                "say in one of them which gives way (unless), that both stand (alongside), or that the texts "
                "contradict each other (conflicts)",
                (shrinker.witness(claim, sighting),),
            )


def _related(first: Rule, second: Rule) -> bool:
    mine = {*first.unless, *first.alongside, *first.conflicts}
    theirs = {*second.unless, *second.alongside, *second.conflicts}
    return second.address in mine or first.address in theirs


def base(rule: Rule) -> Node:
    """A rule before its exceptions: its article in force, and its conditions met."""
    return All((InForce(rule.address), rule.node))


def idle_exceptions(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Exceptions that never touch the rule that names them."""
    for rule in prover.book.rules.values():
        for exception in rule.unless:
            if prover.possible(((base(rule), True), (Holds(exception), True))):
                continue
            claim: Claim = ((Holds(rule.address), True), (Holds(exception), False))
            sighting = prover.find(claim)
            yield Finding(
                "idle_exception",
                (rule.address, exception),
                f"{exception} is named as an exception of {rule.address}, and no shipment meets both",
                "take the exception out, or mend the condition that keeps it away; the witness is a shipment "
                "that the exception leaves alone",
                (shrinker.witness(claim, sighting),) if sighting else (),
            )


def idle_relations(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Relations (alongside, conflicts) between rules that can never both hold."""
    for rule in prover.book.rules.values():
        for kind, others in (("alongside", rule.alongside), ("conflicts", rule.conflicts)):
            for other in others:
                if prover.possible(((Holds(rule.address), True), (Holds(other), True))):
                    continue
                claim: Claim = ((Holds(rule.address), True),)
                sighting = prover.find(claim)
                yield Finding(
                    "idle_relation",
                    (rule.address, other),
                    f"{rule.address} declares “{kind}” for {other}, and no shipment meets both",
                    "take the relation out, or mend the condition that keeps them apart",
                    (shrinker.witness(claim, sighting),) if sighting else (),
                )
