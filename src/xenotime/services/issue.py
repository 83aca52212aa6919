"""Issues receipts: joins a library's law, the facts with their sources, and the explanation they gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from xenotime import __version__
from xenotime.core.canon import digest
from xenotime.law.answer import Explanation
from xenotime.law.cover import Demand
from xenotime.services.library import Library
from xenotime.services.receipt import KIND, Body, Ground, Held, Receipt, Stated, answer, groups


def issued(
    library: Library,
    explanation: Explanation,
    facts: Iterable[Stated],
    *,
    title: str = "",
    demand: Demand | None = None,
    licences: Sequence[Held] = (),
    notice: date | None = None,
) -> Receipt:
    """The receipt of one decision under the library's law."""
    body = Body(
        KIND,
        __version__,
        title,
        explanation.on,
        explanation.known,
        library.strict,
        ground(library),
        groups(facts),
        demand if licences else None,
        tuple(licences),
        notice,
        answer(explanation),
    )
    return Receipt(digest(body), body)


def ground(library: Library) -> Ground:
    """The law of a library, as a receipt names it."""
    law = library.law
    return Ground(
        law.book.jurisdiction,
        law.hash,
        digest(library.calendar),
        tuple(sorted(law.book.overlays)),
        dict(law.chosen),
    )
