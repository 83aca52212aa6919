"""The one style sheet of the pages: the report's palette and style, and what forms and lists need."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from xenotime.report import palette, sheet
from xenotime.report.figures.svg import style as drawn

router = APIRouter(include_in_schema=False)


@cache
def style() -> str:
    """Palette, figures, report style, and the pages' own."""
    own = (files("xenotime.web") / "static" / "web.css").read_text("utf-8")
    return palette.variables() + drawn() + sheet.style("style.css") + sheet.style("own.css") + own


@router.get("/look.css")
def look(request: Request) -> Response:
    """The style sheet, kept by browsers until it changes."""
    text = style()
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="text/css", headers=headers)
