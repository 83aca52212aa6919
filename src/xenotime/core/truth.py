"""Three-valued logic after Kleene: True, False, and None for unknown."""

from __future__ import annotations

from collections.abc import Iterable

#: A truth value; None means unknown and never turns into False by itself.
Truth = bool | None


def negate(value: Truth) -> Truth:
    """The opposite; unknown stays unknown."""
    return None if value is None else not value


def every(values: Iterable[Truth]) -> Truth:
    """True if all are true, False if any is false, else unknown.

    >>> every([True, None]), every([False, None]), every([])
    (None, False, True)
    """
    unknown = False
    for value in values:
        if value is False:
            return False
        unknown = unknown or value is None
    return None if unknown else True


def some(values: Iterable[Truth]) -> Truth:
    """True if any is true, False if all are false, else unknown.

    >>> some([True, None]), some([False, None]), some([])
    (True, None, False)
    """
    unknown = False
    for value in values:
        if value is True:
            return True
        unknown = unknown or value is None
    return None if unknown else False
