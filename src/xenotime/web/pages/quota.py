"""Quota for approvers: every cap with what is held and used under it, and a new bound for one of them."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from xenotime.core.errors import InputError, Problem, XenotimeError
from xenotime.programme.shipping.quota import LARGEST, Cap
from xenotime.report.words import Words
from xenotime.services.programme.shipping import quota
from xenotime.services.programme.shipping.quota import Node
from xenotime.web.pages.desk import At, Desk, Posted, Sent
from xenotime.web.pages.failure import status_of
from xenotime.web.pages.holding import label, named
from xenotime.web.pages.render import page
from xenotime.web.pages.speech import language, words

router = APIRouter(include_in_schema=False)

#: The most caps that a page shows; one organisation's are shown by its id.
MOST = 200


@router.get("/quota")
def listed(at: At) -> Response:
    """Caps as they nest, from wide to narrow."""
    return _listed(at)


def _listed(at: Desk, *, status: int = 200, fault: Problem | None = None) -> Response:
    whose = at.asked("organisation")
    found = quota.overview(at.office, at.actor, whose)
    rows = tuple(_flat(found.roots))
    say = words(language(at.request))
    return page(
        at.request,
        "quota.html",
        status=status,
        fault=fault,
        rows=[(cap, _named(cap, say), depth) for cap, depth in rows[:MOST]],
        more=max(len(rows) - MOST, 0),
        over=found.over,
        whose=whose,
        holders=named(at, (cap.organisation for cap, _ in rows[:MOST] if cap.organisation)),
        done=at.asked("done"),
    )


def _named(cap: Cap, say: Words) -> str:
    """What a cap binds, with its year."""
    return f"{label(cap, say)} · {cap.year}" if cap.year else label(cap, say)


def _flat(nodes: tuple[Node, ...], depth: int = 0) -> Iterator[tuple[Cap, int]]:
    for node in nodes:
        yield node.cap, depth
        yield from _flat(node.parts, depth + 1)


@router.post("/quota")
def bound(at: At, sent: Sent) -> Response:
    """Set the bound of a cap that is there, or of a new one; a rise waits for a second person."""
    try:
        asked = _cap(at, sent)
        made = quota.set_cap(at.office, at.actor, asked, at.at)
    except XenotimeError as error:
        return _listed(at, status=status_of(error), fault=error.problem)
    done = "bounded" if made.bound == asked.bound else "proposed"
    return RedirectResponse(f"/quota?done={done}", 303)


def _cap(at: Desk, sent: Posted) -> Cap:
    """The cap that a form names by its id, with its new bound; or a new one over an element and a year."""
    grams = _kilograms(sent.text("kilograms"))
    asked = sent.text("cap")
    if asked:
        with at.office.store.view() as view:
            found = view.caps({"id": asked})
        if not found:
            raise InputError("there is no such cap", where="cap", found=asked, next_step="choose one below")
        old = found[0]
        return Cap(
            old.id, grams, old.element, old.organisation, old.site, old.country, old.certificate, old.licence,
            old.year,
        )  # fmt: skip
    element, country, year = sent.text("element"), sent.text("country").upper(), _year(sent.text("year"))
    whose = sent.text("organisation")
    ident = "/".join(part for part in ("cap", whose, country, element, str(year or "")) if part)
    return Cap(ident, grams, element, whose, "", country, year=year)


def _kilograms(text: str) -> int:
    """Kilograms as a person writes them, to the gram."""
    whole, _, part = text.replace(" ", "").replace("\u202f", "").partition(".")
    proper = whole.isascii() and whole.isdecimal() and (not part or (part.isascii() and part.isdecimal()))
    if not proper or len(part) > 3 or len(whole) > 13 or int(whole + part.ljust(3, "0")) > LARGEST:
        raise InputError(
            "this is no amount",
            where="kilograms",
            expected="kilograms, with up to three decimals",
            found=text[:40] or "nothing",
            next_step="write it like 1200 or 0.5",
        )
    return int(whole + part.ljust(3, "0"))


def _year(text: str) -> int:
    if text and not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise InputError(
            "this is no year",
            where="year",
            expected="four digits, or nothing for every year",
            found=text[:20],
            next_step="write it like 2026",
        )
    return int(text or 0)
