"""Lays legs beside what people know them by, and puts the legs of one shipment under one outcome."""

from __future__ import annotations

import polars as pl

from xenotime.core.errors import InputError
from xenotime.law.answer import Outcome
from xenotime.law.law import Law
from xenotime.services.bulk.pair import ROW, Pair
from xenotime.services.bulk.sheet import STORY, Sheet

#: The columns of a shipment's outcomes, and the endings of a leg's.
PAIR = ("from", "to")
SIDES = ("before", "after")


def story_of(sheet: Sheet) -> pl.DataFrame:
    """What people know each leg by, in the order of the facts; columns that are absent are null."""
    keys, story = sheet.facts["key"], sheet.story
    if not story["key"].equals(keys):
        story = keys.to_frame().join(story, on="key", how="left", maintain_order="left")
    lacking = [pl.lit(None, dtype=kind).alias(n) for n, kind in STORY.items() if n not in story.columns]
    return story.with_columns(*lacking).select(*STORY)


def told(pair: Pair, sheet: Sheet, law: Law) -> pl.DataFrame:
    """Every leg with its answers, what people know it by, and its shipment's outcomes `from` and `to`.

    Where a shipment has several legs, `head` marks its first and `many` counts them.
    """
    kind = sheet.facts["kind"] if "kind" in sheet.facts.columns else pl.Series("kind", [None], pl.String)
    planned = (pl.col("status") == "planned") | (
        (pl.col("status").fill_null("") == "") & (pl.col("on") > law.known)
    )
    legs = pl.concat([pair.legs, story_of(sheet)], how="horizontal").with_columns(
        kind if kind.len() == pair.legs.height else pl.lit(None, dtype=pl.String).alias("kind"),
        planned.fill_null(value=False).alias("planned"),
        pl.coalesce("end_user", "consignee").alias("party"),
        pl.col("outcome_before").alias("from"),
        pl.col("outcome_after").alias("to"),
    )
    if _alone(legs["shipment"]):
        return legs
    return _folded(legs, legs["shipment"].is_duplicated() & legs["shipment"].is_not_null())


def _alone(shipments: pl.Series) -> bool:
    """Whether no two legs are of one shipment; a table in order of shipment tells it soonest."""
    named = shipments.drop_nulls()
    if named.is_sorted():
        return not (named == named.shift()).any()
    return named.n_unique() == named.len()


def _folded(legs: pl.DataFrame, several: pl.Series) -> pl.DataFrame:
    """Shipments of several legs with one outcome each: what all their legs together allow."""
    some = legs.filter(several)
    _agree(some)
    some = some.with_columns(
        *(governing(side).over("shipment").alias(name) for side, name in zip(SIDES, PAIR, strict=True)),
        pl.col("shipment").is_first_distinct().alias("head"),
        pl.len().over("shipment").cast(pl.Int64).alias("many"),
    )
    alone = legs.filter(~several).with_columns(
        pl.lit(value=True).alias("head"), pl.lit(1, dtype=pl.Int64).alias("many")
    )
    return pl.concat([alone, some]).sort(ROW)


def governing(side: str) -> pl.Expr:
    """The outcome of a shipment: all its legs must be allowed, so the strictest bound of any leg counts.

    A sure prohibition of one leg settles it; otherwise a conflict of one leg does; otherwise, if the bounds
    differ, the gravest reason why some leg is not settled.
    """
    outcome, low, high = (pl.col(f"{name}_{side}") for name in ("outcome", "low", "high"))
    conflict = (outcome == Outcome.CONFLICT).any() & ~(outcome == Outcome.PROHIBITED).any()
    unsettled = outcome.filter(outcome >= Outcome.OPEN).max()
    settled = pl.when(low.max() == high.max()).then(low.max()).otherwise(unsettled)
    return pl.when(conflict).then(pl.lit(int(Outcome.CONFLICT), dtype=pl.Int8)).otherwise(settled)


def _agree(legs: pl.DataFrame) -> None:
    stated = pl.struct("value", "currency", "kg").n_unique().over("shipment") > 1
    wrong = legs.filter(stated)["shipment"].unique(maintain_order=True).head(5).to_list()
    if wrong:
        raise InputError(
            "the legs of one shipment state different values, currencies or masses",
            where=f"shipment {', '.join(wrong)}",
            expected="one value, one currency and one mass for all legs of a shipment",
            found="several",
            next_step="give every line of goods a shipment number of its own, or repeat the same figures",
        )
