"""The account of an intake in words and tables, and the folder it is written to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from xenotime.portfolio.intake import Intake, Item
from xenotime.portfolio.lines import Skipped
from xenotime.portfolio.mapping import mapping_text
from xenotime.portfolio.triage import Answer
from xenotime.portfolio.write import csv_text, write_portfolio

_TRIAGE = ("product", "name", "customs_number", "shipments", "answer", "codes", "why", "source")
_SHOWN = 12
_LICENCE = re.compile(r"licen[cs]e|genehmigung|许可证|許可證", re.IGNORECASE)


def write_intake(intake: Intake, folder: Path | str, fmt: str = "csv", *, force: bool = False) -> Path:
    """The folder with the portfolio, `mapping.toml`, `triage.csv`, `intake.md` and what is unread.

    Raises InputError if the folder holds something and ``force`` is not given; nothing is half-written.
    """
    beside = {
        "mapping.toml": mapping_text(intake.mapping),
        "triage.csv": csv_text(_TRIAGE, [_triage_row(item) for item in intake.items]),
        "intake.md": account(intake),
    }
    for name, header, rows in (
        ("unread.csv", intake.header, intake.unread),
        ("unread-declarations.csv", intake.stated, intake.unstated),
    ):
        if rows or (Path(folder) / name).exists():
            beside[name] = unread_text(header, rows)
    return write_portfolio(intake.portfolio, folder, fmt, force=force, beside=beside)


def unread_text(header: Sequence[str], rows: Sequence[Skipped]) -> str:
    """The rows that could not be read, word for word, each with its number and reason, as CSV."""
    width = max([len(header), *(len(row.cells) for row in rows)])
    names = [name or f"column {at + 1}" for at, name in enumerate([*header, *[""] * width][:width])]
    padded = [[str(row.row), row.why, *row.cells, *[""] * (width - len(row.cells))] for row in rows]
    return csv_text(["row", "why", *names], padded)


def account(intake: Intake) -> str:
    """What was read, what was assumed, and what the export could not tell, as Markdown."""
    blocks = [
        f"# Intake of {intake.source}",
        _counts(intake),
        _section("How it was read", [*intake.told, *_columns(intake)]),
        _section("Triage", _triage_lines(intake)),
        _section("What the export could not tell", unknowns(intake)),
        _section(
            "Names that were joined", [f"{party}: {' = '.join(names)}" for party, names in intake.merged]
        ),
        _section("Rows passed over", _reasons(intake.skipped)),
        _section("Rows kept in unread.csv", [f"row {row.row}: {row.why}" for row in intake.unread]),
        _section(
            "Rows kept in unread-declarations.csv", [f"row {row.row}: {row.why}" for row in intake.unstated]
        ),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def unknowns(intake: Intake) -> list[str]:
    """What the portfolio lacks and an assessment will ask for, the most frequent first."""
    lines = intake.lines
    gaps = Counter(
        {
            "no composition: which rare earths are in the item, and how much": _items_open(intake),
            "no territory of departure": sum(1 for line in lines if not line.start),
            "no territory of arrival": sum(1 for line in lines if not line.end),
            "no buyer": sum(1 for line in lines if not line.names["buyer"]),
            "no end user; the consignee is assumed": sum(1 for line in lines if not line.names["end_user"]),
            "no stated end use": sum(1 for line in lines if not line.names["end_use"]),
            "no exporter": sum(1 for line in lines if not line.names["seller"]),
            "no territory of origin of the item": sum(1 for line in lines if not line.origin),
            "no value or currency": sum(1 for line in lines if line.value is None or not line.currency),
            "no quantity or unit": sum(1 for line in lines if line.quantity is None or not line.unit),
            "no customs number": sum(1 for line in lines if not line.hs),
        }
    )
    found = [f"{count} of {len(lines)} lines: {gap}" for gap, count in gaps.most_common() if count]
    countries = len(intake.portfolio["parties"])
    found.append(
        f"{countries} parties: no territory of establishment and no identifier; add them to parties.csv"
    )
    licensed = sum(1 for line in lines if _LICENCE.search(line.names["note"]))
    if licensed:
        found.append(
            f"{licensed} of {len(lines)} lines: remarks speak of a licence; enter it in licences.csv"
        )
    doubts = Counter(doubt for line in lines for doubt in line.doubts if not doubt.startswith("no territory"))
    return found + [f"{count} line(s): {doubt}" for doubt, count in doubts.most_common(_SHOWN)]


def _items_open(intake: Intake) -> int:
    known = {row.text("product") for row in intake.portfolio["products"] if row.text("elements")}
    return sum(1 for line in intake.lines if line.product not in known)


def _counts(intake: Intake) -> str:
    portfolio = intake.portfolio
    counts = ", ".join(f"{len(rows)} {name}" for name, rows in portfolio.tables.items())
    passed = sum(1 for row in intake.skipped if not row.lost)
    lost = len(intake.unread) + len(intake.unstated)
    return (
        f"{len(intake.lines)} lines became shipments; {passed} rows were passed over with a reason; "
        f"{lost} rows with data could not be read{' and are kept word for word' if lost else ''}.\n\n"
        f"The portfolio holds {counts}. The mapping is in mapping.toml: correct it and use it again."
    )


def _columns(intake: Intake) -> list[str]:
    orders = intake.mapping.orders
    found = [f"{name} is column “{label}”" for name, label in orders.columns.items()]
    return found + [f"column “{label}” is not used" for label in orders.unmatched]


def _triage_lines(intake: Intake) -> list[str]:
    found = []
    for answer in (Answer.NAMED, Answer.MAY, Answer.CANNOT):
        items = [item for item in intake.items if item.triage.answer is answer]
        shipments = sum(item.lines for item in items)
        found.append(f"{answer.value}: {len(items)} items, {shipments} lines (each in triage.csv)")
    return [*found, "a customs number is a pointer only: the official list governs"]


def _reasons(skipped: tuple[Skipped, ...]) -> list[str]:
    reasons: dict[str, list[int]] = {}
    for row in skipped:
        if not row.lost:
            reasons.setdefault(row.why, []).append(row.row)
    return [f"{why}: row {', '.join(map(str, rows))}" for why, rows in reasons.items()]


def _section(title: str, lines: list[str]) -> str:
    return f"## {title}\n\n" + "\n".join(f"- {line}" for line in lines) if lines else ""


def _triage_row(item: Item) -> list[object]:
    told = item.triage
    name = item.texts[0] if item.texts else item.product
    return [
        item.product,
        name,
        item.numbers[0] if item.numbers else "",
        item.lines,
        told.answer.value,
        " ".join(told.codes),
        told.why,
        told.source,
    ]
