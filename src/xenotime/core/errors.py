"""The one tree of failures, and the four-part message each of them carries.

XenotimeError                  anything a person can mend
├── InputError                 a file, table, cell or option that cannot be used
│   └── PortfolioErrors        every problem of a portfolio at once
├── FactError                  a fact that is unknown to the book, or has the wrong type
├── BookError                  a book of law that cannot be trusted as written
│   └── ClashError             two rules that answer one question differently
└── AddressError               a name (article, hinge, product) that nothing has

An exception means bad input, broken data or a broken promise; "unknown" is never one.
Exit codes and HTTP statuses are chosen in ``cli`` and ``web`` only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

#: Signs that steer a terminal or hide and turn others: no message may carry them from a file.
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\n\u200c\u200d"
#: The longest part of a message that is shown whole [characters].
_LONGEST = 4_000


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
        named = (
            ("where:    ", self.where),
            ("expected: ", self.expected),
            ("found:    ", self.found),
            ("next:     ", self.next_step),
        )
        return [_shown(self.what), *(f"  {name}{_shown(text)}" for name, text in named if text)]

    def __str__(self) -> str:
        return "\n".join(self.lines())


def _shown(text: str) -> str:
    r"""The text with every sign that steers a terminal shown as �; what is too long is cut.

    >>> _shown("a\x1b[31mb"), _shown("Müller 北方")
    ('a�[31mb', 'Müller 北方')
    """
    return calm(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def calm(text: str, instead: str = "�") -> str:
    r"""The text with every sign that steers a terminal, or hides or turns others, shown as `instead`.

    >>> calm("a\x1b]0;b\u202e"), calm("北方\n")
    ('a�]0;b�', '北方\n')
    """
    if text.isprintable():
        return text
    return "".join(c if c in _JOINERS or unicodedata.category(c) not in _STEERING else instead for c in text)


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
    """A book of law that cannot be trusted as written; the next step is to mend the text it names."""

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        expected: str = "",
        found: str = "",
        next_step: str = "correct it there; docs/howto/add-an-instrument.md says how law is written down",
    ) -> None:
        super().__init__(what, where=where, expected=expected, found=found, next_step=next_step)


class ClashError(BookError):
    """Two rules that answer one question differently and declare no relation."""


class AddressError(XenotimeError):
    """A name (article, hinge, product) that nothing has."""


class AccessError(XenotimeError):
    """An act that this person may not do; it never says whether the thing exists."""


class StateError(XenotimeError):
    """An act that the state of a case, certificate or ledger does not allow now."""


class RepeatError(StateError):
    """An idempotency key used again with another content."""


class BusyError(StateError):
    """A change that met another at the same moment and was undone whole; asking again is right."""


class OutageError(InputError):
    """A database that cannot be used now: unreachable, full, read-only, damaged, or of another release."""


class SealError(XenotimeError):
    """A signature, proof, list or certificate that cannot be trusted."""
