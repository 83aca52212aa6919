"""One syntax tree for conditions: read once, then run as columns, as plain Python, or as words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Lit:
    """A literal number or text."""

    value: int | str


@dataclass(frozen=True, slots=True)
class Ref:
    """The value of a fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Arith:
    """``left op right`` with op one of + - *."""

    op: str
    left: Term
    right: Term


Term: TypeAlias = Lit | Ref | Arith


@dataclass(frozen=True, slots=True)
class Cmp:
    """``left op right`` with op one of = <> < <= > >=."""

    op: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class In:
    """The fact has one of the listed values."""

    fact: str
    values: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Is:
    """A yes-or-no fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Named:
    """A predicate or condition, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Holds:
    """Another rule holds: its tree is true, it is in force, and no exception applies."""

    rule: str


@dataclass(frozen=True, slots=True)
class InForce:
    """An article is in force on the day."""

    article: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; true when there is none."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds; false when there is none."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class Listed:
    """A stand-in for "a party is on (or held by) a list of these classes", expanded by the book."""

    classes: tuple[str, ...]
    held: bool
    here: bool = False


Node: TypeAlias = Listed | Cmp | In | Is | Named | Holds | InForce | All | Some | Not


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node."""
    match node:
        case All(parts) | Some(parts):
            return parts
        case Not(part):
            return (part,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(children(top))


def _term_facts(term: Term) -> Iterator[str]:
    match term:
        case Ref(fact):
            yield fact
        case Arith(_, left, right):
            yield from _term_facts(left)
            yield from _term_facts(right)


def facts_of(node: Node) -> frozenset[str]:
    """The facts that a tree reads itself (not through named parts)."""
    found: set[str] = set()
    for part in walk(node):
        match part:
            case Cmp(_, left, right):
                found.update(_term_facts(left), _term_facts(right))
            case In(fact, _) | Is(fact):
                found.add(fact)
    return frozenset(found)
