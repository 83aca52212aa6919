"""A profile: the criteria, forms, clocks, votes and conditions a programme runs by, each line with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a profile: its value, what it rests on, and how sure that is."""

    id: str
    value: Any
    says: str
    source: str
    confidence: str
    says_zh: str = ""


@dataclass(frozen=True)
class Profile:
    """A programme's configuration by id: `lines` by address such as `civil.vote.grant` or `clock.decision.days`."""

    id: str
    title: str
    title_zh: str
    about: str
    lines: Mapping[str, Line] = field(default_factory=dict)
