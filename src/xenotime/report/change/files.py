"""A change of law as files: the page, the whole answer as JSON, and its tables as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import polars as pl

from xenotime.core.cells import harmless
from xenotime.report.atomic import write as put
from xenotime.report.change.groups import detail_words, span_words
from xenotime.report.change.words import speak
from xenotime.report.export import UNKNOWN, guarded
from xenotime.report.plain import plain
from xenotime.report.words import Words
from xenotime.services.bulk.shift import Measure, Shift, Touched

Cell = object
Sheet = tuple[Sequence[str], Iterable[Sequence[Cell]]]
_MEASURE = ("shipments", "legs", "currency", "value", "value_not_stated", "kg", "kg_not_stated")


def write(shift: Shift, folder: Path, say: Words) -> list[Path]:
    """Page, JSON and tables in a folder, each file whole or not at all.

    Raises InputError when it cannot be written.
    """
    from xenotime.report.change.page import page  # noqa: PLC0415 - only a folder asks for the page

    paths = [put(folder / "change.html", page(shift, say).encode(errors="replace"))]
    text = json.dumps(document(shift), ensure_ascii=False, indent=1)
    paths.append(put(folder / "change.json", f"{text}\n".encode(errors="replace")))
    paths += [put(folder / name, _csv(table)) for name, table in tables(shift).items()]
    if shift.legs is not None:
        paths.append(put(folder / "moved.csv", moved(shift.legs)))
    return paths


def document(shift: Shift) -> dict[str, object]:
    """The whole answer as plain values; the legs that move stand in moved.csv."""
    told = {f.name: getattr(shift, f.name) for f in fields(shift) if f.name != "legs"}
    head = {"moved": shift.much, "kept": shift.kept}
    made: dict[str, object] = {key: guarded(plain(value)) for key, value in {**told, **head}.items()}
    return made


def tables(shift: Shift) -> dict[str, Sheet]:
    """The tables by file name: changes of law, moves, and who and what is touched."""
    found: dict[str, Sheet] = {
        "law.csv": (("kind", "how", "address", "title", "what", "touches"), _law(shift))
    }
    if shift.portfolio:
        moves = ("before", "after", "planned", "first_leaves", *_MEASURE)
        found["moves.csv"] = (moves, _moves(shift))
        for name in ("parties", "products", "kinds"):
            found[f"{name}.csv"] = (("id", "name", "moves", *_MEASURE), _touched(getattr(shift, name)))
        owed = ("address", "duty", "what", "by", "legs_gained", "legs_lost")
        found["duties.csv"] = (
            owed,
            ((d.address, d.duty, d.what, d.by, d.gained, d.lost) for d in shift.duties),
        )
    return found


def _law(shift: Shift) -> Iterable[Sequence[Cell]]:
    say = speak()
    for change in shift.law.changes:
        what = [span_words(s, say) for s in change.spans] + [detail_words(d, say) for d in change.details]
        touches = "; ".join(change.touches)
        yield change.kind, change.how, change.address, change.title, " | ".join(what), touches


def _moves(shift: Shift) -> Iterable[Sequence[Cell]]:
    for move in shift.moves:
        for place, line in enumerate(_lines(move.measure)):
            ahead = ("", "") if place else (move.planned, move.first or "")
            yield move.before.word, move.after.word, *ahead, *line


def _touched(every: Iterable[Touched]) -> Iterable[Sequence[Cell]]:
    for one in every:
        moves = "; ".join(f"{n} {old.word} to {new.word}" for old, new, n in one.moves)
        for line in _lines(one.measure):
            yield one.id, one.name, moves, *line


def _lines(measure: Measure) -> Iterable[Sequence[Cell]]:
    """One line per currency; counts and mass stand on the first, so that a column can be added up."""
    value = measure.value or (("", ""),)
    for place, (currency, sum_) in enumerate(value):
        if place:
            yield "", "", currency, sum_, "", "", ""
        else:
            yield (
                *(measure.shipments, measure.legs, currency, sum_, measure.unvalued),
                *(measure.kg, measure.unweighed),
            )


def _csv(table: Sheet) -> bytes:
    head, rows = table
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(c) if isinstance(c, str) else _cell(c) for c in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _cell(cell: Cell) -> str:
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def moved(legs: pl.DataFrame) -> bytes:
    """The legs that move as CSV with a byte-order mark; no text in it can run as a formula."""
    texts = [name for name, kind in legs.schema.items() if kind == pl.String]
    safe = legs.with_columns(_safe(legs[name]) for name in texts)
    numbers = safe.with_columns(_number(name) for name in ("value", "kg"))
    return b"\xef\xbb\xbf" + numbers.drop("key").write_csv(line_terminator="\r\n").encode()


def _number(name: str) -> pl.Expr:
    """An exact number without idle noughts; what nobody stated says so."""
    return pl.col(name).cast(pl.String).str.replace(r"\.?0+$", "").fill_null(UNKNOWN)


def _safe(texts: pl.Series) -> pl.Series:
    """The texts with those made harmless that a spreadsheet could run; each is looked at once."""
    risky = {t: safe for t in texts.drop_nulls().unique() if (safe := harmless(t)) != t}
    return texts.replace(risky) if risky else texts
