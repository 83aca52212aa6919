"""Verifying what comes from the log: a receipt, a growth proof, a checkpoint, or the whole log as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xenotime.core.canon import written
from xenotime.core.errors import SealError
from xenotime.seal import checkpoint, log, receipt
from xenotime.seal.checkpoint import Checkpoint
from xenotime.seal.finding import FORGED, UNSHOWN, VALID, Evidence, Finding
from xenotime.seal.verify import CHECKPOINT, GROWTH, LOG, RECEIPT, Basis, forged, marked, signer

#: What no proof can show by itself.
ALONE = "whether the log only grew and is the same for everybody: no other checkpoint is at hand"
_APART = "whether the log of {} leaves grew to that of {}: that takes a growth proof or the log itself"


def proof(data: bytes, basis: Basis) -> Finding:
    """Whether a receipt shows that its decision is in the log, and no held checkpoint says otherwise."""
    try:
        shown = receipt.check(data, basis.trust)
        held = _held(basis)
        _agree(shown.checkpoint, held)
    except SealError as error:
        return forged(RECEIPT, basis, error)
    event, decision = shown.event, shown.body or {}
    told = [
        ("event", event.kind),
        ("of", event.subject),
        ("at", written(event.at)),
        ("leaf", f"{shown.index} of {shown.checkpoint.size}"),
    ]
    told += [(name, str(decision[name])) for name in ("id", "answer") if name in decision]
    unsure = () if shown.body is not None else ("the decision itself: the receipt holds the event only",)
    return _logged(RECEIPT, event.subject, shown.checkpoint, basis, held, unsure, tuple(told))


def growth(data: bytes, basis: Basis) -> Finding:
    """Whether a proof shows that the log of a held checkpoint only grew."""
    try:
        held = _held(basis)
        old = [one for one in held if one.size == receipt.beginning(data)]
        if not old:
            sizes = ", ".join(str(c.size) for c in held) or "no older checkpoint"
            return Finding(
                GROWTH,
                UNSHOWN,
                issuer=basis.trust.did,
                at=basis.at,
                says=(f"the proof needs the older checkpoint that it starts from; at hand: {sizes}",),
            )
        top = receipt.grew(data, basis.trust, old[0])
    except SealError as error:
        return forged(GROWTH, basis, error)
    told = (("from", f"{old[0].size} leaves"), ("to", f"{top.size} leaves"))
    return _logged(GROWTH, top.origin, top, basis, [*held, old[0]], (), told)


def head(text: str, basis: Basis) -> Finding:
    """Whether a checkpoint is signed by the log's key, and no held one of its size says otherwise."""
    try:
        top = checkpoint.read(text, basis.trust)
        held = _held(basis)
        _agree(top, held)
    except SealError as error:
        return forged(CHECKPOINT, basis, error)
    told = (("leaves", str(top.size)), ("root", top.root.hex()))
    return _logged(CHECKPOINT, top.origin, top, basis, held, (), told)


def history(rows: Iterator[bytes], basis: Basis) -> Finding:
    """Whether an exported log is the one that its own and every held checkpoint were signed over."""
    try:
        said, leaves = log.opened(rows)
        top, held = checkpoint.read(said.checkpoint, basis.trust), _held(basis)
    except SealError as error:
        return forged(LOG, basis, error)
    size, troubles = log.audit(leaves, [top, *held])
    says = tuple(f"{t.kind}: {t.says}" for t in troubles)
    if troubles:
        return Finding(LOG, FORGED, said.origin, basis.trust.did, basis.at, says, _tops([top, *held]))
    beyond = (f"{size - top.size} leaves after the checkpoint",) if size > top.size else ()
    return _logged(LOG, top.origin, top, basis, [top, *held], beyond, (("leaves", str(size)),))


def _held(basis: Basis) -> list[Checkpoint]:
    """The checkpoints at hand; one that is not the log's own is an error, not passed over."""
    return [checkpoint.read(text, basis.trust) for _, text in basis.held]


def _agree(top: Checkpoint, held: Sequence[Checkpoint]) -> None:
    """Raise SealError if a held checkpoint of the same size has another root: the log told two stories."""
    for one in held:
        if one.size == top.size and one.root != top.root:
            raise SealError(
                "the log was forked",
                where=top.origin,
                expected=f"root {one.root.hex()} at {one.size} leaves, as the held checkpoint says",
                found=top.root.hex(),
                next_step="keep both checkpoints: each is signed, and together they show it",
            )


def _logged(
    kind: str,
    name: str,
    top: Checkpoint,
    basis: Basis,
    held: Sequence[Checkpoint],
    unsure: tuple[str, ...],
    told: tuple[tuple[str, str], ...],
) -> Finding:
    """The finding about something whose checkpoint is good."""
    key = basis.trust.keys[top.kid]
    alone = () if held else (ALONE,)
    apart = tuple(
        _APART.format(*sorted((one.size, top.size)))
        for one in held
        if kind in (RECEIPT, CHECKPOINT) and one.size != top.size
    )
    return Finding(
        kind,
        VALID,
        name,
        basis.trust.did,
        basis.at,
        (),
        (signer(key, basis), *_tops([top, *held])),
        (*alone, *apart, *unsure, *marked(key)),
        told,
    )


def _tops(held: Sequence[Checkpoint]) -> tuple[Evidence, ...]:
    by_text = {one.text: one for one in held}
    return tuple(
        Evidence("checkpoint", f"{one.size} leaves", source=one.origin, sha256=one.root.hex())
        for one in by_text.values()
    )
