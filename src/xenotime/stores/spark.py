"""The engine of a cluster: the book in SQL, over Spark Connect, on Apache Spark, Databricks or Sail.

A table that lies here is sent part by part, and its decisions come back. A table that lies where the cluster
reads is decided there and written there: nothing but SQL and counts crosses the wire. Workers need no part of
xenotime.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from xenotime.core.errors import FactError, InputError
from xenotime.law.law import WORD, Law
from xenotime.law.query import SPARK
from xenotime.services.bulk.form import Form, decimal_kind, form_of, read_facts, refused
from xenotime.services.bulk.run import Part, Tally
from xenotime.services.bulk.spoken import Known, Spoken, decisions, spoken, table_query
from xenotime.stores.connect import calm, checked, connected
from xenotime.stores.tables import Table, read_part

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: What must be installed here, and what a server must be.
_PARTS, _SERVER = "cluster", "a server of Spark Connect that reads and writes these places"
#: The name under which the server knows the table while it is decided.
_VIEW = "xenotime_facts"
#: How a table of the cluster's own catalogue is named.
CATALOGUE = "table:"
#: Spark's types, by how their names begin.
_KINDS = {
    "boolean": "bool",
    "string": "text",
    "date": "day",
    "void": "nothing",
    "float": "float",
    "double": "float",
    **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), "integer"),
}


class Stage(Protocol):
    """What a server tells of a stage of its work."""

    num_tasks: int
    num_completed_tasks: int


@dataclass(frozen=True, slots=True)
class Spark:
    """Decides parts of a table that lies here, on the cluster of a session."""

    session: SparkSession
    table: Table
    law: Law
    strict: bool = False

    @property
    def name(self) -> str:
        """Its name."""
        return "spark"

    def decide(self, part: Part, target: Path) -> None:
        """Send the rows of a part, and write the decision rows that come back as one Parquet file."""
        given = read_part(self.table, part.file, part.start, part.rows)
        read_facts(given, self.table.form, part.first)  # refuses what a column cannot have, by its row
        if not self.table.form.has_key:
            given = given.with_columns(pl.int_range(part.first, part.first + part.rows).alias("key"))
        with calm():
            self.session.createDataFrame(given.to_arrow()).createOrReplaceTempView(_VIEW)
            made = self.session.sql(_text(self.table.form, self.law, strict=self.strict)).toArrow()
        found = pl.from_arrow(made)
        assert isinstance(found, pl.DataFrame)  # noqa: S101 - a table of Arrow is one
        found.write_parquet(target)


@contextmanager
def session_on(address: str) -> Iterator[SparkSession]:
    """A session on the cluster at an address."""
    with connected(checked(address), _PARTS, _SERVER) as session:
        yield session


def is_there(place: str) -> bool:
    """Whether a text names a place that the cluster reads: ``s3://…``, ``file:///…``, ``table:NAME``."""
    return "://" in place or place.startswith(CATALOGUE)


def decide_there(
    session: SparkSession,
    source: str,
    target: str,
    law: Law,
    *,
    strict: bool = False,
    carry: tuple[str, ...] = (),
    again: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> Tally:
    """Decide a table where the cluster reads it, write where it writes; what the decisions add up to.

    Raises FactError for columns or values that are no facts, InputError when the target is there already.
    """
    with calm():
        given = _read(session, source)
        kinds = {name: _kind(kind) for name, kind in given.dtypes}
        form = form_of(kinds, law, source, carry)
        if not form.has_key:
            raise FactError(
                "a table on a cluster must have keys",
                where=source,
                expected="a column 'key': a whole number or a text of each row's own",
                found=", ".join(given.columns[:6]),
                next_step="add it: rows have no order there",
            )
        given.createOrReplaceTempView(_VIEW)
        _check(session, form, law)
        _watch(session, progress)
        _write(session.sql(_text(form, law, strict=strict)), target, again=again)
        return _tally(_read(session, target))


def _text(form: Form, law: Law, *, strict: bool) -> str:
    words = spoken(form, law, SPARK, "key")
    source = words.select(_VIEW, SPARK, {name: SPARK.name(name) for name in form.carried})
    known = {name: Known() for name in words.made}
    return " UNION ALL ".join(
        decisions(law, table_query(words, law, known), f"({source})", SPARK, form, strict=strict)
    )


def _check(session: SparkSession, form: Form, law: Law) -> None:
    """Refuse the first kind of value that its column cannot have, with an example."""
    words: Spoken = spoken(form, law, SPARK, "key")
    if not words.wrong:
        return
    counts = session.sql(words.faults(_VIEW)).collect()[0]
    for (column, bad, expected), count in zip(words.wrong, counts, strict=True):
        if count:
            name = SPARK.name(column.name)
            shown = f"SELECT key, CAST({name} AS STRING)"
            key, value = session.sql(f"{shown} FROM {_VIEW} WHERE {bad} LIMIT 1").collect()[0]
            raise refused(column, str(value), expected, f"key {key}, and {count - 1:,} more rows")


def _read(session: SparkSession, place: str) -> DataFrame:
    if place.startswith(CATALOGUE):
        return session.table(place.removeprefix(CATALOGUE))
    return session.read.parquet(place)


def _write(made: DataFrame, place: str, *, again: bool) -> None:
    mode = "overwrite" if again else "error"
    try:
        if place.startswith(CATALOGUE):
            made.write.mode(mode).saveAsTable(place.removeprefix(CATALOGUE))
        else:
            made.write.mode(mode).parquet(place)
    except Exception as error:
        if "already exists" not in str(error).lower() and "already_exists" not in str(error).lower():
            raise
        raise InputError(
            "there are decisions at this place already",
            where=place,
            expected="a place where nothing is",
            found="a table",
            next_step="choose another --out, or --again to replace them",
        ) from error


def _tally(made: DataFrame) -> Tally:
    """What decisions add up to, worked out where they lie."""
    words = [name for name in made.columns if name.startswith("missing_")]
    answers: Counter[tuple[int, int]] = Counter()
    for outcome, rule, count in made.groupBy("outcome", "rule").count().collect():
        answers[outcome, rule] += count
    bits = [f"sum(({name} >> {bit}) & 1)" for name in words for bit in range(WORD)]
    sums: Any = made.selectExpr(*bits).collect()[0] if bits else ()
    missing = {(place // WORD) * WORD + place % WORD: int(count) for place, count in enumerate(sums) if count}
    return Tally(dict(answers), missing)


def _watch(session: SparkSession, progress: Callable[[int, int], object] | None) -> None:
    """Tell how many of the cluster's tasks are done, where the client can."""
    register = getattr(session, "registerProgressHandler", None)
    if progress is None or register is None:
        return

    def told(stages: Iterable[Stage] | None, **_: object) -> None:
        told = tuple(stages or ())
        tasks = sum(stage.num_tasks for stage in told)
        if tasks:
            progress(sum(stage.num_completed_tasks for stage in told), tasks)

    register(told)


def _kind(name: str) -> str:
    head, _, size = name.partition("(")
    if head == "decimal":
        return decimal_kind(int(size.rstrip(")").split(",")[1]))
    return _KINDS.get(head, name)
