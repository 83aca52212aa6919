"""An organisation known to the programme: names, numbers, sites, owners as declared, products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Site:
    """A facility: where controlled material may be used. Only a site with `since` and without `until` is
    approved.
    """

    id: str
    name: str
    address: str
    country: str
    purpose: str = ""
    since: date | None = None
    until: date | None = None

    def approved(self, on: date) -> bool:
        """Whether the site is approved on a day."""
        return self.since is not None and self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Owner:
    """A declared owner: share in percent as written ("51", "10-25", "?"), and what is known of it."""

    name: str
    share: str
    country: str = ""
    kind: str = "organisation"
    listed: str = ""
    source: str = "declared"


@dataclass(frozen=True, slots=True)
class Product:
    """A declared product: what goes into one piece, so that plausible need can be counted.

    `grams` element symbol -> grams of the contained element in one piece; `yearly` pieces a year.
    """

    id: str
    name: str
    site: str
    end_use: str
    grams: Mapping[str, int] = field(default_factory=dict)
    yearly: int = 0


@dataclass(frozen=True, slots=True)
class Organisation:
    """A company, as registered. `state`: draft | active | restricted | closed; `track`: civil | military.

    `role`: end_user | exporter | both. `proposed`: who proposed to go back to the civil track. `steps`:
    the sanction step it stands on (0 none … 4 revoked).
    """

    id: str
    name: str
    country: str
    role: str
    state: str
    track: str
    created: datetime
    name_zh: str = ""
    other_names: tuple[str, ...] = ()
    lei: str = ""
    uscc: str = ""
    address: str = ""
    activity: str = ""
    sites: tuple[Site, ...] = ()
    owners: tuple[Owner, ...] = ()
    products: tuple[Product, ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()
    agents: tuple[str, ...] = ()
    steps: int = 0
    invented: bool = False
    version: int = 0
    proposed: str = ""
