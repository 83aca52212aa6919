"""An invented authority with test keys: its papers as a test wants them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from xenotime.seal import checkpoint, credential, document, log, merkle, receipt, statement, status
from xenotime.seal.event import Event, encode
from xenotime.seal.statement import Clause, Place, Statement
from xenotime.seal.verify import Basis
from xenotime.stores.keys import TestKeys

DID, URL = "did:web:authority.example", "https://authority.example"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
STATED = Statement(
    number="XC-2026-0001",
    did=DID,
    authority="Demonstration Authority",
    authority_zh="演示机构",
    url=URL,
    invented=True,
    organisation="O-1",
    name="Lindau Motorenwerke GmbH",
    track="civil",
    valid_from=date(2026, 11, 1),
    valid_until=date(2028, 10, 31),
    issued=datetime(2026, 10, 30, 9, 15, 30, 250_000, tzinfo=UTC),
    items=("2A602", "1C902"),
    grams={"Dy": 40_000, "Tb": 9_000},
    end_uses=("traction motors",),
    revocation_index=0,
    suspension_index=131_071,
    sites=(Place("S-1", "Works 1", "Hafenstr. 1, Lindau", "DE"),),
    conditions=(Clause("C-1", "Reports once a year.", "15 CFR 748.15", "每年报告一次。"),),
    numbers={"lei": "5299000J2N45DDNE4Y28"},
    name_zh="林道电机厂",
)


class Papers:
    """Keys, and what they sign."""

    def __init__(self, did=DID):
        self.did, self.url = did, "https://" + did.removeprefix("did:web:")
        self.keys = TestKeys(did)
        self.leaves, self.nodes, self.front = [], {}, ()

    def document(self):
        return json.dumps(self.keys.document()).encode()

    def trust(self):
        return document.read(self.document(), self.did)

    def signer(self, purpose):
        return self.keys.signer(purpose)

    def certificate(self, **changed):
        said = replace(STATED, did=self.did, url=self.url, **changed)
        return credential.issue(statement.claims(said), self.signer("credential"))

    def sealed(self, purpose="credential", **changed):
        """Claims of the certificate with some of them changed (None: left out), signed by any key."""
        claims = {**statement.claims(replace(STATED, did=self.did, url=self.url)), **changed}
        return credential.issue({k: v for k, v in claims.items() if v is not None}, self.signer(purpose))

    def list(self, purpose="revocation", at=NOW, lasts=7 * DAY, set_=(), **more):
        bits = status.fresh()
        for index in set_:
            bits = status.put(bits, index, truth=True)
        place = more.pop("address", statement.place(self.url, purpose))
        signer = self.signer(more.pop("signer", "status"))
        return status.issue(purpose, place, bits, at, at + lasts, signer, **more)

    def lists(self, at=NOW, revoked=(), suspended=(), **more):
        return [
            ("revocation.jwt", self.list("revocation", at, set_=revoked, **more)),
            ("suspension.jwt", self.list("suspension", at, set_=suspended, **more)),
        ]

    def basis(self, **changed):
        made = Basis(self.trust(), "did.json", NOW, NOW, self.lists(NOW - timedelta(hours=1)))
        return replace(made, **changed)

    def log(self, count, word="noted"):
        """Append events; returns the checkpoint."""
        for _ in range(count):
            size = len(self.leaves)
            data = {"digest": receipt.digest({"id": f"V-{size}", "answer": "allow"})}
            event = Event(
                NOW + size * timedelta(seconds=1), f"verdict.{word}", f"V-{size}", "O-1", "system", data
            )
            self.leaves.append(encode(event, size))
            hashed = merkle.leaf_hash(self.leaves[-1])
            self.front, made = merkle.append(self.front, size, hashed)
            self.nodes |= {(level, index): found for level, index, found in made}
        return self.checkpoint()

    def checkpoint(self, leaves=None):
        front = self.front if leaves is None else merkle.grown([merkle.leaf_hash(leaf) for leaf in leaves])
        size = len(self.leaves if leaves is None else leaves)
        pair = self.signer("log")
        name = checkpoint.origin(self.did)
        return checkpoint.write(name, size, merkle.root(front, size), pair, pair.key.public)

    def node(self, level, index):
        return self.nodes[level, index]

    def receipt(self, index, body="own"):
        found = {"id": f"V-{index}", "answer": "allow"} if body == "own" else body
        proof = merkle.inclusion(index, len(self.leaves), self.node)
        return receipt.compose(found, self.leaves[index], index, proof, self.checkpoint())


def exhibits():
    """The files of examples/verify by name: an invented authority, a certificate, its lists, and the log."""
    papers = Papers()
    days = {"2026-11-03": (), "2026-11-10": (131_071,), "2026-11-14": (), "2026-11-20": ()}
    made = {"did.json": json.dumps(papers.keys.document(), indent=1).encode() + b"\n"}
    made["certificate.jwt"] = papers.certificate().encode() + b"\n"
    for day, suspended in days.items():
        at = datetime.fromisoformat(f"{day}T09:00:00+00:00")
        for name, text in papers.lists(at, suspended=suspended):
            made[f"lists/{day}-{name}"] = text.encode() + b"\n"
    old = papers.log(5)
    made["checkpoint-of-5.txt"], made["checkpoint.txt"] = old.encode(), papers.log(4).encode()
    made["receipt.json"] = papers.receipt(6)
    size = len(papers.leaves)
    steps = merkle.consistency(5, size, papers.node)
    made["growth.json"] = receipt.growth(5, steps, papers.checkpoint())
    head = log.Head(checkpoint.origin(papers.did), papers.checkpoint())
    made["log.jsonl"] = b"".join(log.lines(head, papers.leaves))
    leaves = [*papers.leaves[:2], papers.leaves[2].replace(b"O-1", b"O-2"), *papers.leaves[3:]]
    signed = log.Head(head.origin, papers.checkpoint(leaves))
    made["log-changed.jsonl"] = b"".join(log.lines(signed, leaves))
    return made
