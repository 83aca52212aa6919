"""Claim: the same law, on the same rows, beside every engine that could decide it; all answers compared.

Asked: ten million rows a second for the whole Chinese book on two cores; at most twice the time of the same
conditions written by hand in Polars; ahead of OpenFisca-core; 150 times the best rule engine that tells
which rules hold. Two workloads: ten rules over twelve facts with dates, a suspension and a share of 0.1 %;
and every deciding rule of the whole Chinese book. Rows are drawn from a fixed seed; every fact is stated.

What each does not do. Ours gives, for each row, the outcome and its bounds, the deciding rule, the truth of
every condition, what is missing or was assumed, duties, notes, ways out and the answer in each branch of
each open question, and knows unknown facts. The same conditions by hand, in DuckDB, Sail, Apache Spark,
OpenFisca-core, ZEN, CEL and plain Python know only true and false: the truth of each deciding rule, and the
highest that holds. They get facts as whole numbers and truths, in the form that each likes best; when an
article is in force is folded for them beforehand, and no row lies past an open question. Start-up is apart.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

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

from xenotime.law.book import needs
from xenotime.law.columns import _runs, code
from xenotime.law.decide import Decider
from xenotime.law.law import Law, fold_book
from xenotime.law.node import All, Arith, Cmp, Holds, In, InForce, Is, Lit, Named, Node, Not, Ref, Some, Term
from xenotime.law.read import read_book
from xenotime.law.table import column_names, column_type
from xenotime.law.tables import Line

os.environ.setdefault("RUST_LOG", "error")
warnings.filterwarnings("ignore", category=FutureWarning)  # the client of Spark speaks of pandas
from pyspark.sql import SparkSession  # noqa: E402 - as above

#: Rows, conditions and results in whatever form an engine has them.
Given: TypeAlias = Any

ROOT = Path(__file__).parent.parent
KNOWN = date(2026, 11, 21)
PERIOD = "2026-11-21"  # OpenFisca asks for one; the days of the rows are facts
FIRST, LAST = date(2025, 1, 1), date(2026, 11, 9)  # before any open question, so that two values suffice

#: Ten rules: what holds, the answer, and what happened to the article.
FACTS = {
    "origin": "country", "to": "country", "kind": "enum", "heat": "int", "military": "bool", "listed": "bool",
    "relief": "bool", "licensed": "bool", "transit": "bool", "again": "bool",
    "part": "money", "whole": "money",
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


_FACT = '["{name}"]\ntype = "{kind}"\nabsence = "unknown"\nasks = "?"\nwho = "exporter"\n{more}'
_SHARED = """[predicate.{name}]
when = "{text}"
true = "Yes."
false = "No."
unknown = "?"
article = "cn/ten/1"
"""
_HEAD = "---\nid: cn/ten\ntitle: Ten rules\nissuer: nobody\npublished: 2024-01-01\nsources: [S1]\n---\n"
_RULE = """
## Article {0}: article {0}

Words.

```yaml
rule: '{0}'
binds: anyone
question: {3}
answer: {2}
unless: {4}
when: {{all: {1}}}
confidence: O
sources: [S1]
events: [{5}]
```
"""


def ten_rules() -> Law:
    """The law of ten rules, folded like any other."""
    words = f"values = {list(KINDS)}\n"
    facts = [_FACT.format(name=n, kind=k, more=words if k == "enum" else "") for n, k in FACTS.items()]
    files = {
        "facts.toml": "".join(facts),
        "cn/predicates.toml": "".join(_SHARED.format(name=n, text=t) for n, t in SHARED.items()),
        "cn/sources.toml": '[S1]\nwhat = "a test"\n',
        "cn/ten.md": _HEAD + "".join(_RULE.format(*rule) for rule in RULES),
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


def _bend(columns: dict[str, Any], line: Line, law: Law, source: np.random.Generator, size: int) -> None:
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
                number = pl.lit(pl.Series(kind.categories, dtype=kind)).gather(number)
            made.append(number.cast(kind).alias(name))
    return rows.select(made)


# ---- engines ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Engine:
    """How an engine likes its rows, what it does with them, and the highest rule of each in the result."""

    name: str
    give: Callable[[pl.DataFrame], Given]
    run: Callable[[Given], Given]
    rule: Callable[[Given], pl.Series]


def mine(law: Law, name: str, *, kernel: bool) -> Engine:
    """Ours: the whole decision of each row."""
    decider = Decider(law, kernel=kernel)
    return Engine(name, lambda rows: ours(law, rows), decider.decide, lambda found: found["rule"])


def by_hand(law: Law) -> Engine:
    """The same conditions in Polars, two-valued: one column for each part, and the highest rule."""
    speaker, scope = Speaker(law, COLUMNS, inline=False), {"yes": pl.lit(True), "no": pl.lit(False)}
    stages = [
        {n + PART: evaluated(speaker.whole(n), scope | {"c": Columns(pl.col)}) for n in names}
        for names in levels(law)
    ]
    deciding = pl.lit(-1, pl.Int16)
    for bit, rule in enumerate(law.rules):
        deciding = pl.when(pl.col(rule.address + PART)).then(pl.lit(bit, pl.Int16)).otherwise(deciding)
    kept = [n + PART for n in law.order if n in law.book.predicates or n in law.reach]

    def run(rows: pl.DataFrame) -> pl.DataFrame:
        plan = rows.lazy()
        for stage in stages:
            plan = plan.with_columns(**stage)
        plan = plan.select(*kept, deciding.alias("rule"))
        return plan.collect(engine="streaming", optimizations=pl.QueryOptFlags.none())

    return Engine("by hand in Polars", lambda rows: rows, run, lambda found: found["rule"])


class Columns:
    """Columns by name, for a text that says ``c['name']``."""

    def __init__(self, read: Callable[[str], Given]) -> None:
        self.read = read

    def __getitem__(self, name: str) -> Given:
        return self.read(name)


def evaluated(text: str, scope: dict[str, Given]) -> Given:
    """What a text of ours says."""
    return eval(text, scope)  # noqa: S307 - our own text


def levels(law: Law) -> list[list[str]]:
    """The parts of a law in stages, each after what it reads."""
    level: dict[str, int] = {}
    for name in law.order:
        level[name] = 1 + max((level[n] for n in needs(law.book, name)), default=-1)
    return [[n for n in law.order if level[n] == k] for k in range(max(level.values()) + 1)]


def in_sql(law: Law, source: str, quote: str) -> str:
    """The same conditions as one query of nested stages."""
    speaker, text = Speaker(law, SQL, inline=False), f"SELECT * FROM {source}"  # noqa: S608 - our own text
    for names in levels(law):
        shown = ", ".join(f"{speaker.whole(n)} AS `{n}{PART}`" for n in names)
        text = f"SELECT *, {shown} FROM ({text}) t"  # noqa: S608 - our own text
    bits = reversed(list(enumerate(law.rules)))
    cases = " ".join(f"WHEN `{r.address}{PART}` THEN {bit}" for bit, r in bits)
    kept = ", ".join(f"`{r.address}{PART}`" for r in law.rules)
    whole = f"SELECT key, CASE {cases} ELSE -1 END AS rule, {kept} FROM ({text}) t"  # noqa: S608 - our own text
    return whole.replace("`", quote)


def keyed(found: Given) -> pl.Series:
    """The rules of an Arrow table, in the order of its keys."""
    return pl.from_arrow(found).sort("key")["rule"]


def in_duckdb(law: Law) -> Engine:
    """The same conditions in DuckDB, from an Arrow table to an Arrow table."""
    session, text = duckdb.connect(), in_sql(law, "facts", '"')

    def give(rows: pl.DataFrame) -> str:
        session.register("facts", rows.with_row_index("key").to_arrow())
        return text

    return Engine("by hand in DuckDB", give, lambda text: session.sql(text).to_arrow_table(), keyed)


@contextmanager
def clusters() -> Iterator[dict[str, str]]:
    """The addresses of servers of Spark Connect: Sail, and Apache Spark where it can run."""
    sys.path.insert(0, str(ROOT))
    from tests.fixtures.apache import missing, serving  # noqa: PLC0415 - the path is set above
    from tests.fixtures.sail import server  # noqa: PLC0415 - as above

    with ExitStack() as held:
        sail, address = server()
        held.callback(sail.communicate)
        found = {"Sail": address}
        spark = next(ROOT.glob(".venv/spark/lib/python*/site-packages/pyspark"), None)
        if spark is None or missing():
            print("Apache Spark is not measured. " + (missing() or "next: make .venv/spark/ready"))
        else:
            folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
            settings = {"spark.driver.memory": "6g"}
            found["Apache Spark"] = held.enter_context(serving(spark, "local[2]", folder, settings))
        yield found


@contextmanager
def over_connect(name: str, law: Law, address: str) -> Iterator[Engine]:
    """The same conditions on a server of Spark Connect, from a Parquet file to an Arrow table."""
    session = SparkSession.builder.remote(address).create()
    with tempfile.TemporaryDirectory() as folder:

        def give(rows: pl.DataFrame) -> str:
            rows.with_row_index("key").write_parquet(f"{folder}/rows.parquet")
            return in_sql(law, f"parquet.`{folder}/rows.parquet`", "`")

        try:
            yield Engine(f"by hand in {name}", give, lambda text: session.sql(text).toArrow(), keyed)
        finally:
            session.stop()


def in_openfisca(law: Law) -> Engine:
    """The same conditions in OpenFisca-core: one variable for each part, every rule asked for."""
    speaker = Speaker(law, COLUMNS, inline=False)
    entity = build_entity("row", "rows", "a row", is_person=True)
    system = TaxBenefitSystem([entity])
    kinds = {"on": int} | {f.name: bool if f.type == "bool" else int for f in law.facts}
    slug = {n: f"v{number}" for number, n in enumerate((*kinds, *(n + PART for n in law.order)))}

    def variable(name: str, kind: type, **more: Given) -> None:
        about = {"value_type": kind, "entity": entity, "definition_period": DateUnit.DAY, "label": name}
        system.add_variable(type(slug[name], (Variable,), about | more))

    def formula(text: str) -> Given:
        program = compile(text, "rule", "eval")

        def work(rows: Given, period: Given) -> Given:
            scope = {"c": Columns(lambda name: rows(slug[name], period)), "yes": np.True_, "no": np.False_}
            return np.broadcast_to(evaluated(program, scope), (rows.count,))

        return work

    for name, kind in kinds.items():
        variable(name, kind)
    for name in law.order:
        variable(name + PART, bool, formula=formula(speaker.whole(name)))

    def run(given: dict[str, Given]) -> Given:
        count = len(given["on"])
        simulation = SimulationBuilder().build_default_simulation(system, count=count)
        for name, values in given.items():
            simulation.set_input(slug[name], PERIOD, values)
        found = np.full(count, -1, np.int16)
        for bit, rule in enumerate(law.rules):
            found[simulation.calculate(slug[rule.address + PART], PERIOD)] = bit
        return found

    return Engine("OpenFisca-core", lambda rows: {n: rows[n].to_numpy() for n in kinds}, run, pl.Series)


def in_python(law: Law) -> Engine:
    """The same conditions as one plain Python function over a dict."""
    speaker, bits = Speaker(law, PYTHON, inline=False), reversed(list(enumerate(law.rules)))
    body = "".join(f"    c[{n + PART!r}] = {speaker.whole(n)}\n" for n in law.order)
    body += "".join(f"    if c[{r.address + PART!r}]: return {bit}\n" for bit, r in bits)
    scope: dict[str, Given] = {}
    exec(f"def decide(c):\n{body}    return -1\n", scope)  # noqa: S102 - our own text
    decide = scope["decide"]
    return Engine(
        "plain Python", pl.DataFrame.to_dicts, lambda rows: [decide(row) for row in rows], pl.Series
    )


def one_by_one(
    name: str, law: Law, tongue: Tongue, compiled: Callable[[str], Callable[[Given], Given]]
) -> Engine:
    """The same conditions as one compiled expression for each rule, in an engine that takes row by row."""
    speaker = Speaker(law, tongue, inline=True)
    programs = [compiled(speaker.whole(rule.address)) for rule in law.rules]

    def give(rows: pl.DataFrame) -> list[dict[str, Given]]:
        return rows.rename({n: f"f_{n}" for n in rows.columns}).to_dicts()

    def run(given: list[dict[str, Given]]) -> list[list[bool]]:
        return [[program(row) for program in programs] for row in given]

    def highest(found: list[list[bool]]) -> pl.Series:
        return pl.Series([max((bit for bit, t in enumerate(row) if t), default=-1) for row in found])

    return Engine(name, give, run, highest)


# ---- the runs ----------------------------------------------------------------------------------------
def measured(engine: Engine, rows: pl.DataFrame, expected: pl.Series) -> float:
    """Rows a second at best of three, after a run whose answers are compared; printed."""
    given = engine.give(rows)
    if engine.rule(engine.run(given)).cast(pl.Int16).to_list() != expected.head(rows.height).to_list():
        raise SystemExit(f"{engine.name} differs")
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        engine.run(given)
        taken.append(time.perf_counter() - start)
    rate = rows.height / min(taken)
    print(f"  {engine.name:36} {rows.height:>9,} rows {rate:>13,.0f} rows/s", flush=True)
    return rate


def compare(title: str, law: Law, size: int, few: int, servers: dict[str, str]) -> None:
    """Every engine on one workload, and the ratios."""
    print(
        f"{title}: {len(law.rules)} deciding rules, {len(law.predicates)} conditions, {len(law.facts)} facts"
    )
    rows = stated_rows(law, size, seed=1)
    expected = by_hand(law).run(rows)["rule"]  # plain Python, below, agrees on its own rows
    print(
        f"  {(expected >= 0).mean():.0%} of rows have a deciding rule; {expected.n_unique() - 1} rules decide"
    )
    kernel = measured(mine(law, "ours, kernel", kernel=True), rows, expected)
    plain = measured(mine(law, "ours, Polars expressions", kernel=False), rows, expected)
    hand = measured(by_hand(law), rows, expected)
    others = {"DuckDB": measured(in_duckdb(law), rows, expected)}
    for name, address in servers.items():
        with over_connect(name, law, address) as cluster:
            others[name] = measured(cluster, rows.head(size // 4), expected)
    others["OpenFisca-core"] = measured(in_openfisca(law), rows, expected)
    others["plain Python"] = measured(in_python(law), rows.head(20 * few), expected)
    traced = {
        "ZEN": one_by_one("ZEN, an expression for each rule", law, ZEN, zen_program),
        "CEL": one_by_one("CEL, a program for each rule", law, CEL, lambda text: cel.compile(text).execute),
    }
    rates = {name: measured(engine, rows.head(few), expected) for name, engine in traced.items()}
    best = max(kernel, plain)
    print(
        f"  ours takes {hand / best:.2f} times as long as by hand in Polars (asked: at most 2); ours in",
        end=" ",
    )
    print(f"Polars expressions {hand / plain:.2f}; ours is so many times as quick as", end=" ")
    print(", ".join(f"{name} {best / rate:,.0f}" for name, rate in (others | rates).items()), end=" ")
    print(f"(best traced: {best / max(rates.values()):,.0f}, asked: 150)")


def zen_program(text: str) -> Callable[[Given], Given]:
    """A compiled expression of ZEN."""
    return zen.compile_expression(text).evaluate


def main() -> None:
    """Both workloads."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    asked = options.parse_args()
    versions = {p: version(p) for p in ("polars", "duckdb", "pysail", "openfisca-core", "zen-engine")}
    cel_version = version("common-expression-language")
    print(f"{os.cpu_count()} cores; " + ", ".join(f"{p} {v}" for p, v in versions.items()), end="")
    print(f", common-expression-language {cel_version}, Python {platform.python_version()}")
    with clusters() as servers:
        compare("Ten rules", ten_rules(), asked.rows, few=5_000, servers=servers)
        compare("The whole Chinese book", fold_book(read_book(), KNOWN), asked.rows, few=500, servers=servers)


if __name__ == "__main__":
    main()
