"""Sign-in by an identity provider: OpenID Connect with code and PKCE, for accounts that were invited here."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx2
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from xenotime.core.errors import AddressError, SealError, XenotimeError
from xenotime.services.programme.people import accounts, entry, passwords
from xenotime.web import journal
from xenotime.web.enter import inside
from xenotime.web.gate import desk, keep
from xenotime.web.settings import Provider

router = APIRouter(include_in_schema=False)

COOKIE = "oidc"
#: How long a person may take at the provider, how long an answer of it may take, and its largest [bytes].
_TERM, _PATIENCE, _LARGEST = timedelta(minutes=10), 10, 262_144
#: Signatures that an identity may bear: none with a shared secret, and never none.
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_LEEWAY = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What was sent along when a person left for the provider: it must come back, or be in the identity."""

    state: str
    nonce: str
    verifier: str
    onward: str
    at: str


@router.get("/oidc/start")
def start(request: Request, next: str = "") -> Response:  # noqa: A002 - the address's own word
    """Off to the provider, with a state, a nonce and a challenge of this visit alone."""
    here, provider = desk(request), _provider(request)
    draw = here.settings.rules.draw
    state, nonce, verifier = (passwords.secret(draw) for _ in range(3))
    asked = Asked(state, nonce, verifier, inside(next), here.clock.now().isoformat())
    with _client(provider) as client:
        place = str(_about(client, provider)["authorization_endpoint"])
    asks = {
        "response_type": "code", "client_id": provider.client, "redirect_uri": _return(request),
        "scope": "openid email", "state": state, "nonce": nonce,
        "code_challenge": challenge(verifier), "code_challenge_method": "S256",
    }  # fmt: skip
    made = RedirectResponse(str(httpx2.URL(place).copy_merge_params(asks)), 303)
    sealed = passwords.seal(
        json.dumps([asked.state, asked.nonce, asked.verifier, asked.onward, asked.at]),
        here.office.keys.secret("oidc"), COOKIE, draw,
    )  # fmt: skip
    made.set_cookie(
        here.settings.cookie(COOKIE), sealed, max_age=int(_TERM.total_seconds()), httponly=True,
        secure=here.settings.secure, samesite="lax", path="/",
    )  # fmt: skip
    return made


@router.get("/oidc/back")
def back(request: Request, state: str = "", code: str = "") -> Response:
    """Back from the provider: the identity is proved, belongs to this visit, and to an invited account."""
    here, provider, at = desk(request), _provider(request), desk(request).clock.now()
    try:
        asked = _asked(request, state, at)
        claims = _claims(request, provider, code, asked, at)
        account = accounts.linked(here.office, _email(claims), f"{claims['iss']} {claims['sub']}", at)
    except (XenotimeError, JoseError, httpx2.HTTPError, ValueError, KeyError) as error:
        journal.failure(at, "sign-in refused", error, by=provider.issuer)
        raise entry.refused() from error
    if request.state.session:
        entry.sign_out(here.office, request.state.session)
    entered = entry.open_session(here.office, account, at, here.settings.rules, strong=True)
    made = RedirectResponse(asked.onward, 303)
    keep(request, made, entered)
    made.delete_cookie(here.settings.cookie(COOKIE), path="/", secure=here.settings.secure, httponly=True)
    return made


def _provider(request: Request) -> Provider:
    provider = desk(request).settings.provider
    if provider is None:
        raise AddressError("no identity provider is configured here", where="this address")
    return provider


def challenge(verifier: str) -> str:
    """What the provider hears of a verifier before it sees it. Source: RFC 7636, 4.2 and its appendix B.

    >>> challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def _return(request: Request) -> str:
    return f"{desk(request).settings.origin}/oidc/back"


def _client(provider: Provider) -> httpx2.Client:
    return httpx2.Client(timeout=_PATIENCE, follow_redirects=False, transport=provider.transport)


def _about(client: httpx2.Client, provider: Provider) -> Mapping[str, Any]:
    """What the provider says of itself: its own issuer, and addresses under HTTPS only."""
    try:
        about = _json(client.get(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"))
    except (httpx2.HTTPError, ValueError) as error:
        raise _untrusted("a description of itself", "none") from error
    named = [str(about.get(k, "")) for k in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if about.get("issuer") != provider.issuer or not all(n.startswith("https://") for n in named):
        raise _untrusted("its own issuer, and addresses under https://", "others")
    return about


def _json(answer: httpx2.Response) -> Mapping[str, Any]:
    answer.raise_for_status()
    found = json.loads(answer.content) if len(answer.content) <= _LARGEST else None
    if not isinstance(found, dict):
        raise _untrusted("a JSON object of a usual size", "something else")
    return found


def _asked(request: Request, state: str, at: datetime) -> Asked:
    here = desk(request)
    sealed = request.cookies.get(here.settings.cookie(COOKIE), "")
    asked = Asked(*json.loads(passwords.unseal(sealed, here.office.keys.secret("oidc"), COOKIE)))
    left = datetime.fromisoformat(asked.at)
    if not hmac.compare_digest(asked.state.encode(), state.encode()) or not left <= at < left + _TERM:
        raise _untrusted("the state of this visit, in time", "another, or an old one")
    return asked


def _claims(request: Request, provider: Provider, code: str, asked: Asked, at: datetime) -> Mapping[str, Any]:
    """The identity: signed by the provider's own key, for us, now, and for this visit."""
    with _client(provider) as client:
        about = _about(client, provider)
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": _return(request),
            "code_verifier": asked.verifier,
        }  # fmt: skip
        token = _json(
            client.post(about["token_endpoint"], data=form, auth=(provider.client, provider.secret))
        )
        keys = KeySet.import_key_set(dict(_json(client.get(about["jwks_uri"]))))  # type: ignore[arg-type] # a key set as JSON
    claims = dict(jwt.decode(str(token["id_token"]), keys, algorithms=ALGORITHMS).claims)
    jwt.JWTClaimsRegistry(
        now=int(at.timestamp()), leeway=_LEEWAY,
        iss={"essential": True, "value": provider.issuer}, aud={"essential": True, "value": provider.client},
        exp={"essential": True}, iat={"essential": True}, sub={"essential": True},
        nonce={"essential": True, "value": asked.nonce},
    ).validate(claims)  # fmt: skip
    others = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if others and claims.get("azp") != provider.client:
        raise _untrusted("an identity made for this programme", "one made for another")
    return claims


def _email(claims: Mapping[str, Any]) -> str:
    """The e-mail, if the provider says that it checked it."""
    return str(claims.get("email", "")) if claims.get("email_verified") is True else "unproved@invalid"


def _untrusted(expected: str, found: str) -> SealError:
    return SealError(
        "this identity cannot be trusted", where="identity provider", expected=expected, found=found
    )
