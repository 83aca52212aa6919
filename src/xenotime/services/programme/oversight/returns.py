"""Annual reports: filed by certified users, balanced against the register, escalated where they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from xenotime.core.canon import digest
from xenotime.core.errors import AddressError, InputError, StateError
from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import Case, Finding
from xenotime.programme.figures import number
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.plausible import Anomaly, Drawn, anomalies, yearly
from xenotime.programme.oversight.reconcile import (
    CLOSING,
    RECEIVED,
    TRANSFER,
    Balance,
    Delivery,
    Known,
    Return,
    Rules,
    Use,
    balance,
)
from xenotime.programme.profile import Profile
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.trust.certificate import ACTIVE, Certificate
from xenotime.services.programme.casework import effects
from xenotime.services.programme.office import Office
from xenotime.services.programme.pages import every
from xenotime.services.programme.ports import Search, View
from xenotime.services.programme.turn import Turn, allowed, turn

#: Report states: just filed, found in balance, or asked about in a case.
FILED, BALANCED, QUESTIONED = "filed", "balanced", "questioned"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A report with its balance, and the case that was opened where it does not balance."""

    report: Return
    balance: Balance
    case: Case | None = None


def file(
    office: Office, actor: Actor, organisation: str, year: int, rows: Sequence[Use], at: datetime
) -> Return:
    """The annual report of an organisation, kept; a later one takes its place until it was found in balance.

    Raises InputError for a year to come or long past, StateError for one that was found in balance.
    """
    access.require(actor, "return.file", organisation)
    if not at.year - 10 < year <= at.year:
        raise InputError(
            "no report is owed for this year", where="year", expected=f"a year up to {at.year}",
            found=str(year), next_step="choose the year that the report is about",
        )  # fmt: skip
    with turn(office, actor, at) as made:
        key = f"R-{organisation}-{year}"
        fresh = Return(key, organisation, year, at, actor.id, tuple(rows))
        try:
            held = made.change.hold(Return, key)
        except AddressError:
            made.change.add(fresh)
        else:
            if held.state == BALANCED:
                raise StateError(
                    "this report was found in balance", where=key, expected="one that is not closed",
                    found=held.state, next_step="tell an officer what was wrong with it: that is an incident",
                )  # fmt: skip
            fresh = made.change.put(replace(fresh, version=held.version))
        made.note("return.filed", key, organisation, {"rows": len(fresh.rows), "sha256": digest(fresh.rows)})
    return fresh


def reconcile(office: Office, actor: Actor, report: str, at: datetime) -> Reconciled:
    """The balance of a report with what the register knows; where it does not balance, a case is opened once.

    The case is an incident of the organisation, with each issue as a finding; what weighs as `stop` blocks.
    """
    access.require(actor, "reconcile.run")
    with turn(office, actor, at) as made:
        held = made.change.hold(Return, report)
        return _reconciled(made, held)


def reconcile_year(office: Office, actor: Actor, year: int, at: datetime) -> tuple[Reconciled, ...]:
    """Every report of a year that was filed and not read, reconciled one by one."""
    access.require(actor, "reconcile.run")
    with office.store.view() as view:
        waiting = [r.id for r in every(view, Return, {"year": year, "state": FILED})]
    return tuple(reconcile(office, actor, report, at) for report in waiting)


def view(office: Office, actor: Actor, report: str) -> Reconciled:
    """A report and its balance as it now stands, without changing anything."""
    with office.store.view() as look:
        held = allowed(actor, "return.read", look.get, Return, report)
        return Reconciled(held, balance(held, known(look, held), rules(office.profile)))


def missing(office: Office, actor: Actor, year: int) -> tuple[str, ...]:
    """Organisations that received material in a year and filed no report."""
    access.require(actor, "reconcile.run")
    with office.store.view() as look:
        filed = {r.organisation for r in every(look, Return, {"year": year})}
        users = {
            user for user, state, on in look.columns(Verdict, ("end_user", "state", "on"))
            if state == "committed" and str(on).startswith(str(year))
        }  # fmt: skip
    return tuple(sorted(users - filed))


def watch(office: Office, actor: Actor, organisation: str, at: datetime) -> tuple[Anomaly, ...]:
    """What stands out in the year's draw-down of an organisation, against what its products can need."""
    with office.store.view() as look:
        access.require(actor, "quota.read", organisation)
        held = look.get(Organisation, organisation)
        drawn = [
            Drawn(element, grams, verdict.shipment.on)
            for verdict in every(look, Verdict, {"end_user": organisation})
            if verdict.state in ("committed", "reserved")
            for element, grams in amounts(verdict).items()
        ]
    factor = number(office.profile, "plausible.factor_percent", 120)
    return anomalies(drawn, yearly(held.products), at.date(), factor=factor)


def rules(profile: Profile) -> Rules:
    """What counts as balanced under a profile."""
    return Rules(
        number(profile, "reconcile.tolerance_permille", 5),
        number(profile, "reconcile.loss_permille", 30),
    )


def known(view: View, report: Return) -> Known:
    """What the register holds beside a report: deliveries, products, tracks, last stock, other claims."""
    mine = {(row.element, row.lot) for row in report.rows}
    last = _closing(view, report)
    organisation = view.get(Organisation, report.organisation)
    return Known(
        tuple(_deliveries(view, report.organisation, report.year)),
        {product.id: product for product in organisation.products},
        _tracks(view, {row.to for row in report.rows if row.to}),
        last,
        _elsewhere(view, report, mine),
    )


def amounts(verdict: Verdict) -> Mapping[str, int]:
    """The grams of each element that a shipment drew: what was committed, else what was asked."""
    if verdict.committed:
        return verdict.committed
    found: dict[str, int] = defaultdict(int)
    for item in verdict.shipment.items:
        for element, grams in item.grams.items():
            found[element] += grams
    return found


def _reconciled(made: Turn, held: Return) -> Reconciled:
    """The report read; one that was filed before its year was over stays to be read again after it."""
    found = balance(held, known(made.change, held), rules(made.office.profile))
    whole = held.filed.year > held.year
    state = QUESTIONED if not found.clean else BALANCED if whole else FILED
    case = None
    if not found.clean and held.state != QUESTIONED:
        case = _escalated(made, held, found)
    kept = made.change.put(replace(held, state=state)) if held.state != state else held
    data = {"state": state, "issues": len(found.issues), "balance": digest(found)}
    made.note("return.reconciled", held.id, held.organisation, data)
    return Reconciled(kept, found, case)


def _escalated(made: Turn, held: Return, found: Balance) -> Case:
    """An incident about the certificate, if one stands, with each issue of the balance as a finding."""
    standing = Search({"organisation": held.organisation, "state": ACTIVE}, limit=1)
    about = made.change.find(Certificate, standing).items
    case = effects.opened(made, "incident", held.organisation, subject=about[0].id if about else held.id)
    findings = tuple(
        Finding(
            made.office.mint("finding"), "return", issue.weight, issue.says, made.at, held.id,
            {"kind": issue.kind, "element": issue.element, "lot": issue.lot, "grams": issue.grams or 0},
            says_zh=issue.says_zh,
        )
        for issue in found.issues
    )  # fmt: skip
    return made.change.put(replace(case, findings=(*case.findings, *findings)))


def _deliveries(view: View, organisation: str, year: int) -> Iterator[Delivery]:
    """What arrived at an organisation in a year, by lot."""
    for verdict in _committed(view, organisation, year):
        yield from delivered(verdict)


def _committed(view: View, users: str | list[str], year: int) -> Iterator[Verdict]:
    """The shipments that left for end users in a year; none was asked about a year ahead."""
    days = {"on>=": date(year, 1, 1), "on<=": date(year, 12, 31)}
    asked = {"at>=": datetime(year - 1, 1, 1, tzinfo=UTC), "at<": datetime(year + 1, 1, 2, tzinfo=UTC)}
    return every(view, Verdict, {"end_user": users, "state": "committed", **days, **asked})


def delivered(verdict: Verdict) -> Iterator[Delivery]:
    """What a committed shipment brought of each element and lot [g].

    Where one lot has the element it is what left, which may be less than was asked; where several have it,
    nobody can leave less, and each brought what it was asked with.
    """
    lots: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item in verdict.shipment.items:
        for element, grams in item.grams.items():
            if grams:
                lots[element][item.lot] += grams
    left = amounts(verdict)
    for element, asked in lots.items():
        for lot, grams in asked.items():
            yield Delivery(element, lot, left.get(element, 0) if len(asked) == 1 else grams, verdict.id)


def _closing(view: View, report: Return) -> dict[tuple[str, str], int]:
    """Last year's closing stock as last year's report states it."""
    try:
        before = view.get(Return, f"R-{report.organisation}-{report.year - 1}")
    except AddressError:
        return {}
    return _sums(before.rows, CLOSING)


def _elsewhere(view: View, report: Return, mine: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """What other reports of the year claim of the same lots beyond what was delivered or handed to them."""
    claims = {
        other.organisation: {k: g for k, g in _sums(other.rows, RECEIVED).items() if k in mine}
        for other in every(view, Return, {"year": report.year})
        if other.organisation != report.organisation
    }
    claims = {owner: claimed for owner, claimed in claims.items() if claimed}
    rightly = {o: _sums([r for r in report.rows if r.to == o], TRANSFER) for o in claims}
    for verdict in _committed(view, list(claims), report.year) if claims else ():
        for one in delivered(verdict):
            held = rightly[verdict.shipment.end_user]
            held[one.element, one.lot] = held.get((one.element, one.lot), 0) + one.grams
    found: dict[tuple[str, str], int] = defaultdict(int)
    for owner, claimed in claims.items():
        for key, grams in claimed.items():
            found[key] += max(0, grams - rightly[owner].get(key, 0))
    return {key: grams for key, grams in found.items() if grams}


def _sums(rows: Sequence[Use], kind: str) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        if row.kind == kind and row.grams:
            found[row.element, row.lot] += row.grams
    return dict(found)


def _tracks(view: View, names: set[str]) -> dict[str, str]:
    """The tracks of some organisations, of those that there are."""
    return {o.id: o.track for o in every(view, Organisation, {"id": tuple(sorted(names)) or ("",)})}
