"""What changed between two versions of a list: added, removed, and changed fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xenotime.parties.listing.entry import ListEntry
from xenotime.parties.listing.lines import canonical

#: The fields that are compared; the list's name and the place in a file are not among them.
FIELDS = (
    "names",
    "kind",
    "countries",
    "identifiers",
    "addresses",
    "programmes",
    "authority",
    "events",
    "remark",
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an entry: what it lost and what it gained; a single value gives one of each."""

    field: str
    lost: tuple[object, ...]
    gained: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that both versions have, with the fields that differ."""

    before: ListEntry
    after: ListEntry
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two versions of a list, each part sorted by entry."""

    added: tuple[ListEntry, ...] = ()
    removed: tuple[ListEntry, ...] = ()
    changed: tuple[EntryChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def touched(self) -> tuple[ListEntry, ...]:
        """The entries that are new or differ, as they are after the change."""
        return (*self.added, *(c.after for c in self.changed))


def diff(before: Sequence[ListEntry], after: Sequence[ListEntry]) -> Change:
    """The change from one version to another; empty exactly when both have the same content."""
    old, new = ({e.entry: e for e in entries} for entries in (before, after))
    return Change(
        tuple(new[key] for key in sorted(new.keys() - old.keys())),
        tuple(old[key] for key in sorted(old.keys() - new.keys())),
        tuple(
            EntryChange(old[key], new[key], _fields(old[key], new[key]))
            for key in sorted(old.keys() & new.keys())
            if canonical(old[key]) != canonical(new[key])
        ),
    )


def _fields(before: ListEntry, after: ListEntry) -> tuple[FieldChange, ...]:
    found = []
    for field in FIELDS:
        mine, theirs = getattr(before, field), getattr(after, field)
        if mine == theirs:
            continue
        if isinstance(mine, tuple):
            lost = tuple(v for v in mine if v not in theirs)
            found.append(FieldChange(field, lost, tuple(v for v in theirs if v not in mine)))
        else:
            found.append(FieldChange(field, (mine,), (theirs,)))
    return tuple(found)
