"""The book as one query in SQL: what is constant folded away, what is shared written once, the rest in place.

A `Query` takes expressions of `sql` as a dataframe would. A planner then meets as few nested queries as there
are true dependencies, and only the columns that are read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from xenotime.law.graph import Graph, Node
from xenotime.law.sql import Sql


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a warehouse quotes names, and how large a part may be that is written again where it is read.

    A column that only passes through a stage costs nothing where tables lie in columns, and a copy where they
    lie in rows: there, small parts are better worked out again.
    """

    quote: str
    again: int

    def name(self, text: str) -> str:
        """A name, quoted."""
        return f"{self.quote}{text.replace(self.quote, 2 * self.quote)}{self.quote}"


DUCKDB = Dialect('"', 1)
SPARK = Dialect("`", 8)


@dataclass(frozen=True, slots=True)
class Query:
    """A table that grows by stages: what each name stands for, in one graph of shared parts."""

    graph: Graph
    names: Mapping[str, int]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that can be read."""
        return tuple(self.names)

    def with_columns(self, *stage: Sql) -> Query:
        """The table with more columns, each made of those that were there before."""
        made = {e.name: self.graph.lower(e, self.names) for e in stage}
        return replace(self, names={**self.names, **made})

    def select(self, *shown: Sql | str) -> Query:
        """The table of these columns alone."""
        names = {}
        for part in shown:
            if isinstance(part, str):
                names[part] = self.names[part]
            else:
                names[part.name] = self.graph.lower(part, self.names)
        return replace(self, names=names)

    def text(self, name: str, dialect: Dialect) -> str:
        """One column written out over the columns of the source."""
        writer = Writer(self.graph, dialect, ())
        return writer.spell(self.names[name])

    def sql(self, source: str, dialect: Dialect, carried: Iterable[str] = ()) -> str:
        """The text of the query over what stands after FROM; `carried` columns pass through as they are."""
        return Writer(self.graph, dialect, tuple(carried)).text(self.names, source)


class Writer:
    """Writes the parts of a graph that some names need as nested queries."""

    def __init__(self, graph: Graph, dialect: Dialect, carried: tuple[str, ...]) -> None:
        self.graph, self.dialect, self.carried = graph, dialect, carried
        self.level: dict[int, int] = {}
        self.shared: set[int] = set()

    def text(self, names: Mapping[str, int], source: str) -> str:
        """One query: the deepest stage first, the named columns last."""
        order = self._order(names.values())
        shared = self._shared(order)
        self._place(order, set(shared))
        top = max((self.level[n] for n in shared), default=0)
        stages: list[list[int]] = [[] for _ in range(top + 1)]
        for node in shared:
            stages[self.level[node]].append(node)
        last = self._last_read(order, names.values(), top)
        made: list[int] = []
        kept = [self.dialect.name(c) for c in self.carried]
        text = source
        for stage in range(1, top + 1):
            live = [self._own(n) for n in (*self._sources(order), *made) if last.get(n, 0) > stage]
            fresh = [f"{self.spell(n, inside=True)} AS {self._own(n)}" for n in stages[stage]]
            made += stages[stage]
            text = _select((*kept, *live, *fresh), f"({text})" if stage > 1 else text)
        final = [f"{self.spell(n)} AS {self.dialect.name(name)}" for name, n in names.items()]
        return _select((*kept, *final), f"({text})" if top else text)

    def _order(self, wanted: Iterable[int]) -> list[int]:
        """Every part that is needed, each after what it reads: parts are numbered in that order."""
        seen: set[int] = set()
        ahead = list(wanted)
        while ahead:
            node = ahead.pop()
            if node not in seen:
                seen.add(node)
                ahead += self.graph.nodes[node].parts
        return sorted(seen)

    def _shared(self, order: Iterable[int]) -> list[int]:
        """The parts that get a column of their own: read more than once, and too large to write again."""
        nodes, size, found = self.graph.nodes, dict[int, int](), list[int]()
        uses = Counter(part for node in order for part in nodes[node].parts)
        for node in order:
            parts = nodes[node].parts
            size[node] = 1 + sum(size[p] for p in parts)
            if uses[node] > 1 and parts and size[node] > self.dialect.again:
                found.append(node)
                size[node] = 1
        return found

    def _sources(self, order: Iterable[int]) -> Iterator[int]:
        return (n for n in order if self.graph.nodes[n].op == "col")

    def _place(self, order: Iterable[int], shared: set[int]) -> None:
        """The stage of each shared part; of any other, the stage whose columns it reads."""
        for node in order:
            reads = max((self.level[p] for p in self.graph.nodes[node].parts), default=0)
            self.level[node] = reads + 1 if node in shared else reads
        self.shared = shared

    def _last_read(self, order: list[int], wanted: Iterable[int], top: int) -> dict[int, int]:
        """For each part: the last stage that reads it, the closing select being one after the top."""
        last = dict.fromkeys(wanted, top + 1)
        for node in reversed(order):
            here = self.level[node] if node in self.shared else last.get(node, 0)
            for part in self.graph.nodes[node].parts:
                last[part] = max(last.get(part, 0), here)
        return last

    def _own(self, node: int) -> str:
        found = self.graph.nodes[node]
        return self.dialect.name(str(found.value)) if found.op == "col" else self.dialect.name(f"|{node}")

    def spell(self, node: int, *, inside: bool = False) -> str:
        """A part in SQL: by its column where it has one, else written out."""
        if node in self.shared and not inside:
            return self._own(node)
        found = self.graph.nodes[node]
        if found.op == "col":
            return self._own(node)
        return spelled(found, [self.spell(p) for p in found.parts])


def _select(shown: Iterable[str], source: str) -> str:
    return f"SELECT {', '.join(shown)} FROM {source}"  # noqa: S608 - our own text over quoted names


def spelled(node: Node, parts: list[str]) -> str:
    """One operation over parts that are written already."""
    match node.op:
        case "lit":
            return constant(node)
        case "not":
            return f"(NOT {parts[0]})"
        case "null?":
            return f"({parts[0]} IS NULL)"
        case "coalesce":
            return f"coalesce({', '.join(parts)})"
        case "cast":
            return f"CAST({parts[0]} AS {node.value})"
        case "bit":
            return f"CASE WHEN {parts[0]} THEN {node.value} ELSE 0 END"
        case "case":
            tests = " ".join(f"WHEN {a} THEN {b}" for a, b in zip(parts[:-1:2], parts[1:-1:2], strict=True))
            return f"CASE {tests} ELSE {parts[-1]} END"
        case "and" | "or":
            return f"({f' {node.op.upper()} '.join(parts)})"
    return f"({f' {node.op} '.join(parts)})"


def constant(node: Node) -> str:
    """A constant of SQL."""
    if node.value is None:
        return f"CAST(NULL AS {node.kind})"
    if isinstance(node.value, bool):
        return str(node.value).upper()
    return str(node.value) if isinstance(node.value, int) else f"DATE '{node.value}'"
