"""The work of `xenotime verify`: evidence from files or the issuer's address, the finding, its lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from xenotime.core.canon import written
from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError, SealError
from xenotime.seal import checkpoint, credential, document, jose, log, trail, verify
from xenotime.seal.credential import CERTIFICATE, LONGEST
from xenotime.seal.document import Trust
from xenotime.seal.finding import FORGED, VALID, Evidence, Finding
from xenotime.seal.strict import parsed
from xenotime.seal.verify import Basis
from xenotime.stores import fetch, papers
from xenotime.stores.clock import FixedClock, SystemClock

_MOST = max(LONGEST.values())
_SIGNS = {VALID: "✓"}
_SEALED = (verify.CERTIFICATE_TEXT, verify.STATUS_TEXT)


@dataclass(frozen=True, slots=True)
class Asked:
    """The command's options, as they were given."""

    target: str
    offline: bool = False
    on: str | None = None
    issuer: str | None = None
    keys: Path | None = None
    status: Path | None = None
    held: tuple[Path, ...] = ()
    grace: int = 0


def code(found: Finding) -> int:
    """The exit code: 0 valid, 1 anything else."""
    return 0 if found.answer == VALID else 1


def answered(asked: Asked) -> Finding:
    """The finding about what was named. Raises InputError for evidence that cannot be used."""
    data = _target(asked)
    kind = verify.recognised(data)
    try:
        did = _issuer(kind, data)
    except SealError as error:
        return Finding(kind, FORGED, says=tuple(error.problem.lines()))
    if asked.issuer and did != asked.issuer:
        return Finding(kind, FORGED, issuer=did, says=(f"issued by {did}, not by {asked.issuer}",))
    basis = _basis(asked, did)
    if kind == verify.LOG:
        with papers.rows(Path(asked.target)) as rows:
            return trail.history(rows, basis)
    found = _judged(kind, data, basis, asked)
    return replace(found, open=(*_unnamed(asked, did), *found.open))


def _unnamed(asked: Asked, did: str) -> tuple[str, ...]:
    """What stays open when nobody said whom to trust, and another host than the issuer's gave the text."""
    if asked.issuer or asked.keys or _own(asked.target, did):
        return ()
    return (f"whether you mean this issuer: say --issuer {did} if you do",)


def _judged(kind: str, data: bytes, basis: Basis, asked: Asked) -> Finding:
    if kind in (verify.RECEIPT, verify.GROWTH):
        return (trail.proof if kind == verify.RECEIPT else trail.growth)(data, basis)
    text = data.decode("utf-8", errors="replace")
    if kind == verify.CHECKPOINT:
        return trail.head(text, basis)
    if kind == verify.STATUS_TEXT:
        return verify.status(text, basis)
    return _certified(text, basis, asked)


def _certified(text: str, basis: Basis, asked: Asked) -> Finding:
    """The finding about a certificate, with the lists at hand and, online, those it names."""
    lists, failed = list(_lists(asked.status)), []
    if not asked.offline:
        for url in _named(text, basis):
            try:
                lists.append((url, _fetched(url, basis)))
            except InputError as error:
                failed.append(f"{error.problem.where}: {error.problem.found}")
    found = verify.certificate(text, replace(basis, lists=lists))
    return replace(found, says=(*found.says, *failed))


def _named(text: str, basis: Basis) -> tuple[str, ...]:
    """The addresses of the lists that a certificate with a good seal names."""
    try:
        return tuple(e.address for e in credential.check(text.strip(), basis.trust, CERTIFICATE).entries)
    except SealError:
        return ()


def _fetched(url: str, basis: Basis) -> str:
    """A status list as it counted at the instant asked about."""
    asked = f"{url}?on={written(basis.at)}" if basis.at < basis.now and "?" not in url else url
    own = fetch.host(fetch.located(basis.trust.did))
    return fetch.fetch(asked, own, _MOST, accept="application/vc+jwt").decode("utf-8", "replace")


def _target(asked: Asked) -> bytes:
    """The text to verify; of a log only its beginning, for it is read line by line."""
    if "://" not in asked.target:
        path = Path(asked.target)
        with papers.rows(path) as rows:
            first = next(rows, b"")
        return first if log.TYPE.encode() in first[-64:] else papers.read(path, _MOST)
    if asked.offline:
        raise InputError(
            "an address cannot be read without a network",
            where=asked.target,
            expected="a file, with --offline",
            found="an address",
            next_step="save it as a file first, or leave out --offline",
        )
    return fetch.fetch(asked.target, fetch.host(asked.target), _MOST, accept="application/vc+jwt")


def _own(target: str, did: str) -> bool:
    """Whether a text was fetched from its issuer's own host."""
    return "://" in target and fetch.host(target) == fetch.host(fetch.located(did))


def _issuer(kind: str, data: bytes) -> str:
    """Whom a text names as its issuer; nothing of it is verified."""
    text = data.decode("utf-8", errors="replace")
    if kind in _SEALED:
        did = jose.kid(text.strip()).partition("#")[0]
    elif kind == verify.CHECKPOINT:
        did = checkpoint.owner(text)
    else:
        found = parsed(data.split(b"\n", 1)[0] if kind == verify.LOG else data, _MOST)
        did = checkpoint.owner(str(found.get("checkpoint", "")))
    document.address(did)
    return did


def _basis(asked: Asked, did: str) -> Basis:
    now = _clock().now()
    at = _instant(asked.on, now)
    trust, source = _trust(asked, did)
    held = [(str(p), papers.read(p, checkpoint.LONGEST).decode("utf-8", "replace")) for p in asked.held]
    return Basis(trust, source, at, now, (), held, timedelta(days=asked.grace))


def _clock() -> SystemClock | FixedClock:
    """The machine's clock, or the day in $XENOTIME_TODAY (for reproducible runs)."""
    fixed = os.environ.get("XENOTIME_TODAY")
    return FixedClock(parse_day(fixed, where="XENOTIME_TODAY")) if fixed else SystemClock()


def _instant(on: str | None, now: datetime) -> datetime:
    """The end of the day asked about [UTC], or now if that is today or none was named."""
    day = parse_day(on, where="--on") if on else now.date()
    return now if day == now.date() else datetime.combine(day, time(23, 59, 59), UTC)


def _trust(asked: Asked, did: str) -> tuple[Trust, str]:
    """The issuer's keys, and where they came from."""
    if asked.keys:
        for source, data in papers.folder(asked.keys, document.LONGEST):
            if (found := document.read(data)).did == did:
                return found, source
        raise _no_keys(f"the keys of {did}", f"no document of it in {asked.keys}")
    if asked.offline:
        raise _no_keys(f"--keys with the did.json of {did}", "none, and no network to ask")
    url = fetch.located(did)
    if fetch.here(url) and asked.issuer != did and not _own(asked.target, did):
        raise _no_keys("an issuer elsewhere, or --issuer to say that it is this machine", did)
    return document.read(fetch.fetch(url, fetch.host(url), document.LONGEST), did), url


def _no_keys(expected: str, found: str) -> InputError:
    return InputError(
        "there are no keys to verify against",
        where="xenotime verify",
        expected=expected,
        found=found,
        next_step="save the authority's /.well-known/did.json, and give it as --keys",
    )


def _lists(path: Path | None) -> Iterator[tuple[str, str]]:
    for source, data in papers.folder(path, _MOST) if path else ():
        yield source, data.decode("utf-8", "replace")


def shown(found: Finding) -> Iterator[str]:
    """The finding as lines: the answer, why, what it states, what it rests on, what is not checked."""
    sign, word = _SIGNS.get(found.answer, "✗"), found.answer.replace("_", " ")
    yield f"{sign} {word}: {found.kind} {found.id}".rstrip()
    yield from (f"  {line}" for line in found.says)
    if found.issuer:
        yield f"  issuer: {found.issuer}"
    yield from (f"  {name}: {text}" for name, text in found.facts)
    if found.at:
        yield f"asked about {written(found.at.replace(microsecond=0))}; used:"
    yield from (f"  {_used(e, found.at)}" for e in found.used)
    if not found.used:
        yield "  nothing"
    if found.open:
        yield "not checked:"
        yield from (f"  {line}" for line in found.open)


def _used(one: Evidence, at: datetime | None) -> str:
    since = f", of {written(one.since)}" if one.since else ""
    until = f" until {written(one.until)}" if one.until else ""
    age = f", {_age(at - one.since)}" if one.kind == "status" and at and one.since else ""
    mark = f", {one.sha256[:16]}" if one.sha256 else ""
    return f"{one.kind}: {one.what}{since}{until}{age}, from {one.source}{mark}"


def _age(span: timedelta) -> str:
    """How long before the instant asked about.

    >>> _age(timedelta(hours=3)), _age(timedelta(days=2, hours=5))
    ('3 h old then', '2 days old then')
    """
    return f"{span.days} days old then" if span.days > 1 else f"{span // timedelta(hours=1)} h old then"


def plain(found: Finding) -> dict[str, Any]:
    """The finding as plain JSON."""
    return {
        "answer": found.answer,
        "kind": found.kind,
        "id": found.id,
        "issuer": found.issuer,
        "at": written(found.at) if found.at else None,
        "reasons": list(found.says),
        "states": dict(found.facts),
        "used": [
            {
                "kind": e.kind,
                "what": e.what,
                "since": written(e.since) if e.since else None,
                "until": written(e.until) if e.until else None,
                "source": e.source,
                "sha256": e.sha256,
            }
            for e in found.used
        ],
        "unchecked": list(found.open),
    }
