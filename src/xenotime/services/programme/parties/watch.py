"""Watching: what a list update or an ownership change means for every organisation that was vetted.

Each organisation is looked at in a change of its own: stopping between two loses nothing, and looking again
does nothing twice, because what was seen is kept in the same change as what followed from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from xenotime.core.canon import digest
from xenotime.programme import access
from xenotime.programme.access import SYSTEM, Actor
from xenotime.programme.casework import machine
from xenotime.programme.casework.case import Case, Finding, Flag
from xenotime.programme.casework.vetted import Vetted
from xenotime.programme.organisation import Organisation
from xenotime.programme.profile import Profile
from xenotime.programme.trust.certificate import ACTIVE, Certificate
from xenotime.services.programme.casework import effects, scenes
from xenotime.services.programme.office import Office
from xenotime.services.programme.parties import vetting
from xenotime.services.programme.parties.dossier import dossier
from xenotime.services.programme.parties.vetting import CERTAIN, PROBABLE, Seen
from xenotime.services.programme.ports import Search
from xenotime.services.programme.turn import Turn, acted

#: What follows from a new hit or another ownership where the profile has no line `watch.<what>`:
#: suspend (at once, with a suspension case) | review (a case with its flag) | note (kept, nothing more).
DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "watch.certain": "suspend",
        "watch.probable": "review",
        "watch.owners": "review",
        "watch.military": "review",
    }
)
#: What a look can find new, in words.
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "certain": "a name is on a list",
        "probable": "a name may be on a list",
        "owners": "names or owners changed",
        "military": "a military link is shown",
    }
)
_HARDEST = ("note", "review", "suspend")
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a look found new about an organisation, what followed, and the cases and certificates touched."""

    organisation: str
    what: tuple[str, ...]
    follows: str
    cases: tuple[str, ...] = ()
    suspended: tuple[str, ...] = ()


def look(office: Office, at: datetime, actor: Actor = SYSTEM) -> tuple[Noticed, ...]:
    """Everything new about vetted organisations since each was looked at last, and what was done about it.

    Raises AccessError for a role that does not vet.
    """
    access.require(actor, "case.vet")
    found = (one(office, organisation, at) for organisation in _vetted(office))
    return tuple(noticed for noticed in found if noticed is not None)


def one(office: Office, organisation: str, at: datetime) -> Noticed | None:
    """What is new about one organisation, and what was done; None if nothing is."""
    with office.store.view() as view:
        held, last = view.get(Organisation, organisation), view.get(Vetted, organisation)
    if held.state not in ("active", "restricted") or not _stirred(office, held, last, at):
        return None
    seen = vetting.look(office, dossier(held), held.track, at)

    def act(made: Turn) -> Noticed | None:
        now = made.change.hold(Organisation, organisation)
        before = vetting.last(made, organisation)
        if before is None or (now.version, before.version) != (held.version, last.version):
            return None  # somebody was faster; the next look sees what is left
        return _acted(made, now, before, seen)

    return acted(office, SYSTEM, at, act)


def _vetted(office: Office) -> Iterator[str]:
    """The organisations that were ever vetted, by id."""
    after = ""
    while True:
        with office.store.view() as view:
            page = view.find(Vetted, Search(order="id", limit=_PAGE, after=after))
        yield from (v.organisation for v in page.items)
        after = page.next
        if not after:
            return


def _stirred(office: Office, held: Organisation, last: Vetted, at: datetime) -> bool:
    """Whether a list or anything asked about the organisation differs from what was seen last."""
    lists = digest(vetting.versions(office.library(at.date())))
    return last.lists != lists or last.owners != dossier(held).mark


def _acted(made: Turn, held: Organisation, before: Vetted, seen: Seen) -> Noticed | None:
    new = tuple(hit for hit in seen.hits if hit not in before.seen)
    what = {hit.rpartition("|")[2] for hit in new}
    if seen.owners != before.owners:
        what.add("owners")
    if seen.military is True and held.track != "military":
        what.add("military")
    made.change.put(replace(before, at=made.at, lists=seen.lists, owners=seen.owners, seen=seen.hits))
    if not what:
        made.note("organisation.watched", held.id, held.id, {"new": 0, "lists": seen.lists})
        return None
    follows = max((_rule(made.office.profile, w) for w in what), key=_HARDEST.index)
    named = tuple(sorted(what))
    said = {"new": len(new), "what": list(named), "follows": follows, "lists": seen.lists}
    made.note("organisation.watched", held.id, held.id, said)
    return _followed(made, held, Noticed(held.id, named, follows), seen.findings)


def _rule(profile: Profile, what: str) -> str:
    address = f"watch.{what}"
    found = str(profile.value(address)) if address in profile.lines else DEFAULTS[address]
    return found if found in _HARDEST else "review"


def _followed(made: Turn, held: Organisation, noticed: Noticed, findings: tuple[Finding, ...]) -> Noticed:
    """What the rule says follows: nothing, a review, or a suspension of every certificate at once."""
    if noticed.follows == "note":
        return noticed
    where = {"organisation": held.id, "state": ACTIVE}
    live: tuple[Certificate, ...] = made.change.find(Certificate, Search(where, order="id", limit=500)).items
    if noticed.follows == "suspend" and live:
        opened = [_suspended(made, held, certificate, noticed, findings) for certificate in live]
        return replace(noticed, cases=tuple(opened), suspended=tuple(c.id for c in live))
    subject = live[0].id if live else ""
    case = _touched(made, held, "review", subject, noticed, findings)
    return replace(noticed, cases=(case.id,))


def _suspended(
    made: Turn, held: Organisation, certificate: Certificate, noticed: Noticed, findings: tuple[Finding, ...]
) -> str:
    """The certificate suspended now by the table of its suspension case; returns the case."""
    case = _touched(made, held, "suspension", certificate.id, noticed, findings)
    scene = scenes.of(made.change, made.office, case, made.at)
    reason = f"By rule, after a look at lists and owners: {_words(noticed)}"
    effects.moved(made, case, "suspend_now", {"reason": reason}, scene, system=True)
    return case.id


def _touched(
    made: Turn,
    held: Organisation,
    kind: str,
    subject: str,
    noticed: Noticed,
    findings: tuple[Finding, ...],
) -> Case:
    """The case in which people look at what was noticed; one that is open already takes it up."""
    where = {"organisation": held.id, "kind": kind, "subject": subject, "closed": None}
    waiting = made.change.find(Case, Search(where, order="id", limit=1)).items
    if waiting:
        case = made.change.hold(Case, waiting[0].id)
    else:
        case = effects.opened(made, kind, held.id, subject=subject, system=True)
    manifest = effects.manifest_of(kind)
    says = f"noticed by the watch: {_words(noticed)}"
    number = f"noticed.{1 + sum(f.id.startswith('noticed.') for f in case.flags)}"
    flags = (*case.flags, Flag(number, says, made.at, SYSTEM.sign, blocks=True))
    case = replace(case, flags=flags, findings=vetting.merged(case.findings, findings))
    if noticed.follows == "suspend" and any(m.id == "plain_risk" for m in manifest.flags):
        case = machine.flag(case, manifest, "plain_risk", says, SYSTEM, made.at)
    kept = made.change.put(vetting.routed(made, case, declared=False))
    made.note("case.noticed", case.id, held.id, {"what": list(noticed.what), "version": kept.version})
    return kept


def _words(noticed: Noticed) -> str:
    return ", ".join(WORDS[w] for w in noticed.what)


__all__ = ["CERTAIN", "DEFAULTS", "PROBABLE", "Noticed", "look", "one"]
