"""What a certificate shows to people, in English and Chinese, read from what was signed.

It comes from the verified credential, not from the records beside it: a paper cannot say more than the
signature covers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from xenotime.core.canon import written
from xenotime.programme.trust.certificate import Certificate
from xenotime.seal import checkpoint
from xenotime.seal.credential import Credential, check
from xenotime.seal.statement import page
from xenotime.services.programme.office import Office
from xenotime.services.programme.oversight import logbook

#: A text in both languages.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the certificate: its name, and what stands there; each value in both languages."""

    name: Pair
    values: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """A certificate, ready to be shown: head, state, rows, notice, and what the QR code says."""

    authority: Pair
    title: Pair
    number: str
    state: str
    state_words: Pair
    notice: Pair
    rows: tuple[Row, ...]
    url: str
    address: str
    printed: Pair
    verify: Pair
    scan: Pair


@cache
def _words() -> Mapping[str, list[str]]:
    """Every text by key, `states.active` for those of a table."""
    read = tomllib.loads((files("xenotime.report") / "texts" / "certificate.toml").read_text("utf-8"))
    tables = {name: found for name, found in read.items() if isinstance(found, dict)}
    inner = {f"{name}.{key}": texts for name, found in tables.items() for key, texts in found.items()}
    return {name: texts for name, texts in read.items() if name not in tables} | inner


def word(key: str, **values: object) -> Pair:
    """The text of a key (`states.active`) in both languages. Raises KeyError for a key nobody wrote."""
    english, chinese = _words()[key]
    return english.format(**values), chinese.format(**values)


def address(url: str, number: str, sha256: str) -> str:
    """What the QR code says: where the certificate is shown, and the SHA-256 of the credential meant."""
    return f"{page(url, number)}?sha256={sha256}"


def face(office: Office, number: str, at: datetime) -> Face:
    """A certificate as it stands at an instant; who may see it is asked by whoever calls this.

    Raises AddressError if there is none, SealError if its credential is not the authority's own.
    """
    trust = logbook.trust(office)
    with office.store.view() as look:
        held = look.get(Certificate, number)
    one, state = check(held.credential, trust), held.state_on(at.date())
    top = checkpoint.read(logbook.checkpoint(office), trust)
    claims, url = one.claims, office.authority.url
    return Face(
        (office.authority.name, office.authority.name_zh),
        word("title"),
        number,
        state,
        word(f"states.{state}"),
        (str(claims.get("notice", "")), str(claims.get("noticeZh", ""))),
        (*_scope(one), *_proof(one, top)),
        page(url, number),
        address(url, number, one.sha256),
        word("printed", at=written(at.replace(microsecond=0))),
        word("verify"),
        word("scan"),
    )


def _scope(one: Credential) -> tuple[Row, ...]:
    """What the certificate covers."""
    said = one.subject
    party, grams = said["party"], said["yearlyGrams"]
    sites = [f"{s['name']}, {s['address']} ({s['country']})" for s in said["facilities"]]
    rows = [
        ("holder", [(party["name"], party["nameZh"])]),
        ("identifiers", _same(f"{k.upper()} {v}" for k, v in party["identifiers"].items())),
        ("track", [word(f"tracks.{said['track']}")]),
        ("sites", _same(sites)),
        ("items", _same([", ".join(said["products"])])),
        (
            "grams",
            _same(["; ".join(f"{e} {weight:,}".replace(",", "\u202f") for e, weight in grams.items())]),
        ),
        ("uses", _same(said["endUses"])),
        ("countries", _same([", ".join(said["countries"])])),
        ("days", _same([f"{one.valid_from.date()} – {one.valid_until.date()}"])),
        ("conditions", [_condition(c) for c in said["conditions"]]),
    ]
    return tuple(
        Row(word(key), tuple(v for v in values if any(v)) or (word("none"),)) for key, values in rows
    )


def _condition(said: Mapping[str, str]) -> Pair:
    source = f" [{said['source']}]" if said["source"] else ""
    return f"{said['says']}{source}", said["saysZh"]


def _proof(one: Credential, top: checkpoint.Checkpoint) -> tuple[Row, ...]:
    """What it rests on."""
    issuer = one.claims["issuer"]
    return (
        Row(word("authority"), ((issuer["name"], issuer["nameZh"]), (issuer["id"], ""))),
        Row(word("issued"), ((written(one.signed), ""),)),
        Row(word("key"), ((one.key.kid, ""),)),
        Row(word("digest"), ((one.sha256, ""),)),
        Row(word("log"), (word("leaves", n=top.size), (top.root.hex(), ""))),
    )


def _same(texts: Iterable[str]) -> list[Pair]:
    """Texts that stand once for both languages."""
    return [(text, "") for text in texts]
