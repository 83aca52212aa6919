"""What a certificate states, as claims of a credential: who may get what, where, how much, until when.

The shape follows the idea of a conformity credential (who attests, to whom, on which facilities and products,
under which conditions), in our own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from xenotime.core.canon import written
from xenotime.seal.credential import BASE, CERTIFICATE, CONTEXT
from xenotime.seal.status import REVOCATION, SUSPENSION

TERMS = "urn:xenotime:terms#"
#: What every certificate of an invented authority says.
NOTICE = (
    "This certificate is a demonstration. The authority and the organisation are invented. "
    "It is no document of any government and gives no right to export, import or use anything."
)
NOTICE_ZH = (
    "本证书仅供演示。发证机构与企业均属虚构。本证书不是任何国家政府的文件，不授予任何出口、进口或使用的权利。"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A site as the certificate names it; `country` an ISO code."""

    id: str
    name: str
    address: str
    country: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition as the certificate names it: what is asked, and where that comes from."""

    id: str
    says: str
    source: str = ""
    says_zh: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything a certificate states.

    `url` is the authority's address without a slash at the end; `grams` a year by element; it counts on both
    days (UTC). `numbers`: lei, uscc. `invented` brings the notice that this is no
    document of any government.
    """

    number: str
    did: str
    authority: str
    authority_zh: str
    url: str
    invented: bool
    organisation: str
    name: str
    track: str
    valid_from: date
    valid_until: date
    issued: datetime
    items: tuple[str, ...]
    grams: Mapping[str, int]
    end_uses: tuple[str, ...]
    revocation_index: int
    suspension_index: int
    sites: tuple[Place, ...] = ()
    countries: tuple[str, ...] = ()
    conditions: tuple[Clause, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    name_zh: str = ""
    serial: int = 1


def page(url: str, number: str) -> str:
    """Where a certificate is shown and verified; the address in its QR code."""
    return f"{url}/register/{number}"


def place(url: str, purpose: str) -> str:
    """Where the status list of a purpose lies."""
    return f"{url}/status/{purpose}"


def claims(said: Statement) -> dict[str, Any]:
    """The claims of the credential that states this."""
    made: dict[str, Any] = {
        "@context": [CONTEXT, {"@vocab": TERMS}],
        "id": f"{page(said.url, said.number)}#{said.serial}",
        "type": [BASE, CERTIFICATE],
        "issuer": {"id": said.did, "name": said.authority, "nameZh": said.authority_zh},
        "iat": int(said.issued.timestamp()),
        "name": f"End-user certificate {said.number}",
        "validFrom": written(datetime.combine(said.valid_from, time(), UTC)),
        "validUntil": written(datetime.combine(said.valid_until, time(23, 59, 59), UTC)),
        "credentialStatus": [
            _entry(said.url, REVOCATION, said.revocation_index),
            _entry(said.url, SUSPENSION, said.suspension_index),
        ],
        "credentialSubject": _subject(said),
    }
    if said.invented:
        made["notice"], made["noticeZh"] = NOTICE, NOTICE_ZH
    return made


def _entry(url: str, purpose: str, index: int) -> dict[str, str]:
    return {
        "id": f"{place(url, purpose)}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": place(url, purpose),
    }


def _subject(said: Statement) -> dict[str, Any]:
    return {
        "type": ["EndUserAttestation"],
        "number": said.number,
        "serial": said.serial,
        "track": said.track,
        "party": {
            "id": said.organisation,
            "name": said.name,
            "nameZh": said.name_zh,
            "identifiers": {name: text for name, text in sorted(said.numbers.items()) if text},
        },
        "facilities": [
            {"id": s.id, "name": s.name, "address": s.address, "country": s.country} for s in said.sites
        ],
        "products": list(said.items),
        "yearlyGrams": dict(sorted(said.grams.items())),
        "endUses": list(said.end_uses),
        "countries": list(said.countries),
        "conditions": [
            {"id": c.id, "says": c.says, "saysZh": c.says_zh, "source": c.source} for c in said.conditions
        ],
    }
