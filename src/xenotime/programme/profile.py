"""A profile: the criteria, forms, clocks, votes and conditions a programme runs by, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xenotime.core.errors import AddressError


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a profile: its value, what it rests on, and how sure that is.

    `law`: the line restates a rule that binds; otherwise it is configuration that its operator answers for.
    """

    id: str
    value: Any
    says: str
    source: str
    confidence: str
    says_zh: str = ""
    law: bool = False


@dataclass(frozen=True)
class Profile:
    """A programme's configuration by id: `lines` by address such as `clock.decision.days`."""

    id: str
    title: str
    title_zh: str
    about: str
    lines: Mapping[str, Line] = field(default_factory=dict)
    about_zh: str = ""

    def value(self, address: str) -> Any:  # noqa: ANN401 - a line holds whatever its address is declared to hold
        """The value of a line. Raises AddressError if the profile has no such line."""
        line = self.lines.get(address)
        if line is None:
            raise AddressError(
                "the profile has no such line",
                where=self.id,
                expected="an address of docs/reference/programme",
                found=address,
                next_step="add the line to the profile with its source",
            )
        return line.value

    def under(self, prefix: str) -> tuple[Line, ...]:
        """The lines whose address begins so, in their order."""
        return tuple(line for address, line in self.lines.items() if address.startswith(prefix))
