"""Usage from customs: a batch as a file, what became of each line, and where customs and we part."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

from fastapi import APIRouter
from fastapi.responses import Response

from xenotime.core.errors import InputError, Problem, XenotimeError
from xenotime.programme.shipping.usage import MOST_LINES, Batch, Delivery, Line, refusal
from xenotime.services.programme.ports import Search
from xenotime.services.programme.shipping import usage
from xenotime.web.intake import CSV, receive
from xenotime.web.pages.desk import At, Desk, Posted, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.pages.holding import named
from xenotime.web.pages.render import page, told
from xenotime.web.pages.speech import language, words

router = APIRouter(include_in_schema=False)

#: The columns of a file of lines; `declaration` may be left out.
COLUMNS = ("line", "shipment", "element", "grams", "on", "declaration")
PAGE = 50
#: How far back the comparison looks [days].
SPAN = timedelta(days=365)
_BYTES = 4 << 20


@router.get("/usage")
def listed(at: At) -> Response:
    """The lines that customs sent, newest first, and where they part from what we count."""
    return _listed(at)


def _listed(
    at: Desk, *, status: int = 200, fault: Problem | None = None, made: Delivery | None = None
) -> Response:
    where = {"outcome": at.asked("outcome")} if at.asked("outcome") else {}
    found = usage.find(at.office, at.actor, Search(where, "", "-on", PAGE, at.asked("after")))
    gaps = usage.compare(at.office, at.actor, at.today - SPAN, at.today) if at.asked("compare") else None
    say = words(language(at.request))
    return page(
        at.request,
        "usage.html",
        status=status,
        fault=fault,
        made=made,
        found=found,
        gaps=gaps,
        since=at.today - SPAN,
        today=at.today,
        asked=at.asked,
        columns=COLUMNS,
        why=lambda used: told(say, refusal(used), "says"),
        holders=named(at, (x.organisation for x in (*found.items, *(gaps or ())) if x.organisation)),
    )


@router.post("/usage")
def sent_in(at: At, sent: Sent) -> Response:
    """Take a batch; the same batch again gives the same answer."""
    try:
        batch = Batch(sent.text("batch"), _number(sent.text("run"), "run"), _lines(sent))
        made = usage.receive(at.office, at.actor, batch, at.at)
    except XenotimeError as error:
        return _listed(at, status=status_of(error), fault=error.problem)
    return _listed(at, made=made)


def _lines(sent: Posted) -> tuple[Line, ...]:
    """The lines of the file: rows with one id are one line of several elements."""
    file = receive(sent.upload("file"), (CSV,), _BYTES)
    rows = csv.DictReader(StringIO(file.data.decode("utf-8-sig")))
    lacking = [name for name in COLUMNS[:5] if name not in (rows.fieldnames or ())]
    if lacking:
        raise _other("columns are missing", file.name, ", ".join(COLUMNS), f"no {', '.join(lacking)}")
    found: dict[str, Line] = {}
    for place, row in enumerate(rows, 2):
        cells = {k: (row.get(k) or "").strip() for k in COLUMNS}
        if place > MOST_LINES + 1:
            raise _other("this file is too long", file.name, f"at most {MOST_LINES} rows", "more")
        found[cells["line"]] = _onto(found.get(cells["line"]), cells, f"{file.name}, row {place}")
    return tuple(found.values())


def _onto(line: Line | None, cells: dict[str, str], where: str) -> Line:
    """A row as a line of its own, or as one more element of the line it belongs to."""
    grams = {cells["element"]: _number(cells["grams"], where)}
    on = _day(cells["on"], where)
    if line is None:
        return Line(cells["line"], cells["shipment"], grams, on, cells["declaration"])
    if (line.shipment, line.on) != (cells["shipment"], on) or cells["element"] in line.grams:
        raise _other("two rows of one line disagree", where, "the same shipment and day", cells["line"])
    return Line(line.id, line.shipment, {**line.grams, **grams}, on, line.declaration)


def _number(text: str, where: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < 17):
        raise _other("this is no whole number", where, "digits only", text[:40] or "nothing")
    return int(text)


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _other("this is no day", where, "YYYY-MM-DD", text[:40] or "nothing") from error


def _other(what: str, where: str, expected: str, found: str) -> InputError:
    return InputError(
        what, where=where, expected=expected, found=found, next_step="correct the file and send it again"
    )
