"""Decides a table of facts: one small row of outcome, deciding rule, masks and branch answers each.

Columns of the result: ``outcome``, ``low``, ``high`` (codes of `Outcome`), ``rule`` (bit of
`Law.rules`, -1 for none), mask words ``true_0`` … ``unknown_0`` … ``missing_0`` … ``assumed_0`` …
``rules_true_0`` … ``rules_unknown_0`` … ``duties_0`` … ``notes_0`` …, ``channels_true_0``,
``channels_unknown_0``, and per hinge and branch ``HINGE=BRANCH`` (null where it does not matter).
The key column and ``on`` are carried; results are never to be joined back by position.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_

import narwhals as nw
import polars as pl

from xenotime.law.answer import Outcome
from xenotime.law.columns import Compiler, Frame, presumed
from xenotime.law.facts import Fact
from xenotime.law.law import WORD, Law
from xenotime.law.node import facts_of
from xenotime.law.rules import Rule
from xenotime.law.table import engine_frame

_CHUNK = 1_000_000
_BYTE = 8


class Decider:
    """A law snapshot compiled once; `decide` runs it over tables of facts."""

    def __init__(self, law: Law, *, strict: bool = False) -> None:
        self.law = law
        self.strict = strict
        self.presumed = {} if strict else presumed(law)
        self.compiler = Compiler(law)
        self.compiler.run({}, "", law.order)
        rest = [p.name for p in law.predicates if p.name not in self.compiler.column]
        self.compiler.run({}, "", rest)
        self.turned = self._compile_branches()
        self.bounds = {"": self._bounds("", {})}
        for hinge, branches in self.turned.items():
            for branch, names in branches.items():
                tag = f"@{hinge}={branch}"
                self.bounds[tag] = self._bounds(tag, names)
        self.missing = self._missing()
        self.waited = law.read

    def _compile_branches(self) -> dict[str, dict[str, dict[str, str]]]:
        base = dict(self.compiler.column)
        turned: dict[str, dict[str, dict[str, str]]] = {}
        for hinge in self.law.hinges:
            affected = [n for n in self.law.order if hinge.id in self.law.turns[n]]
            turned[hinge.id] = {}
            for branch in hinge.branches:
                self.compiler.column = dict(base)
                self.compiler.run({hinge.id: branch}, f"@{hinge.id}={branch}", affected)
                turned[hinge.id][branch] = dict(self.compiler.column)
        self.compiler.column = base
        return turned

    def _bounds(self, tag: str, names: dict[str, str]) -> list[nw.Expr]:
        """Expressions of mild low, mild high, strict low, strict high."""
        columns = names or self.compiler.column
        mild_yes: dict[int, list[nw.Expr]] = {}
        mild_may: dict[int, list[nw.Expr]] = {}
        strict_yes: dict[int, list[nw.Expr]] = {}
        strict_may: dict[int, list[nw.Expr]] = {}
        for rule in self.law.rules:
            column = nw.col(columns[rule.address])
            yes, may = _true(column), _possible(column)
            mild_yes.setdefault(rule.low, []).append(yes)
            strict_yes.setdefault(rule.high, []).append(yes)
            mild_may.setdefault(rule.low, []).append(may)
            strict_may.setdefault(rule.high, []).append(may)
            if rule.unless:
                others = [self.law.book.rules[e] for e in rule.unless]
                base = nw.col(f"{columns[rule.address]}|base")
                either = _true(base) & column.is_null()
                mild_yes.setdefault(min([rule.low, *(o.low for o in others)]), []).append(either)
                strict_yes.setdefault(min([rule.high, *(o.high for o in others)]), []).append(either)
        groups = (mild_yes, mild_may, strict_yes, strict_may)
        return [_highest(g).alias(f"{n}{tag}") for g, n in zip(groups, ("ml", "mh", "sl", "sh"), strict=True)]

    def decide(self, facts: pl.DataFrame, *, progress: Callable[[int], object] | None = None) -> pl.DataFrame:
        """The decision row of each row of facts, with its key and day.

        ``facts`` has a ``key`` and an ``on`` (Date) column and one column per fact; columns that are
        absent are unknown. Raises FactError for columns that no fact declares or of a wrong type.
        """
        chunks = []
        for start in range(0, max(facts.height, 1), _CHUNK):
            part = facts.slice(start, _CHUNK)
            chunks.append(self._chunk(engine_frame(part, self.law)))
            if progress:
                progress(part.height)
        return pl.concat(chunks)

    def _chunk(self, native: pl.DataFrame) -> pl.DataFrame:
        frame: Frame = nw.from_native(native)
        gaps = [nw.col(n).is_null().alias(f"gap|{n}") for n in self.presumed]
        fills = [nw.col(n).fill_null(v).alias(n) for n, v in self.presumed.items()]
        if gaps:
            frame = frame.with_columns(*gaps, *fills)
        for stage in self.compiler.stages:
            if stage:
                frame = frame.with_columns(*stage.values())
        frame = frame.with_columns(*(e for group in self.bounds.values() for e in group))
        frame = frame.with_columns(*self._tightened())
        frame = frame.with_columns(*self._open_rules())
        frame = frame.with_columns(*self.missing)
        frame = frame.with_columns(self._any_missing().alias("any_missing"))
        frame = frame.select(*self._result())
        return nw.to_native(frame).with_columns(_deciding(self.law))  # type: ignore[no-any-return]

    def _tightened(self) -> list[nw.Expr]:
        """Outcome bounds after settling what every branch agrees on, and whether a hinge moves the row."""
        low, high, moving = [nw.col("ml")], [nw.col("sh")], []
        for hinge in self.law.hinges:
            tags = [f"@{hinge.id}={b}" for b in hinge.branches]
            lows, highs = [f"ml{t}" for t in tags], [f"sh{t}" for t in tags]
            low.append(nw.min_horizontal(*lows))
            high.append(nw.max_horizontal(*highs))
            differs = [nw.col(names[0]) != nw.col(n) for names in (lows, highs) for n in names[1:]]
            moving.append(reduce(or_, differs).alias(f"moves|{hinge.id}"))
        return [
            nw.max_horizontal(*low).alias("low"),
            nw.min_horizontal(*high).alias("high"),
            *moving,
        ]

    def _open_rules(self) -> list[nw.Expr]:
        """Per deciding rule: it is unknown and could raise the outcome."""
        pairs = ((r, nw.col(self.compiler.column[r.address])) for r in self.law.rules)
        return [(c.is_null() & (nw.col("ml") < int(r.high))).alias(f"open|{r.address}") for r, c in pairs]

    def _missing(self) -> list[nw.Expr]:
        """Per fact: it is not known exactly, and an open rule waits for it."""
        law = self.law
        from_predicates: dict[str, list[str]] = {}
        direct: dict[str, list[str]] = {}
        for rule in law.rules:
            for predicate in law.reach[rule.address]:
                from_predicates.setdefault(predicate, []).append(f"open|{rule.address}")
            for fact in law.direct[rule.address]:
                direct.setdefault(fact, []).append(f"open|{rule.address}")
        return _relevance(self.compiler, from_predicates, direct)

    def _any_missing(self) -> nw.Expr:
        return reduce(or_, (nw.col(f"lost|{f}") for f in self.waited))

    def _result(self) -> list[nw.Expr]:
        law = self.law
        settled = nw.col("low") == nw.col("high")
        waited = [nw.col(f"lost|{f.name}") & ~settled if f.name in self.waited else None for f in law.facts]
        truths = [nw.col(self.compiler.column[p.name]) for p in law.predicates]
        rules = [nw.col(self.compiler.column[r.address]) for r in law.rules]
        any_missing = nw.col("any_missing")
        return [
            nw.col("key"),
            nw.col("on"),
            self._outcome(settled, any_missing).alias("outcome"),
            nw.col("low"),
            nw.col("high"),
            (nw.col("ml") == nw.col("sh")).alias("certain"),
            *_words("true", [_true(t) for t in truths]),
            *_words("unknown", [t.is_null() for t in truths]),
            *_words("missing", waited),
            *_words("assumed", [nw.col(f"gap|{f.name}") if f.name in self.presumed else None for f in law.facts]),
            *_words("rules_true", [_true(r) for r in rules]),
            *_words("rules_unknown", [r.is_null() for r in rules]),
            *_words("duties", self._asked(law.duties, _true)),
            *_words("notes", self._asked(law.notes, _true)),
            *_words("channels_true", self._asked(law.channels, _true)),
            *_words("channels_unknown", self._asked(law.channels, lambda e: e.is_null())),
            *self._branches(any_missing),
        ]

    def _asked(self, rules: Sequence[Rule], test: Callable[[nw.Expr], nw.Expr]) -> list[nw.Expr | None]:
        return [test(nw.col(self.compiler.column[r.address])) for r in rules]

    def _outcome(self, settled: nw.Expr, any_missing: nw.Expr) -> nw.Expr:
        hinged = reduce(or_, (nw.col(f"moves|{h.id}") for h in self.law.hinges), nw.lit(False, nw.Boolean))  # noqa: FBT003
        label = _label(nw.col("low"), settled, "", any_missing)
        outcome = nw.when(settled | ~hinged).then(label).otherwise(nw.lit(int(Outcome.UNVERIFIED), nw.Int8))
        conflict = self._conflict()
        if conflict is None:
            return outcome
        return nw.when(conflict).then(nw.lit(int(Outcome.CONFLICT), nw.Int8)).otherwise(outcome)

    def _conflict(self) -> nw.Expr | None:
        rules = self.law.book.rules
        column = self.compiler.column
        pairs = [
            _true(nw.col(column[r.address])) & _true(nw.col(column[c]))
            for r in self.law.rules
            for c in r.conflicts
            if rules[c].high != r.high
        ]
        return reduce(or_, pairs) if pairs else None

    def _branches(self, any_missing: nw.Expr) -> list[nw.Expr]:
        found = []
        for hinge in self.law.hinges:
            for branch in hinge.branches:
                tag = f"@{hinge.id}={branch}"
                settled = nw.col(f"ml{tag}") == nw.col(f"sh{tag}")
                label = _label(nw.col(f"ml{tag}"), settled, tag, any_missing)
                found.append(nw.when(nw.col(f"moves|{hinge.id}")).then(label).alias(f"{hinge.id}={branch}"))
        return found


def decide(law: Law, facts: pl.DataFrame, *, strict: bool = False) -> pl.DataFrame:
    """The decision rows of a table of facts; see `Decider` to decide many tables by one law."""
    return Decider(law, strict=strict).decide(facts)


def _true(column: nw.Expr) -> nw.Expr:
    return column.fill_null(False)  # noqa: FBT003 - a value, not a switch


def _possible(column: nw.Expr) -> nw.Expr:
    return column.fill_null(True)  # noqa: FBT003 - a value, not a switch


def _highest(groups: dict[int, list[nw.Expr]]) -> nw.Expr:
    """The highest rank of which any column is true."""
    result = nw.lit(0, nw.Int8)
    for rank in sorted(groups):
        if rank:
            result = nw.when(reduce(or_, groups[rank])).then(nw.lit(int(rank), nw.Int8)).otherwise(result)
    return result


def _label(low: nw.Expr, settled: nw.Expr, tag: str, any_missing: nw.Expr) -> nw.Expr:
    known = (nw.col(f"ml{tag}") == nw.col(f"mh{tag}")) & (nw.col(f"sl{tag}") == nw.col(f"sh{tag}"))
    doubt = (
        nw.when(known)
        .then(nw.lit(int(Outcome.OPEN), nw.Int8))
        .otherwise(
            nw.when(any_missing)
            .then(nw.lit(int(Outcome.UNDETERMINED), nw.Int8))
            .otherwise(nw.lit(int(Outcome.UNVERIFIED), nw.Int8))
        )
    )
    return nw.when(settled).then(low).otherwise(doubt)


def _relevance(
    compiler: Compiler, from_predicates: dict[str, list[str]], direct: dict[str, list[str]]
) -> list[nw.Expr]:
    """Per fact: whether an unknown predicate, or an open rule itself, waits for it."""
    wanted: dict[str, list[nw.Expr]] = {}
    for predicate, opens in from_predicates.items():
        column = nw.col(compiler.column[predicate])
        matters = column.is_null() & _any(opens)
        for fact in facts_of(compiler.law.node(predicate)):
            wanted.setdefault(fact, []).append(matters)
    for fact, opens in direct.items():
        wanted.setdefault(fact, []).append(_any(opens))
    return [
        (reduce(or_, parts) & _inexact(compiler.law.book.facts[fact])).alias(f"lost|{fact}")
        for fact, parts in wanted.items()
    ]


def _any(columns: Sequence[str]) -> nw.Expr:
    return reduce(or_, (nw.col(c) for c in sorted(columns)))


def _inexact(fact: Fact) -> nw.Expr:
    if not fact.is_interval:
        return nw.col(fact.name).is_null()
    low, high = nw.col(f"{fact.name}_min"), nw.col(f"{fact.name}_max")
    return low.is_null() | high.is_null() | (low != high).fill_null(True)  # noqa: FBT003 - a value


def _words(name: str, bits: Sequence[nw.Expr | None]) -> list[nw.Expr]:
    """Boolean columns packed into signed 64-bit words of `WORD` bits, through bytes."""
    words = []
    for start in range(0, max(len(bits), 1), WORD):
        chunk = list(bits[start : start + WORD])
        total = nw.lit(0, nw.Int64)
        for offset in range(0, len(chunk), _BYTE):
            group = [(b, i) for i, b in enumerate(chunk[offset : offset + _BYTE]) if b is not None]
            if not group:
                continue
            byte = reduce(lambda x, y: x + y, (b.cast(nw.UInt8) * (1 << i) for b, i in group))
            total = total + byte.cast(nw.Int64) * (1 << offset)
        words.append(total.alias(f"{name}_{start // WORD}"))
    return words


def _deciding(law: Law) -> pl.Expr:
    """The bit of the deciding rule: the highest that holds, or that may while the answer is open."""
    rule = pl.lit(-1, pl.Int16)
    for word in range((len(law.rules) + WORD - 1) // WORD):
        held = pl.col(f"rules_true_{word}")
        bits = pl.when(pl.col("certain")).then(held).otherwise(held | pl.col(f"rules_unknown_{word}"))
        top = (63 - bits.bitwise_leading_zeros().cast(pl.Int16)) + word * WORD
        rule = pl.when(bits > 0).then(top).otherwise(rule)
    return rule.alias("rule")
