"""The engine of tables that memory holds a part of at a time: Polars."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from xenotime.law.answer import Outcome
from xenotime.law.decide import Decider
from xenotime.law.law import Law
from xenotime.services.bulk.form import read_facts
from xenotime.services.bulk.run import Part
from xenotime.stores.tables import Table, read_part

name = "polars"


class Batch:
    """Decides parts of a table on disk with Polars, in this process."""

    name = "polars"

    def __init__(self, table: Table, law: Law, *, strict: bool = False) -> None:
        self.table, self.law = table, law
        self.decider = Decider(law, strict=strict, rows=table.height)

    def decide(self, part: Part, target: Path) -> None:
        """Write the decision rows of a part as one Parquet file."""
        given = read_part(self.table, part.file, part.start, part.rows)
        made = self.decider.decide(read_facts(given, self.table.form, part.first))
        beside = given.select(self.table.form.carried)
        shown = made.select("key", "on", *in_words(self.law), pl.exclude("key", "on"))
        beside.hstack(shown).select(
            "key", "on", *beside.columns, pl.exclude("key", "on", *beside.columns)
        ).write_parquet(target)


def in_words(law: Law) -> tuple[pl.Expr, pl.Expr]:
    """The answer and its article as text, of the columns that say them in numbers."""
    words = pl.Series([o.word for o in Outcome], dtype=pl.String)
    addresses = pl.Series([r.address for r in law.rules], dtype=pl.String)
    return (
        pl.lit(words).gather(pl.col("outcome")).alias("answer"),
        pl.lit(addresses).gather(pl.when(pl.col("rule") >= 0).then(pl.col("rule"))).alias("article"),
    )
