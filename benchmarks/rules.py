"""Claim: the same law, on the same rows, beside every engine that could decide it; all answers compared.

Asked: ten million rows a second for the whole Chinese book on two cores; no more than twice the time of the same
conditions written by hand in Polars; ahead of OpenFisca-core; 150 times the best rule engine that tells which
rules hold. Two workloads: ten rules over twelve facts with dates, a suspension and a share of 0.1 %; and every
deciding rule of the whole Chinese book. Rows are drawn from a fixed seed, and every fact is stated.

What each does not do. Ours gives, for each row, the outcome and its bounds, the deciding rule, the truth of every
condition, what is missing or was assumed, duties, notes, ways out and the answer in each branch of each open
question, and knows unknown facts. The same conditions by hand, in DuckDB, Sail, OpenFisca-core, ZEN, CEL and
plain Python know only true and false: the truth of each deciding rule, and the highest that holds. They all get
facts as whole numbers and truths; in-force days are folded for them beforehand. Start-up is apart.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import cel
import duckdb
import numpy as np
import polars as pl
import zen
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from xenotime.law.columns import _runs, code
from xenotime.law.decide import Decider
from xenotime.law.law import Law, fold_book
from xenotime.law.node import All, Arith, Cmp, Holds, In, InForce, Is, Lit, Named, Node, Not, Ref, Some, Term
from xenotime.law.read import read_book
from xenotime.law.table import TERRITORIES, column_names, column_type

KNOWN = date(2026, 11, 21)
PERIOD = "2026-11-21"  # OpenFisca asks for one; the days of the rows are facts
FIRST, LAST = date(2025, 1, 1), date(2026, 11, 9)  # before any open question, so that two values suffice

#: Ten rules: what holds, the answer, and what happened to the article.
FACTS = {
    "origin": "country", "to": "country", "kind": "enum", "heat": "int", "military": "bool", "listed": "bool",
    "relief": "bool", "licensed": "bool", "transit": "bool", "again": "bool", "part": "money", "whole": "money",
}  # fmt: skip
KINDS = ("ore", "oxide", "metal", "magnet", "equipment")
SHARED = {
    "metal": "kind = 'metal'",
    "magnet": "kind = 'magnet'",
    "equipment": "kind = 'equipment'",
    "leaves": "origin = 'CN' AND \\\"to\\\" NOT IN ('CN', 'HK', 'MO')",
    "abroad": "origin <> 'CN' AND \\\"to\\\" <> origin",
    "share": "part * 1000 >= whole AND part > 0",
    "hot": "heat BETWEEN 900 AND 1200",
    "soldiers": "military",
    "on_list": "listed",
    "help": "relief",
    "allowed": "licensed",
    "passing": "transit AND NOT again",
}
RULES = (
    ("1", "[metal, leaves]", "licence", "controlled", '["9"]', "{in_force: 2025-04-04}"),
    ("2", "[magnet, leaves]", "licence", "controlled", '["9"]', "{in_force: 2025-04-04}"),
    ("3", "[equipment, leaves]", "licence", "controlled", '["9"]',
     "{in_force: 2025-06-01}, {suspended: 2025-11-10, through: 2026-06-30, then: in_force}"),
    ("4", "[abroad, share]", "licence", "controlled", '["9"]', "{in_force: 2025-12-01}"),
    ("5", "[hot, leaves]", "report", "controlled", "[]", "{in_force: 2024-01-01}, {repealed: 2026-03-01}"),
    ("6", "[soldiers]", "prohibited", "banned", "[]", "{in_force: 2024-01-01}"),
    ("7", "[on_list, {not: allowed}]", "prohibited", "banned", "[]", "{in_force: 2025-01-09}"),
    ("8", "[passing]", "report", "controlled", "[]", "{in_force: 2024-01-01}"),
    ("9", "[help]", "exempt", "controlled", "[]", "{in_force: 2024-01-01}"),
    ("10", "[magnet, hot, {not: allowed}]", "case_by_case", "policy", "[]", "{in_force: 2025-02-01}"),
)  # fmt: skip


def ten_rules() -> Law:
    """The law of ten rules, folded like any other."""
    facts = "".join(
        f'["{name}"]\ntype = "{kind}"\nabsence = "unknown"\nasks = "?"\nwho = "exporter"\n'
        + (f"values = {list(KINDS)}\n" if kind == "enum" else "")
        for name, kind in FACTS.items()
    )
    shared = "".join(
        f'[predicate.{name}]\nwhen = "{text}"\ntrue = "Yes."\nfalse = "No."\nunknown = "?"\narticle = "cn/ten/1"\n'
        for name, text in SHARED.items()
    )
    head = "---\nid: cn/ten\ntitle: Ten rules\nissuer: nobody\npublished: 2024-01-01\nsources: [S1]\n---\n"
    body = "".join(
        f"\n## Article {part}: article {part}\n\nWords.\n\n```yaml\nrule: '{part}'\nbinds: anyone\nquestion: {question}\n"
        f"answer: {answer}\nunless: {unless}\nwhen: {{all: {when}}}\nconfidence: O\nsources: [S1]\nevents: [{events}]\n```\n"
        for part, when, answer, question, unless, events in RULES
    )
    files = {
        "facts.toml": facts,
        "cn/predicates.toml": shared,
        "cn/sources.toml": '[S1]\nwhat = "a test"\n',
        "cn/ten.md": head + body,
    }
    return fold_book(read_book(files=files), KNOWN)


# ---- the same trees in each engine's words --------------------------------------------------------
@dataclass(frozen=True)
class Tongue:
    """How an engine writes a condition: both, either, not, equal, a choice among whole numbers, a name."""

    both: str
    either: str
    negation: str
    equal: str
    among: Callable[[str, Sequence[int]], str]
    name: Callable[[str], str]
    yes: str = "true"
    no: str = "false"


def ranges(name: str, values: Sequence[int]) -> str:
    """A choice as comparisons, which columns are quickest at."""
    return "|".join(
        f"({name}=={a})" if a == b else f"(({name}>={a})&({name}<={b}))" for a, b in _runs(list(values))
    )


COLUMNS = Tongue("&", "|", "~", "==", ranges, lambda n: f"c[{n!r}]", "yes", "no")
PYTHON = Tongue(
    " and ", " or ", "not ", "==", lambda n, v: f"{n} in {set(v)}", lambda n: f"c[{n!r}]", "True", "False"
)
SQL = Tongue(
    " AND ", " OR ", "NOT ", "=", lambda n, v: f"{n} IN ({', '.join(map(str, v))})", lambda n: f"`{n}`"
)
ZEN = Tongue(" and ", " or ", "not ", "==", lambda n, v: f"{n} in {list(v)}", lambda n: f"f_{n}")
CEL = Tongue(" && ", " || ", "!", "==", lambda n, v: f"{n} in {list(v)}", lambda n: f"f_{n}")


#: What ends the name of a part, as a fact may have the same name.
PART = "?"


class Speaker:
    """Writes the trees of a law in one tongue; `inline` writes named parts out in place."""

    def __init__(self, law: Law, tongue: Tongue, *, inline: bool) -> None:
        self.law, self.tongue, self.inline = law, tongue, inline

    def whole(self, name: str) -> str:
        """A predicate, a condition, or a rule with its days and exceptions."""
        rule = self.law.book.rules.get(name)
        text = self.node(self.law.node(name))
        if rule is None:
            return text
        excepted = [self.negated(self.named(other)) for other in rule.unless]
        return self.joined(self.tongue.both, [self.in_force(name), text, *excepted], self.tongue.yes)

    def named(self, name: str) -> str:
        """A reference to a part."""
        return self.whole(name) if self.inline else self.tongue.name(name + PART)

    def negated(self, text: str) -> str:
        """The opposite."""
        return f"({self.tongue.negation}{text})"

    def joined(self, sign: str, parts: Sequence[str], empty: str) -> str:
        """Several conditions as one."""
        return f"({sign.join(parts)})" if parts else empty

    def node(self, node: Node) -> str:
        """A tree."""
        tongue = self.tongue
        match node:
            case All(parts):
                return self.joined(tongue.both, [self.node(p) for p in parts], tongue.yes)
            case Some(parts):
                return self.joined(tongue.either, [self.node(p) for p in parts], tongue.no)
            case Not(part):
                return self.negated(self.node(part))
            case Named(name) | Holds(name):
                return self.named(name)
            case InForce(article):
                return self.in_force(article)
            case Is(fact):
                return tongue.name(fact)
            case In(fact, values):
                declared = self.law.book.facts[fact]
                return f"({tongue.among(tongue.name(fact), sorted({code(declared, v) for v in values}))})"
            case Cmp(op, left, right):
                sign = {"=": tongue.equal, "<>": "!=" if tongue is not SQL else "<>"}.get(op, op)
                return f"({self.term(left)} {sign} {self.term(right, left)})"
        raise TypeError(node)

    def term(self, term: Term, beside: Term | None = None) -> str:
        """A fact, a literal as its number, or a sum of them."""
        match term:
            case Lit(value):
                fact = self.law.book.facts[beside.fact] if isinstance(beside, Ref) else None
                return str(code(fact, value) if fact else value)
            case Ref(fact):
                return self.tongue.name(fact)
            case Arith(op, left, right):
                return f"({self.term(left)} {op} {self.term(right)})"
        raise TypeError(term)

    def in_force(self, article: str) -> str:
        """Whether an article is in force, as comparisons of days."""
        day, parts = self.tongue.name("on"), []
        stretches = self.law.stretches(article)
        for stretch, after in zip(stretches, [*stretches[1:], None], strict=True):
            if stretch.status == "in_force":
                ends = [f"({day} >= {stretch.first.toordinal()})"]
                ends += [f"({day} < {after.first.toordinal()})"] if after else []
                parts.append(self.joined(self.tongue.both, ends, self.tongue.yes))
        return self.joined(self.tongue.either, parts, self.tongue.no)


# ---- rows ------------------------------------------------------------------------------------------
def stated_rows(law: Law, size: int, seed: int) -> pl.DataFrame:
    """Rows in which every fact is stated: whole numbers, codes and truths, and the day as its number."""
    source = np.random.default_rng(seed)
    columns = {"on": source.integers(FIRST.toordinal(), LAST.toordinal() + 1, size).astype(np.int32)}
    lines = [line for p in law.predicates if p.table for line in p.table.lines]
    for fact in law.facts:
        match fact.type:
            case "bool":
                rare = 0.01 if fact.name.startswith(("listed", "held", "military")) else 0.15
                columns[fact.name] = source.random(size) < rare
            case "enum":
                columns[fact.name] = source.integers(0, len(fact.values), size).astype(np.uint8)
            case "country":
                some = [code(fact, c) for c in ("CN", "CN", "CN", "DE", "US", "JP", "HK", "VN")]
                columns[fact.name] = source.choice(some, size).astype(np.uint16)
            case "int":
                columns[fact.name] = source.choice([0, 3, 14, 256, 500, 950, 1200, 1201], size)
            case _:
                columns[fact.name] = source.choice([0, 1, 999, 1000, 999_999, 1_000_000], size)
    for line in lines[:: max(len(lines) // 40, 1)]:
        _bend(columns, line, law, source, size)
    return pl.DataFrame(columns)


def _bend(columns: dict[str, Any], line: Any, law: Law, source: np.random.Generator, size: int) -> None:
    """Let some rows be what a line of an item table names, so that rules have something to hold on to."""
    some = source.random(size) < 0.01
    for node in line.rest:
        match node:
            case In(fact, values):
                columns[fact][some] = code(law.book.facts[fact], values[0])
            case Is(fact):
                columns[fact][some] = True
    if line.kinds:
        columns["kind"][some] = code(law.book.facts["kind"], line.kinds[0])


def ours(law: Law, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as `Decider.decide` takes them: typed days and words, money as two bounds."""
    made = [(pl.col("on") - date(1970, 1, 1).toordinal()).cast(pl.Int32).cast(pl.Date)]
    for fact in law.facts:
        for name in column_names(fact):
            kind = column_type(fact)
            number = pl.col(fact.name)
            if isinstance(kind, pl.Enum):
                words = pl.Series(
                    kind.categories if kind != TERRITORIES else TERRITORIES.categories, dtype=kind
                )
                number = pl.lit(words).gather(number)
            made.append(number.cast(kind).alias(name))
    return rows.select(made)


# ---- engines: each takes rows and gives, per row, the highest rule that holds ------------------------
def by_hand(law: Law) -> Callable[[pl.DataFrame], pl.Series]:
    """The same conditions in Polars, two-valued: one column for each part, and the highest rule."""
    speaker, scope = Speaker(law, COLUMNS, inline=False), {"yes": pl.lit(True), "no": pl.lit(False)}
    stages = [
        {n + PART: eval(speaker.whole(n), scope | {"c": _Columns()}) for n in names} for names in levels(law)
    ]  # noqa: S307 - our own text
    deciding = pl.lit(-1, pl.Int16)
    for bit, rule in enumerate(law.rules):
        deciding = pl.when(pl.col(rule.address + PART)).then(pl.lit(bit, pl.Int16)).otherwise(deciding)
    kept = [n + PART for n in law.order if n in law.book.predicates] + [r.address + PART for r in law.rules]

    def run(rows: pl.DataFrame) -> pl.Series:
        plan = rows.lazy()
        for stage in stages:
            plan = plan.with_columns(**stage)
        found = plan.select(*kept, deciding.alias("rule"))
        return found.collect(engine="streaming", optimizations=pl.QueryOptFlags.none())["rule"]

    return run


class _Columns:
    def __getitem__(self, name: str) -> pl.Expr:
        return pl.col(name)


def levels(law: Law) -> list[list[str]]:
    """The parts of a law in stages, each after what it reads."""
    from xenotime.law.book import needs  # noqa: PLC0415 - beside its only use

    level: dict[str, int] = {}
    for name in law.order:
        level[name] = 1 + max((level[n] for n in needs(law.book, name)), default=-1)
    return [[n for n in law.order if level[n] == k] for k in range(max(level.values()) + 1)]


def in_sql(law: Law, source: str, quote: str) -> str:
    """The same conditions as one query of nested stages."""
    speaker, text = Speaker(law, SQL, inline=False), f"SELECT * FROM {source}"
    for names in levels(law):
        shown = ", ".join(f"{speaker.whole(n)} AS `{n}{PART}`" for n in names)
        text = f"SELECT *, {shown} FROM ({text}) t"
    cases = " ".join(
        f"WHEN `{r.address}{PART}` THEN {bit}" for bit, r in reversed(list(enumerate(law.rules)))
    )
    kept = ", ".join(f"`{r.address}{PART}`" for r in law.rules)
    return f"SELECT key, CASE {cases} ELSE -1 END AS rule, {kept} FROM ({text}) t".replace("`", quote)


def in_duckdb(law: Law) -> Callable[[pl.DataFrame], pl.Series]:
    """The same conditions in DuckDB, from an Arrow table to an Arrow table."""
    session, text = duckdb.connect(), in_sql(law, "facts", '"')

    def run(rows: pl.DataFrame) -> pl.Series:
        session.register("facts", rows.with_row_index("key").to_arrow())
        found = pl.from_arrow(session.sql(text).to_arrow_table())
        return found.sort("key")["rule"]

    return run


@contextmanager
def in_sail(law: Law) -> Iterator[Callable[[pl.DataFrame], pl.Series]]:
    """The same conditions in Sail over Spark Connect, from a Parquet file to an Arrow table."""
    from pysail.spark import SparkConnectServer  # noqa: PLC0415 - a server starts with it
    from pyspark.sql import SparkSession  # noqa: PLC0415 - as above

    os.environ.setdefault("RUST_LOG", "error")
    server = SparkConnectServer()
    server.start(background=True)
    session = SparkSession.builder.remote(f"sc://localhost:{server.listening_address[1]}").getOrCreate()
    folder = tempfile.TemporaryDirectory()

    def run(rows: pl.DataFrame) -> pl.Series:
        file = Path(folder.name) / f"{rows.height}.parquet"
        if not file.exists():
            rows.with_row_index("key").write_parquet(file)
        found = session.sql(in_sql(law, f"parquet.`{file}`", "`")).toArrow()
        return pl.from_arrow(found).sort("key")["rule"]

    try:
        yield run
    finally:
        session.stop()
        server.stop()
        folder.cleanup()


def in_openfisca(law: Law) -> Callable[[pl.DataFrame], pl.Series]:
    """The same conditions in OpenFisca-core: one variable for each part, all asked for."""
    speaker = Speaker(law, COLUMNS, inline=False)
    entity = build_entity("row", "rows", "a row", is_person=True)
    system = TaxBenefitSystem([entity])
    slug = {
        name: f"v{number}"
        for number, name in enumerate(("on", *(f.name for f in law.facts), *(n + PART for n in law.order)))
    }

    def variable(name: str, kind: type, formula: Any = None) -> None:
        about = {"value_type": kind, "entity": entity, "definition_period": DateUnit.DAY, "label": name}
        system.add_variable(type(slug[name], (Variable,), about | ({"formula": formula} if formula else {})))

    def formula(text: str) -> Any:
        program = compile(text, "rule", "eval")

        def work(rows: Any, period: Any) -> Any:
            class C:
                def __getitem__(self, name: str) -> Any:
                    return rows(slug[name], period)

            result = eval(program, {"c": C(), "yes": np.True_, "no": np.False_})  # noqa: S307 - our own text
            return np.broadcast_to(result, (rows.count,)) if np.ndim(result) == 0 else result

        return work

    kinds = {"on": int} | {f.name: bool if f.type == "bool" else int for f in law.facts}
    for name, kind in kinds.items():
        variable(name, kind)
    for name in law.order:
        variable(name + PART, bool, formula(speaker.whole(name)))

    def run(rows: pl.DataFrame) -> pl.Series:
        simulation = SimulationBuilder().build_default_simulation(system, count=rows.height)
        for name in kinds:
            simulation.set_input(slug[name], PERIOD, rows[name].to_numpy())
        found = np.full(rows.height, -1, np.int16)
        for bit, rule in enumerate(law.rules):
            found[simulation.calculate(slug[rule.address + PART], PERIOD)] = bit
        return pl.Series(found)

    return run


def in_python(law: Law) -> Callable[[pl.DataFrame], pl.Series]:
    """The same conditions as one plain Python function over a dict."""
    speaker = Speaker(law, PYTHON, inline=False)
    body = "".join(f"    c[{n + PART!r}] = {speaker.whole(n)}\n" for n in law.order)
    body += "".join(
        f"    if c[{r.address + PART!r}]: return {bit}\n" for bit, r in reversed(list(enumerate(law.rules)))
    )
    scope: dict[str, Any] = {}
    exec(f"def decide(c):\n{body}    return -1\n", scope)  # noqa: S102 - our own text

    def run(rows: pl.DataFrame) -> pl.Series:
        return pl.Series([scope["decide"](row) for row in rows.iter_rows(named=True)], dtype=pl.Int16)

    return run


def one_by_one(
    law: Law, tongue: Tongue, make: Callable[[str], Any], call: str
) -> Callable[[pl.DataFrame], pl.Series]:
    """The same conditions as one compiled expression for each rule, in an engine that takes one row at a time."""
    speaker = Speaker(law, tongue, inline=True)
    programs = [getattr(make(speaker.whole(rule.address)), call) for rule in law.rules]

    def run(rows: pl.DataFrame) -> pl.Series:
        contexts = rows.rename({n: f"f_{n}" for n in rows.columns}).to_dicts()
        truths = [[program(context) for program in programs] for context in contexts]
        return pl.Series(
            [max((b for b, t in enumerate(row) if t), default=-1) for row in truths], dtype=pl.Int16
        )

    return run


# ---- the runs ----------------------------------------------------------------------------------------
def measured(
    name: str,
    run: Callable[[pl.DataFrame], pl.Series],
    rows: pl.DataFrame,
    expected: pl.Series,
    times: int = 3,
) -> float:
    """Rows a second at best, after a run whose answers are compared; printed."""
    found = run(rows)
    if found.cast(pl.Int16).to_list() != expected.head(rows.height).to_list():
        raise SystemExit(f"{name} differs from ours")
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run(rows)
        taken.append(time.perf_counter() - start)
    rate = rows.height / min(taken)
    print(f"  {name:44} {rows.height:>9,} rows {rate:>12,.0f} rows/s")
    return rate


def compare(title: str, law: Law, size: int) -> None:
    """Every engine on one workload, and the ratios."""
    print(
        f"{title}: {len(law.rules)} deciding rules, {len(law.predicates)} conditions, {len(law.facts)} facts"
    )
    rows = stated_rows(law, size, seed=1)
    full = ours(law, rows)
    engines = {name: Decider(law, kernel=kernel) for name, kernel in (("kernel", True), ("Polars", False))}
    expected = engines["Polars"].decide(full)["rule"]
    print(
        f"  {(expected >= 0).mean():.0%} of rows have a deciding rule, {expected.n_unique() - 1} rules decide"
    )

    def decide(name: str) -> Callable[[pl.DataFrame], pl.Series]:
        return lambda some: engines[name].decide(full.head(some.height))["rule"]

    rate = {name: measured(f"ours, {name}", decide(name), rows, expected) for name in engines}
    rate["by hand"] = measured("by hand in Polars", by_hand(law), rows, expected)
    rate["DuckDB"] = measured("by hand in DuckDB", in_duckdb(law), rows, expected)
    with in_sail(law) as sail:
        rate["Sail"] = measured("by hand in Sail", sail, rows.head(size // 4), expected, 2)
    rate["OpenFisca"] = measured("OpenFisca-core", in_openfisca(law), rows, expected)
    few = 20_000 if len(law.rules) < 20 else 1_000
    rate["Python"] = measured("plain Python", in_python(law), rows.head(few), expected)
    rate["ZEN"] = measured(
        "ZEN, an expression for each rule",
        one_by_one(law, ZEN, zen.compile_expression, "evaluate"),
        rows.head(few // 4),
        expected,
        2,
    )
    rate["CEL"] = measured(
        "CEL, a program for each rule",
        one_by_one(law, CEL, cel.compile, "execute"),
        rows.head(few // 4),
        expected,
        2,
    )
    best = max(rate["kernel"], rate["Polars"])
    traced = max(rate["ZEN"], rate["CEL"])
    print(
        "  ours to each: "
        + ", ".join(
            f"{n} {best / r:,.2f}" if best / r < 10 else f"{n} {best / r:,.0f}"
            for n, r in rate.items()
            if n not in ("kernel", "Polars")
        )
    )
    print(
        f"  by hand in Polars, of ours in Polars: {rate['by hand'] / rate['Polars']:.2f} (asked: at most 2)"
    )
    print(f"  best traced rule engine: ours is {best / traced:,.0f} times as quick (asked: 150)")


def main() -> None:
    """Both workloads."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    asked = options.parse_args()
    print(
        f"{os.cpu_count()} cores; Polars {pl.__version__}, DuckDB {duckdb.__version__}, Python {sys.version.split()[0]}"
    )
    compare("Ten rules", ten_rules(), asked.rows)
    compare("The whole Chinese book", fold_book(read_book(), KNOWN), asked.rows)


if __name__ == "__main__":
    main()
