"""The parts of expressions, each kept once, and the little algebra that folds what is constant.

Three values all through: null is unknown, and what folds here folds the same in every engine of SQL.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xenotime.law.sql import BOOLEAN, LONG, WORD, Plain, Sql

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_COUNT: Mapping[str, Callable[[int, int], int]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}
DAY = "DATE"


@dataclass(frozen=True, slots=True)
class Node:
    """One part: an operation over earlier parts, a column (`value` its name), or a constant."""

    op: str
    parts: tuple[int, ...]
    value: Plain | str
    kind: str
    nullable: bool


class Graph:
    """Parts by number, each with a higher number than those it reads; equal parts are one."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._index: dict[tuple[str, tuple[int, ...], str, Plain | str], int] = {}

    # ---- leaves ---------------------------------------------------------------------------------
    def column(self, name: str, kind: str, *, nullable: bool = True) -> int:
        """A column of the source."""
        return self._keep(Node("col", (), name, kind, nullable))

    def constant(self, value: Plain, kind: str = "") -> int:
        """A constant; its type follows from its value if none is given."""
        if not kind:
            kind = BOOLEAN if isinstance(value, bool) else WORD if isinstance(value, int) else DAY
        return self._keep(Node("lit", (), value, kind, value is None))

    def _keep(self, node: Node) -> int:
        key = (node.op, node.parts, f"{node.kind} {type(node.value).__name__}", node.value)
        if key not in self._index:
            self._index[key] = len(self.nodes)
            self.nodes.append(node)
        return self._index[key]

    # ---- from expressions -----------------------------------------------------------------------
    def lower(self, tree: Sql, names: Mapping[str, int]) -> int:
        """The part that an expression stands for, given what names stand for."""
        match tree.op:
            case "col":
                return names[tree.args[0]]
            case "lit":
                return self.constant(*tree.args)
            case "cast":
                return self._cast(self.lower(tree.args[0], names), tree.args[1])
            case "and" | "or":
                return self._join(tree.op, [self.lower(part, names) for part in _chain(tree)])
        parts = [self.lower(part, names) for part in tree.args]
        match tree.op:
            case "not":
                return self.negate(parts[0])
            case "null?":
                return self._is_null(parts[0])
            case "coalesce":
                return self._coalesce(*parts)
            case "case":
                return self._case(*parts)
            case "+" | "-" | "*":
                return self._count(tree.op, *parts)
        return self._compare(tree.op, *parts)

    # ---- the algebra ----------------------------------------------------------------------------
    def fixed(self, part: int) -> bool:
        """Whether a part is a constant."""
        return self.nodes[part].op == "lit"

    def _is(self, part: int, value: Plain) -> bool:
        node = self.nodes[part]
        return node.op == "lit" and node.value is value

    def _join(self, op: str, parts: Iterable[int]) -> int:
        """Of truths: all of them, or any; of numbers: their bits together."""
        unique = list(dict.fromkeys(parts))
        if self.nodes[unique[0]].kind != BOOLEAN:
            return self._bits(unique)
        ends, leaves = (False, True) if op == "and" else (True, False)
        if any(self._is(p, ends) for p in unique):
            return self.constant(ends)
        unique = [p for p in unique if not self._is(p, leaves)]
        if len(unique) < 2:
            return unique[0] if unique else self.constant(leaves)
        nullable = any(self.nodes[p].nullable for p in unique)
        return self._keep(Node(op, tuple(sorted(unique)), None, BOOLEAN, nullable))

    def _bits(self, parts: Iterable[int]) -> int:
        inner: list[int] = []
        for part in parts:
            node = self.nodes[part]
            inner += node.parts if node.op == "|" else [part]
        inner = [p for p in dict.fromkeys(inner) if not (self.fixed(p) and self.nodes[p].value == 0)]
        if len(inner) < 2:
            return inner[0] if inner else self.constant(0)
        return self._keep(Node("|", tuple(inner), None, WORD, False))

    def negate(self, part: int) -> int:
        """The opposite of a truth."""
        node = self.nodes[part]
        if node.op == "lit":
            return self.constant(None if node.value is None else not node.value, BOOLEAN)
        if node.op == "not":
            return node.parts[0]
        return self._keep(Node("not", (part,), None, BOOLEAN, node.nullable))

    def _is_null(self, part: int) -> int:
        node = self.nodes[part]
        if not node.nullable:
            return self.constant(False)
        if node.op == "lit":
            return self.constant(True)
        return self._is_null(node.parts[0]) if node.op == "not" else self._unknown(part)

    def _unknown(self, part: int) -> int:
        return self._keep(Node("null?", (part,), None, BOOLEAN, False))

    def _coalesce(self, part: int, value: int) -> int:
        node = self.nodes[part]
        if not node.nullable:
            return part
        if node.op == "lit":
            return value
        return self._keep(Node("coalesce", (part, value), None, node.kind, self.nodes[value].nullable))

    def _cast(self, part: int, kind: str) -> int:
        node = self.nodes[part]
        if node.kind == kind:
            return part
        if node.op == "lit":
            return self.constant(node.value, kind)  # type: ignore[arg-type] # a constant has no name
        return self._keep(Node("cast", (part,), kind, kind, node.nullable))

    def _case(self, test: int, held: int, other: int) -> int:
        node = self.nodes[test]
        if node.op == "lit":
            return held if node.value is True else other
        if held == other:
            return held
        yes, no = self.nodes[held], self.nodes[other]
        if self.fixed(held) and self.fixed(other) and no.value == 0 and yes.kind == WORD and yes.value:
            return self._keep(Node("bit", (test,), yes.value, WORD, False))
        parts = (test, held, *(no.parts if no.op == "case" else (other,)))
        return self._keep(Node("case", parts, None, yes.kind, yes.nullable or no.nullable))

    def _count(self, op: str, left: int, right: int) -> int:
        a, b = self.nodes[left], self.nodes[right]
        kind = LONG if LONG in (a.kind, b.kind) else WORD
        if a.op == "lit" and b.op == "lit":
            known = a.value is not None and b.value is not None
            return self.constant(_COUNT[op](a.value, b.value) if known else None, kind)  # type: ignore[arg-type] # both are numbers here
        if op == "*" and b.op == "lit" and isinstance(b.value, int):
            if a.op == "bit":
                return self._keep(Node("bit", a.parts, int(a.value) * b.value, WORD, False))  # type: ignore[arg-type] # a weight
            if a.op == "|":
                return self._bits([self._count("*", part, right) for part in a.parts])
        return self._keep(Node(op, (left, right), None, kind, a.nullable or b.nullable))

    def _compare(self, op: str, left: int, right: int) -> int:
        a, b = self.nodes[left], self.nodes[right]
        if self._is(left, None) or self._is(right, None):
            return self.constant(None, BOOLEAN)
        if a.op == "lit" and b.op == "lit":
            return self.constant(_COMPARE[op](a.value, b.value))
        if left == right and not a.nullable:
            return self.constant(_COMPARE[op](0, 0))
        if a.kind == BOOLEAN and "lit" in (a.op, b.op):
            other, value = (right, a.value) if a.op == "lit" else (left, b.value)
            return other if (op == "=") == value else self.negate(other)
        return self._keep(Node(op, (left, right), None, BOOLEAN, a.nullable or b.nullable))


def _chain(tree: Sql) -> list[Sql]:
    """The parts of a chain of one operation, as a sum of many is written."""
    found: list[Sql] = []
    ahead = [tree]
    while ahead:
        part = ahead.pop()
        if part.op == tree.op and (part is tree or not part.name):
            ahead += reversed(part.args)
        else:
            found.append(part)
    return found
