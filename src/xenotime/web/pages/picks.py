"""What a field that picks may choose from: the things of the organisation that are already kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from xenotime.programme.casework.case import Case
from xenotime.programme.casework.manifest import Field
from xenotime.programme.organisation import Organisation
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.report.words import Words
from xenotime.services.programme.ports import Search, View
from xenotime.web.pages.desk import Desk
from xenotime.web.pages.spell import day, elements

Options = tuple[tuple[str, str], ...]
MOST = 200


def all_of(at: Desk, fields: Iterable[Field], mine: Organisation, say: Words) -> dict[str, Options]:
    """For each field that picks, what may be chosen: (id, words)."""
    wanted = {f.id: f.of for f in fields if f.kind == "pick"}
    with at.office.store.view() as view:
        return {name: _KINDS[of](view, mine, say) for name, of in wanted.items() if of in _KINDS}


def _sites(_: View, mine: Organisation, __: Words) -> Options:
    return tuple((s.id, f"{s.name}, {s.address}, {s.country}") for s in mine.sites)


def _products(_: View, mine: Organisation, __: Words) -> Options:
    return tuple((p.id, f"{p.name} ({p.end_use}; {elements(p.grams)})") for p in mine.products)


def _certificates(view: View, mine: Organisation, say: Words) -> Options:
    found = view.find(Certificate, Search({"organisation": mine.id}, limit=MOST)).items
    return tuple(
        (c.number, f"{c.number} · {say.maybe('state', c.state)} · {day(c.valid_until)}") for c in found
    )


def _licences(view: View, mine: Organisation, say: Words) -> Options:
    found = view.find(Permit, Search({"exporter": mine.id}, limit=MOST)).items
    return tuple(
        (p.number, f"{p.number} · {say.maybe('state', p.state)} · {day(p.valid_until)}") for p in found
    )


def _users(view: View, _: Organisation, __: Words) -> Options:
    """Certified users: those with a certificate that stands."""
    held = {c.organisation for c in view.find(Certificate, Search({"state": "active"}, limit=MOST)).items}
    if not held:
        return ()
    found = view.find(Organisation, Search({"id": tuple(sorted(held))}, order="name", limit=MOST)).items
    return tuple((o.id, f"{o.name} ({o.country})") for o in found)


def subjects(at: Desk, organisation: str) -> dict[str, tuple[str, ...]]:
    """What a new case of an organisation may be about, by the manifest's word: newest first."""
    with at.office.store.view() as view:
        held = view.find(Certificate, Search({"organisation": organisation}, order="-issued", limit=50)).items
        permits = view.find(Permit, Search({"exporter": organisation}, order="-issued", limit=50)).items
        cases = view.find(Case, Search({"organisation": organisation}, order="-opened", limit=50)).items
        asked = view.find(Verdict, Search({"organisation": organisation}, order="-at", limit=50)).items
    certificates, licences = tuple(c.number for c in held), tuple(p.number for p in permits)
    decided, shipped = tuple(c.id for c in cases if c.closed), tuple(v.id for v in asked)
    return {
        "certificate": certificates,
        "certificate or licence": (*certificates, *licences),
        "case": decided,
        "shipment": shipped,
        "anything": (*certificates, *licences, *shipped),
    }


_KINDS: Mapping[str, Callable[[View, Organisation, Words], Options]] = {
    "sites": _sites,
    "products": _products,
    "certificates": _certificates,
    "licences": _licences,
    "users": _users,
}
