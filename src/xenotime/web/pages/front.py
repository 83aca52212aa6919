"""Pages that everybody may read: the start and the help."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from xenotime.web.pages.render import page

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request) -> HTMLResponse:
    """What this is, and where to go."""
    return page(request, "start.html")


@router.get("/help")
def guide(request: Request) -> HTMLResponse:
    """How to use it, by role."""
    return page(request, "help.html")
