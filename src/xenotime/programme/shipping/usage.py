"""What customs reports as shipped: lines in batches, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from xenotime.core.errors import InputError
from xenotime.programme.shipping.draw import LONGEST, whole

ACCEPTED, REJECTED = "accepted", "rejected"
#: The most lines of one batch.
MOST_LINES = 5_000
#: Why a line is not counted: in English and Chinese, and whether somebody must look at it.
REASONS: Mapping[str, tuple[str, str, bool]] = MappingProxyType(
    {
        "unknown": ("no such shipment was asked about", "没有这一笔发运的记录", True),
        "not_allowed": ("this shipment was not allowed to leave", "该发运未获准出口", True),
        "element": ("this shipment reserved nothing of an element named", "该发运未预留所列元素", True),
        "invalid": ("the certificate did not count on that day", "证书在当日无效", True),
        "licence": ("the licence did not count on that day", "许可证在当日无效", True),
        "overdraw": ("more than was reserved for this shipment", "超过该发运的预留数量", True),
        "capped": ("no cap has room for it any more", "额度已无余量", True),
        "reversed": ("this shipment was reversed", "该发运已冲销", True),
        "repeated": ("this line was sent before with other content", "该行曾以不同内容报送", True),
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as customs sends it: `id` is customs' own and never used twice; `shipment` our answer's id.

    `grams` that left by element, above 0; `on` the day of export.
    """

    id: str
    shipment: str
    grams: Mapping[str, int]
    on: date
    declaration: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines sent together. `run` counts customs' batches from 1, so that a missing one is seen."""

    id: str
    run: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """A line as it was taken: `outcome` accepted | rejected with its reason; `alert`: somebody must look."""

    id: str
    batch: str
    run: int
    shipment: str
    organisation: str
    certificate: str
    grams: Mapping[str, int]
    on: date
    at: datetime
    outcome: str
    reason: str = ""
    says: str = ""
    alert: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line is not counted, in words."""

    line: str
    reason: str
    says: str
    says_zh: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """The answer to a batch: which lines count and which do not. `missing`: runs before it that never came.

    `repeated`: the batch was answered before, and this is the same answer.
    """

    id: str
    run: int
    at: datetime
    accepted: tuple[str, ...]
    rejected: tuple[Refusal, ...]
    missing: tuple[int, ...] = ()
    repeated: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Where our commits and customs' reports part: `kind` unreported (customs says nothing) | more_here
    (we count more) | not_here (customs reports what we do not count). Grams by element, ours and theirs.
    """

    kind: str
    shipment: str
    organisation: str
    ours: Mapping[str, int]
    theirs: Mapping[str, int]
    reason: str = ""


def proper(batch: Batch) -> None:
    """Nothing if a batch can be taken. Raises InputError for one that cannot, naming the line."""
    if not (0 < len(batch.id) <= LONGEST and whole(batch.run, 1) and 0 < len(batch.lines) <= MOST_LINES):
        raise _unfit(
            f"batch {batch.id[:LONGEST]!r}", f"an id, a run from 1, and 1 to {MOST_LINES} lines", batch
        )
    for line in batch.lines:
        named = all(0 < len(text) <= LONGEST for text in (line.id, line.shipment, *line.grams))
        if not (named and line.grams and all(whole(grams, 1) for grams in line.grams.values())):
            raise _unfit(f"line {line.id[:LONGEST]!r}", "an id, a shipment, and whole grams by element", line)


def refusal(used: Used) -> Refusal:
    """A rejected line's reason in both languages.

    >>> at, on = datetime(2026, 11, 22), date(2026, 11, 21)
    >>> refusal(Used("L1", "B1", 1, "V1", "O1", "C1", {"Dy": 5}, on, at, "rejected", "reversed")).says
    'this shipment was reversed'
    """
    says, says_zh, _ = REASONS[used.reason]
    more = f": {used.says}" if used.says else ""
    return Refusal(used.id, used.reason, says + more, says_zh + more.replace(": ", "："))


def added(amounts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Grams by element, added up.

    >>> added([{"Dy": 5}, {"Dy": 2, "Tb": 1}])
    {'Dy': 7, 'Tb': 1}
    """
    sums: dict[str, int] = {}
    for grams in amounts:
        for element, amount in grams.items():
            sums[element] = sums.get(element, 0) + amount
    return sums


def missing(run: int, known: Iterable[int], most: int = 100) -> tuple[int, ...]:
    """The runs before this one that never came.

    >>> missing(5, [1, 3])
    (2, 4)
    """
    there = set(known)
    return tuple(number for number in range(1, run) if number not in there)[:most]


def _unfit(where: str, expected: str, found: object) -> InputError:
    return InputError(
        "this usage report cannot be taken",
        where=where,
        expected=expected,
        found=repr(found)[:200],
        next_step="mend it and send the batch again under a new id; no line is counted twice",
    )
