"""Documents on a case: added by those who may act on it, read by those who may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from xenotime.core.errors import AddressError, InputError, StateError
from xenotime.programme import access
from xenotime.programme.access import Actor
from xenotime.programme.casework.case import Case, Paper
from xenotime.programme.casework.machine import Scene
from xenotime.services.programme.casework.deeds import Done, done, veiled
from xenotime.services.programme.office import Office
from xenotime.services.programme.turn import Turn, allowed

#: The largest document [bytes], and the most of one case.
MOST_BYTES, MOST_PAPERS = 25 << 20, 200
#: The purpose of a document that the applicant does not see.
INTERNAL = "internal"


def attach(
    office: Office,
    actor: Actor,
    case: str,
    name: str,
    data: bytes,
    purpose: str,
    at: datetime,
    *,
    media: str = "application/octet-stream",
    key: str = "",
) -> Case:
    """The case with a document; its content lies in the store under its hash.

    What officials add for the purpose `INTERNAL` stays inside the authority. Raises InputError for an empty
    document or one above `MOST_BYTES`, StateError for a closed case or one with `MOST_PAPERS` already.
    """
    if not 0 < len(data) <= MOST_BYTES:
        raise InputError(
            "this document cannot be kept",
            where=name[:100],
            expected=f"1 to {MOST_BYTES:,} bytes",
            found=f"{len(data):,} bytes",
            next_step="split it, or send a smaller scan",
        )

    def deed(made: Turn, held: Case, _: Scene) -> Done:
        if held.closed is not None or len(held.papers) >= MOST_PAPERS:
            raise StateError(
                "no document can be added now",
                where=held.id,
                expected=f"an open case with fewer than {MOST_PAPERS} documents",
                found="a closed case" if held.closed else f"{len(held.papers)} documents",
            )
        kept = made.change.keep_blob(data)
        paper = Paper(
            office.mint("paper"), name.strip()[:200], media, kept, len(data), at, actor.sign, purpose[:200]
        )
        title = veiled(made, held, f"paper/{paper.id}", paper.name)
        said = {"paper": paper.id, "sha256": kept, "size": len(data), "name": title}
        return replace(held, papers=(*held.papers, paper)), said

    asked = [name, sha256(data).hexdigest(), purpose, media]
    return done(office, actor, case, "document.add", "attached", at, deed, asked, key)


def shown(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The documents that the applicant sees: the own ones, and those of officials that are not internal."""
    return tuple(p for p in papers if p.by.startswith("applicant:") or p.purpose != INTERNAL)


def paper(office: Office, actor: Actor, case: str, paper: str) -> tuple[Paper, bytes]:
    """A document of a case with its content. Raises AddressError if the case has none of this id."""
    with office.store.view() as look:
        held = allowed(actor, "document.read", look.get, Case, case)
        inside = access.permits(actor, "case.file")
        found = next((p for p in (held.papers if inside else shown(held.papers)) if p.id == paper), None)
        if found is None:
            raise AddressError("the case has no such document", where=case, found=paper[:60])
        return found, look.blob(found.sha256)
