"""An obligation: who owes what, by when, shown by what, and what was done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation of an organisation. `kind`: annual_report | records | review | downstream_notice |
    humanitarian_report | condition | cure.

    `state`: open | met | late | waived; `reminded` how many reminders went out; `step` the sanction step
    reached.
    """

    id: str
    kind: str
    organisation: str
    subject: str
    says: str
    due: date
    state: str
    opened: datetime
    source: str
    confidence: str = ""
    evidence: tuple[str, ...] = ()
    met: datetime | None = None
    reminded: int = 0
    step: int = 0
    data: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    says_zh: str = ""
