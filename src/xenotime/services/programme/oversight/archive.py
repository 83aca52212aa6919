"""Everything that an organisation has in the programme: one archive of JSON with the log's proofs."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from xenotime.core.canon import canonical
from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.account import Account
from xenotime.programme.casework.case import Case
from xenotime.programme.letter import Letter
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.oversight.reconcile import Return
from xenotime.programme.salt import Salt
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.seal import merkle
from xenotime.services.programme.casework.views import redacted
from xenotime.services.programme.office import Office
from xenotime.services.programme.pages import every
from xenotime.services.programme.ports import View

#: The format of the archive; it rises when a reader would have to change.
FORMAT = 1
_PAGE = 500
#: Every entry has the same time, so that equal content is an equal archive.
_THEN = (2020, 1, 1, 0, 0, 0)
_KINDS: tuple[tuple[str, type[Any], str], ...] = (
    ("certificates", Certificate, "organisation"),
    ("licences", Permit, "exporter"),
    ("duties", Duty, "organisation"),
    ("letters", Letter, "organisation"),
    ("shipments", Verdict, "organisation"),
    ("exports", Verdict, "exporter"),
    ("returns", Return, "organisation"),
    ("salts", Salt, "organisation"),
)


def export(office: Office, actor: Actor, organisation: str) -> bytes:
    """A ZIP of everything an organisation has: JSON by kind, its documents, its log entries with proofs.

    An auditor gets the whole file of its cases; the organisation's own people get what they may read, and the
    salts of the texts that are in it. Raises AccessError for another's organisation.
    """
    access.require(actor, "organisation.export", organisation)
    full = access.permits(actor, "case.file")
    held = io.BytesIO()
    with office.store.view() as look, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _files(look, office, organisation, full=full):
            archive.writestr(zipfile.ZipInfo(name, _THEN), data)
    return held.getvalue()


def _files(look: View, office: Office, organisation: str, *, full: bool) -> Iterator[tuple[str, bytes]]:
    mine = look.get(Organisation, organisation)
    found = tuple(every(look, Case, {"organisation": organisation}, order="id"))
    cases = found if full else tuple(redacted(c) for c in found)
    yield "organisation.json", canonical(mine)
    yield "cases.json", canonical(cases)
    for name, kind, column in _KINDS:
        things = tuple(every(look, kind, {column: organisation}, order="id"))
        if kind is Salt and not full:
            things = tuple(s for s in things if open_to_all(s))
        yield f"{name}.json", canonical(things)
    people = [
        {"id": a.id, "name": a.name, "email": a.email, "role": a.role} for a in _accounts(look, organisation)
    ]
    yield "accounts.json", canonical(people)
    for sha256 in dict.fromkeys(p.sha256 for c in cases for p in c.papers):
        yield f"papers/{sha256}", look.blob(sha256)
    yield "log.json", _log(look, [organisation, *(c.id for c in found)], organisation)
    yield "about.json", canonical(_about(look, office, organisation, full=full))


def open_to_all(salt: Salt) -> bool:
    """Whether a salt belongs to a text that the organisation itself may read."""
    return salt.field.startswith(("query/", "paper/", "text")) or "/" not in salt.field


def _accounts(look: View, organisation: str) -> Iterator[Account]:
    yield from every(look, Account, {"organisation": organisation}, order="id")


def _about(look: View, office: Office, organisation: str, *, full: bool) -> dict[str, Any]:
    size, root = look.head()
    return {
        "format": FORMAT,
        "organisation": organisation,
        "authority": office.authority.name,
        "invented": office.authority.invented,
        "full": full,
        "log": {"size": size, "root": root},
        "says": "Demonstration: no document of any government." if office.authority.invented else "",
    }


def _log(look: View, subjects: list[str], organisation: str) -> bytes:
    """The organisation's entries of the log, each with its proof of inclusion in the tree as it stands."""
    size, root = look.head()
    rows = []
    start = 0
    while start < size:
        leaves = look.events(start=start, limit=_PAGE)
        if not leaves:
            break
        for index, leaf in leaves:
            said = json.loads(leaf)
            if said.get("organisation") == organisation or said.get("subject") in subjects:
                proof = merkle.inclusion(index, size, look.node)
                rows.append({"index": index, "leaf": leaf.decode(), "proof": [p.hex() for p in proof]})
        start = leaves[-1][0] + 1
    return canonical({"size": size, "root": root, "entries": rows})
