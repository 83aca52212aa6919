"""Screenings as files and lines: the register of hits, the list of records, one decision."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from xenotime.core.cells import harmless
from xenotime.report import atomic
from xenotime.report.plain import plain
from xenotime.report.screening import write_page
from xenotime.report.words import Words
from xenotime.services.screening.record import OUTCOMES, Decision, Hit, Screening, state_of

COLUMNS = (
    "record", "party", "name", "country", "outcome", "list", "entry", "listed_name", "score", "state",
    "listing", "why", "decision", "on", "known", "by", "finding",
)  # fmt: skip


def as_json(made: Sequence[Screening]) -> str:
    """The screenings as JSON for other programs: each with its id and its outcome."""
    found = [{"id": one.id, "outcome": one.outcome, **fields_of(one)} for one in made]
    return json_text(found)


def json_text(found: object) -> str:
    """Anything as indented JSON with a line feed."""
    return json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n"


def rows(made: Iterable[Screening]) -> Iterator[dict[str, str]]:
    """The register: a row for each hit, and one for each party without any."""
    for one in made:
        number = one.id
        for answer in one.answers:
            base = {
                "record": number,
                "party": answer.query.party if answer.erased is None else f"erased {answer.erased.mark[:12]}",
                "name": answer.query.name,
                "country": answer.query.country,
                "outcome": answer.outcome,
                "on": one.on.isoformat(),
                "known": one.known.isoformat(),
                "by": one.by,
                "finding": "; ".join(f"{p.what}: {p.found}" for p in answer.findings),
            }
            yield from ({**base, **_row(hit)} for hit in answer.hits)
            if not answer.hits:
                yield base


def table(columns: Sequence[str], found: Iterable[dict[str, str]]) -> bytes:
    """The rows as CSV that no spreadsheet runs as formulas, with a BOM so that it opens as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(row.get(c, "")) for c in columns] for row in found)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def write(made: Sequence[Screening], folder: Path, words: Words | None = None) -> list[Path]:
    """The register in a folder, each file whole or not at all; `words` are the page's language."""
    return [
        atomic.write(folder / "register.csv", table(COLUMNS, rows(made))),
        atomic.write(folder / "register.json", as_json(made).encode()),
        write_page(made, folder / "register.html", words),
    ]


def fields_of(one: object) -> dict[str, object]:
    """A record's fields in JSON's own types."""
    found = plain(one)
    return found if isinstance(found, dict) else {}


def overview(number: str, made: Screening) -> dict[str, object]:
    """One screening in a line of the list: how many parties, with which outcomes."""
    counts = Counter(a.outcome for a in made.answers)
    first = next((a.query.name for a in made.answers if a.erased is None), "erased")
    return {
        "id": number,
        "known": made.known.isoformat(),
        "on": made.on.isoformat(),
        "by": made.by,
        "file": made.batch.file if made.batch else "",
        "part": made.batch.part if made.batch else 0,
        "parties": len(made.answers),
        "first": first,
        "erased": sum(a.erased is not None for a in made.answers),
        **{outcome: counts[outcome] for outcome in OUTCOMES},
    }


def overview_line(one: Mapping[str, object]) -> str:
    """The overview of a screening as text."""
    what = f"{one['file']} part {one['part']}" if one["file"] else str(one["first"])
    more = f" and {int(str(one['parties'])) - 1} more" if one["parties"] != 1 and not one["file"] else ""
    counts = ", ".join(f"{one[o]} {o}" for o in reversed(OUTCOMES) if one[o])
    erased = f", {one['erased']} erased" if one["erased"] else ""
    return f"{str(one['id'])[:12]}  {one['known']}  {counts}{erased}  {what}{more}  {one['by']}".rstrip()


def head(number: str, made: Screening) -> str:
    """The first lines of a record: its id, days, settings and who asked."""
    batch = made.batch
    lines = [
        f"record {number}",
        f"on {made.on}, known {made.known}, asked by {made.by or 'nobody named'}",
        f"threshold {made.settings.threshold}, engine {made.settings.engine}",
    ]
    if batch:
        digest = f" ({batch.hash[:12]})" if batch.hash else ""
        lines.append(f"from {batch.file}{digest}, part {batch.part} of {batch.parts}")
    return "\n".join(lines) + "\n\n"


def decision_line(number: str, one: Decision) -> str:
    """A decision as one line of text."""
    if one.erased:
        return f"{number[:12]}  erased on {one.erased.day}: {one.erased.reason}"
    covers = ", ".join(f"{c.list_id}/{c.entry}" for c in one.covers)
    second = f", confirmed by {one.confirmed_by}" if one.confirmed_by else ""
    waits = "" if one.stands else ", waits for a second person"
    told = f"by {one.by} on {one.day}{second}{waits}, until {one.until}, because {one.because}"
    return f"{number[:12]}  {one.verdict}: {one.name} / {covers} ({one.scope}) {told}"


def _row(hit: Hit) -> dict[str, str]:
    match = hit.match
    return {
        "list": match.list_id,
        "entry": match.entry,
        "listed_name": match.entry_name,
        "score": str(match.score),
        "state": state_of(hit),
        "listing": hit.status,
        "why": match.how,
        "decision": hit.mark.says if hit.mark else "",
    }
