"""Conditions of a certificate as tests that a shipment meets, breaks, or leaves to a person.

Source: 15 CFR 748.15 and its conditions in use (C1 to C11 in the profile).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from xenotime.programme.casework.case import CIVIL, Condition
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.shipping.phrases import reason
from xenotime.programme.shipping.shipment import Item, Reason, Shipment
from xenotime.programme.trust.scope import totals, words

_YES = ("yes", "true", "1")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a condition is asked about: the shipment, the lines that it binds, the track, and what is on
    record.
    """

    shipment: Shipment
    items: tuple[Item, ...]
    track: str
    country: str
    at: datetime
    proofs: tuple[Duty, ...] = ()


Test = Callable[[Condition, Asked], Reason]


def check(condition: Condition, asked: Asked) -> Reason:
    """The reason that a condition gives; a test nobody knows is unknown, never met."""
    test = TESTS.get(condition.test)
    if test is None:
        return _reason(condition, None, "condition.unknown", test=condition.test)
    return test(condition, asked)


def needs(conditions: Iterable[Condition]) -> bool:
    """Whether any of the conditions looks at obligations on record."""
    return any(c.test in _RECORDED for c in conditions)


def agreed(proofs: Iterable[Duty], kind: str, exporter: str, on: date, at: datetime) -> Duty | None:
    """The proof of a kind for an exporter that was there before a shipment: on record by `at`, dated up to
    `on`.
    """
    for duty in proofs:
        signed = duty.data.get("signed") or (duty.met.date().isoformat() if duty.met else "9999")
        named = duty.kind == kind and duty.data.get("exporter") == exporter
        if named and duty.state == "met" and duty.met and duty.met <= at and signed <= on.isoformat():
            return duty
    return None


def in_time(notice: date, shipped: date, agreement: Duty | None) -> bool:
    """Whether a shipment notice came inside the period agreed in writing beforehand; never without one.

    Source: 15 CFR 748.15(g), 77 FR 75011 (cases VE-07, VE-08).
    """
    if agreement is None:
        return False
    return (notice - shipped).days <= int(agreement.data.get("days", "0"))


def _reason(c: Condition, met: bool | None, name: str, **parts: object) -> Reason:
    return reason(f"condition:{c.id}", met, name, c.source, **parts)


def _undertaking(c: Condition, asked: Asked) -> Reason:
    """C5: the end user's undertaking is with the exporter before the first shipment."""
    found = agreed(asked.proofs, "undertaking", asked.shipment.exporter, asked.shipment.on, asked.at)
    return _reason(c, found is not None, "undertaking.there" if found else "undertaking.missing")


def _notice(c: Condition, asked: Asked) -> Reason:
    """C6: the notice period was agreed in writing before shipping."""
    found = agreed(asked.proofs, "notice_period", asked.shipment.exporter, asked.shipment.on, asked.at)
    if found is None:
        return _reason(c, False, "notice.missing")
    return _reason(c, True, "notice.agreed", days=found.data.get("days", "0"))


def _civil(c: Condition, asked: Asked) -> Reason:
    """C4: civil use only."""
    facts = asked.shipment.facts
    broken = any(facts.get(f, "").lower() in _YES for f in ("military_use", "military_user", "wmd_or_terror"))
    broken = broken or asked.track != CIVIL
    return _reason(c, not broken, "civil.broken" if broken else "civil.stated")


def _no_transfer(c: Condition, asked: Asked) -> Reason:
    """C4, VE-13: no transfer inside the user's own country, whatever way it takes; `value` names countries
    where it is allowed.
    """
    route = asked.shipment.route
    inside = route[0] == route[-1] and route[0] not in words(c.value)
    name = "transfer.inside" if inside else "transfer.none"
    return _reason(c, not inside, name, country=route[0])


def _most(c: Condition, asked: Asked) -> Reason:
    """At most so many grams of an element a shipment; `value`: `Dy:5000`."""
    element, _, most = c.value.partition(":")
    found = totals(asked.items).get(element.strip(), 0)
    if not most.strip().isdecimal():
        return _reason(c, None, "condition.unknown", test=f"{c.test} {c.value}")
    over = found > int(most)
    return _reason(
        c, not over, "most.over" if over else "most.within", grams=found, element=element, most=most.strip()
    )


def _end_use(c: Condition, asked: Asked) -> Reason:
    """Only these end uses; `value` divided by `;`."""
    named = words(c.value)
    met = asked.shipment.end_use.casefold() in {n.casefold() for n in named}
    return _reason(c, met, "use.named" if met else "use.other", uses=", ".join(named))


def _countries(c: Condition, asked: Asked) -> Reason:
    """Only these destinations; `value` divided by `;`."""
    named = words(c.value)
    met = asked.country in named
    return _reason(c, met, "country.named" if met else "country.other", countries=", ".join(named))


def _owed(kind: str) -> Test:
    def test(c: Condition, asked: Asked) -> Reason:
        late = [
            d.says
            for d in asked.proofs
            if d.kind == kind and d.state in ("open", "late") and d.due < asked.at.date()
        ]
        return _reason(c, not late, "duty.late" if late else "duty.met", duties="; ".join(late[:3]))

    return test


def _unrefused(kind: str, name: str) -> Test:
    """C9, C10: consent to reviews, and to showing records, stands until one was refused; then until an
    officer accepted it or let it go.
    """

    def test(c: Condition, asked: Asked) -> Reason:
        told = (d for d in asked.proofs if d.kind == kind and d.data.get("refused") == "yes")
        ended = {("met", "accepted"), ("waived", "")}
        refused = any(
            (d.state, d.data.get("judged", "") if d.state == "met" else "") not in ended for d in told
        )
        return _reason(c, not refused, f"{name}.refused" if refused else f"{name}.consent")

    return test


#: Every test by name; `value` of the condition is its parameter.
TESTS: Mapping[str, Test] = MappingProxyType(
    {
        "undertaking": _undertaking,
        "notice_agreed": _notice,
        "civil_only": _civil,
        "no_transfer": _no_transfer,
        "most_grams": _most,
        "end_use": _end_use,
        "countries": _countries,
        "reports": _owed("annual_report"),
        "records": _unrefused("records", "records"),
        "cure": _owed("cure"),
        "review_consent": _unrefused("review", "review"),
    }
)
#: Tests that look at obligations on record.
_RECORDED = ("undertaking", "notice_agreed", "reports", "records", "cure", "review_consent")
