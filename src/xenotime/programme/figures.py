"""Figures of a profile, with what counts where a profile says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from xenotime.core.errors import BookError
from xenotime.programme.profile import Profile


def number(profile: Profile, address: str, default: int) -> int:
    """The whole number of a line, or the default. Raises BookError for a negative or other value."""
    line = profile.lines.get(address)
    if line is None:
        return default
    if isinstance(line.value, bool) or not isinstance(line.value, int) or line.value < 0:
        raise _wrong(profile, address, "a whole number from 0 up", line.value)
    return line.value


def text(profile: Profile, address: str, default: str) -> str:
    """The text of a line, or the default without one. Raises BookError for another value."""
    line = profile.lines.get(address)
    if line is None:
        return default
    if not isinstance(line.value, str):
        raise _wrong(profile, address, "text", line.value)
    return line.value


def several(profile: Profile, address: str, default: Sequence[str]) -> tuple[str, ...]:
    """The values of a line as texts, or the default without one. Raises BookError for anything but a list."""
    line = profile.lines.get(address)
    if line is None:
        return tuple(default)
    if not isinstance(line.value, (list, tuple)):
        raise _wrong(profile, address, "a list", line.value)
    return tuple(str(v) for v in line.value)


def _wrong(profile: Profile, address: str, expected: str, found: object) -> BookError:
    return BookError(
        "a line of the profile has another value",
        where=f"{profile.id}, {address}",
        expected=expected,
        found=repr(found)[:80],
        next_step="correct the profile",
    )
