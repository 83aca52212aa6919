"""Proofs to carry away: that a decision is in the log, and that the log only grew."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from xenotime.core.errors import SealError
from xenotime.seal.canon import canonical
from xenotime.seal.checkpoint import Checkpoint, read
from xenotime.seal.document import Trust
from xenotime.seal.event import Event, decode
from xenotime.seal.merkle import leaf_hash, verify_consistency, verify_inclusion
from xenotime.seal.strict import parsed

RECEIPT, GROWTH = "xenotime-receipt", "xenotime-growth"
#: The longest receipt that is read [bytes].
LONGEST = 1_048_576
_MOST_STEPS = 64


@dataclass(frozen=True, slots=True)
class Shown:
    """What a receipt shows: the event at its place in the log, the decision it stands for, the checkpoint."""

    index: int
    event: Event
    body: Mapping[str, Any] | None
    checkpoint: Checkpoint


def digest(body: Mapping[str, Any]) -> str:
    """What the log keeps of a decision: the SHA-256 of its canonical JSON.

    >>> digest({"answer": "allow"})[:16]
    'b0b938d2aa843018'
    """
    return sha256(canonical(body)).hexdigest()


def compose(
    body: Mapping[str, Any] | None, leaf: bytes, index: int, proof: Sequence[bytes], checkpoint: str
) -> bytes:
    """A receipt: the leaf at `index`, its proof up to a checkpoint, the decision whose digest it holds."""
    return _page(
        {
            "type": RECEIPT,
            "index": index,
            "leaf": leaf.decode(),
            "proof": [step.hex() for step in proof],
            "checkpoint": checkpoint,
            **({"decision": body} if body is not None else {}),
        }
    )


def growth(old: int, proof: Sequence[bytes], checkpoint: str) -> bytes:
    """A proof that the log of a checkpoint begins with the first `old` leaves of it as they were."""
    return _page(
        {"type": GROWTH, "old": old, "proof": [step.hex() for step in proof], "checkpoint": checkpoint}
    )


def check(data: bytes, trust: Trust) -> Shown:
    """What a receipt shows. Raises SealError unless leaf, decision, proof and checkpoint belong together."""
    found = _opened(data, RECEIPT, {"index", "leaf"}, {"decision"})
    top, leaf, index = read(found["checkpoint"], trust), str(found["leaf"]).encode(), found["index"]
    place, event = decode(leaf)
    if type(index) is not int or place != index:
        raise _unproven("a leaf at its own place", f"{place}, not {index}")
    if not verify_inclusion(leaf_hash(leaf), index, top.size, _steps(found), top.root):
        raise _unproven("a proof from the leaf to the checkpoint", "one that leads elsewhere")
    body = found.get("decision")
    if body is not None and (not isinstance(body, dict) or event.data.get("digest") != digest(body)):
        raise _unproven("the decision whose digest the log holds", "another")
    return Shown(index, event, body, top)


def beginning(data: bytes) -> int:
    """How many leaves the older log of a growth proof has; nothing of it is verified."""
    old = _opened(data, GROWTH, {"old"}, set())["old"]
    if type(old) is not int:
        raise _unproven("a number of leaves", str(old)[:40])
    return old


def grew(data: bytes, trust: Trust, old: Checkpoint) -> Checkpoint:
    """The checkpoint that a log of an older one grew to. Raises SealError unless the proof shows it."""
    found = _opened(data, GROWTH, {"old"}, set())
    top = read(found["checkpoint"], trust)
    if found["old"] != old.size:
        raise _unproven(f"a proof from {old.size} leaves", str(found["old"])[:40])
    if not verify_consistency(old.size, old.root, top.size, top.root, _steps(found)):
        raise _unproven("a log that only grew", "one whose beginning was changed, or a tail cut off")
    return top


def _opened(data: bytes, kind: str, names: set[str], may: set[str]) -> dict[str, Any]:
    found = parsed(data, LONGEST)
    least = names | {"type", "proof", "checkpoint"}
    if not isinstance(found, dict) or found.get("type") != kind or not least <= found.keys() <= least | may:
        raise _unproven(f"a {kind} with {', '.join(sorted(least))}", str(found)[:80])
    if not isinstance(found["checkpoint"], str):
        raise _unproven("a checkpoint", str(found["checkpoint"])[:80])
    return found


def _steps(found: Mapping[str, Any]) -> list[bytes]:
    steps = found["proof"]
    if not isinstance(steps, list) or len(steps) > _MOST_STEPS or not all(isinstance(s, str) for s in steps):
        raise _unproven(f"at most {_MOST_STEPS} hashes in hexadecimal", str(steps)[:80])
    try:
        made = [bytes.fromhex(step) for step in steps]
    except ValueError as error:
        raise _unproven("hashes in hexadecimal", str(error)) from error
    if [step.hex() for step in made] != steps:
        raise _unproven("hashes in small letters, without blanks", str(steps)[:80])
    return made


def _page(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _unproven(expected: str, found: str) -> SealError:
    return SealError(
        "this proof does not show what it says",
        expected=expected,
        found=found,
        next_step="ask the authority for a new receipt, and hold it against a checkpoint of your own",
    )
