"""The places of a status list that are set: who is revoked, who is suspended."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Roll:
    """The set places of one status list; `id` is its purpose (revocation | suspension)."""

    id: str
    places: tuple[int, ...] = ()
    version: int = 0

    def with_place(self, place: int, *, on: bool) -> Roll:
        """The roll with one place set or cleared.

        >>> Roll("suspension", (4,)).with_place(2, on=True).places
        (2, 4)
        """
        kept = set(self.places) - {place}
        return replace(self, places=tuple(sorted(kept | ({place} if on else set()))))
