from __future__ import annotations

from datetime import date

from xenotime import __version__
from xenotime.core.canon import digest
from xenotime.services.issue import ground, issued
from xenotime.services.receipt import KIND
from xenotime.services.transaction import decide_transaction, parse_transaction

OXIDE = "on: 2025-06-02\nfacts: {from: CN, to: DE, kind: oxide, elements: [Dy]}\n"


def test_the_law_is_named_with_all_that_a_decision_rests_on(libraries):
    library = libraries(branches={"cn/mofcom-2025-70": "revived"})
    found = ground(library)
    assert (found.book, found.hash, found.calendar) == ("cn", library.law.hash, digest(library.calendar))
    assert (found.overlays, dict(found.branches)) == ((), {"cn/mofcom-2025-70": "revived"})


def test_a_receipt_without_licences_asks_none(libraries):
    library = libraries(date(2025, 6, 2))
    made = decide_transaction(library, parse_transaction(OXIDE, "x.yaml"))
    body = issued(library, made.explanation, (), title="t").body
    assert (body.kind, body.engine, body.title, body.on, body.known) == (
        KIND,
        __version__,
        "t",
        date(2025, 6, 2),
        date(2025, 6, 2),
    )
    assert (body.demand, body.licences, body.notice, body.facts) == (None, (), None, ())
