"""What an article says it decides, held against what its rules reach: gaps, and rules that reach too far."""

from __future__ import annotations

from collections.abc import Iterator

from xenotime.law.node import Holds, InForce, Node, Some
from xenotime.law.prove.finding import Finding
from xenotime.law.prove.logic import Claim
from xenotime.law.prove.premises import Statement
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.witness import Shrinker

_GAP = ("gap", "decides", "no rule of it reaches")
_REACH = ("reach", "does not decide", "a rule of it reaches")


def gaps(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Shipments that an article says it decides and no rule of it reaches; and the other way round."""
    for statement in prover.premises.statements:
        rules = _rules(prover, statement)
        wanted = not statement.reaches
        claim: Claim = ((statement.node, True), *_days(statement))
        claim = (
            (*claim, *((Holds(r), False) for r in rules))
            if statement.reaches
            else (*claim, (_any(rules), wanted))
        )
        sighting = prover.find(claim, prover.inside(statement.window) if statement.window else None)
        if sighting is not None:
            kind, says, verb = _GAP if statement.reaches else _REACH
            yield Finding(
                kind,
                (statement.article,),
                f"{statement.article} says that it {says}: {statement.says}; {verb} this shipment",
                "read the article again: mend the rule, its condition or its dates; or mend the statement",
                (shrinker.witness(claim, sighting),),
            )


def _any(rules: tuple[str, ...]) -> Node:
    return Some(tuple(Holds(r) for r in rules))


def _rules(prover: Prover, statement: Statement) -> tuple[str, ...]:
    """The rules a statement speaks of; what it reaches may be reached by an exception of theirs too."""
    if not statement.reaches:
        return statement.by
    exceptions = (e for b in statement.by for e in prover.book.rules[b].unless)
    return tuple(dict.fromkeys((*statement.by, *exceptions)))


def _days(statement: Statement) -> Claim:
    """Without days of its own a statement speaks of those on which one of its rules is in force."""
    return () if statement.window else ((Some(tuple(InForce(b) for b in statement.by)), True),)
