"""The log as a file: a first line that says whose it is, then every leaf on a line of its own.

Whoever holds an older checkpoint finds in it what was deleted, edited, put in another order, slipped in,
cut off at the end, or told differently to somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xenotime.core.errors import SealError
from xenotime.seal.canon import canonical
from xenotime.seal.checkpoint import Checkpoint
from xenotime.seal.event import LONGEST, decode
from xenotime.seal.merkle import append, leaf_hash, root
from xenotime.seal.strict import parsed

TYPE = "xenotime-log"
_LONGEST_HEAD = 32_768


@dataclass(frozen=True, slots=True)
class Head:
    """The first line of an exported log: the log's name, and the checkpoint it was exported with."""

    origin: str
    checkpoint: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an older checkpoint shows to be wrong: leaf | cut | fork, and how it shows."""

    kind: str
    says: str


def lines(head: Head, leaves: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of the file, each with its end."""
    yield canonical({"checkpoint": head.checkpoint, "origin": head.origin, "type": TYPE}) + b"\n"
    for leaf in leaves:
        yield leaf + b"\n"


def opened(rows: Iterator[bytes]) -> tuple[Head, Iterator[bytes]]:
    """The head and the leaves of the lines of a file. Raises SealError when the first line is no head."""
    found = parsed(next(rows, b"").removesuffix(b"\n"), _LONGEST_HEAD)
    if (
        not isinstance(found, dict)
        or found.keys() != {"checkpoint", "origin", "type"}
        or found["type"] != TYPE
    ):
        raise SealError(
            "this is not an exported log",
            expected=f"a first line with checkpoint, origin and type {TYPE}",
            found=str(found)[:200],
            next_step="export the log anew",
        )
    return Head(str(found["origin"]), str(found["checkpoint"])), (row.removesuffix(b"\n") for row in rows)


def roots(leaves: Iterable[bytes], sizes: Iterable[int]) -> tuple[int, dict[int, bytes]]:
    """How many leaves there are, and the root at each of the sizes that they reach.

    Raises SealError at the first that is no leaf, or stands at another place than it says.
    """
    wanted, size = set(sizes), 0
    frontier: tuple[bytes, ...] = ()
    found = {0: root(frontier, 0)} if 0 in wanted else {}
    for leaf in leaves:
        placed(leaf, size)
        frontier, _ = append(frontier, size, leaf_hash(leaf))
        size += 1
        if size in wanted:
            found[size] = root(frontier, size)
    return size, found


def placed(leaf: bytes, place: int) -> None:
    """Raise SealError unless these bytes are a leaf that says it stands at this place."""
    if len(leaf) > LONGEST or decode(leaf)[0] != place:
        raise SealError(
            "a leaf of the log stands at another place than it says",
            where=f"leaf {place}",
            expected=f"index {place}",
            found=leaf[:200].decode(errors="replace"),
            next_step="hold the file against an older export; a leaf before this one is gone, new or moved",
        )


def audit(leaves: Iterable[bytes], held: Sequence[Checkpoint]) -> tuple[int, tuple[Trouble, ...]]:
    """How many leaves there are, and what the held checkpoints show to be wrong."""
    forks = _forks(held)
    try:
        size, found = roots(leaves, [c.size for c in held])
    except SealError as error:
        return 0, (*forks, Trouble("leaf", str(error.problem)))
    made = list(forks)
    for one in held:
        if one.size > size:
            made.append(Trouble("cut", f"a checkpoint shows {one.size} leaves, and here are {size}"))
        elif found[one.size] != one.root:
            made.append(
                Trouble("fork", f"its first {one.size} leaves are not those a checkpoint was signed over")
            )
    return size, tuple(made)


def _forks(held: Sequence[Checkpoint]) -> tuple[Trouble, ...]:
    """Checkpoints of one size with several roots: the log told two stories."""
    seen: dict[int, bytes] = {}
    return tuple(
        Trouble("fork", f"two checkpoints of {one.size} leaves are signed over different logs")
        for one in held
        if seen.setdefault(one.size, one.root) != one.root
    )
