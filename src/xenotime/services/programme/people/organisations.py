"""Organisations: registered, edited and shown; who is named in them stays theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from xenotime.core.errors import AccessError, AddressError, InputError, StateError
from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.account import Account
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.vetted import Vetted
from xenotime.programme.letter import Letter
from xenotime.programme.organisation import Organisation, Owner, Product, Site
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.services.programme.casework import effects
from xenotime.services.programme.casework.views import redacted
from xenotime.services.programme.office import Office
from xenotime.services.programme.parties.dossier import bounded_rows, evidence_of
from xenotime.services.programme.ports import Page, Search
from xenotime.services.programme.turn import Turn, acted

#: What its own people may change at once; everything that vetting looks at is looked at again afterwards.
TEXTS = ("name", "name_zh", "address", "activity", "lei", "uscc")
LISTS = ("other_names", "agents")
_SHORT, _MANY = 300, 200
_PAGE = 50


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation with its cases, certificates, licences, obligations, letters and last vetting."""

    organisation: Organisation
    cases: tuple[Case, ...]
    certificates: tuple[Certificate, ...]
    permits: tuple[Permit, ...]
    duties: tuple[Duty, ...]
    letters: tuple[Letter, ...]
    unread: int
    vetted: Vetted | None
    full: bool


def register(
    office: Office,
    actor: Actor,
    name: str,
    country: str,
    role: str,
    at: datetime,
    *,
    name_zh: str = "",
    invented: bool = False,
) -> Organisation:
    """A new organisation as a draft on the civil track, with its registration case opened.

    The account that registers becomes the organisation's own. Raises AccessError for an account that has an
    organisation already, InputError without a name, country or role.
    """
    access.require(actor, "organisation.register")
    if actor.role == "applicant" and actor.organisation:
        raise AccessError("your account belongs to an organisation already", found=actor.organisation)
    if (
        not 0 < len(name.strip()) <= _SHORT
        or role not in ("end_user", "exporter", "both")
        or len(country) != 2
    ):
        raise InputError(
            "an organisation is registered with its name, country and role",
            expected=f"a name up to {_SHORT} signs, a country of two letters, end_user | exporter | both",
            found=f"{name[:60]!r}, {country[:10]!r}, {role[:20]!r}",
        )

    def act(made: Turn) -> Organisation:
        key = f"O-{made.change.number('organisation'):05d}"
        new = Organisation(
            key,
            name.strip(),
            country.upper(),
            role,
            "draft",
            "civil",
            at,
            name_zh.strip()[:_SHORT],
            invented=invented,
        )
        made.change.add(new)
        made.note("organisation.registered", key, key, {"country": new.country, "role": role})
        _taken(made, key)
        form = {"name": new.name, "name_zh": new.name_zh, "country": new.country, "role": role}
        effects.opened(made, "registration", key, form={k: v for k, v in form.items() if v})
        return new

    return acted(office, actor, at, act)


def _taken(made: Turn, organisation: str) -> None:
    """The account that registers becomes the organisation's own, if it is an applicant's."""
    if made.actor.role != "applicant":
        return
    try:
        account = made.change.hold(Account, made.actor.id)
    except AddressError:
        return
    if account.organisation:
        raise StateError("this account belongs to an organisation already", where=account.id)
    made.change.put(replace(account, organisation=organisation))
    made.note("account.joined", account.id, organisation)


def edit(
    office: Office, actor: Actor, organisation: str, fields: Mapping[str, Any], at: datetime
) -> Organisation:
    """The organisation with what its own people changed: names, numbers, address, owners, products, agents.

    New sites are added and never approved by this. Owners or names that change are vetted again by the next
    look. Raises InputError for a field that is not theirs to change, StateError for a closed organisation.
    """
    known = (*TEXTS, *LISTS, "owners", "products", "sites")
    strange = sorted(set(fields) - set(known))
    if strange:
        raise InputError(
            "this cannot be changed here", expected=", ".join(known), found=", ".join(strange)[:200]
        )

    def act(made: Turn) -> Organisation:
        held = _own(made.actor, "organisation.edit", made.change.hold, organisation)
        if held.state == "closed":
            raise StateError("this organisation is closed", where=organisation)
        kept = made.change.put(_laid(made, held, fields))
        signs = {
            name: made.veil(held.id, held.id, f"{name}/{kept.version}", str(fields[name]))
            for name in sorted(fields)
        }
        made.note("organisation.edited", held.id, held.id, {"fields": signs, "version": kept.version})
        return kept

    return acted(office, actor, at, act)


def witness(
    office: Office, actor: Actor, organisation: str, row: Mapping[str, Any], at: datetime
) -> Organisation:
    """The organisation with one more piece of evidence on military links, which the next look weighs.

    `row` has kind, military, source, day, level, place, share, listing, confidence, note, as the policy of
    `parties/tables/military.toml` knows them. Raises InputError for a kind or level it does not know.
    """
    access.require(actor, "case.vet")
    piece = evidence_of(organisation, row)

    def act(made: Turn) -> Organisation:
        held = made.change.hold(Organisation, organisation)
        kept = made.change.put(replace(held, evidence=(*held.evidence, dict(row))))
        said = {"kind": piece.kind, "military": piece.military, "level": piece.level, "version": kept.version}
        sign = made.veil(held.id, held.id, f"evidence/{kept.version}", f"{piece.source} {piece.note}".strip())
        made.note("organisation.evidence", held.id, held.id, {**said, "text": sign})
        return kept

    return acted(office, actor, at, act)


def _laid(made: Turn, held: Organisation, fields: Mapping[str, Any]) -> Organisation:
    said: dict[str, Any] = {n: _text(fields[n], n) for n in TEXTS if n in fields}
    if "name" in said and not said["name"]:
        raise InputError("an organisation has a name", where="name", expected="text", found="nothing")
    said |= {n: tuple(_text(x, n) for x in _several(fields[n], n)) for n in LISTS if n in fields}
    if "owners" in fields:
        rows = bounded_rows(fields["owners"], "owners", _MANY)
        said["owners"] = tuple(
            Owner(r["name"], r.get("share", ""), r.get("country", ""), r.get("kind", "") or "organisation")
            for r in rows
        )
    if "products" in fields:
        said["products"] = _products(made, fields["products"])
    if "sites" in fields:
        said["sites"] = _sites(made, held, bounded_rows(fields["sites"], "sites", _MANY))
    return replace(held, **said)


def _sites(made: Turn, held: Organisation, rows: Iterable[Mapping[str, str]]) -> tuple[Site, ...]:
    """The sites with those that are new; one that is there is renamed or described anew, never approved."""
    kept = {s.id: s for s in held.sites}
    for r in rows:
        old = kept.get(r.get("id", ""))
        if old is None:
            key = made.office.mint("site")
            kept[key] = Site(key, r["name"], r.get("address", ""), r.get("country", ""), r.get("purpose", ""))
        elif old.since is None:
            kept[old.id] = replace(
                old, name=r["name"], address=r.get("address", ""), country=r.get("country", ""),
                purpose=r.get("purpose", ""),
            )  # fmt: skip
    return tuple(kept.values())


def _products(made: Turn, given: Any) -> tuple[Product, ...]:  # noqa: ANN401 - what a form holds
    if not isinstance(given, (list, tuple)) or len(given) > _MANY:
        raise InputError(
            "products are rows",
            where="products",
            expected=f"at most {_MANY} rows",
            found=type(given).__name__,
        )
    return effects.products(made, {"products": given})


def _several(given: Any, name: str) -> Iterable[Any]:  # noqa: ANN401 - what a form holds
    if not isinstance(given, (list, tuple)) or len(given) > _MANY:
        raise InputError(
            "this is a list of texts", where=name, expected=f"at most {_MANY}", found=type(given).__name__
        )
    return given


def _text(given: Any, name: str) -> str:  # noqa: ANN401 - what a form holds
    if not isinstance(given, str) or len(given) > 10 * _SHORT:
        raise InputError(
            "this is no text that can be kept",
            where=name,
            expected=f"up to {10 * _SHORT} characters",
            found=type(given).__name__,
        )
    return given.strip()


def view(office: Office, actor: Actor, organisation: str) -> OrganisationView:
    """An organisation with everything it has; its own people see their cases cut down and no vetting."""
    with office.store.view() as look:
        held = _own(actor, "organisation.read", look.get, organisation)
        full = access.permits(actor, "case.file")
        mine = {"organisation": organisation}

        def latest(kind: type[Any], order: str, **where: str) -> tuple[Any, ...]:
            return look.find(kind, Search(where or mine, order=order, limit=_PAGE)).items

        letters = latest(Letter, "-sent")
        vetted = latest(Vetted, "-at") if full else ()
        cases = latest(Case, "-opened")
        return OrganisationView(
            held,
            cases if full else tuple(redacted(c) for c in cases),
            latest(Certificate, "-issued"),
            latest(Permit, "-issued", exporter=organisation),
            latest(Duty, "due"),
            letters,
            sum(x.read is None for x in letters),
            vetted[0] if vetted else None,
            full,
        )


def named(office: Office, ids: Iterable[str]) -> dict[str, Organisation]:
    """The organisations of some ids, in one question; an id that is none, or is empty, is left out."""
    wanted = tuple(sorted({ident for ident in ids if ident}))
    if not wanted:
        return {}
    with office.store.view() as look:
        found: tuple[Organisation, ...] = look.find(
            Organisation, Search({"id": wanted}, limit=len(wanted))
        ).items
    return {one.id: one for one in found}


def find(office: Office, actor: Actor, search: Search) -> Page:
    """Organisations that the actor may read: an applicant only the own one."""
    with office.store.view() as look:
        if access.permits(actor, "organisation.read"):
            return look.find(Organisation, search)
        access.require(actor, "organisation.read", actor.organisation)
        return Page((look.get(Organisation, actor.organisation),))


def _own(actor: Actor, verb: str, get: Any, organisation: str) -> Organisation:  # noqa: ANN401 - get or hold
    """The organisation if the actor may do this to it; applicants learn nothing of others."""
    if not access.permits(actor, verb):
        access.require(actor, verb, organisation)
    found: Organisation = get(Organisation, organisation)
    return found
