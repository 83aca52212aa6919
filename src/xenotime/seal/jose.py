"""The first proof suite: credentials enveloped by JOSE (`vc+jwt`, EdDSA), with one algorithm allowed.

Source: W3C Securing Verifiable Credentials using JOSE and COSE, section 3.1; RFC 7515; RFC 8037; RFC 8725.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry, deserialize_compact

from xenotime.core.errors import SealError
from xenotime.seal.canon import canonical
from xenotime.seal.document import Key, Trust
from xenotime.seal.strict import decoded, encoded, parsed
from xenotime.seal.suite import Sealed, Signer, Suite

ALGORITHM, TYPE, CONTENT = "EdDSA", "vc+jwt", "vc"
#: The only header there may be: what brings its own key, or asks for more, is refused.
_HEADER = frozenset({"alg", "cty", "kid", "typ"})
_LONGEST_HEADER = 1_000
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


class _One(JWSRegistry):
    """The registry with exactly one algorithm, whatever joserfc knows or recommends."""

    max_header_length = _LONGEST_HEADER * 4 // 3 + 4
    max_payload_length = 1 << 24  # the caller's own bound is lower, and comes first

    def get_alg(self, name: str) -> Any:  # noqa: ANN401 - joserfc does not export the type
        """The one algorithm. Raises UnsupportedAlgorithmError for any other name."""
        if name != ALGORITHM:
            message = f"{name!r} is not allowed here"
            raise UnsupportedAlgorithmError(message)
        return self.algorithms[ALGORITHM]


def fits(text: str) -> bool:
    """Whether a text looks like a compact JWS.

    >>> fits("eyJh.e30.c2ln"), fits("eyJh.e30."), fits("{}")
    (True, False, False)
    """
    return _COMPACT.fullmatch(text) is not None


def seal(claims: Mapping[str, Any], signer: Signer) -> str:
    """The claims as a compact JWS of type vc+jwt, signed with the signer's key."""
    header = {"alg": ALGORITHM, "cty": CONTENT, "kid": signer.kid(), "typ": TYPE}
    signed = f"{encoded(canonical(header))}.{encoded(canonical(claims))}"
    return f"{signed}.{encoded(signer.sign(signed.encode('ascii')))}"


def kid(text: str) -> str:
    """The key that a compact JWS says it was signed with; nothing of it is verified.

    Raises SealError when its header is not exactly the one allowed.
    """
    if not fits(text):
        raise _untrusted("three parts of base64url", text[:40])
    header = parsed(decoded(text.split(".", maxsplit=1)[0], _LONGEST_HEADER), _LONGEST_HEADER)
    if not isinstance(header, dict) or header.keys() != _HEADER:
        named = ", ".join(sorted(header)) if isinstance(header, dict) else "no header"
        raise _untrusted(f"a header of {', '.join(sorted(_HEADER))} only", named[:200])
    said = (header["alg"], header["cty"], header["typ"])
    if said != (ALGORITHM, CONTENT, TYPE):
        raise _untrusted(f"{ALGORITHM}, {CONTENT}, {TYPE}", ", ".join(map(str, said))[:200])
    if not isinstance(header["kid"], str):
        raise _untrusted("a kid that is a DID URL", str(header["kid"])[:200])
    return header["kid"]


def unseal(text: str, trust: Trust, purpose: str, most: int) -> Sealed:
    """The claims of a compact JWS by a trusted key of this purpose that was in use when it signed.

    Raises SealError for anything else, before any claim is read.
    """
    if len(text) > most:
        raise _untrusted(f"at most {most} signs", f"{len(text)} signs")
    key = trust.key(kid(text), purpose)
    claims = parsed(_verified(text, key), most)
    if not isinstance(claims, dict):
        raise _untrusted("claims that are an object", type(claims).__name__)
    return Sealed(claims, key, _signed(claims, key), sha256(text.encode("ascii")).hexdigest())


def _verified(text: str, key: Key) -> bytes:
    """The payload of a compact JWS by this key. Raises SealError unless its signature is exactly right."""
    for part in text.split(".")[1:]:
        decoded(part, len(part))
    public = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": encoded(key.public)})
    try:
        return deserialize_compact(text, public, registry=_One()).payload
    except (JoseError, ValueError) as error:
        raise _untrusted(f"a signature by {key.kid}", str(error)[:200]) from error


def _signed(claims: Mapping[str, Any], key: Key) -> datetime:
    """When the claims say they were signed. Raises SealError when the key was not in use then."""
    iat = claims.get("iat")
    if type(iat) is not int or not 0 <= iat < 1 << 36:
        raise _untrusted("iat, the second it was signed in", str(iat)[:40])
    signed = datetime.fromtimestamp(iat, UTC)
    if not key.signed(signed):
        raise _untrusted(f"a day on which {key.kid} was in use", signed.isoformat())
    return signed


def _untrusted(expected: str, found: str) -> SealError:
    return SealError(
        "this seal cannot be trusted",
        expected=expected,
        found=found,
        next_step="ask the authority for the certificate or list itself; trust nothing of this text",
    )


#: The suite as `credential` and `status` use it.
JOSE = Suite("vc+jwt", fits, seal, unseal)
