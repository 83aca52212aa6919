"""Where a certificate stands at an instant, and which changes of its state are possible."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from xenotime.core.errors import StateError
from xenotime.programme.trust.certificate import ACTIVE, REVOKED, SUSPENDED, Certificate, Change

EXPIRED, NOT_YET = "expired", "not_yet"
#: (state, act) -> the state that follows. What is not here cannot be done.
MOVES = {
    (ACTIVE, "suspend"): SUSPENDED,
    (SUSPENDED, "reinstate"): ACTIVE,
    (ACTIVE, "revoke"): REVOKED,
    (SUSPENDED, "revoke"): REVOKED,
}


def kept_at(certificate: Certificate, at: datetime) -> str:
    """The state by its changes alone at an instant: active | suspended | revoked, whatever its days say."""
    found = ACTIVE
    for change in certificate.changes:
        if change.at <= at:
            found = change.state
    return found


def state_at(certificate: Certificate, at: datetime) -> str:
    """The state that counts at an instant: active | suspended | revoked | expired | not_yet."""
    kept = kept_at(certificate, at)
    if kept == REVOKED:
        return kept
    if at.date() > certificate.valid_until:
        return EXPIRED
    return NOT_YET if at.date() < certificate.valid_from else kept


def moved(
    certificate: Certificate,
    act: str,
    at: datetime,
    by: str,
    reason: str,
    case: str = "",
    *,
    counts: datetime | None = None,
) -> Certificate:
    """The certificate after an act (suspend | reinstate | revoke) that counts from `counts` on (at once if
    None).

    Raises StateError for an act that its state does not allow, without a reason, or one dated back.
    """
    start = counts or at
    state = kept_at(certificate, start)
    target = MOVES.get((state, act))
    if target is None or not reason.strip() or start < at:
        raise StateError(
            "the certificate cannot be changed so",
            where=certificate.number,
            expected="a reason, a day that is not past, and one of: "
            + ", ".join(f"{a} if {s}" for s, a in MOVES),
            found=f"{act} of a certificate that is {state} on {start.date()}",
            next_step="look at the certificate's changes",
        )
    changes = sorted((*certificate.changes, Change(target, start, by, reason, case)), key=lambda c: c.at)
    after = replace(certificate, changes=tuple(changes))
    return replace(after, state=kept_at(after, at))
