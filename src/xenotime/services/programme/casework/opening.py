"""Opens cases inside an open change: for people, for other cases, and for the programme's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xenotime.core.errors import AccessError, AddressError, StateError
from xenotime.programme.access import SYSTEM
from xenotime.programme.casework import forms, machine
from xenotime.programme.casework.case import Case
from xenotime.programme.casework.manifest import Manifest
from xenotime.programme.organisation import Organisation
from xenotime.programme.read import manifests
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.trust.licence import Permit
from xenotime.services.programme.casework import scenes
from xenotime.services.programme.ports import Search
from xenotime.services.programme.turn import Turn


def manifest_of(kind: str) -> Manifest:
    """The manifest of a kind of case. Raises AddressError if there is none."""
    found = manifests().get(kind)
    if found is None:
        raise AddressError(
            "there is no such kind of case",
            expected=", ".join(manifests()),
            found=kind[:60],
            next_step="choose one of these kinds",
        )
    return found


def opened(
    made: Turn,
    kind: str,
    organisation: str,
    *,
    subject: str = "",
    form: Mapping[str, Any] | None = None,
    parent: str = "",
    system: bool = False,
) -> Case:
    """A new case, kept and noted for the log, inside an open change; `system`: the programme itself opens it.

    Raises AddressError for a kind or organisation that is not there, AccessError for a role that does not
    open this kind or a subject of another organisation, StateError for a closed organisation.
    """
    manifest, owner = manifest_of(kind), made.change.get(Organisation, organisation)
    if owner.state == "closed":
        raise StateError("this organisation is closed", where=organisation, next_step="register it again")
    _mine(made, subject, organisation)
    number = made.change.number(f"case/{made.at.year}")
    case = machine.begin(
        manifest,
        f"C-{made.at.year}-{number:05d}",
        organisation,
        owner.track,
        SYSTEM if system else made.actor,
        made.at,
        title=f"{manifest.title}: {owner.name}",
        subject=subject,
        parent=parent,
    )
    case = forms.edit(manifest, case, form) if form else case
    made.change.add(case)
    said = {"kind": kind, "track": case.track, "subject": subject, "parent": parent, "version": case.version}
    made.note("case.opened", case.id, organisation, said)
    return case


def _mine(made: Turn, subject: str, organisation: str) -> None:
    """Nothing if what a case is about is of the same organisation, or nothing that is kept."""
    asked: tuple[Verdict, ...] = made.change.find(Verdict, Search({"id": subject}, limit=1)).items
    if subject and asked and organisation not in (asked[0].organisation, asked[0].shipment.exporter):
        raise _another()
    found = scenes.subject_of(made.change, subject)
    whose = found.exporter if isinstance(found, Permit) else found.organisation if found else organisation
    if whose != organisation:
        raise _another()


def _another() -> AccessError:
    return AccessError(
        "this is not yours to ask about", where="subject", expected="one of your own", found="another's"
    )
