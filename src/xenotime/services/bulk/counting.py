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
    legs, names_of = told(pair, sheet, law), articles(pair.laws)
    heads = legs.filter("head") if "head" in legs.columns else legs
    changed = pl.col("outcome_before") != pl.col("outcome_after")
    touching = legs.filter(changed | (pl.col("from") != pl.col("to")))
    moving = touching.filter("head", pl.col("from") != pl.col("to")) if "head" in legs.columns else touching
    moves = tuple(_moves(heads, moving, touching.filter(changed), names_of))
    regrounded = legs.select((~changed & (pl.col("rule_before") != pl.col("rule_after"))).sum()).item()
    return {
        "whole": total(m.measure for m in moves),
        "moves": moves,
        "parties": touched(moving, "party", names),
        "products": touched(moving, "product", names),
        "kinds": touched(moving, "kind", {}),
        "questions": tuple(questions(pair)),
        "waiting": tuple(waiting(pair)),
        "duties": tuple(owed(pair)),
        "regrounded": regrounded,
        "inside": touching.filter(pl.col("from") == pl.col("to"))["shipment"].n_unique(),
        "legs": _moved(touching, names_of),
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
    heads: pl.DataFrame, moving: pl.DataFrame, changed: pl.DataFrame, names: Sequence[str]
) -> Iterator[Move]:
    grounds: dict[tuple[int, int], list[tuple[str, str, int]]] = {}
    moved = changed.filter(pl.col("from") != pl.col("to"))
    table = moved.group_by(*PAIR, "rule_before", "rule_after").len()
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
    named = moving.with_columns(pl.col(by).cast(pl.String).fill_null("").alias(by))
    counts = named.group_by(by, *PAIR).len()
    sizes = counts.group_by(by).agg(pl.col("len").sum()).sort("len", by, descending=[True, False])
    if sizes.height > MOST:
        kept = pl.col(by).is_in(sizes[by].head(MOST).implode())
        named = named.with_columns(pl.when(kept).then(by).otherwise(pl.lit(OTHERS)).alias(by))
        counts = named.group_by(by, *PAIR).len()
    moves: dict[str, list[tuple[Outcome, Outcome, int]]] = {}
    for name, start, end, number in counts.sort(*PAIR).iter_rows():
        moves.setdefault(name, []).append((Outcome(start), Outcome(end), number))
    found = (
        Touched(key, names.get(key, ""), measure, tuple(moves[key]))
        for (key,), measure in measured(named, (by,)).items()
    )
    return tuple(sorted(found, key=lambda t: (t.id == OTHERS, -t.measure.shipments, t.id)))


def _moved(found: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The legs that move, or whose shipment does, in words."""
    words = pl.Enum([o.word for o in Outcome])
    kinds = pl.Series([o.word for o in Outcome], dtype=words)
    addresses = pl.Series([*names, ""], dtype=pl.String)
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
