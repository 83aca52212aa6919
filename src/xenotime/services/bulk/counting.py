"""Counts what moves: each shipment once, with its value per currency and its mass, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from xenotime.law.answer import Outcome
from xenotime.law.law import Law
from xenotime.services.bulk.fold import PAIR, SIDES, told
from xenotime.services.bulk.pair import ROW, Pair, articles
from xenotime.services.bulk.sequel import owed, questions, waiting
from xenotime.services.bulk.sheet import Sheet
from xenotime.services.bulk.shift import Measure, Move, Touched, total

#: Parties, products or kinds that are counted by name, and what stands for those beyond.
MOST, OTHERS = 500, "…"


def counted(pair: Pair, sheet: Sheet, law: Law, names: Mapping[str, str]) -> dict[str, Any]:
    """What a `Shift` says of a portfolio, by its field.

    Raises InputError when the legs of one shipment state different values or masses.
    """
    legs = told(pair, sheet, law)
    heads = legs.filter("head") if "head" in legs.columns else legs
    moving = heads.filter(pl.col("from") != pl.col("to"))
    moves = tuple(_moves(heads, moving, legs, articles(pair.laws)))
    return {
        "whole": total(m.measure for m in moves),
        "moves": moves,
        "parties": touched(moving, "party", names),
        "products": touched(moving, "product", names),
        "kinds": touched(moving, "kind", {}),
        "questions": tuple(questions(pair)),
        "waiting": tuple(waiting(pair)),
        "duties": tuple(owed(pair)),
        "regrounded": legs.filter(
            (pl.col("outcome_before") == pl.col("outcome_after"))
            & (pl.col("rule_before") != pl.col("rule_after"))
        ).height,
        "legs": _moved(legs, articles(pair.laws)),
    }


def measured(heads: pl.DataFrame, by: Sequence[str]) -> dict[tuple[Any, ...], Measure]:
    """How much there is of each group of shipments; groups in order of their key, nobody's last."""
    legs = pl.col("many").sum() if "many" in heads.columns else pl.len()
    groups = heads.lazy().group_by(*by, "currency")
    table = groups.agg(
        pl.len().alias("shipments"),
        legs.alias("legs"),
        pl.col("value").sum().alias("sum"),
        pl.col("value").null_count().alias("unvalued"),
        pl.col("kg").sum().alias("mass"),
        pl.col("kg").null_count().alias("unweighed"),
    )
    found: dict[tuple[Any, ...], list[Measure]] = {}
    for row in table.collect(engine="streaming").iter_rows(named=True):
        found.setdefault(tuple(row[name] for name in by), []).append(_measure(row))
    ordered = sorted(found, key=lambda key: tuple((v is None, "" if v is None else v) for v in key))
    return {key: total(found[key]) for key in ordered}


def _measure(row: Mapping[str, Any]) -> Measure:
    valued = row["shipments"] - row["unvalued"]
    value = ((row["currency"] or "", plain(row["sum"])),) if valued else ()
    return Measure(
        row["shipments"], row["legs"], value, row["unvalued"], plain(row["mass"]), row["unweighed"]
    )


def plain(amount: Decimal | None) -> Decimal:
    """An exact amount without idle noughts: 12.5000 is 12.5."""
    if not amount:
        return Decimal(0)
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize()


def _moves(
    heads: pl.DataFrame, moving: pl.DataFrame, legs: pl.DataFrame, names: Sequence[str]
) -> Iterator[Move]:
    changed = legs.filter(
        (pl.col("from") != pl.col("to")) & (pl.col("outcome_before") != pl.col("outcome_after"))
    )
    grounds: dict[tuple[int, int], list[tuple[str, str, int]]] = {}
    table = changed.group_by(*PAIR, "rule_before", "rule_after").len()
    ordered = sorted(table.iter_rows(), key=lambda row: (-row[-1], row))
    for start, end, old, new, number in ordered:
        pair = (names[old] if old >= 0 else "", names[new] if new >= 0 else "", number)
        grounds.setdefault((start, end), []).append(pair)
    ahead = {
        (start, end): (number, first)
        for start, end, number, first in moving.filter("planned")
        .group_by(*PAIR)
        .agg(pl.len(), pl.col("on").min())
        .iter_rows()
    }
    for (start, end), measure in measured(heads, PAIR).items():
        number, first = ahead.get((start, end), (0, None))
        ground = tuple(grounds.get((start, end), ()))
        yield Move(Outcome(start), Outcome(end), measure, number, first, ground)


def touched(moving: pl.DataFrame, by: str, names: Mapping[str, str]) -> tuple[Touched, ...]:
    """The groups of moved shipments by one column, the most shipments first, so that they add up to all.

    Beyond `MOST` groups the rest stand together under `OTHERS`; what nobody stated stands under "".
    """
    column = moving.select(pl.col(by).cast(pl.String).fill_null("").alias(by))[by]
    sizes = column.to_frame().group_by(by).len().sort("len", by, descending=[True, False])
    if sizes.height > MOST:
        column = moving.select(
            pl.when(column.is_in(sizes[by].head(MOST).implode())).then(column).otherwise(pl.lit(OTHERS))
        ).to_series()
    named = moving.with_columns(column.alias(by))
    moves: dict[str, list[tuple[Outcome, Outcome, int]]] = {}
    for name, start, end, number in named.group_by(by, *PAIR).len().sort(*PAIR).iter_rows():
        moves.setdefault(name, []).append((Outcome(start), Outcome(end), number))
    found = (
        Touched(key, names.get(key, ""), measure, tuple(moves[key]))
        for (key,), measure in measured(named, (by,)).items()
    )
    return tuple(sorted(found, key=lambda t: (t.id == OTHERS, -t.measure.shipments, t.id)))


def _moved(legs: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The legs that move, or whose shipment does, in words."""
    words = pl.Enum([o.word for o in Outcome])
    kinds = pl.Series([o.word for o in Outcome], dtype=words)
    addresses = pl.Series([*names, ""], dtype=pl.String)
    found = legs.filter(
        (pl.col("outcome_before") != pl.col("outcome_after")) | (pl.col("from") != pl.col("to"))
    )
    last = len(names)
    spoken = {
        **{f"outcome_{s}": kinds.gather(found[f"outcome_{s}"]) for s in SIDES},
        **{
            f"article_{s}": addresses.gather(found[f"rule_{s}"].replace(-1, last).cast(pl.UInt32))
            for s in SIDES
        },
        **{f"shipment_{s}": kinds.gather(found[n]) for s, n in zip(SIDES, PAIR, strict=True)},
    }
    kept = found.select(ROW, "shipment", "leg", "on", "product", "consignee", "end_user", "planned")
    return kept.with_columns(found["value"], found["currency"], found["kg"], **spoken)
