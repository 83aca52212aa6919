"""Sign-in by an identity provider that runs in this process, and every way its word can be wrong."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from xenotime.programme.account import Account
from xenotime.services.programme.people import accounts, entry
from xenotime.web.settings import Provider

ISSUER = "https://identity.example"


class Identity:
    """A provider of the standard's smallest kind: one client, one person, and what a test makes wrong."""

    def __init__(self, clock):
        self.clock, self.key = clock, ECKey.generate_key("P-256", {"kid": "k1", "use": "sig"})
        self.asked, self.claims, self.about, self.signed = {}, {}, {}, self.key
        self.algorithm = "ES256"

    def __call__(self, request):
        path = request.url.path
        if path == "/.well-known/openid-configuration":
            return httpx2.Response(
                200,
                json={
                    "issuer": ISSUER,
                    "authorization_endpoint": f"{ISSUER}/auth",
                    "token_endpoint": f"{ISSUER}/token",
                    "jwks_uri": f"{ISSUER}/keys",
                    **self.about,
                },
            )
        if path == "/keys":
            return httpx2.Response(200, json={"keys": [self.key.as_dict(private=False)]})
        form = parse_qs(request.content.decode())
        given = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"][0].encode()).digest())
        proved = given.decode().rstrip("=") == self.asked["code_challenge"][0]
        secret = request.headers["authorization"] == "Basic " + base64.b64encode(b"client-1:s3").decode()
        if not (proved and secret and form["code"] == ["code-1"]):
            return httpx2.Response(400, json={"error": "invalid_grant"})
        return httpx2.Response(
            200, json={"access_token": "x", "token_type": "Bearer", "id_token": self.token()}
        )

    def token(self):
        now = int(self.clock.now().timestamp())
        claims = {
            "iss": ISSUER,
            "aud": "client-1",
            "sub": "person-1",
            "iat": now,
            "exp": now + 300,
            "nonce": self.asked["nonce"][0],
            "email": "New@example.com",
            "email_verified": True,
            **self.claims,
        }
        header = {"alg": self.algorithm, "kid": "k1"}
        return jwt.encode(header, {k: v for k, v in claims.items() if v is not None}, self.signed)

    def go(self, client, **wrong):
        """A person's way there and back."""
        away = client.get("/oidc/start?next=/letters")
        self.asked = parse_qs(urlsplit(away.headers["location"]).query)
        return client.get("/oidc/back", params={"code": "code-1", "state": self.asked["state"][0], **wrong})


@pytest.fixture
def identity(make_house):
    """A server that takes this provider's word, and somebody who was invited."""
    made = Identity(None)
    provider = Provider(ISSUER, "client-1", "s3", transport=httpx2.MockTransport(made))
    house = make_house(provider=provider)
    made.clock, made.house = house.clock, house
    operator = entry.actor(house.cookie("operator"), house.clock.now(), house.rules)
    made.invited, _ = accounts.invite(
        house.office,
        operator,
        "new@example.com",
        "Invented Person",
        "officer",
        house.clock.now(),
        house.rules,
    )
    return made


def account(identity):
    with identity.house.store.view() as view:
        return view.get(Account, identity.invited.id)


def test_an_invited_person_comes_in_and_is_known_by_the_subject_from_then_on(identity):
    client = identity.house.client()
    answer = identity.go(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/letters")
    assert (account(identity).state, account(identity).subject) == ("active", f"{ISSUER} person-1")
    assert client.get("/again").status_code == 200
    identity.claims = {"email": "another@example.com"}
    assert identity.go(identity.house.client()).status_code == 303


def test_the_way_there_carries_a_challenge_and_no_secret(identity):
    identity.go(identity.house.client())
    assert sorted(identity.asked) == [
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
    ]
    assert identity.asked["code_challenge_method"] == ["S256"]


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"aud": "client-2"},
        {"aud": ["client-1", "client-2"]},
        {"exp": 1},
        {"exp": None},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "nobody@example.com"},
    ],
)
def test_an_identity_that_is_wrong_in_one_claim_lets_nobody_in(identity, claims):
    identity.claims = claims
    client = identity.house.client()
    assert identity.go(client).status_code == 403
    assert ("session" in client.cookies, account(identity).state) == (False, "invited")


def test_another_key_none_and_a_shared_secret_are_no_signature(identity):
    secret = OctKey.import_key(identity.key.as_dict(private=False)["x"])
    for key, algorithm in ((ECKey.generate_key("P-256"), "ES256"), (secret, "HS256")):
        identity.signed, identity.algorithm = key, algorithm
        assert identity.go(identity.house.client()).status_code == 403
    identity.token = lambda: "eyJhbGciOiJub25lIn0.e30."
    assert identity.go(identity.house.client()).status_code == 403
    assert account(identity).state == "invited"


def test_the_answer_belongs_to_the_visit_that_asked(identity):
    assert identity.go(identity.house.client(), state="another").status_code == 403
    assert identity.go(identity.house.client(), code="another").status_code == 403
    stranger = identity.house.client()
    identity.go(identity.house.client(), code="")
    answer = stranger.get("/oidc/back", params={"code": "code-1", "state": identity.asked["state"][0]})
    assert answer.status_code == 403
    assert account(identity).state == "invited"


def test_an_answer_that_comes_late_is_not_taken(identity):
    client = identity.house.client()
    away = client.get("/oidc/start")
    identity.asked = parse_qs(urlsplit(away.headers["location"]).query)
    identity.house.clock.pass_by(minutes=10)
    answer = client.get("/oidc/back", params={"code": "code-1", "state": identity.asked["state"][0]})
    assert answer.status_code == 403


def test_a_provider_that_names_another_issuer_or_plain_http_is_not_trusted(identity):
    for about in ({"issuer": "https://other.example"}, {"token_endpoint": "http://identity.example/token"}):
        identity.about = about
        assert identity.house.client().get("/oidc/start").status_code == 400


def test_a_provider_that_cannot_be_reached_is_told_so(identity):
    provider = identity.house.settings.provider

    def away(request):
        raise httpx2.ConnectError("nobody there", request=request)

    object.__setattr__(provider, "transport", httpx2.MockTransport(away))
    assert identity.house.client().get("/oidc/start").status_code == 400


def test_a_closed_account_stays_closed(identity):
    identity.go(identity.house.client())
    operator = entry.actor(
        identity.house.cookie("operator"), identity.house.clock.now(), identity.house.rules
    )
    accounts.close(identity.house.office, operator, identity.invited.id, identity.house.clock.now())
    assert identity.go(identity.house.client()).status_code == 403


def test_without_a_provider_there_is_no_such_way(house):
    assert house.client().get("/oidc/start").status_code == 404
    assert house.client().get("/oidc/back").status_code == 404
