"""Annual reports and their reconciliation."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Request
from pydantic import Field

from xenotime.programme.oversight.reconcile import Use
from xenotime.services.programme.oversight import returns
from xenotime.services.programme.oversight.returns import Reconciled
from xenotime.web.api.kinds import Element, Grams, Ident, InPath, Input, Output, Short, Word
from xenotime.web.api.routing import router as _router
from xenotime.web.gate import Who, desk

router = _router("returns")


class UseIn(Input):
    """What became of a lot; `grams` null: not stated."""

    kind: Literal["opening", "received", "used", "scrap", "loss", "transfer", "closing"]
    element: Element
    lot: Word
    grams: Grams | None
    product: Short = ""
    pieces: Annotated[int, Field(ge=0, le=10**12)] | None = None
    to: Short = ""
    evidence: Short = ""


class ReturnIn(Input):
    """The annual report of an organisation."""

    organisation: Ident
    year: Annotated[int, Field(ge=1990, le=2199)]
    rows: Annotated[tuple[UseIn, ...], Field(min_length=1, max_length=10_000)]


class ReturnOut(Output):
    """A report as filed."""

    id: str
    organisation: str
    year: int
    filed: datetime
    state: str


class LineOut(Output):
    """The balance of one element in one lot, grams; null: no bound."""

    element: str
    lot: str
    delivered: int
    amounts: dict[str, int]
    unstated: tuple[str, ...]
    low: int | None
    high: int | None
    verdict: str


class IssueOut(Output):
    """Something a person has to look at."""

    kind: str
    element: str
    lot: str
    grams: int | None
    says: str
    says_zh: str
    weight: str


class BalanceOut(Output):
    """A report with its balance, and the case that was opened where it does not balance."""

    report: ReturnOut
    lines: tuple[LineOut, ...]
    issues: tuple[IssueOut, ...]
    case: str


def _balance(found: Reconciled) -> BalanceOut:
    return BalanceOut(
        report=ReturnOut.model_validate(found.report),
        lines=tuple(LineOut.model_validate(x) for x in found.balance.lines),
        issues=tuple(IssueOut.model_validate(x) for x in found.balance.issues),
        case=found.case.id if found.case else "",
    )


@router.post("/returns", status_code=201)
def file(request: Request, who: Who, given: ReturnIn) -> ReturnOut:
    """File the annual report."""
    here = desk(request)
    rows = tuple(Use(**row.model_dump()) for row in given.rows)
    made = returns.file(here.office, who, given.organisation, given.year, rows, here.clock.now())
    return ReturnOut.model_validate(made)


@router.get("/returns/{report}")
def view(request: Request, who: Who, report: InPath) -> BalanceOut:
    """A report with its balance."""
    return _balance(returns.view(desk(request).office, who, report))


@router.post("/returns/{report}/reconcile")
def reconcile(request: Request, who: Who, report: InPath) -> BalanceOut:
    """Balance a report against the register; what does not balance opens a case."""
    here = desk(request)
    return _balance(returns.reconcile(here.office, who, report, here.clock.now()))
