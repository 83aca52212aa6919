"""Obligations and annual reports: what is owed by when, what shows it, and what was found."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from xenotime.core.errors import InputError, Problem, XenotimeError
from xenotime.programme.oversight.reconcile import Return
from xenotime.services.programme.oversight import annual, duties, returns
from xenotime.services.programme.ports import Search
from xenotime.web.intake import TABLES, XLSX, receive
from xenotime.web.pages.desk import At, Desk, Posted, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.pages.holding import named
from xenotime.web.pages.render import page

router = APIRouter(include_in_schema=False)

PAGE = 50


@router.get("/duties")
def listed(at: At) -> Response:
    """Obligations by their day."""
    return _listed(at)


def _listed(at: Desk, *, status: int = 200, fault: Problem | None = None) -> Response:
    where: dict[str, Any] = {"state": at.asked("state") or ("open", "late")}
    if at.asked("state") == "all":
        where = {}
    if at.asked("organisation"):
        where["organisation"] = at.asked("organisation")
    found = duties.find(at.office, at.actor, Search(where, "", "due", PAGE, at.asked("after")))
    return page(
        at.request,
        "duties.html",
        status=status,
        fault=fault,
        found=found,
        holders=named(at, (d.organisation for d in found.items)),
        today=at.today,
        asked=at.asked,
        done=at.asked("done"),
    )


@router.post("/duties/{duty}/meet")
def meet(at: At, duty: str, sent: Sent) -> Response:
    """Say what shows that an obligation is met."""
    shown = tuple(line.strip() for line in sent.text(f"evidence-{duty}").splitlines() if line.strip())
    try:
        duties.meet(at.office, at.actor, duty, shown, at.at)
    except XenotimeError as error:
        return _listed(at, status=status_of(error), fault=error.problem)
    return RedirectResponse("/duties?done=met", 303)


@router.post("/duties/{duty}/judge")
def judge(at: At, duty: str, sent: Sent) -> Response:
    """Find it met, or not."""
    ok, reason = sent.text(f"ok-{duty}") == "yes", sent.text(f"reason-{duty}")
    try:
        duties.judge(at.office, at.actor, duty, at.at, ok=ok, reason=reason)
    except XenotimeError as error:
        return _listed(at, status=status_of(error), fault=error.problem)
    return RedirectResponse("/duties?done=judged", 303)


@router.get("/returns")
def reports(at: At) -> Response:
    """Annual reports, and what the reconciliation of the one that is asked for found."""
    return _reports(at)


def _reports(at: Desk, *, status: int = 200, fault: Problem | None = None) -> Response:
    where: dict[str, Any] = {"organisation": at.actor.organisation} if at.actor.organisation else {}
    if at.asked("state"):
        where["state"] = at.asked("state")
    with at.office.store.view() as view:
        found = view.find(Return, Search(where, "", "-filed", 20, at.asked("after")))
    one = at.asked("report")  # its balance reads every shipment of a year
    return page(
        at.request,
        "returns.html",
        status=status,
        fault=fault,
        found=found,
        one=returns.view(at.office, at.actor, one) if one else None,
        holders=named(at, (r.organisation for r in found.items)),
        last=at.today.year - 1,
        done=at.asked("done"),
    )


@router.post("/returns")
def filed(at: At, sent: Sent) -> Response:
    """File the report of a year from a workbook or CSV file."""
    try:
        made = returns.file(at.office, at.actor, at.actor.organisation, _year(sent), _rows(sent), at.at)
    except XenotimeError as error:
        return _reports(at, status=status_of(error), fault=error.problem)
    return RedirectResponse(f"/returns?report={made.id}&done=filed", 303)


def _year(sent: Posted) -> int:
    text = sent.text("year")
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise InputError(
            "a report is of a year", where="year", expected="four digits", found=text[:20] or "nothing"
        )
    return int(text)


def _rows(sent: Posted) -> Any:  # noqa: ANN401 - the rows that services read
    file = receive(sent.upload("file"), TABLES)
    with TemporaryDirectory(prefix="xenotime-") as folder:
        source = Path(folder) / ("report.xlsx" if file.media == XLSX else "report.csv")
        source.write_bytes(file.data)
        return annual.read_report(source)
