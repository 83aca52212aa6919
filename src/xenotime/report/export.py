"""Results as flat rows, CSV and JSON; no text in them can run as a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from xenotime.core.cells import harmless
from xenotime.law.answer import BranchAnswer, Duty
from xenotime.report.atomic import write
from xenotime.report.plain import plain
from xenotime.services.receipt import written
from xenotime.services.results import Assessment, Hit, Leg

#: What CSV shows for a quantity or value that nobody stated.
UNKNOWN = "unknown"

#: The columns of the flat rows, in order.
COLUMNS = (
    *(
        "shipment",
        "leg",
        "on",
        "from",
        "to",
        "product",
        "product_name",
        "quantity",
        "unit",
        "value",
        "currency",
    ),
    *(
        "exporter",
        "consignee",
        "end_user",
        "status",
        "note",
        "outcome",
        "rule",
        "code",
        "low",
        "high",
        "branches",
    ),
    *("readings", "conflict", "missing", "ask", "assuming", "known", "law_hash", "covered_by", "not_covered"),
    *("channels", "duties", "due_first", "due_last", "share_answer", "share_low", "share_high", "lists"),
    "receipt",
)

Cell = str | int | bool | date | Decimal | None


def rows(assessment: Assessment) -> list[dict[str, Cell]]:
    """One flat row per leg, ready for Parquet: typed cells, None for unknown, every text harmless."""
    return [
        {name: _safe(cell) for name, cell in {**_movement(leg), **_decision(leg), **_beside(leg)}.items()}
        for leg in assessment.legs
    ]


def _safe(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell


def _list(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def _movement(leg: Leg) -> dict[str, Cell]:
    return {
        "shipment": leg.shipment,
        "leg": leg.leg,
        "on": leg.on,
        "from": leg.from_country,
        "to": leg.to_country,
        "product": leg.product,
        "product_name": leg.product_name,
        "quantity": leg.quantity,
        "unit": leg.unit,
        "value": leg.value,
        "currency": leg.currency,
        "exporter": leg.exporter,
        "consignee": leg.consignee,
        "end_user": leg.end_user,
        "status": leg.status,
        "note": leg.note,
    }


def _decision(leg: Leg) -> dict[str, Cell]:
    exp = leg.explanation
    return {
        "outcome": exp.outcome.word,
        "rule": exp.rule,
        "code": exp.code,
        "low": exp.low.word,
        "high": exp.high.word,
        "branches": _list(_branch(answer) for answer in exp.branches),
        "readings": _list(f"{name}={answer}" for name, answer, _ in exp.readings),
        "conflict": _list(exp.conflict),
        "missing": _list(fact.fact for fact in exp.missing),
        "ask": _list(dict.fromkeys(fact.who for fact in exp.missing)),
        "assuming": _list(f"{each.fact}={each.value}" for each in exp.assuming),
        "known": exp.known,
        "law_hash": exp.law_hash,
    }


def _branch(answer: BranchAnswer) -> str:
    return f"{answer.hinge}={answer.branch}: {answer.outcome.word}"


def _beside(leg: Leg) -> dict[str, Cell]:
    exp, share = leg.explanation, leg.share
    due = next_due(exp.duties)
    return {
        "covered_by": _list(exp.covered_by),
        "not_covered": _list(
            f"{each.licence}: {', '.join(each.fails)}" for each in exp.coverage if not each.covers
        ),
        "channels": _list(f"{each.channel}={_truth(each.eligible)}" for each in exp.channels),
        "duties": _list(duty.address for duty in exp.duties),
        "due_first": due[0] if due else None,
        "due_last": due[1] if due else None,
        "share_answer": share.answer if share else None,
        "share_low": share.low if share else None,
        "share_high": share.high if share else None,
        "lists": _list(f"{hit.party}: {hit.list_address}{_doubt(hit)}" for hit in leg.hits),
        "receipt": leg.receipt.id if leg.receipt else "",
    }


def _doubt(hit: Hit) -> str:
    return {True: "", False: f" ({hit.status})", None: " (near miss)"}[hit.truth]


def _truth(value: bool | None) -> str:
    return UNKNOWN if value is None else ("yes" if value else "no")


def next_due(duties: Iterable[Duty]) -> tuple[date, date] | None:
    """The earliest dated duty, or None when none has a day."""
    return min((duty.due for duty in duties if duty.due is not None), default=None)


def csv_text(table: Iterable[Mapping[str, Cell]]) -> str:
    """Rows as CSV under a head line of `COLUMNS`; unknown quantities and values say so."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in table:
        writer.writerow([_cell(name, row[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(name: str, cell: Cell) -> str:
    if cell is None:
        return UNKNOWN if name in ("quantity", "value") else ""
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def write_csv(assessment: Assessment, path: Path) -> Path:
    """The rows at a path, with a byte-order mark so that spreadsheets read Chinese rightly.

    Raises InputError when the path cannot be written.
    """
    return write(path, csv_text(rows(assessment)).encode("utf-8-sig", errors="replace"))


def document(assessment: Assessment, *, full: bool = False) -> dict[str, object]:
    """The assessment as plain values: head, counts, to-do, rows; with `full`, every explanation too."""
    made: dict[str, object] = {
        field: plain(getattr(assessment, field))
        for field in (
            *("portfolio", "known", "law_hash", "law_title", "strict", "branches", "counts"),
            *("actions", "ahead", "asks", "timeline", "warnings", "notice"),
        )
    }
    if full:
        made["explanations"] = [plain(leg.explanation) for leg in assessment.legs]
    return {**{key: guarded(value) for key, value in made.items()}, "rows": plain(rows(assessment))}


def guarded(value: object) -> object:
    """Plain JSON values with every text made harmless.

    >>> guarded({"name": ["=1+1", 2]})
    {'name': ["'=1+1", 2]}
    """
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, Mapping):
        return {key: guarded(each) for key, each in value.items()}
    return [guarded(each) for each in value] if isinstance(value, list) else value


def json_text(assessment: Assessment, *, full: bool = False) -> str:
    """A whole assessment as indented JSON that keeps Chinese readable."""
    return json.dumps(document(assessment, full=full), ensure_ascii=False, indent=1) + "\n"


def write_json(assessment: Assessment, path: Path, *, full: bool = False) -> Path:
    """The assessment as JSON at a path. Raises InputError when the path cannot be written."""
    return write(path, json_text(assessment, full=full).encode(errors="replace"))


def write_parquet(assessment: Assessment, path: Path) -> Path:
    """The rows as Parquet at a path. Raises InputError when the path cannot be written."""
    import polars as pl  # noqa: PLC0415 - a quarter of a second that only Parquet needs

    buffer = io.BytesIO()
    pl.DataFrame(rows(assessment), infer_schema_length=None).write_parquet(buffer)
    return write(path, buffer.getvalue())


def write_receipts(assessments: Iterable[Assessment], path: Path) -> Path:
    """The receipt of every leg at a path, one a line. Raises InputError when it cannot be written."""
    return write(path, written(leg.receipt for assessment in assessments for leg in assessment.legs))
