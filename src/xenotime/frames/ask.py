"""What a column of a dataframe may answer: the facts of a book, as a dataframe."""

from __future__ import annotations

import polars as pl

from xenotime.frames.opened import Day, library

_COLUMNS = ("fact", "type", "unit", "absence", "asks", "who")


def facts(who: str = "", known: Day = None, *, book: str = "cn") -> pl.DataFrame:
    """The facts that a column may answer: name, type or words, what absence means, the question, whose it is.

    `who` keeps the questions that this person answers. Facts that `parties` of `decide` answers by screening
    are left out.
    """
    law = library(known, None, strict=False, notices=(), book=book).law
    rows = [
        (
            fact.name,
            " | ".join(fact.values) or fact.type,
            fact.unit,
            f"presumed {fact.presumed}: {fact.ground}" if fact.presumed else "unknown",
            fact.asks,
            fact.who,
        )
        for fact in law.facts
        if (not who or fact.who == who) and not fact.name.startswith(("listed_", "held_"))
    ]
    return pl.DataFrame(rows, dict.fromkeys(_COLUMNS, pl.String), orient="row")
