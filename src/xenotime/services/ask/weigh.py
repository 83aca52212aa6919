"""Decides open legs under every combination of answers, unknown among them, all in one table."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from math import prod
from operator import and_, or_

import polars as pl

from xenotime.law.answer import Outcome
from xenotime.law.decide import Decider
from xenotime.law.facts import LIMIT, Fact, Value
from xenotime.law.law import Law, fold_book
from xenotime.law.table import column_type
from xenotime.services.ask.family import Family, family
from xenotime.services.bulk.sheet import facts_table
from xenotime.services.rows import Movement

#: Rows decided at once, and the most combinations tried for one leg.
BATCH, MOST = 1_000_000, 4_000_000
#: Each measure of Chinese material, and the value it is a share of.
WHOLE = {
    "cn_part1_value": "item_value",
    "cn_part1_value_in_smallest": "smallest_value",
    "cn_part1_value_largest": "item_value",
}
#: Which measures reach their floor, by the answer: none, in the smallest item, in the item, by one input.
REACHED: tuple[tuple[str, ...], ...] = (
    (),
    ("cn_part1_value_in_smallest",),
    ("cn_part1_value_in_smallest", "cn_part1_value"),
    ("cn_part1_value_in_smallest", "cn_part1_value", "cn_part1_value_largest"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One fact of a leg that questions make known: by the numbers of the questions, and their answers.

    ``how`` is one (the answer itself), any (true if any is) or worth (a sum that all of them make known).
    """

    fact: str
    how: str
    questions: tuple[int, ...]
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a leg hangs on its questions: number of answers of each, hinges first, and what they make known."""

    hinges: tuple[str, ...]
    sizes: tuple[int, ...]
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many combinations of answers there are, unknown among them."""
        return prod(self.sizes)


class Scales:
    """A law at one day of knowledge, with a decider for every way that its hinges may have turned."""

    def __init__(self, law: Law, *, strict: bool) -> None:
        self.law, self.strict = law, strict
        self._deciders: dict[tuple[tuple[str, str], ...], Decider] = {}

    def decider(self, chosen: Mapping[str, str]) -> Decider:
        """The decider of the law with some hinges settled beside those that are already."""
        key = tuple(sorted(chosen.items()))
        if key not in self._deciders:
            law = fold_book(self.law.book, self.law.known, {**self.law.chosen, **chosen}) if key else self.law
            self._deciders[key] = Decider(law, strict=self.strict)
        return self._deciders[key]

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts of the book by name."""
        return {fact.name: fact for fact in self.law.facts}

    def families(
        self,
        legs: Sequence[tuple[Movement, Shape]],
        progress: Callable[[int, int], object] | None = None,
    ) -> tuple[Family | None, ...]:
        """What settles each leg, as sets of numbers of its questions; None where it has too many of them."""
        found: list[Family | None] = [None] * len(legs)
        groups: dict[Shape, list[int]] = defaultdict(list)
        same = self._same(legs)
        for first in same.values():
            shape = legs[first[0]][1]
            if shape.count <= MOST:
                groups[shape].append(first[0])
        done = 0
        for pieces in _batches(groups):
            blocks = self._blocks([(shape, [legs[n][0] for n in numbers]) for shape, numbers in pieces])
            for (shape, numbers), patterns in zip(pieces, blocks, strict=True):
                for number, pattern in zip(numbers, patterns, strict=True):
                    found[number] = family(pattern, shape.sizes)
                done += len(numbers)
            if progress:
                progress(done, len(same))
        for alike in same.values():
            for number in alike[1:]:
                found[number] = found[alike[0]]
        return tuple(found)

    def _same(self, legs: Sequence[tuple[Movement, Shape]]) -> dict[object, list[int]]:
        """The legs by what decides them: shape, facts, and the stretch of days without a change of law."""
        days = sorted({s.first for stretches in self.law.statuses.values() for s in stretches})
        groups: dict[object, list[int]] = defaultdict(list)
        for number, (movement, shape) in enumerate(legs):
            facts = tuple(sorted(movement.facts.items()))
            groups[shape, bisect_right(days, movement.on), facts].append(number)
        return groups

    def _blocks(self, pieces: Sequence[tuple[Shape, Sequence[Movement]]]) -> Iterator[list[bytes]]:
        """Per leg of each piece, one byte for each combination of answers: 1 where its outcome is settled."""
        tables = [self._table(shape, movements) for shape, movements in pieces]
        start = 0
        numbered = []
        for table in tables:
            numbered.append(table.with_columns(pl.col("key") + start))
            start += table.height
        decided = self.decider({}).decide(pl.concat(numbered, how="diagonal")).sort("key")
        start = 0
        for (shape, movements), table in zip(pieces, tables, strict=True):
            mine = decided.slice(start, table.height)
            start += table.height
            yield _cut(self._ways(shape, table, mine), len(movements))

    def _ways(self, shape: Shape, table: pl.DataFrame, decided: pl.DataFrame) -> list[bytes]:
        """What is settled in each way that the hinges of a shape may have turned, nobody knowing first."""
        ways = [("", *self.law.book.hinges[hinge].branches) for hinge in shape.hinges]
        if len(shape.hinges) == 1 and not self._clash:
            named = (f"{shape.hinges[0]}={branch}" for branch in ways[0][1:])
            return [settled(decided), *(settled(decided, name) for name in named)]
        blocks = []
        for way in product(*ways):
            chosen = {h: b for h, b in zip(shape.hinges, way, strict=True) if b}
            blocks.append(settled(self.decider(chosen).decide(table).sort("key") if chosen else decided))
        return blocks

    @cached_property
    def _clash(self) -> bool:
        return any(rule.conflicts for rule in self.law.rules)

    def _table(self, shape: Shape, movements: Sequence[Movement]) -> pl.DataFrame:
        """Every leg under every combination of answers about facts, the first question turning slowest."""
        sizes = shape.sizes[len(shape.hinges) :]
        combos = pl.DataFrame({"combo": range(prod(sizes))}, schema={"combo": pl.Int64})
        step, columns = prod(sizes), []
        for number, size in enumerate(sizes, len(shape.hinges)):
            step //= size
            columns.append((pl.col("combo") // step % size).alias(_dim(number)))
        facts = facts_table(self.law, movements)
        legs = facts.join(combos.with_columns(columns), how="cross")
        legs = legs.with_columns(pl.col("key") * combos.height + pl.col("combo")).sort("key")
        changed = [e for part in shape.parts for e in self._changed(part)]
        return legs.with_columns(changed).select(facts.columns)

    def _changed(self, part: Part) -> Iterator[pl.Expr]:
        fact = self.facts[part.fact]
        if part.how == "one":
            yield _one(part, fact)
        elif part.how == "any":
            yield _any(part)
        else:
            yield from _worth(part)


def settled(decided: pl.DataFrame, branch: str = "") -> bytes:
    """One byte a row: 1 where the outcome is one, whatever is still unknown; or where it is in one branch."""
    one = (pl.col("low") == pl.col("high")) & (pl.col("outcome") != int(Outcome.CONFLICT))
    if branch:
        one = pl.when(pl.col(branch).is_null()).then(one).otherwise(pl.col(branch) <= int(Outcome.PROHIBITED))
    return bytes(decided.select(one.cast(pl.UInt8).alias("one"))["one"].to_list())


def _cut(blocks: Sequence[bytes], legs: int) -> list[bytes]:
    """The blocks of all legs together, one leg after the other."""
    size = len(blocks[0]) // legs
    return [b"".join(b[leg * size : (leg + 1) * size] for b in blocks) for leg in range(legs)]


def _batches(groups: Mapping[Shape, list[int]]) -> Iterator[list[tuple[Shape, list[int]]]]:
    """The legs of each shape, so many together that their combinations fit one table."""
    pieces: list[tuple[Shape, list[int]]] = []
    rows = 0
    for shape, numbers in groups.items():
        each = shape.count
        for start in range(0, len(numbers), max(1, BATCH // each)):
            some = numbers[start : start + max(1, BATCH // each)]
            if pieces and rows + len(some) * each > BATCH:
                yield pieces
                pieces, rows = [], 0
            pieces.append((shape, some))
            rows += len(some) * each
    if pieces:
        yield pieces


def _dim(number: int) -> str:
    return f"asked|{number}"


def _one(part: Part, fact: Fact) -> pl.Expr:
    column = pl.col(part.fact)
    for place, value in enumerate(part.values, 1):
        given = pl.lit(value, dtype=column_type(fact))
        column = pl.when(pl.col(_dim(part.questions[0])) == place).then(given).otherwise(column)
    return column.alias(part.fact)


def _any(part: Part) -> pl.Expr:
    """True if any is answered yes (1), false if all are answered no (2), else as it was."""
    asked = [pl.col(_dim(number)) for number in part.questions]
    yes, no = reduce(or_, (a == 1 for a in asked)), reduce(and_, (a == 2 for a in asked))
    return pl.when(yes).then(True).when(no).then(False).otherwise(pl.col(part.fact)).alias(part.fact)


def _worth(part: Part) -> Iterator[pl.Expr]:
    """A measure that all answers together make known: its floor is reached, or nothing is inside.

    Only against a value that is known itself; what is exact already stays as it is.
    """
    asked = [pl.col(_dim(number)) for number in part.questions]
    every = reduce(and_, (a > 0 for a in asked))
    most = pl.max_horizontal(asked)
    low, high = (pl.col(f"{part.fact}_{end}") for end in ("min", "max"))
    least, whole = (pl.col(f"{WHOLE[part.fact]}_{end}") for end in ("min", "max"))
    first = next(n for n, reached in enumerate(REACHED, 1) if part.fact in reached)
    told = pl.when(most >= first).then(whole.clip(upper_bound=LIMIT)).otherwise(0)
    open_ = every & (least == whole).fill_null(value=False) & ~(low == high).fill_null(value=False)
    for column, end in ((low, "min"), (high, "max")):
        yield pl.when(open_).then(told).otherwise(column).alias(f"{part.fact}_{end}")
