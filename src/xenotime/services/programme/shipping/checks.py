"""The reasons of a shipment's answer: each check alone, from what is on record and what the law says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xenotime.law.answer import Outcome
from xenotime.programme.casework.case import CIVIL
from xenotime.programme.figures import number
from xenotime.programme.organisation import Organisation, Site
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.profile import Profile
from xenotime.programme.shipping.phrases import reason
from xenotime.programme.shipping.shipment import Item, Reason, Shipment
from xenotime.programme.trust import condition, fit
from xenotime.programme.trust.certificate import ACTIVE, Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.programme.trust.scope import lacking
from xenotime.programme.trust.standing import state_at
from xenotime.services.programme.shipping.counsel import STRICTER, Ruling, Screened

#: What the law's outcome means for the programme; what is not here has no single answer.
FREE = (Outcome.NOT_CONTROLLED, Outcome.REPORT)
DENIED = (Outcome.PRESUMED_DENIED, Outcome.PROHIBITED)
_LAW = {
    Outcome.LICENCE: (True, "law.licence"),
    Outcome.CASE_BY_CASE: (True, "law.single"),
    Outcome.PRESUMED_DENIED: (None, "law.denied"),
    Outcome.PROHIBITED: (False, "law.prohibited"),
}
#: What may be stated on the military-linked track, where an individual licence decides.
_MILITARY = ("military_use", "military_user")
_AHEAD = 60


@dataclass(frozen=True)
class File:
    """Everything on record that a shipment's answer rests on."""

    shipment: Shipment
    at: datetime
    profile: Profile
    certificate: Certificate | None
    exporter: Organisation | None
    user: Organisation | None
    permits: tuple[Permit, ...] = ()
    proofs: tuple[Duty, ...] = ()

    @property
    def site(self) -> Site | None:
        """The site asked about, if the user has it."""
        named = self.shipment.site
        return next((s for s in self.user.sites if s.id == named), None) if self.user else None

    @property
    def track(self) -> str:
        """The track of the end user; unknown users are on none."""
        return self.user.track if self.user else ""

    @property
    def free(self) -> bool:
        """Whether the track may draw on the certificate without an exporter's licence."""
        return _truth(self.profile, f"{self.track}.draw_without_licence", default=False)

    @property
    def single(self) -> bool:
        """Whether only an individual licence will do on the track."""
        return not _truth(self.profile, f"{self.track}.general_licence", default=self.track == CIVIL)


def held(file: File) -> Iterable[Reason]:
    """Certificate, holder, exporter and user."""
    made, at = file.certificate, file.at
    if made is None:
        yield reason("certificate", False, "certificate.none", number=file.shipment.certificate)
    else:
        now = state_at(made, at)
        state = now if now != ACTIVE else made.state_on(file.shipment.on)
        yield reason(
            "certificate",
            state == ACTIVE,
            f"certificate.{state}",
            number=made.number,
            since=made.valid_from,
            until=made.valid_until,
        )
    yield _party("exporter", "出口商", file.exporter)
    yield _party("end user", "最终用户", file.user)
    yield dated(file)


def _party(role: str, role_zh: str, who: Organisation | None) -> Reason:
    check = role.replace(" ", "_")
    name, met, state = "none", False, ""
    if who is not None:
        known = {"active": True, "restricted": None}
        met, state = known.get(who.state, False), who.state  # type: ignore[assignment] # None: an officer looks
        name = who.state if who.state in known else "state"
    english = reason(check, met, f"organisation.{name}", role=role, state=state)
    chinese = reason(check, met, f"organisation.{name}", role=role_zh, state=state)
    return Reason(check, met, f"the {english.says}", "", chinese.says_zh)


def dated(file: File) -> Reason:
    """The day of export: today or soon, whether or not a certificate binds the goods."""
    on, days = file.shipment.on, number(file.profile, "shipment.ahead_days", _AHEAD)
    ahead = (on - file.at.date()).days
    name = "date.past" if ahead < 0 else "date.far" if ahead > days else "date.near"
    return reason("date", name == "date.near", name, on=on, days=days)


def scoped(file: File, items: Sequence[Item]) -> Iterable[Reason]:
    """Site, items, elements, end use and route against the certificate's scope."""
    made, asked = file.certificate, file.shipment
    if made is None:
        return
    scope, source = made.scope, f"certificate {made.number}"
    site = file.site
    name = "site.foreign" if asked.site not in scope.sites else "site.approved"
    if name == "site.approved" and (site is None or not site.approved(asked.on)):
        name = "site.unapproved"
    yield reason(
        "site", name == "site.approved", name, "us.md C1, C2 (BIS FAQ 24)", site=asked.site, on=asked.on
    )
    codes, elements = lacking(scope, items)
    name = "item.outside" if codes else "item.covered"
    yield reason("item", not codes, name, source, codes=", ".join(codes))
    name = "element.outside" if elements else "element.granted"
    yield reason("element", not elements, name, source, elements=", ".join(elements))
    fine = asked.end_use.casefold() in {u.casefold() for u in scope.end_uses}
    name = "end_use.covered" if fine else "end_use.outside"
    stated = [f for f in STRICTER if asked.facts.get(f, "").lower() in ("yes", "true")]
    if stated and (file.track == CIVIL or set(stated) - set(_MILITARY)):
        fine, name = False, "end_use.stated"
    yield reason("end_use", fine, name, source, use=asked.end_use, facts=", ".join(stated))
    yield _routed(file, site)


def ended(file: File) -> Iterable[Reason]:
    """A reason against a route that does not end at the site it names, whatever the goods need."""
    if file.site is not None and file.shipment.route[-1] != file.site.country:
        yield _routed(file, file.site)


def _routed(file: File, site: Site | None) -> Reason:
    asked = file.shipment
    scope = file.certificate.scope if file.certificate else None
    country = site.country if site else ""
    named = {*scope.countries, country} if scope and scope.countries else set()
    beyond = [c for c in asked.route[1:] if named and c not in named]
    if asked.route[-1] != country:
        return reason("route", False, "route.elsewhere", end=asked.route[-1], country=country or "?")
    if beyond:
        return reason("route", False, "route.country", countries=", ".join(dict.fromkeys(beyond)))
    return reason("route", True, "route.covered", country=country)


def ruled(rulings: Mapping[Item, Ruling] | Sequence[tuple[Item, Ruling]], on: object) -> Iterable[Reason]:
    """What the law says of each line, once for equal answers."""
    pairs = rulings.items() if isinstance(rulings, Mapping) else rulings
    seen: dict[Reason, None] = {}
    for item, ruling in pairs:
        source = ruling.rule or "; ".join(ruling.articles[:2])
        if ruling.outcome in FREE:
            found = reason("law", True, "law.free", source, code=item.code, on=on)
        elif ruling.outcome in _LAW:
            met, name = _LAW[ruling.outcome]
            found = reason("law", met, name, source, code=item.code, on=on)
        else:
            lacks = ", ".join(ruling.missing[:6]) or "?"
            parts = {"code": item.code, "on": on, "outcome": ruling.outcome.word, "missing": lacks}
            found = reason("law", None, "law.open", source, **parts)
        seen.setdefault(found)
    return tuple(seen)


def screened(found: Screened, count: int, *, denied: bool) -> Iterable[Reason]:
    """What the lists say: nothing, what the law's answer already denies, and what waits for a person.

    A listing of the law's book that does not bind on the day is said and does not stop; one that binds where
    the law's answer does not deny (an unreliable entity, a watch list) is for a person to look at.
    """
    if not found.named:
        yield reason("parties", True, "parties.clear", count=count)
    weighed = [n for n in found.named if n.sure and n.book and (denied or not n.lives)]
    for met, name, hits in (
        (True, "parties.weighed", weighed),
        (None, "parties.unsettled", [n for n in found.named if not n.sure and n.lives]),
        (None, "parties.listed", [n for n in found.named if n.sure and n.lives and n not in weighed]),
    ):
        if hits:
            said = "; ".join(dict.fromkeys(f"{n.party}: {n.title}" for n in hits[:5]))
            yield reason("parties", met, name, hits=said)


def licensed(
    file: File, items: Sequence[Item], *, single: bool, watched: bool | None
) -> tuple[tuple[Reason, ...], fit.Fit | None]:
    """Track and licence: which licence fits, or why each does not."""
    if file.free and not single:
        return (reason("track", True, "track.civil"),), None
    only = single or file.single
    fits = [fit.fit(p, file.shipment, items, file.at, single=only, watched=watched) for p in file.permits]
    best = fit.best(fits)
    said = [_track(file, best)]
    if best is not None:
        name = "licence.fits" if best.fits else "licence.unsure"
        said.append(reason("licence", best.fits, name, number=best.number, kind=best.kind))
    elif fits:
        said += [
            reason("licence", False, "licence.misfit", number=f.number, fails=", ".join(f.fails))
            for f in fits
        ]
    else:
        said.append(reason("licence", False, "licence.none"))
    return tuple(said), best


def _track(file: File, best: fit.Fit | None) -> Reason:
    if file.track == CIVIL:
        return reason("track", True, "track.civil")
    if not file.single:
        return reason("track", True, "track.single")
    fine = best is not None and best.kind == "individual"
    return reason("track", fine, "track.single" if fine else "track.none")


def conditioned(file: File, items: Sequence[Item]) -> tuple[Reason, ...]:
    """Every condition of the certificate, tested."""
    made = file.certificate
    if made is None:
        return ()
    asked = condition.Asked(
        file.shipment, tuple(items), file.track, file.site.country if file.site else "", file.at, file.proofs
    )
    return tuple(condition.check(c, asked) for c in made.conditions)


def _truth(profile: Profile, address: str, *, default: bool) -> bool:
    line = profile.lines.get(address)
    return default if line is None else line.value is True
