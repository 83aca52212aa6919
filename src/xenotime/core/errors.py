"""The one tree of failures, and the four-part message each of them carries.

XenotimeError                  anything a person can mend
├── InputError                 a file, table, cell or option that cannot be used
│   └── PortfolioErrors        every problem of a portfolio at once
├── FactError                  a fact that is unknown to the book, or has the wrong type
├── BookError                  a book of law that cannot be trusted as written
│   └── ClashError             two rules that answer one question differently
└── AddressError               a name (article, hinge, product) that nothing has

An exception means bad input, broken data or a broken promise; "unknown" is never one.
Exit codes are chosen in ``cli`` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, expected against found, and the next step."""

    what: str
    where: str = ""
    expected: str = ""
    found: str = ""
    next_step: str = ""
    severity: str = "error"

    def lines(self) -> list[str]:
        """The message as lines of text, empty parts left out."""
        parts = [self.what]
        if self.where:
            parts.append(f"  where:    {self.where}")
        if self.expected:
            parts.append(f"  expected: {self.expected}")
        if self.found:
            parts.append(f"  found:    {self.found}")
        if self.next_step:
            parts.append(f"  next:     {self.next_step}")
        return parts

    def __str__(self) -> str:
        return "\n".join(self.lines())


class XenotimeError(Exception):
    """A failure that a person can mend; its text has the four parts of a `Problem`."""

    def __init__(
        self, what: str, *, where: str = "", expected: str = "", found: str = "", next_step: str = ""
    ) -> None:
        self.problem = Problem(what, where, expected, found, next_step)
        super().__init__(str(self.problem))


class InputError(XenotimeError):
    """A file, table, cell or option that cannot be used."""


class PortfolioErrors(InputError):
    """Every problem of a portfolio at once; `problems` lists them by file and row."""

    def __init__(self, where: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            f"{len(self.problems)} problem(s) stop this portfolio from being used",
            where=where,
            expected="tables as in `xenotime new --template` and docs/reference/portfolio.md",
            found="; ".join(p.what for p in self.problems[:3]) + ("; …" if len(self.problems) > 3 else ""),
            next_step="run `xenotime check` to see each by file and row",
        )


class FactError(XenotimeError):
    """A fact that is unknown to the book, or has the wrong type."""


class BookError(XenotimeError):
    """A book of law that cannot be trusted as written."""


class ClashError(BookError):
    """Two rules that answer one question differently and declare no relation."""


class AddressError(XenotimeError):
    """A name (article, hinge, product) that nothing has."""
