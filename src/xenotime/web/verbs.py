"""What the ways in and out ask for; with the tables of `api` and `pages` each route has its right."""

from __future__ import annotations

from collections.abc import Mapping

#: No right is asked: anybody may come here.
OPEN = "open"
#: A signed-in account is asked, but not yet its second factor.
HALF = "half"

#: Ways in and out, and what machines ask of any server.
ENTRY: Mapping[str, str] = {
    "GET /sign-in": OPEN,
    "POST /sign-in": OPEN,
    "POST /sign-out": HALF,
    "GET /invite/{secret}": OPEN,
    "POST /invite/{secret}": OPEN,
    "POST /demo/sign-in": OPEN,
    "GET /account/second-factor": HALF,
    "POST /account/second-factor": HALF,
    "GET /again": "account.self",
    "POST /again": "account.self",
    "GET /oidc/start": OPEN,
    "GET /oidc/back": OPEN,
    "GET /healthz": OPEN,
    "GET /readyz": OPEN,
    "GET /status/{purpose}": "register.read",
    "GET /.well-known/did.json": "register.read",
}
