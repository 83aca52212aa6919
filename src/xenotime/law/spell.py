"""Writes a tree back as one line of text: leaves as a book's predicates are written, the rest in words."""

from __future__ import annotations

from xenotime.law.node import (
    All,
    Arith,
    Cmp,
    Holds,
    In,
    InForce,
    Is,
    Listed,
    Lit,
    Named,
    Node,
    Not,
    Some,
    Term,
)

#: Names of facts that stand in quotes in a leaf, because they are words of its language.
_QUOTED = frozenset({"from", "to"})


def spell(node: Node) -> str:
    """The tree on one line, as a person would write it in a book.

    >>> from xenotime.law.node import Ref
    >>> spell(All((Is("el_dy"), Not(Named("exempt")), Cmp(">=", Ref("n"), Lit(3)))))
    'el_dy AND NOT exempt AND n >= 3'
    """
    match node:
        case All(parts):
            return " AND ".join(_inner(p) for p in parts) or "TRUE"
        case Some(parts):
            return " OR ".join(_inner(p) for p in parts) or "FALSE"
        case Not(part):
            return f"NOT {_inner(part)}"
        case Named(name):
            return name
        case Is(fact):
            return _fact(fact)
        case Holds(rule):
            return f"holds {rule}"
        case InForce(article):
            return f"in_force {article}"
        case Listed(classes, held, _):
            return f"party_{'held' if held else 'listed'} {', '.join(classes)}"
        case In(fact, values):
            return f"{_fact(fact)} IN ({', '.join(map(_word, values))})"
        case Cmp(op, left, right):
            return f"{_term(left)} {op} {_term(right)}"
    raise TypeError(node)


def _inner(node: Node) -> str:
    text = spell(node)
    return f"({text})" if isinstance(node, (All, Some)) and len(node.parts) > 1 else text


def _term(term: Term) -> str:
    match term:
        case Lit(value):
            return _word(value)
        case Arith(op, left, right):
            return f"{_factor(left, op)} {op} {_factor(right, op)}"
        case _:
            return _fact(term.fact)


def _factor(term: Term, op: str) -> str:
    """A sum inside a product or a difference keeps its brackets."""
    text = _term(term)
    return f"({text})" if isinstance(term, Arith) and (op != "+" or term.op == "-") else text


def _fact(name: str) -> str:
    return f'"{name}"' if name in _QUOTED else name


def _word(value: int | str) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)
