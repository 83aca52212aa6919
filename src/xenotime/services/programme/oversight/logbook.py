"""The log for outsiders: checkpoints to hold, proofs to carry away, the whole of it as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from xenotime.core.errors import AddressError, SealError, StateError
from xenotime.seal import checkpoint as notes
from xenotime.seal import document, log, merkle, receipt
from xenotime.seal.document import LOG, Trust
from xenotime.services.programme.office import Office
from xenotime.services.programme.ports import View

#: How many leaves are read at once.
_BATCH = 1000


def trust(office: Office) -> Trust:
    """The authority's own keys, as everybody else reads them."""
    return document.read(json.dumps(dict(office.keys.document())).encode(), office.authority.did)


def checkpoint(office: Office) -> str:
    """A signed checkpoint of the log as it stands."""
    with office.store.view() as look:
        return _signed(office, look)


def inclusion(office: Office, index: int, size: int = 0) -> tuple[bytes, ...]:
    """The proof that a leaf is in the log of `size` leaves (0: as it stands).

    Raises AddressError when the log has no such leaf or was never so long.
    """
    with office.store.view() as look:
        return merkle.inclusion(index, _sized(look, size, index + 1, 1), look.node)


def consistency(office: Office, old: int, new: int = 0) -> tuple[bytes, ...]:
    """The proof that the log of `new` leaves (0: as it stands) begins with that of `old`.

    Raises AddressError when the log was never so long.
    """
    with office.store.view() as look:
        return merkle.consistency(old, _sized(look, new, old), look.node)


def growth(office: Office, old: int) -> bytes:
    """A file that shows a holder of a checkpoint of `old` leaves that the log only grew."""
    with office.store.view() as look:
        new = _sized(look, 0, old)
        return receipt.growth(old, merkle.consistency(old, new, look.node), _signed(office, look))


def slip(office: Office, index: int, body: Mapping[str, Any] | None = None) -> bytes:
    """The receipt of the event at an index, with the decision whose digest it holds, verifiable offline.

    Raises AddressError when the log has no such leaf, StateError when it holds another decision's digest.
    """
    with office.store.view() as look:
        size = _sized(look, 0, index + 1, 1)
        found = look.events(start=index, limit=1)
        if not found or found[0][0] != index:
            raise _missing(index, size)
        proof = merkle.inclusion(index, size, look.node)
        made = receipt.compose(body, found[0][1], index, proof, _signed(office, look))
    try:
        receipt.check(made, trust(office))
    except SealError as error:
        raise StateError(
            "this decision is not the one in the log",
            where=f"leaf {index}",
            expected=error.problem.expected,
            found=error.problem.found,
            next_step="run `xenotime programme check`, and tell who runs the programme",
        ) from error
    return made


def check(office: Office) -> tuple[str, ...]:
    """What disagrees between the log's leaves and its kept tree and head; empty when all is well."""
    with office.store.view() as look:
        size, top = look.head()
        try:
            count, found = log.roots(leaves(look), [size])
        except SealError as error:
            return (str(error.problem),)
        if count != size:
            return (f"the head says {size} leaves, and there are {count}",)
        grown = found[size].hex()
        kept = merkle.root(merkle.frontier(size, look.node), size).hex()
    heads = (("head", top), ("kept tree", kept))
    return tuple(
        f"the {name} has root {said}; the leaves give {grown}" for name, said in heads if said != grown
    )


def export(office: Office) -> Iterator[bytes]:
    """The lines of the whole log as a file, under a checkpoint of exactly these leaves.

    Each batch is read in a look of its own: the log only grows, and a slow reader holds nobody up.
    """
    with office.store.view() as look:
        size, _ = look.head()
        head = log.Head(notes.origin(office.authority.did), _signed(office, look))
    return log.lines(head, _apart(office, size))


def leaves(look: View) -> Iterator[bytes]:
    """Every leaf of a log, oldest first."""
    start = 0
    while rows := look.events(start=start, limit=_BATCH):
        yield from (leaf for _, leaf in rows)
        start = rows[-1][0] + 1


def _apart(office: Office, size: int) -> Iterator[bytes]:
    """The first `size` leaves, each batch from a look of its own."""
    for start in range(0, size, _BATCH):
        with office.store.view() as look:
            rows = look.events(start=start, limit=min(_BATCH, size - start))
        yield from (leaf for _, leaf in rows)


def _signed(office: Office, look: View) -> str:
    size, top = look.head()
    signer = office.keys.signer(LOG)
    public = trust(office).key(signer.kid(), LOG).public
    return notes.write(notes.origin(office.authority.did), size, bytes.fromhex(top), signer, public)


def _sized(look: View, size: int, least: int, lowest: int = 0) -> int:
    """A size the log has or had, at least `least`. Raises AddressError for any other."""
    whole, _ = look.head()
    wanted = size or whole
    if not lowest <= least <= wanted <= whole:
        raise _missing(least - 1 if least > wanted else wanted, whole)
    return wanted


def _missing(index: int, size: int) -> AddressError:
    return AddressError(
        "the log has no such leaf",
        where="log",
        expected=f"a place in {size} leaves",
        found=str(index),
        next_step="ask for a place below the size of the present checkpoint",
    )
