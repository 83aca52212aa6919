"""How values are spelled on a page: days, instants, grams, and the sign of every state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from markupsafe import Markup

from xenotime.report.sheet import trusted

#: The shape and colour of every word of the programme, by the outcome of law whose look it shares.
SIGNS: Mapping[str, str] = {
    # answers to a shipment, met and unmet reasons, weights of findings
    "allow": "not_controlled",
    "refer": "case_by_case",
    "refuse": "prohibited",
    "clear": "not_controlled",
    "note": "report",
    "concern": "case_by_case",
    "stop": "prohibited",
    # certificates, licences, organisations, accounts, tokens
    "active": "not_controlled",
    "suspended": "licence",
    "restricted": "licence",
    "revoked": "prohibited",
    "expired": "open",
    "not_yet": "report",
    "surrendered": "open",
    "exhausted": "open",
    "draft": "open",
    "closed": "open",
    "invited": "report",
    "locked": "licence",
    # duties and reservations
    "open": "report",
    "met": "not_controlled",
    "late": "presumed_denied",
    "waived": "open",
    "reserved": "report",
    "committed": "not_controlled",
    "released": "open",
    "none": "open",
    # outcomes and advice
    "granted": "not_controlled",
    "grant": "not_controlled",
    "grant_with_conditions": "report",
    "keep": "not_controlled",
    "withdraw": "presumed_denied",
    "withdrawn": "open",
    "refused": "prohibited",
    "upheld": "not_controlled",
    "registered": "not_controlled",
    "reinstated": "not_controlled",
    "allowed": "not_controlled",
    "clean": "not_controlled",
    "cured": "not_controlled",
    "kept": "not_controlled",
    "cancelled": "open",
    "dropped": "open",
    "gone": "open",
    "left": "open",
    "lapsed": "open",
    "no_action": "open",
    "noted": "report",
    "superseded": "open",
    "annulled": "open",
    "escalated": "case_by_case",
    "needs_new": "case_by_case",
    "warned": "case_by_case",
    "to_revocation": "presumed_denied",
    "failed": "presumed_denied",
    "refused_entry": "prohibited",
    "dismissed": "open",
    "upcoming": "report",
    # whether a check was met
    "true": "not_controlled",
    "false": "prohibited",
    "unknown": "undetermined",
    # what reconciliation and plausibility found
    "balanced": "not_controlled",
    "gap": "presumed_denied",
}


def sign(state: str) -> str:
    """The look of a state; one that has no sign of its own is drawn as under way."""
    return SIGNS.get(state, "report")


def shape(state: str) -> Markup:
    """The shape of a state in its colour; its word stands beside it, so readers by ear skip it."""
    look = sign(state)
    return trusted(
        f'<svg class="c-{look}" width="13" height="13" aria-hidden="true" focusable="false">'
        f'<use href="#o-{look}"/></svg>'
    )


def day(value: date | datetime | None) -> str:
    """A day as ISO; a missing one as a dash.

    >>> day(date(2026, 11, 21)), day(None)
    ('2026-11-21', '–')
    """
    if value is None:
        return "–"
    return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()


def instant(value: datetime | None) -> str:
    """An instant to the minute, in UTC; a missing one as a dash."""
    return "–" if value is None else value.strftime("%Y-%m-%d %H:%M") + " UTC"


def grams(value: int) -> str:
    r"""Whole grams, spaced by thousands, in the largest unit that stays exact to the gram.

    >>> grams(1_250_000), grams(950), grams(-2000)
    ('1\u202f250 kg', '950 g', '-2 kg')
    """
    whole, rest = divmod(abs(value), 1000)
    lead = "-" if value < 0 else ""
    if rest and whole:
        return f"{lead}{spaced(whole)}.{rest:03d} kg"
    return f"{lead}{spaced(whole)} kg" if whole or not rest else f"{lead}{rest} g"


def spaced(value: int) -> str:
    """A whole number with narrow spaces between thousands."""
    return f"{value:,}".replace(",", "\u202f")


def elements(amounts: Mapping[str, int]) -> str:
    """Grams by element: ``Dy 120 kg, Tb 4 kg``; a dash for none."""
    return ", ".join(f"{name} {grams(value)}" for name, value in sorted(amounts.items())) or "–"


def percent(part: int, whole: int) -> int:
    """The share in whole percent, never shown as full or empty unless it is.

    >>> percent(999, 1000), percent(1, 1000), percent(0, 0)
    (99, 1, 0)
    """
    if whole <= 0:
        return 100 if part > 0 else 0
    share = part * 100 // whole
    return 1 if part > 0 and share == 0 else min(share, 100)


def spelled(text: str, known: Mapping[str, str]) -> str:
    """A text with the ids in it put as the names they stand for.

    >>> spelled("site s-1: no link", {"s-1": "Hall 1"})
    'site Hall 1: no link'
    """
    for ident, name in known.items():
        text = text.replace(ident, name)
    return text
