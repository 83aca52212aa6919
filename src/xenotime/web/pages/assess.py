"""The law for people who never open a terminal: a workbook in, triage and report out, and nothing kept."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import APIRouter
from fastapi.responses import Response

from xenotime.core.errors import InputError, XenotimeError
from xenotime.portfolio.intake import Intake
from xenotime.portfolio.read import read_portfolio
from xenotime.portfolio.table import Portfolio
from xenotime.report import page as report
from xenotime.report.reading import tally
from xenotime.report.sheet import sheet
from xenotime.report.words import load
from xenotime.services.assess import assess as assessed
from xenotime.services.intake import control_codes, from_export
from xenotime.services.library import Library
from xenotime.services.results import Assessment
from xenotime.web.intake import TABLES, XLSX, Received, receive
from xenotime.web.pages.desk import At, Desk, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.pages.render import page
from xenotime.web.pages.speech import language

router = APIRouter(include_in_schema=False)

#: What is read at a page; more is for `xenotime assess`, which is in no hurry.
MOST_BYTES, MOST_SHIPMENTS = 8 << 20, 2_000
#: A report larger than this is shown, but not offered a second time as a file.
MOST_SAVED = 6 << 20


@router.get("/assess")
def asked(at: At) -> Response:
    """What to upload, and what becomes of it."""
    return page(at.request, "assess.html", fault=None)


@router.post("/assess")
def answered(at: At, sent: Sent) -> Response:
    """The triage and the report of an upload; the file is gone when the answer is."""
    try:
        library = at.office.library(at.today)
        taken, made = _read(receive(sent.upload("file"), TABLES, MOST_BYTES), sent.text("kind"), library)
    except XenotimeError as error:
        return page(at.request, "assess.html", status=status_of(error), fault=error.problem)
    return _shown(at, taken, made, library)


def _read(file: Received, kind: str, library: Library) -> tuple[Intake | None, Assessment]:
    """The triage (of an ERP export) and the assessment; read in a folder that is removed."""
    codes = control_codes(library.law.book)
    with TemporaryDirectory(prefix="xenotime-") as name:
        folder = Path(name)
        source = folder / ("upload.xlsx" if file.media == XLSX else "upload.csv")
        source.write_bytes(file.data)
        if kind == "portfolio":
            return None, assessed(_bounded(read_portfolio(source, codes=codes)), library)
        taken = from_export(source, folder / "portfolio")
        return taken, assessed(_bounded(read_portfolio(folder / "portfolio", codes=codes)), library)


def _bounded(portfolio: Portfolio) -> Portfolio:
    count = len(portfolio["shipments"])
    if count > MOST_SHIPMENTS:
        raise InputError(
            "this is more than a page reads",
            where="shipments",
            expected=f"at most {MOST_SHIPMENTS:,}",
            found=f"{count:,}",
            next_step="send a part, or run `xenotime assess` on your own computer",
        )
    return portfolio


def _shown(at: Desk, taken: Intake | None, made: Assessment, library: Library) -> Response:
    lang = language(at.request)
    text = report.page(made, load(lang), sources=library.law.book.sources)
    data = text.encode(errors="replace")
    saved = base64.b64encode(data).decode() if len(data) <= MOST_SAVED else ""
    return page(
        at.request,
        "assessed.html",
        headers={"Content-Security-Policy": policy(), "Cache-Control": "no-store"},
        taken=taken,
        made=made,
        counts=tally(made),
        report=text,
        saved=saved,
    )


def policy() -> str:
    """What this one answer may load: our style and script, and exactly those of the report in its frame."""
    style, script = re.findall(r"'(sha256-[^']+)'", str(sheet()["policy"]))
    return (
        f"default-src 'none'; style-src 'self' '{style}'; script-src 'self' '{script}'; "
        "img-src 'self' data:; "
        "frame-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
