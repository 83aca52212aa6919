"""The archive of an organisation: everything it has, nothing that it may not read, and proofs that hold."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256

import pytest

from xenotime.core.errors import AccessError
from xenotime.programme.access import Actor
from xenotime.seal import merkle
from xenotime.seal.commit import opens
from xenotime.services.programme.casework import cases
from xenotime.services.programme.oversight import archive


def opened(data):
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return {name: found.read(name) for name in found.namelist()}


@pytest.fixture
def full(town):
    """A certified organisation with a document, a question and internal advice."""
    case = town.proposed(town.registered())
    cases.attach(town.office, town.applicant, case.id, "deed.pdf", b"%PDF-deed", "owners", town.at)
    cases.advise(town.office, town.officer, case.id, "final", "grant", "INTERNAL WORDS", town.at)
    cases.ask(town.office, town.officer, case.id, "Which lot?", town.at)
    cases.answer(town.office, town.applicant, case.id, "Q1", "Lot 7", town.at)
    return case


def test_an_organisation_takes_everything_it_has(town, full):
    found = opened(archive.export(town.office, town.applicant, full.organisation))
    kinds = {"organisation", "cases", "certificates", "licences", "duties", "letters", "shipments", "exports",
             "returns", "salts", "accounts", "log", "about"}  # fmt: skip
    assert {n.removesuffix(".json") for n in found if n.endswith(".json")} == kinds
    assert json.loads(found["organisation.json"])["name"] == "Fernhill Motors GmbH"
    assert {c["kind"] for c in json.loads(found["cases.json"])} >= {"registration", "certificate"}
    assert found[f"papers/{sha256(b'%PDF-deed').hexdigest()}"] == b"%PDF-deed"
    assert b"INTERNAL WORDS" not in b"".join(found.values())
    assert b"officer:F" not in found["cases.json"]


def test_an_auditor_gets_the_whole_file(town, full):
    found = opened(archive.export(town.office, town.auditor, full.organisation))
    assert b"INTERNAL WORDS" in found["cases.json"]
    assert json.loads(found["about.json"])["full"] is True


def test_every_log_entry_comes_with_a_proof_that_holds(town, full):
    town.registered("Ashgrove Pumps KG", account="A2")
    town.applicant = Actor("A1", "applicant", full.organisation)
    log = json.loads(opened(archive.export(town.office, town.applicant, full.organisation))["log.json"])
    root = bytes.fromhex(log["root"])
    assert len(log["entries"]) > 10
    for row in log["entries"]:
        proof = tuple(bytes.fromhex(p) for p in row["proof"])
        leaf = row["leaf"].encode()
        assert merkle.verify_inclusion(merkle.leaf_hash(leaf), row["index"], log["size"], proof, root)
        assert full.organisation in row["leaf"]


def test_the_salts_in_it_open_the_commitments_of_its_own_texts_and_of_no_internal_ones(town, full):
    found = opened(archive.export(town.office, town.applicant, full.organisation))
    salts = {s["field"]: s for s in json.loads(found["salts.json"])}
    own = salts["query/Q1/answer"]
    assert opens(own["id"], bytes.fromhex(own["salt"]), "Lot 7")
    assert [f for f in salts if f.startswith(("advice", "vote", "flag", "finding", "step"))] == []


def test_equal_content_is_an_equal_archive(town, full):
    both = [archive.export(town.office, town.applicant, full.organisation) for _ in range(2)]
    assert both[0] == both[1]


def test_nobody_takes_what_others_have(town, full):
    strangers = (Actor("A9", "applicant", "O-9"), town.officer, town.approver(), town.customs, town.operator)
    for actor in strangers:
        with pytest.raises(AccessError):
            archive.export(town.office, actor, full.organisation)
