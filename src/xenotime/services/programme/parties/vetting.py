"""Vetting: lists, ownership, military links and the law; the findings go on the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from json import loads
from typing import Any

from xenotime.core.canon import canonical, digest, restored
from xenotime.core.errors import AddressError
from xenotime.core.truth import Truth
from xenotime.parties.military.evidence import Evidence, Subject, Verdict
from xenotime.parties.military.grade import grade
from xenotime.parties.owners.proof import prove
from xenotime.parties.owners.rule import Listing
from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import Case, Finding
from xenotime.programme.casework.vetted import Vetted
from xenotime.programme.organisation import Organisation
from xenotime.programme.read import manifests
from xenotime.services import military, upstream
from xenotime.services.library import Library
from xenotime.services.owners import Owned, RuleOfLaw, list_kinds, listings, own, rules
from xenotime.services.programme.office import Office
from xenotime.services.programme.parties import lawful, marks, spoken, tracks
from xenotime.services.programme.parties.dossier import Dossier, dossier
from xenotime.services.programme.parties.scale import Scale
from xenotime.services.programme.turn import Turn, acted, allowed, once
from xenotime.services.screening.record import Hit

#: Every kind of finding that vetting makes, and the weights from light to heavy.
KINDS = ("list", "ownership", "military", "law")
WEIGHTS = ("clear", "note", "concern", "stop")
CERTAIN, PROBABLE = "certain", "probable"
_HITS = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """What a vetting met: its findings, every hit by key, and hashes of the lists and of what was asked."""

    findings: tuple[Finding, ...]
    hits: tuple[str, ...]
    lists: str
    owners: str
    military: Truth


def vet(office: Office, actor: Actor, case: str, at: datetime, *, key: str = "") -> Case:
    """The case with fresh findings of every check; one that says the same as before stays settled.

    Raises AccessError for a role that does not vet, InputError for evidence that cannot be read.
    """

    def whole(made: Turn) -> Case:
        held = allowed(actor, "case.vet", made.change.hold, Case, case)

        def act() -> Case:
            kept = made.change.put(onto(made, held))
            counts = weighed(kept.findings)
            made.note("case.vetted", case, held.organisation, {"findings": counts, "version": kept.version})
            return kept

        return once(made, key, ["vet", case], act)

    access.require(actor, "case.vet")
    return acted(office, actor, at, whole, prepared(office, case, at))


def onto(made: Turn, case: Case) -> Case:
    """The case with the findings of a vetting made now; what was seen is kept for the next look."""
    organisation = made.change.get(Organisation, case.organisation)
    asked = dossier(organisation, case)
    seen = made.ready.get(_key(asked, case.track))
    if not isinstance(seen, Seen):
        seen = look(made.office, asked, case.track, made.at)
    kept = asked if case.kind == "registration" else dossier(organisation)
    remember(made, kept, seen, case.id)
    vetted = replace(case, findings=merged(case.findings, seen.findings))
    return routed(made, vetted, declared=case.form.get("defence_business") is True)


def routed(made: Turn, case: Case, *, declared: bool) -> Case:
    """The case on the track that its findings ask for, with the flags that they ask for."""
    manifest = manifests()[case.kind]
    return marks.marked(made, tracks.decided(made, case, declared), manifest)


def prepared(office: Office, case: str, at: datetime) -> dict[str, Seen]:
    """A vetting made before its change is opened; it counts there only if nothing it rests on changed."""
    with office.store.view() as view:
        try:
            held = view.get(Case, case)
            organisation = view.get(Organisation, held.organisation)
        except AddressError:
            return {}
    asked = dossier(organisation, held)
    return {_key(asked, held.track): look(office, asked, held.track, at)}


def _key(asked: Dossier, track: str) -> str:
    """What a vetting rests on besides the day: the organisation as asked about, the items, the track."""
    return digest([asked.organisation, asked.codes, asked.declared, track])


def look(office: Office, asked: Dossier, track: str, at: datetime) -> Seen:
    """Every check made on an organisation, as known on the day; nothing is kept."""
    library, day = office.library(at.date()), at.date()
    screened = library.screened(asked.queries)
    answered = _owned(library, asked, screened, day)
    verdicts = _verdicts(library, asked, screened, day)
    facts = _facts(library, asked, screened, day, verdicts[0].truth)
    answers = lawful.answers(library, asked.codes, asked.organisation.country, day, facts)
    scale = Scale(office.profile, track, at, versions(library))
    findings = (
        *_lists(scale, library, asked, screened),
        *_ownership(scale, asked, answered),
        *_military(scale, verdicts),
        *(_law(scale, a) for a in answers),
    )
    return Seen(findings, keys(screened), scale.lists, asked.mark, verdicts[0].truth)


def remember(made: Turn, asked: Dossier, seen: Seen, case: str) -> None:
    """Keep what was seen of an organisation, so that the next look knows what is new."""
    mine = asked.organisation.id
    now = Vetted(mine, mine, case, made.at, seen.lists, asked.mark, seen.hits)
    before = last(made, mine)
    if before is None:
        made.change.add(now)
    else:
        made.change.put(replace(now, version=before.version))


def last(made: Turn, organisation: str) -> Vetted | None:
    """What the last vetting of an organisation saw, held; None if it was never vetted."""
    if not made.change.count(Vetted, "organisation", {"organisation": organisation}):
        return None
    return made.change.hold(Vetted, organisation)


def merged(before: Iterable[Finding], now: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of a vetting beside those of others; what was settled and is unchanged stays settled."""
    old = {f.id: f for f in before}
    rest = tuple(f for f in old.values() if f.kind not in KINDS)
    fresh = (
        replace(f, settled=old[f.id].settled, settled_by=old[f.id].settled_by) if f.id in old else f
        for f in now
    )
    return (*rest, *fresh)


def weighed(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each weight."""
    found = [f.weight for f in findings]
    return {w: found.count(w) for w in WEIGHTS if w in found}


def keys(screened: Mapping[str, Iterable[Hit]]) -> tuple[str, ...]:
    """Every hit that counts, as party, list, entry and how sure, in order."""
    return tuple(
        sorted(
            f"{party}|{h.match.list_id}|{h.match.entry}|{CERTAIN if h.truth else PROBABLE}"
            for party, hits in screened.items()
            for h in hits
            if h.counts
        )
    )


def versions(library: Library) -> dict[str, str]:
    """The hash of every list version that is read, by list."""
    return {used.list_id: used.hash for used in library.desk.lists}


def plain(value: object) -> Any:  # noqa: ANN401 - whatever canonical JSON gives back
    """A value as JSON holds it: what a finding keeps of a result, so that a page can draw it."""
    return loads(canonical(value))


def owned_of(finding: Finding) -> Owned:
    """The ownership answer that a finding holds, ready to be drawn. Raises InputError if it holds none."""
    return restored(Owned, canonical(finding.data.get("owned")))


def verdict_of(finding: Finding) -> Verdict:
    """The military verdict that a finding holds. Raises InputError if it holds none."""
    return restored(Verdict, canonical(finding.data.get("verdict")))


def hits_of(finding: Finding) -> tuple[Hit, ...]:
    """The hits that a finding holds, each with its explanation."""
    return tuple(restored(Hit, canonical(hit)) for hit in finding.data.get("hits", ()))


def _lists(
    scale: Scale, library: Library, asked: Dossier, screened: Mapping[str, Sequence[Hit]]
) -> Iterable[Finding]:
    """A finding for each party that a list names or may name, or one that says nobody is."""
    names = {q.party: q.name for q in asked.queries}
    watched = {i.address for i in library.law.book.lists("watch_list")}
    touched = {party: [h for h in hits if h.counts] for party, hits in screened.items()}
    about = {"asked": list(names.values()), "lists": scale.read, "stale": list(library.stale)}
    if not any(touched.values()):
        says = f"No list names any of {len(names)} name(s) asked about"
        yield scale.finding(
            "list",
            "none",
            (says, spoken.unlisted(len(names))),
            "",
            [sorted(names.values()), scale.lists],
            about,
        )
    for party, hits in touched.items():
        if hits:
            answer = CERTAIN if any(h.truth for h in hits) else PROBABLE
            best = hits[0].match
            title = library.desk.titles[best.list_id]
            verb = "is" if answer == CERTAIN else "may be"
            says = f"{names[party]} {verb} {best.entry_name} on {title} ({best.score} %)"
            same = [names[party], [[h.match.list_id, h.match.entry, h.entry_hash, h.truth] for h in hits]]
            data = {
                **about,
                "party": party,
                "watch": any(h.match.list_id in watched for h in hits),
                "hits": plain(hits[:_HITS]),
                "left_off": max(len(hits) - _HITS, 0),
            }
            sure = answer == CERTAIN
            both = (says, spoken.listed(names[party], best.entry_name, title, best.score, sure=sure))
            yield scale.finding("list", answer, both, f"{best.list_id}/{best.entry}", same, data)


@lru_cache(maxsize=4)
def _rules(known: date) -> dict[str, RuleOfLaw]:
    return rules(known)


def _owned(
    library: Library, asked: Dossier, screened: Mapping[str, Sequence[Hit]], on: date
) -> dict[str, Owned]:
    """The organisation's ownership under every 50 % rule of the books, with who is listed above it."""
    desk, members = library.desk, {b.id for b in asked.structure.bodies}
    named = [
        upstream.Named(party, desk.entries[h.match.list_id, h.match.entry], h.match, h.truth, h.status)
        for party, hits in screened.items()
        for h in hits
        if party in members and h.truth is not False
    ]
    listed = listings(upstream.pairs(named), list_kinds(library.law), on)
    every = _rules(library.law.known)
    for owner in asked.organisation.owners:
        if owner.listed:
            party = f"owner:{owner.name}"
            stated = (Listing(f"declared/{owner.listed}", owner.listed),)
            listed[party] = (*listed.get(party, ()), *stated)
    return own(asked.structure, listed, on, every, [asked.organisation.id])


def _ownership(scale: Scale, asked: Dossier, answered: Mapping[str, Owned]) -> Iterable[Finding]:
    """A finding for each rule: held certainly, possibly, by a minority or not, and whether the rule binds."""
    mine = asked.organisation.id
    for name, found in answered.items():
        held = found.resolution.held[mine]
        answer = held.word
        if held.truth is False and held.high > 0:
            answer = "minority"
        if held.truth is not False and found.status.status != "in_force":
            answer = "unverified" if found.status.status == "unverified" else "suspended"
        share = spoken.share(held.low, held.high)
        standing = found.status.status.replace("_", " ")
        says = f"{found.rule.title}: {held.word} held ({share}); rule {standing}"
        same = [name, answer, str(held.low), str(held.high), found.resolution.data]
        unknown = any(m.kind in ("share", "owner", "beneficiary") for m in held.missing)
        data = {
            "rule": name,
            "unknown": unknown,
            "owned": plain(found),
            "proof": plain(prove(found.resolution, mine)),
        }
        both = (says, spoken.owned(found, held.word, share))
        yield scale.finding("ownership", answer, both, found.rule.article, same, data)


def _verdicts(
    library: Library, asked: Dossier, screened: Mapping[str, Sequence[Hit]], on: date
) -> tuple[Verdict, ...]:
    """The military verdict of the organisation, then of each of its sites."""
    mine, desk = asked.organisation.id, library.desk
    listed: dict[str, list[Evidence]] = {}
    for party, hits in screened.items():
        for h in hits:
            if h.counts:
                entry = desk.entries[h.match.list_id, h.match.entry]
                piece = military.listing(
                    h.match, desk.titles[h.match.list_id], entry.authority, sure=h.truth is True
                )
                listed.setdefault(party, []).append(piece)
    pool = (
        *asked.evidence,
        *listed.get(mine, ()),
        *military.ties(asked.structure, [mine], listed, on),
    )
    subjects = (Subject(mine), *(Subject(mine, s.id) for s in asked.organisation.sites if s.id))
    return tuple(grade(military.policy(), s, pool, on, on) for s in subjects)


def _military(scale: Scale, verdicts: Sequence[Verdict]) -> Iterable[Finding]:
    """A finding for the organisation and for each site."""
    stops = military.policy().stops
    for verdict in verdicts:
        disputed = verdict.truth is None and verdict.heaviest >= stops
        answer = "disputed" if disputed else verdict.word
        place = f"site {verdict.subject.site}" if verdict.subject.site else "the organisation"
        says = f"Military link of {place}: {verdict.word}. {verdict.says}"
        pieces = (*verdict.carried, *verdict.against, *verdict.lighter)
        same = [verdict.subject.site, answer, verdict.line, [plain(w) for w in pieces]]
        yield scale.finding(
            "military",
            answer,
            (says, spoken.military(verdict)),
            verdict.line,
            same,
            {"verdict": plain(verdict)},
        )


def _facts(
    library: Library, asked: Dossier, screened: Mapping[str, Sequence[Hit]], on: date, linked: Truth
) -> dict[str, Any]:
    """What is known of the user for the law: lists, holders, and the military verdict if there is one."""
    mine = [asked.organisation.id]
    facts: dict[str, Any] = dict(library.list_facts(mine, screened, asked.structure, on))
    return facts if linked is None else {**facts, "military_user": linked}


def _law(scale: Scale, answer: lawful.Answer) -> Finding:
    """A finding for each item: what the law says of a sample shipment on the day."""
    says = f"{answer.code}: {answer.outcome.replace('_', ' ')}{f' ({answer.name})' if answer.name else ''}"
    same = [answer.code, answer.outcome, answer.rule, list(answer.missing), list(answer.branches)]
    return scale.finding(
        "law", answer.outcome, (says, spoken.law(answer)), answer.rule, same, {"law": plain(answer)}
    )
