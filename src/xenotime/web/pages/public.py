"""What anybody may check: the statistics and the log."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from xenotime.programme import read
from xenotime.services.programme.oversight import logbook, statistics
from xenotime.web.pages.desk import At, Desk
from xenotime.web.pages.render import page, told
from xenotime.web.pages.speech import language, words
from xenotime.web.send import table

router = APIRouter(include_in_schema=False)


@router.get("/statistics")
def counted(at: At) -> Response:
    """The publication of the day."""
    made = statistics.latest(at.office, at.actor, at.at)
    return page(at.request, "statistics.html", it=made, most=_most, kinds=_kinds(at))


def _most(cells: object) -> int:
    """The largest count of some cells."""
    counts = [c.count or 0 for c in cells] if isinstance(cells, tuple) else []
    return max(counts, default=0)


def _kinds(at: Desk) -> dict[str, str]:
    """The kinds of case by their words."""
    say = words(language(at.request))
    return {m.id: told(say, m) for m in read.manifests().values()}


@router.get("/statistics.csv")
def feed(at: At) -> Response:
    """The same as a table for spreadsheets."""
    return table("statistics.csv", statistics.feed(at.office, at.at))


@router.get("/log")
def log(at: At) -> Response:
    """The log's head, its signed checkpoint, and how to check it."""
    with at.office.store.view() as view:
        size, root = view.head()
    note = logbook.checkpoint(at.office) if size else ""
    return page(at.request, "log.html", size=size, root=root, checkpoint=note)
