"""Reads one line of SQL boolean text into the syntax tree; everything not listed here is refused.

The text comes from a book, perhaps a stranger's, so it is data: sqlglot parses it, and only
AND OR NOT, comparisons, IN, BETWEEN and integer + - * over declared facts pass.
IS NULL is refused on purpose: unknown must never turn into false.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlglot
from sqlglot import exp

from xenotime.core.errors import BookError
from xenotime.law.facts import LIMIT, Fact
from xenotime.law.node import All, Arith, Cmp, In, Is, Lit, Node, Not, Ref, Some, Term

_COMPARE: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITH: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
_ALLOWED = "AND, OR, NOT, = <> < <= > >=, IN, BETWEEN, and integer + - * over declared facts"
_MAX_LENGTH = 20_000
_MAX_NUMBER = 10**9
#: A term must fit a signed 64-bit column.
_MAX_TERM = 2**63 - 1


def parse_leaf(text: str, facts: Mapping[str, Fact], where: str) -> Node:
    """The tree of one predicate's text.

    Raises BookError for anything outside the allowed language, or an undeclared fact.
    """
    if len(text) > _MAX_LENGTH:
        raise BookError(
            "this predicate is too long", where=where, expected=f"at most {_MAX_LENGTH} characters"
        )
    try:
        tree = sqlglot.parse_one(text, read="duckdb")
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise BookError(
            "this predicate cannot be read",
            where=where,
            expected=_ALLOWED,
            found=str(error).splitlines()[0] if str(error) else type(error).__name__,
        ) from error
    return _Reader(facts, where, text).node(tree)


class _Reader:
    """Turns sqlglot nodes into ours; holds the dictionary and the place for messages."""

    def __init__(self, facts: Mapping[str, Fact], where: str, text: str) -> None:
        self.facts = facts
        self.where = where
        self.text = text

    def refuse(self, found: str, expected: str = _ALLOWED) -> BookError:
        return BookError(
            "this predicate uses something a book may not use",
            where=f"{self.where}: {self.text[:120]}",
            expected=expected,
            found=found,
            next_step="rewrite the predicate; see docs/howto/add-an-instrument.md",
        )

    def node(self, tree: exp.Expr) -> Node:
        match tree:
            case exp.Paren():
                return self.node(tree.this)
            case exp.And():
                return All((self.node(tree.left), self.node(tree.right)))
            case exp.Or():
                return Some((self.node(tree.left), self.node(tree.right)))
            case exp.Not():
                return Not(self.node(tree.this))
            case exp.Column():
                return self.bool_fact(tree)
            case exp.In():
                return self.membership(tree)
            case exp.Between():
                low = Cmp(">=", self.term(tree.this), self.term(tree.args["low"]))
                return All((low, Cmp("<=", self.term(tree.this), self.term(tree.args["high"]))))
        if type(tree) in _COMPARE:
            return self.comparison(tree)
        raise self.refuse(tree.sql())

    def bool_fact(self, tree: exp.Column) -> Node:
        fact = self.fact(tree)
        if fact.type != "bool":
            raise self.refuse(
                f"'{fact.name}' stands alone but is {fact.type}", "a yes-or-no fact, or a comparison"
            )
        return Is(fact.name)

    def membership(self, tree: exp.In) -> Node:
        if not isinstance(tree.this, exp.Column) or tree.args.get("query") or tree.args.get("unnest"):
            raise self.refuse(tree.sql())
        fact = self.fact(tree.this)
        values = tuple(self.literal(v, fact) for v in tree.expressions)
        return In(fact.name, values)

    def comparison(self, tree: exp.Expr) -> Node:
        left, right = self.term(tree.this), self.term(tree.expression)
        op = _COMPARE[type(tree)]
        if isinstance(left, Ref) and isinstance(right, Lit):
            fact = self.facts[left.fact]
            self.check(right.value, fact)
            if fact.type in ("enum", "country") and op not in ("=", "<>"):
                raise self.refuse(f"'{fact.name} {op}'", "= or <> for words")
        elif any(isinstance(t, Lit) and isinstance(t.value, str) for t in (left, right)):
            raise self.refuse(tree.sql(), "a fact on the left, its value on the right")
        return Cmp(op, left, right)

    def term(self, tree: exp.Expr) -> Term:
        if isinstance(tree, exp.Paren):
            return self.term(tree.this)
        if isinstance(tree, exp.Column):
            return Ref(self.fact(tree).name)
        if isinstance(tree, exp.Literal):
            return Lit(self.number(tree) if not tree.is_string else tree.name)
        if isinstance(tree, exp.Neg) and isinstance(tree.this, exp.Literal):
            return Lit(-self.number(tree.this))
        if type(tree) in _ARITH:
            return self.arithmetic(tree)
        raise self.refuse(tree.sql())

    def arithmetic(self, tree: exp.Expr) -> Term:
        left, right = self.term(tree.this), self.term(tree.expression)
        op = _ARITH[type(tree)]
        if op == "*" and not any(isinstance(t, Lit) for t in (left, right)):
            raise self.refuse(tree.sql(), "a product of a fact and a whole number")
        if any(isinstance(t, Lit) and (isinstance(t.value, str) or t.value < 0) for t in (left, right)):
            raise self.refuse(tree.sql(), "whole numbers of at least 0")
        term = Arith(op, left, right)
        if _reach(term) > _MAX_TERM:
            raise self.refuse(
                tree.sql(), f"a term that stays below 2^63: factors of at most {_MAX_TERM // LIMIT}"
            )
        return term

    def number(self, tree: exp.Literal) -> int:
        if not tree.name.isdigit() or int(tree.name) > _MAX_NUMBER:
            raise self.refuse(tree.name, f"a whole number up to {_MAX_NUMBER}")
        return int(tree.name)

    def literal(self, tree: exp.Expr, fact: Fact) -> int | str:
        if not isinstance(tree, exp.Literal):
            raise self.refuse(tree.sql(), "literal values")
        value = tree.name if tree.is_string else self.number(tree)
        self.check(value, fact)
        return value

    def check(self, value: int | str, fact: Fact) -> None:
        text = isinstance(value, str)
        if fact.type == "enum" and value not in fact.values:
            raise self.refuse(f"{fact.name} = {value!r}", " | ".join(fact.values))
        if text != (fact.type in ("enum", "country")) or fact.type == "bool":
            raise self.refuse(f"{fact.name} ({fact.type}) against {value!r}", "a value of the fact's type")

    def fact(self, tree: exp.Column) -> Fact:
        if tree.name not in self.facts or tree.table:
            raise self.refuse(f"'{tree.sql()}'", "a fact declared in books/facts.toml")
        return self.facts[tree.name]


def _reach(term: Term) -> int:
    """The largest absolute value that a term can have."""
    match term:
        case Lit(value):
            return abs(value) if isinstance(value, int) else 0
        case Ref():
            return LIMIT
        case Arith("*", left, right):
            return _reach(left) * _reach(right)
        case Arith(_, left, right):
            return _reach(left) + _reach(right)
