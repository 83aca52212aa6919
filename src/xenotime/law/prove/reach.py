"""What a rule can ever do: dead rules, rules that are always outweighed, answers that nobody gets."""

from __future__ import annotations

from collections.abc import Iterator

from xenotime.law.answer import Outcome
from xenotime.law.node import All, Holds, InForce, Named, Node
from xenotime.law.prove.finding import Finding, Witness
from xenotime.law.prove.logic import Claim
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.relations import base
from xenotime.law.prove.witness import Shrinker
from xenotime.law.rules import DECIDING, Rule


def dead(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Rules that hold for no shipment on any day, with the fewest conditions that cannot meet."""
    nodes: dict[str, Node] = {address: Holds(address) for address in prover.book.rules}
    for address, _ in prover.constant(nodes, (True,)):
        rule = prover.book.rules[address]
        if not prover.possible(((InForce(address), True),)):
            why, step = "it is in force on no day", "see its events, and the acts of other instruments on it"
            yield Finding("dead", (rule.address,), f"{rule.address} never applies: {why}", step)
        else:
            yield _dead(prover, shrinker, rule)


def _dead(prover: Prover, shrinker: Shrinker, rule: Rule) -> Finding:
    parts = conditions(prover, rule.node)
    live: Claim = ((InForce(rule.address), True),)
    against = prover.against([p for _, p in parts], live)
    if against:
        names = [parts[k][0] for k in against]
        near = [p for k, (_, p) in enumerate(parts) if k != against[-1]]
        claim: Claim = (*live, *((p, True) for p in near), (Holds(rule.address), False))
        why = (
            f"{names[0]} is true of no shipment"
            if len(names) == 1
            else f"no shipment meets {_and(names)} at once"
        )
        step = "mend the condition that is wrong; the witness meets every other condition of the rule"
    else:
        claim = ((base(rule), True), (Holds(rule.address), False))
        why = f"its exceptions ({', '.join(rule.unless)}) take every shipment that it reaches"
        step = (
            "narrow the exception, or give the article up; the witness is a shipment that the exception takes"
        )
    return Finding(
        "dead", (rule.address,), f"{rule.address} never applies: {why}", step, _one(prover, shrinker, claim)
    )


def _one(prover: Prover, shrinker: Shrinker, claim: Claim) -> tuple[Witness, ...]:
    sighting = prover.find(claim)
    return (shrinker.witness(claim, sighting),) if sighting else ()


def _and(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def conditions(prover: Prover, node: Node, inside: str = "") -> list[tuple[str, Node]]:
    """The conditions of a tree that must all hold, each with its name, shared trees opened."""
    match node:
        case All(parts):
            return [found for part in parts for found in conditions(prover, part, inside)]
        case Named(name) if name in prover.book.conditions:
            tree = prover.book.conditions[name].node
            return conditions(prover, tree, name) if isinstance(tree, All) else [(f"“{name}”", node)]
        case Named(name):
            return [(f"“{name}”", node)]
        case Holds(rule):
            return [(f"“{rule} holds”", node)]
        case InForce(article):
            return [(f"“{article} is in force”", node)]
        case _:
            return [(f"a part of “{inside}”" if inside else "a part of the rule itself", node)]


def outweighed(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Deciding rules whose answer is never the answer: something stricter always holds beside them."""
    deciding = [r for r in prover.book.rules.values() if r.question in DECIDING and r.high]
    for rule in deciding:
        above = [q for q in deciding if q is not rule and _outweighs(q, rule)]
        claim: Claim = ((Holds(rule.address), True), *((Holds(q.address), False) for q in above))
        if not above or prover.possible(claim):
            continue
        sighting = prover.find(((Holds(rule.address), True),))
        if sighting is None:
            continue  # a dead rule, told as one
        seen = ((Holds(rule.address), True),)
        yield Finding(
            "outweighed",
            (rule.address,),
            f"wherever {rule.address} holds, a stricter rule holds too",
            "check whether it should be narrower or the stricter rule wider; if the texts are so, declare it",
            (shrinker.witness(seen, sighting),),
        )


def _outweighs(other: Rule, rule: Rule) -> bool:
    return other.low >= rule.high if rule.answer == "open" else other.low > rule.low


def unreachable(prover: Prover, shrinker: Shrinker) -> Iterator[Finding]:
    """Answers that some rule gives and no shipment gets."""
    deciding = [r for r in prover.book.rules.values() if r.question in DECIDING]
    for rank in sorted({r.low for r in deciding if r.answer != "open" and r.low}):
        rules = [r for r in deciding if r.answer != "open" and r.low == rank]
        above = [(Holds(q.address), False) for q in deciding if q.high > rank]
        if any(prover.possible(((Holds(r.address), True), *above)) for r in rules):
            continue
        claims: list[Claim] = [((Holds(r.address), True),) for r in rules]
        seen = next((c for c in claims if prover.possible(c)), None)
        yield Finding(
            "unreachable",
            (Outcome(rank).word,),
            f"no shipment gets the answer “{Outcome(rank).word}”, which {_and_some(rules)} would give",
            "see which stricter rule always stands beside it, and whether it should",
            _one(prover, shrinker, seen) if seen else (),
        )


def _and_some(rules: list[Rule]) -> str:
    more = f" and {len(rules) - 2} more" if len(rules) > 2 else ""
    return ", ".join(r.address for r in rules[:2]) + more
