"""An organisation as vetting asks about it: its names, owners and ties, with what a case's form adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from xenotime.core.canon import digest
from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError
from xenotime.parties.listing.entry import Identifier
from xenotime.parties.matching.match import PartyQuery
from xenotime.parties.military.evidence import LEVELS, Evidence
from xenotime.parties.owners.formats.shares import share
from xenotime.parties.owners.holding import Body, Finding, Holding, Structure
from xenotime.programme.casework.case import Case
from xenotime.programme.organisation import Organisation, Owner, Site
from xenotime.services.military import policy

#: The longest name that is asked about [characters]; the most names of each kind.
MOST_SIGNS, MOST_NAMES = 300, 200


@dataclass(frozen=True)
class Dossier:
    """Everything vetting asks about: the organisation with what the case's form declares laid over it."""

    organisation: Organisation
    codes: tuple[str, ...] = ()
    declared: bool | None = None

    @cached_property
    def queries(self) -> tuple[PartyQuery, ...]:
        """Every name as a question to the lists: the organisation, its owners, agents and sites."""
        mine = self.organisation
        rest = [PartyQuery(owner_id(o), o.name, (), o.country, (), _kind(o.kind)) for o in mine.owners]
        rest += [PartyQuery(f"agent:{name}", name) for name in mine.agents]
        rest += [PartyQuery(f"site:{s.id or s.name}", s.name, (), s.country) for s in mine.sites]
        named = (q for q in rest if any(c.isalnum() for c in q.name))
        return (self._self, *{q.party: replace(q, name=q.name[:MOST_SIGNS]) for q in named}.values())[
            :MOST_NAMES
        ]

    @property
    def _self(self) -> PartyQuery:
        mine = self.organisation
        others = tuple(n[:MOST_SIGNS] for n in (mine.name_zh, *mine.other_names) if n)
        numbers = (("LEI", mine.lei), ("USCC", mine.uscc))
        ids = tuple(Identifier(kind, number, mine.country) for kind, number in numbers if number)
        return PartyQuery(
            mine.id, mine.name[:MOST_SIGNS], others[:MOST_NAMES], mine.country, ids, "organisation"
        )

    @cached_property
    def structure(self) -> Structure:
        """Who is declared to hold what of the organisation; a share that cannot be read is a finding."""
        mine = self.organisation
        body = Body(mine.id, mine.name, mine.other_names, mine.country, "organisation")
        owners = {owner_id(o): Body(owner_id(o), o.name, (), o.country, _kind(o.kind)) for o in mine.owners}
        read = [(n, o, share("?" if not o.share else o.share)) for n, o in enumerate(mine.owners, 1)]
        holdings = tuple(
            Holding(f"declared:{n}", owner_id(o), mine.id, s.low, s.high, source=o.source) for n, o, s in read
        )
        odd = tuple(
            Finding(f"{s.odd}: {o.share[:60] or 'no share'}", o.name[:100]) for _, o, s in read if s.odd
        )
        return Structure((body, *owners.values()), holdings, odd)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What is declared or was found about military links, piece by piece."""
        pieces = tuple(evidence_of(self.organisation.id, row) for row in self.organisation.evidence)
        if self.declared is None:
            return pieces
        own = Evidence(
            self.organisation.id,
            "self_declaration",
            self.declared,
            "declared on the case's form",
            confidence="own",
        )
        return (*pieces, own)

    @property
    def mark(self) -> str:
        """The hash of names, holdings and evidence found: it changes when any of them does."""
        asked = [[q.name, sorted(q.other_names), q.country] for q in self.queries]
        holdings = [[h.owner, str(h.low), str(h.high)] for h in self.structure.holdings]
        stated = [[o.name, o.listed] for o in self.organisation.owners]
        found = [row for row in self.organisation.evidence if row.get("kind") != "self_declaration"]
        return digest([asked, holdings, stated, found])


def owner_id(owner: Owner) -> str:
    """The id of an owner in the ownership data: its name."""
    return f"owner:{owner.name[:MOST_SIGNS]}"


def dossier(organisation: Organisation, case: Case | None = None) -> Dossier:
    """What is asked about an organisation, with sites, owners, items and declarations of a case's form."""
    form: Mapping[str, Any] = case.form if case else {}
    if case is not None and case.kind == "registration":
        organisation = laid(organisation, form)
    sites = [
        *organisation.sites,
        *(s for s in sites_of(form) if s.name not in {x.name for x in organisation.sites}),
    ]
    owners = owners_of(form) or organisation.owners
    said = form.get("defence_business")
    declared = said if isinstance(said, bool) else None
    whole = replace(organisation, sites=tuple(sites), owners=tuple(owners))
    return Dossier(whole, codes_of(form), declared)


def laid(organisation: Organisation, form: Mapping[str, Any]) -> Organisation:
    """The organisation with the names, numbers and words that its registration declares."""
    texts = ("name", "name_zh", "country", "role", "address", "lei", "uscc", "activity")
    said: dict[str, Any] = {name: _t(form, name) for name in texts if _t(form, name)}
    lists = {
        name: form[name] for name in ("other_names", "agents") if isinstance(form.get(name), (list, tuple))
    }
    several: dict[str, Any] = {name: tuple(map(str, found)) for name, found in lists.items()}
    return replace(organisation, **said, **several)


def rows(form: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The rows of a form's field that are mappings; none if it holds anything else."""
    found = form.get(name)
    return [r for r in found if isinstance(r, Mapping)] if isinstance(found, (list, tuple)) else []


def bounded_rows(given: object, name: str, most: int) -> list[dict[str, str]]:
    """Rows of short texts, each with a name, as a caller gives them. Raises InputError for other ones."""
    found = given if isinstance(given, (list, tuple)) else None
    texts = [
        {str(k): str(v).strip() for k, v in row.items() if v is not None}
        for row in found or ()
        if isinstance(row, Mapping)
    ]
    good = all(r.get("name") and all(len(v) <= MOST_SIGNS for v in r.values()) for r in texts)
    if found is None or len(texts) != len(found) or len(texts) > most or not good:
        raise InputError(
            "these rows cannot be kept",
            where=name,
            expected=f"at most {most} rows, each with a name, of texts up to {MOST_SIGNS} characters",
            found=f"{len(texts)} row(s)",
            next_step="correct the rows",
        )
    return texts


def sites_of(form: Mapping[str, Any]) -> tuple[Site, ...]:
    """The sites that a form declares in rows."""
    return tuple(
        Site("", _t(r, "name"), _t(r, "address"), _t(r, "country"), _t(r, "purpose"))
        for r in rows(form, "sites")
    )


def owners_of(form: Mapping[str, Any]) -> tuple[Owner, ...]:
    """The owners that a form declares in rows."""
    return tuple(
        Owner(_t(r, "name"), _t(r, "share"), _t(r, "country"), _t(r, "kind") or "organisation")
        for r in rows(form, "owners")
    )


def codes_of(form: Mapping[str, Any]) -> tuple[str, ...]:
    """The control codes that a form names, as a list of codes or as rows of items."""
    found = form.get("items") or form.get("codes") or ()
    several: Iterable[Any] = found if isinstance(found, (list, tuple)) else ()
    codes = (str(x.get("code", "")) if isinstance(x, Mapping) else str(x) for x in several)
    return tuple(dict.fromkeys(c.strip() for c in codes if c.strip()))


def evidence_of(party: str, row: Mapping[str, Any]) -> Evidence:
    """A row of evidence kept with an organisation. Raises InputError for a kind the policy does not have."""
    kind, level = _t(row, "kind"), _t(row, "level") or "company"
    if kind not in policy().kinds or level not in LEVELS:
        raise InputError(
            "this piece of evidence has no such kind or level",
            where=party,
            expected=f"{', '.join(policy().kinds)}; {', '.join(LEVELS)}",
            found=f"{kind}; {level}"[:200],
            next_step="correct the evidence of the organisation",
        )
    says = row.get("military", row.get("says"))
    return Evidence(
        party,
        kind,
        says in (True, "military", "yes"),
        _t(row, "source") or "declared",
        _day(_t(row, "day"), party),
        level,
        _t(row, "place") if level != "company" else "",
        _decimal(_t(row, "share")),
        _t(row, "listing"),
        _t(row, "confidence") or "?",
        _t(row, "note"),
    )


def _day(text: str, where: str) -> date | None:
    return parse_day(text, where=where) if text else None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _kind(text: str) -> str:
    return text if text in ("organisation", "person", "trust") else "unknown"


def _t(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value).strip()
