"""What the demo shows at its end: a certificate used, suspended, and what verifies it offline."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from xenotime.programme.organisation import Organisation
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.trust.certificate import Certificate
from xenotime.services.programme.casework import cases
from xenotime.services.programme.demo.story import Story, ship
from xenotime.services.programme.oversight import logbook
from xenotime.services.programme.shipping import shipments
from xenotime.services.programme.trust import certificates

#: The certified user whose certificate the demo uses and suspends, and what is shipped to it at the end.
USER, GRAMS = "alpenrose", {"Dy": 30_000, "Tb": 4_000}


@dataclass(frozen=True, slots=True)
class Exhibits:
    """A certificate's last day: what was allowed, when it was suspended and why, what was refused after that.

    `files` holds by name what anybody needs to verify it without a network.
    """

    certificate: Certificate
    holder: Organisation
    exporter: Organisation
    allowed: Verdict
    suspended: datetime
    reason: str
    refused: Verdict
    steps: int
    events: int
    root: str
    files: Mapping[str, bytes]


def ended(story: Story) -> Exhibits:
    """The demo's last day: one shipment allowed, the certificate suspended, the next shipment refused."""
    office, now = story.office, story.today
    certificates.publish(office, now - timedelta(hours=14))
    allowed = ship(story, USER, "AX-05", now - timedelta(hours=9), GRAMS)
    before = now - timedelta(hours=1)
    reason = "a site was sold, and nobody said so"
    _suspend(story, before, reason)
    refused = ship(story, USER, "AX-06", now, GRAMS)
    certificates.publish(office, now)
    with office.store.view() as view:
        held = view.get(Certificate, story.certificates[USER])
        holder, exporter = (view.get(Organisation, story.companies[k]) for k in (USER, "lantern-hill"))
        events, root = view.head()
        entries = len(view.entries(limit=100_000))
    files = _files(story, held, allowed, before)
    return Exhibits(held, holder, exporter, allowed, before, reason, refused, entries, events, root, files)


def _suspend(story: Story, at: datetime, reason: str) -> None:
    """A suspension at once, by two persons: one flags the plain risk, the other suspends."""
    office, lin = story.office, story.who("lin")
    me, number = story.who("lin"), story.certificates[USER]
    case = cases.open_case(office, me, "suspension", story.companies[USER], at, subject=number).id
    cases.flag(office, lin, case, "plain_risk", reason, at)
    cases.fire(office, story.who("trade"), case, "suspend_now", at, {"reason": reason})


def _files(story: Story, held: Certificate, allowed: Verdict, before: datetime) -> dict[str, bytes]:
    """The credential, the authority's keys, both status lists before and after, receipt, checkpoint, log."""
    office = story.office
    found = {
        "certificate.jwt": held.credential.encode(),
        "did.json": json.dumps(dict(office.keys.document()), indent=1).encode(),
        "receipt.json": logbook.slip(office, allowed.leaf, shipments.body(allowed)),
        "checkpoint.txt": logbook.checkpoint(office).encode(),
        "log.jsonl": b"".join(logbook.export(office)),
    }
    for purpose in ("revocation", "suspension"):
        for name, at in (("then", before - timedelta(hours=12)), ("now", None)):
            found[f"status/{purpose}-{name}.jwt"] = certificates.status(office, purpose, at).encode()
    return found
