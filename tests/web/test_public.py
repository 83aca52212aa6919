"""What verifiers fetch."""

from __future__ import annotations

import json

from xenotime.seal import document, status
from xenotime.services.programme.trust import certificates


def test_status_lists_and_keys_are_what_verifiers_take(house):
    certificates.publish(house.office, house.clock.now())
    client = house.client()
    keys = client.get("/.well-known/did.json")
    trust = document.read(keys.content, "did:web:testserver")
    assert json.loads(keys.content)["id"] == "did:web:testserver"
    for purpose in ("revocation", "suspension"):
        answer = client.get(f"/status/{purpose}")
        assert answer.headers["content-type"] == "application/vc+jwt"
        assert status.read(answer.text, trust)


def test_another_list_is_none(house):
    for purpose in ("revocation", "no-such", "..%2f..%2fsecret"):
        assert house.client().get(f"/status/{purpose}").status_code == 404
