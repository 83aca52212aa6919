"""A second proof suite takes its place without a change of anything else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from tests.seal.authority import STATED, Papers

from xenotime.core.errors import SealError
from xenotime.seal import credential, statement
from xenotime.seal.canon import canonical
from xenotime.seal.strict import decoded, encoded, parsed
from xenotime.seal.suite import Sealed, Suite


def seal(claims, signer):
    """A toy: canonical JSON with the signature beside it."""
    return json.dumps(
        {"claims": claims, "kid": signer.kid(), "proof": encoded(signer.sign(canonical(claims)))}
    )


def unseal(text, trust, purpose, most):
    found = parsed(text.encode(), most)
    key, data = trust.key(found["kid"], purpose), canonical(found["claims"])
    if not key.verifies(decoded(found["proof"], 64), data):
        raise SealError("the proof does not fit")
    return Sealed(
        found["claims"], key, datetime.fromtimestamp(found["claims"]["iat"], UTC), sha256(data).hexdigest()
    )


TOY = Suite("toy", lambda text: text.startswith("{"), seal, unseal)


@pytest.fixture
def both(monkeypatch):
    monkeypatch.setattr(credential, "SUITES", (*credential.SUITES, TOY))


def test_both_suites_give_the_same_credential(both, papers):
    del both
    claims, signer = statement.claims(STATED), papers.signer("credential")
    one, other = (
        credential.check(credential.issue(claims, signer, suite), papers.trust())
        for suite in credential.SUITES
    )
    assert (one.claims, one.entries, one.key) == (other.claims, other.entries, other.key)


def test_the_rules_of_a_credential_hold_for_any_suite(both, papers):
    del both
    good = statement.claims(STATED)
    for changed in ({"type": ["VerifiableCredential"]}, {"issuer": Papers("did:web:elsewhere.example").did}):
        text = credential.issue({**good, **changed}, papers.signer("credential"), TOY)
        with pytest.raises(SealError):
            credential.check(text, papers.trust())
    with pytest.raises(SealError):
        credential.check(credential.issue(good, papers.signer("status"), TOY), papers.trust())


def test_a_suite_that_nobody_named_is_refused(papers):
    text = credential.issue(statement.claims(STATED), papers.signer("credential"), TOY)
    with pytest.raises(SealError, match="vc\\+jwt"):
        credential.check(text, papers.trust())
