"""Verifying a certificate or status list from the evidence at hand, without a network.

Everything comes in as text with its source, and goes out as a `Finding`. Nothing here asks the day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from xenotime.core.canon import written
from xenotime.core.errors import SealError
from xenotime.seal import credential, jose, log, receipt
from xenotime.seal.credential import CERTIFICATE, LIST, SIGNED_BY, Credential
from xenotime.seal.document import Key, Trust
from xenotime.seal.finding import EXPIRED, FORGED, NOT_YET, UNSHOWN, VALID, Evidence, Finding, gravest
from xenotime.seal.state import standings, versions
from xenotime.seal.status import read as read_list
from xenotime.seal.strict import decoded, parsed

#: What a text may be.
CERTIFICATE_TEXT, STATUS_TEXT, RECEIPT, GROWTH, CHECKPOINT, LOG = (
    "certificate",
    "status list",
    "receipt",
    "growth proof",
    "checkpoint",
    "log",
)
_BY_TYPE = {receipt.RECEIPT: RECEIPT, receipt.GROWTH: GROWTH, log.TYPE: LOG}


@dataclass(frozen=True, slots=True)
class Basis:
    """What to verify against.

    `trust`: the authority's keys, from `source`; `lists`, `held`: status lists and checkpoints, each a source
    with its text; `at`: the instant asked about; `now`: this one; `grace` for lists of the civil track.
    """

    trust: Trust
    source: str
    at: datetime
    now: datetime
    lists: Sequence[tuple[str, str]] = ()
    held: Sequence[tuple[str, str]] = ()
    grace: timedelta = timedelta()


def recognised(data: bytes) -> str:
    """What a text is, by its look: certificate | status list | receipt | growth proof | checkpoint | log.

    Nothing of it is verified. Raises SealError if it is none of them.
    """
    text = data.decode("utf-8", errors="replace").strip()
    if jose.fits(text):
        return STATUS_TEXT if LIST in _types(text) else CERTIFICATE_TEXT
    if text.startswith("{"):
        first = data.split(b"\n", 1)[0]
        kind = _type(first) or _type(data)
        if kind in _BY_TYPE:
            return _BY_TYPE[kind]
    elif "\n\n— " in text:
        return CHECKPOINT
    raise SealError(
        "this is nothing that can be verified",
        expected="a certificate, status list, receipt, proof, checkpoint, or an exported log",
        found=text[:60],
        next_step="take the file from the authority's own address, unchanged",
    )


def _types(text: str) -> Sequence[object]:
    """The types that a sealed text claims; nothing of it is verified."""
    try:
        claims = parsed(decoded(text.split(".")[1], len(text)), len(text))
    except SealError:
        return ()
    found = claims.get("type") if isinstance(claims, dict) else ()
    return found if isinstance(found, list) else ()


def _type(data: bytes) -> str:
    try:
        found = parsed(data, receipt.LONGEST)
    except SealError:
        return ""
    return str(found.get("type")) if isinstance(found, dict) else ""


def certificate(text: str, basis: Basis) -> Finding:
    """Whether a certificate counts at the instant asked about: its seal, its days, both status lists."""
    try:
        one = credential.check(text.strip(), basis.trust, CERTIFICATE)
    except SealError as error:
        return forged(CERTIFICATE_TEXT, basis, error)
    kept, refused = versions(basis.lists, basis.trust)
    found = standings(one, kept, basis.at, basis.grace)
    days, says = _days(one, basis.at)
    late = basis.at > basis.now
    future = ("the day lies ahead: until then the certificate may be suspended or revoked",) if late else ()
    return Finding(
        CERTIFICATE_TEXT,
        gravest(days, *(f.answer for f in found), UNSHOWN if late else VALID),
        one.id,
        basis.trust.did,
        basis.at,
        (*says, *(s for f in found for s in f.says), *future),
        (signer(one.key, basis), *(e for f in found for e in f.used)),
        (*refused, *marked(one.key), *_unseen(basis)),
        facts(one),
    )


def status(text: str, basis: Basis) -> Finding:
    """Whether a status list is the issuer's, and counts at the instant asked about."""
    try:
        one = read_list(text.strip(), basis.trust)
    except SealError as error:
        return forged(STATUS_TEXT, basis, error)
    key = basis.trust.key(one.kid, SIGNED_BY[LIST])
    late, early = basis.at > one.valid_until, basis.at < one.valid_from
    told = (
        ("purpose", one.purpose),
        ("places", str(len(one.bits) * 8)),
        ("set", str(int.from_bytes(one.bits, "big").bit_count())),
        ("counts from", written(one.valid_from)),
        ("counts until", written(one.valid_until)),
    )
    answer = EXPIRED if late else NOT_YET if early else VALID
    return Finding(
        STATUS_TEXT,
        answer,
        one.address,
        basis.trust.did,
        basis.at,
        (),
        (signer(key, basis),),
        marked(key),
        told,
    )


def facts(one: Credential) -> tuple[tuple[str, str], ...]:
    """What a certificate states, as named lines; empty ones are left out."""
    said = one.subject
    party, grams = _mapping(said.get("party")), _mapping(said.get("yearlyGrams"))
    places = [_mapping(s) for s in _listed(said.get("facilities"))]
    named = [
        ("certificate", str(said.get("number", one.id))),
        ("holder", str(party.get("name", ""))),
        ("track", str(said.get("track", ""))),
        ("sites", "; ".join(f"{s.get('name')} ({s.get('country')})" for s in places)),
        ("items", ", ".join(map(str, _listed(said.get("products"))))),
        ("grams a year", ", ".join(f"{name} {n}" for name, n in grams.items())),
        ("end uses", "; ".join(map(str, _listed(said.get("endUses"))))),
        ("counts", f"{one.valid_from.date()} to {one.valid_until.date()}"),
        ("notice", str(one.claims.get("notice", ""))),
    ]
    return tuple((name, text) for name, text in named if text)


def _mapping(found: object) -> Mapping[str, object]:
    return found if isinstance(found, dict) else {}


def _listed(found: object) -> Sequence[object]:
    return found if isinstance(found, list) else ()


def _days(one: Credential, at: datetime) -> tuple[str, tuple[str, ...]]:
    if at < one.valid_from:
        return NOT_YET, (f"it counts from {written(one.valid_from)}",)
    if at > one.valid_until:
        return EXPIRED, (f"it counted until {written(one.valid_until)}",)
    return VALID, ()


def forged(kind: str, basis: Basis, error: SealError) -> Finding:
    """The finding about a text that cannot be trusted."""
    return Finding(kind, FORGED, issuer=basis.trust.did, at=basis.at, says=tuple(error.problem.lines()))


def signer(key: Key, basis: Basis) -> Evidence:
    """The key that signed, as evidence."""
    return Evidence("keys", key.kid, key.created, key.retired, basis.source)


def marked(key: Key) -> tuple[str, ...]:
    """What a test key leaves open."""
    return ("who signed: this is a test key, which everybody can make",) if key.test else ()


def _unseen(basis: Basis) -> tuple[str, ...]:
    if basis.at < basis.now:
        return ()
    return ("the live register: the lists say what was published, a suspension since then is not in them",)
