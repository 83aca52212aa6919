"""Decides a table of facts: one small row of outcome, deciding rule, masks and branch answers each.

Columns of the result: ``key``, ``on``, ``outcome``, ``low``, ``high`` (codes of `Outcome`), ``rule`` (bit of
`Law.rules`, -1 for none), mask words ``true_0`` … (predicates), ``missing_0`` … and ``assumed_0`` … (facts),
``duties_0`` …, ``notes_0`` …,
``channels_true_0``, ``channels_unknown_0``, and per hinge and branch ``HINGE=BRANCH`` (null where it does
not matter). Results carry their key and are never to be joined back by position.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from xenotime.law.answer import Outcome
from xenotime.law.book import needs
from xenotime.law.columns import Compiler, presumed
from xenotime.law.facts import Fact
from xenotime.law.kernel.wires import GATES
from xenotime.law.law import Law
from xenotime.law.masks import pack, word_names
from xenotime.law.node import facts_of
from xenotime.law.ranks import Ranks, slot_tags
from xenotime.law.rules import Rule
from xenotime.law.table import ASKED, engine_frame
from xenotime.law.words import POLARS, Expr, Words, possibly, surely

if TYPE_CHECKING:
    from xenotime.law.kernel.run import Kernel

#: Rows decided before the next are looked at, so that memory does not grow with the table.
BATCH = 2_097_152
#: Rows of a table from which on `law.kernel` pays for its start: the first time in a process, and later.
FIRST_KERNEL, NEXT_KERNEL = 3_000_000, 750_000
_ROW = "row|"


class Decider:
    """A law snapshot compiled once; `decide` runs it over tables of facts.

    ``words`` is the vocabulary of the expressions: Polars by default, narwhals for other engines. ``kernel``
    says whether `decide` uses `law.kernel` (which needs numba): by the size of the table if it says nothing,
    which is ``rows`` where the table comes in parts.
    """

    def __init__(
        self,
        law: Law,
        *,
        strict: bool = False,
        words: Words = POLARS,
        kernel: bool | None = None,
        rows: int = 0,
    ) -> None:
        self.law = law
        self.words = words
        self.strict = strict
        self.kernel = kernel
        self.rows = rows
        self._woken: Kernel | None = None
        self.ranks = Ranks(law, words)
        self.presumed = {} if strict else presumed(law)
        compiler = Compiler(law, words)
        compiler.run({}, "", law.order)
        compiler.run({}, "", [p.name for p in law.predicates if p.name not in compiler.column])
        self.column = dict(compiler.column)
        self.base = [
            *compiler.take(),
            *self.ranks.stages({"": self.column}),
        ]
        tags = self._tags(compiler)
        self.branch = [*compiler.take(), *self.ranks.stages(tags), self.ranks.agreed()]
        self.plain = self._plain()
        self.answers = self._answers()
        self.masks = self._masks()

    def decide(self, facts: pl.DataFrame, *, progress: Callable[[int], object] | None = None) -> pl.DataFrame:
        """The decision row of each row of facts, with its key and day.

        ``facts`` has an ``on`` (Date) column, an optional ``key``, and one column per fact; columns that are
        absent are unknown. Raises FactError for columns that no fact declares or of a wrong type.
        """
        kernel = self._kernel(facts.height)
        batches = []
        for start in range(0, max(facts.height, 1), BATCH):
            frame = engine_frame(facts.slice(start, BATCH), self.law, start, checked=bool(kernel))
            batches.append(kernel.decide(frame) if kernel else self._batch(frame))
            if progress:
                progress(batches[-1].height)
        return pl.concat(batches)

    def run(self, frame: Any) -> Any:
        """Every stage over a frame of the vocabulary's kind, each row in each branch."""
        for stage in (self._presumptions(frame.columns), *self.base, *self._missing(), *self.branch):
            frame = frame.with_columns(*stage) if stage else frame
        return frame.select("key", "on", *self.answers, self._deciding(), *self.masks)

    def run_plain(self, frame: Any) -> Any:
        """The same for rows whose day no hinge leaves unconfirmed: no branch is worked out."""
        for stage in (self._presumptions(frame.columns), *self.base, *self._missing()):
            frame = frame.with_columns(*stage) if stage else frame
        return frame.select("key", "on", *self.plain, self._deciding(), *self.masks)

    def _kernel(self, rows: int) -> Kernel | None:
        """The kernel, if its start pays for a table of so many rows."""
        if self._woken is None and max(rows, self.rows) >= self._least():
            try:
                from xenotime.law.kernel.run import Kernel  # noqa: PLC0415 - numba takes its time, or is not there
            except ImportError:
                self.kernel = False
            else:
                self._woken = Kernel(self.law, Decider(self.law, strict=self.strict, words=GATES).run)
        return self._woken if rows else None

    def _least(self) -> int:
        """The rows of a table from which on the kernel pays for its start."""
        if self.kernel is not None:
            return 1 if self.kernel else sys.maxsize
        return NEXT_KERNEL if "xenotime.law.kernel.machine" in sys.modules else FIRST_KERNEL

    def _batch(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A batch of rows by the law in force, and its rows past a hinge again in each of their branches."""
        lacking, unknown = self._may_be_unknown(frame)
        base = [self._presumptions(frame.columns), *self.base]
        shown = ("key", "on", *self.plain, self._deciding(unknown), *self.masks)
        result = flow(frame, [*base, *self._missing(lacking)], shown)
        past = frame.with_columns(pl.int_range(frame.height, dtype=pl.UInt32).alias(_ROW))
        past = past.filter(past_hinges(self.law))
        if not past.height:
            return result
        stages = [*base, *self._missing(unknown), *self.branch]
        return settle(result, flow(past, stages, (_ROW, *self.answers)))

    def _may_be_unknown(self, frame: pl.DataFrame) -> tuple[frozenset[str], frozenset[str]]:
        """The names that read a fact some row lacks; and with those that turn on a hinge."""
        counts = frame.null_count().row(0, named=True)
        absent = {f.name for f in self.law.facts if f.is_interval or counts[f.name]}
        found: list[set[str]] = [set(), set()]
        for name in (*self.law.order, *self.column):
            reads = not absent.isdisjoint(facts_of(self.law.node(name)))
            for names, turns in zip(found, (False, bool(self.law.turns.get(name))), strict=True):
                if reads or turns or not names.isdisjoint(needs(self.law.book, name)):
                    names.add(name)
        return frozenset(found[0]), frozenset(found[1])

    def _presumptions(self, given: Collection[str]) -> list[Expr]:
        """Fill the absences that the dictionary presumes, but not where somebody asked and nobody knows.

        ``given`` names the columns of the table: a fact that nobody asked about has no such column.
        """
        filled = []
        for name, value in self.presumed.items():
            column, asked = self.words.col(name), f"{name}{ASKED}"
            gap, full = column.is_null(), column.fill_null(value)
            if asked in given:
                gap = gap & ~self.words.col(asked)
                full = self.words.when(gap).then(full).otherwise(column)
            filled += [gap.alias(f"gap|{name}"), full.alias(name)]
        return filled

    def _tags(self, compiler: Compiler) -> dict[str, dict[str, str]]:
        """Compile every name again per branch of each slot of hinges it turns on; its column by tag."""
        tags = {}
        for number, slot in enumerate(self.law.slots):
            wanted = {name for hinge in slot for name in self.law.turned(hinge.id)}
            affected = [name for name in self.law.order if name in wanted]
            for branch, tag in enumerate(slot_tags(number, slot)):
                compiler.column = dict(self.column)
                compiler.run({h.id: list(h.branches)[branch] for h in slot}, tag, affected)
                tags[tag] = dict(compiler.column)
        return tags

    def _missing(self, unknown: AbstractSet[str] | None = None) -> Iterator[list[Expr]]:
        """Who waits: rules that are unknown and could raise the outcome, what they read, down to the facts.

        ``unknown`` names the parts that are unknown somewhere in the table; all may be, if it is not given.
        """
        law, col = self.law, self.words.col
        ranked = {r.address: r for r in law.rules if r.high}
        level: dict[str, int] = {}
        stages: list[list[Expr]] = []
        for name in law.waits:
            above = [n for n in law.parents[name] if n in level]
            if (unknown is not None and name not in unknown) or not (above or name in ranked):
                continue
            level[name] = 1 + max((level[n] for n in above), default=-1)
            asked = [col(f"wait|{n}") for n in above]
            if name in ranked:
                asked.append(~col(f"Ym{int(ranked[name].high)}"))
            waits = col(self.column[name]).is_null() & self.words.some(asked)
            stages += [[] for _ in range(level[name] + 1 - len(stages))]
            stages[level[name]].append(waits.alias(f"wait|{name}"))
        yield from stages
        lost = [
            self._lost(fact, [n for n in law.readers.get(fact.name, ()) if n in level]) for fact in law.facts
        ]
        yield pack("lost", lost, self.words)
        words = [col(name) != 0 for name in word_names("lost", len(law.facts))]
        yield [self.words.some(words).alias("any_missing")]

    def _lost(self, fact: Fact, readers: Sequence[str]) -> Expr | None:
        """Whether a fact is not known exactly while something that reads it waits."""
        if not readers:
            return None
        return self.words.some([self.words.col(f"wait|{n}") for n in readers]) & self._inexact(fact)

    def _inexact(self, fact: Fact) -> Expr:
        col = self.words.col
        if not fact.is_interval:
            return col(fact.name).is_null()
        low, high = col(f"{fact.name}_min"), col(f"{fact.name}_max")
        return low.is_null() | possibly(low != high)

    def _still_missing(self, settled: Expr) -> list[Expr]:
        """The missing-fact mask, empty where the outcome is settled all the same."""
        none = self.words.lit(0, self.words.wider[-1])
        pairs = zip(
            word_names("missing", len(self.law.facts)), word_names("lost", len(self.law.facts)), strict=True
        )
        return [
            self.words.when(settled).then(none).otherwise(self.words.col(lost)).alias(name)
            for name, lost in pairs
        ]

    def _plain(self) -> list[Expr]:
        """Outcome, bounds and missing facts where no hinge is near."""
        settled = ~self.ranks.differ("Ym", "Ps")
        low = self.ranks.highest("Ym")
        return [
            self._conflicting(self.ranks.label(low, settled)).alias("outcome"),
            low.alias("low"),
            self.ranks.highest("Ps").alias("high"),
            *self._still_missing(settled),
            *(self.words.lit(None, self.words.small).alias(name) for name in branch_names(self.law)),
        ]

    def _answers(self) -> list[Expr]:
        """The same where hinges are near, with the answer in each branch."""
        col, ranks = self.words.col, self.ranks
        settled = ~ranks.differ("low|", "high|")
        low = ranks.highest("low|")
        hinged = self.words.some([col(f"moves|{number}") for number in range(len(self.law.slots))])
        outcome = ranks.choose(hinged & ~settled, Outcome.UNVERIFIED, ranks.label(low, settled))
        return [
            self._conflicting(outcome).alias("outcome"),
            low.alias("low"),
            ranks.highest("high|").alias("high"),
            *self._still_missing(settled),
            *self._branch_answers(),
        ]

    def _branch_answers(self) -> Iterator[Expr]:
        """Per hinge and branch: the answer on the days of that hinge, where it moves the row."""
        place = {h.id: (number, slot) for number, slot in enumerate(self.law.slots) for h in slot}
        nothing = self.words.lit(None, self.words.small)
        for hinge in self.law.hinges:
            number, slot = place[hinge.id]
            here = self.words.col(f"moves|{number}")
            if len(slot) > 1:
                here = here & during(self.law.spans[hinge.id], self.words)
            for branch, tag in zip(hinge.branches, slot_tags(number, slot), strict=True):
                label = self.ranks.label(
                    self.ranks.highest("Ym", tag), ~self.ranks.differ("Ym", "Ps", tag), tag
                )
                yield self.words.when(here).then(label).otherwise(nothing).alias(f"{hinge.id}={branch}")

    def _conflicting(self, outcome: Expr) -> Expr:
        rules = self.law.book.rules
        pairs = [
            surely(self.words.col(self.column[r.address])) & surely(self.words.col(self.column[c]))
            for r in self.law.rules
            for c in r.conflicts
            if rules[c].high != r.high
        ]
        return self.ranks.choose(self.words.some(pairs), Outcome.CONFLICT, outcome) if pairs else outcome

    def _masks(self) -> list[Expr]:
        law, col = self.law, self.words.col
        channels = [col(self.column[r.address]) for r in law.channels]
        gaps = [col(f"gap|{f.name}") if f.name in self.presumed else None for f in law.facts]
        return [
            *pack("true", [col(self.column[p.name]) for p in law.predicates], self.words),
            *pack("assumed", gaps, self.words),
            *pack("duties", self._columns(law.duties), self.words),
            *pack("notes", self._columns(law.notes), self.words),
            *pack("channels_true", channels, self.words),
            *pack("channels_unknown", [c.is_null() for c in channels], self.words),
        ]

    def _deciding(self, unknown: AbstractSet[str] | None = None) -> Expr:
        """The bit of the deciding rule: the highest that holds, or that may while the answer is unsure."""
        lit, short = self.words.lit, self.words.short
        surest = likely = lit(-1, short)
        for bit, rule in enumerate(self.law.rules):
            column = self.words.col(self.column[rule.address])
            surest = self.words.when(column).then(lit(bit, short)).otherwise(surest)
            may = column if unknown is not None and rule.address not in unknown else possibly(column)
            likely = self.words.when(may).then(lit(bit, short)).otherwise(likely)
        return self.words.when(self.ranks.differ("Ym", "Ps")).then(likely).otherwise(surest).alias("rule")

    def _columns(self, rules: Sequence[Rule]) -> list[Expr]:
        return [self.words.col(self.column[r.address]) for r in rules]


def decide(law: Law, facts: pl.DataFrame, *, strict: bool = False) -> pl.DataFrame:
    """The decision rows of a table of facts; see `Decider` to decide many tables by one law."""
    return Decider(law, strict=strict).decide(facts)


def branch_names(law: Law) -> list[str]:
    """The result columns of branch answers: ``HINGE=BRANCH``."""
    return [f"{h.id}={b}" for h in law.hinges for b in h.branches]


def past_hinges(law: Law) -> Expr:
    """Whether the row's day is one that some hinge leaves unconfirmed."""
    return POLARS.some([during(spans, POLARS) for spans in law.spans.values()])


def during(spans: Collection[tuple[date, date | None]], words: Words) -> Expr:
    """Whether the row's day falls in one of several stretches of days (first, day after)."""
    day = words.col("on")
    ordered = sorted(spans, key=lambda span: span[0])
    return words.some([day >= a if b is None else (day >= a) & (day < b) for a, b in ordered])


def flow(frame: pl.DataFrame, stages: Iterable[Sequence[Expr]], shown: Sequence[Expr | str]) -> pl.DataFrame:
    """The stages as one plan, run in small pieces on every core; rows keep their order.

    The expressions are already shared by hand, so an optimiser could only cost time.
    """
    plan = frame.lazy()
    for stage in stages:
        plan = plan.with_columns(*stage) if stage else plan
    return plan.select(*shown).collect(engine="streaming", optimizations=pl.QueryOptFlags.none())


def settle(result: pl.DataFrame, past: pl.DataFrame) -> pl.DataFrame:
    """The result with the rows past a hinge put in place, by their row number in the batch."""
    rows = past[_ROW]
    replaced = {name: result[name].scatter(rows, past[name]) for name in past.columns if name != _ROW}
    return result.with_columns(**replaced)
