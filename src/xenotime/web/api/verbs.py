"""What each route of the API asks for."""

from __future__ import annotations

from collections.abc import Mapping

VERBS: Mapping[str, str] = {
    f"{method} /api/v1{path}": verb
    for verb, routes in {
        "open": ["GET /openapi.json"],
        "case.read": ["GET /cases", "GET /cases/{case}"],
        "case.open": ["POST /cases"],
        "case.edit": ["PUT /cases/{case}/form"],
        "case.act": [
            "POST /cases/{case}/events/{event}",
            "POST /cases/{case}/queries/{query}/answer",
        ],
        "case.judge": [
            "POST /cases/{case}/queries",
            "POST /cases/{case}/queries/{query}/close",
            "POST /cases/{case}/advice",
            "POST /cases/{case}/advice/{advice}/countersign",
            "POST /cases/{case}/votes",
            "POST /cases/{case}/flags",
            "POST /cases/{case}/flags/{flag}/lower",
            "POST /cases/{case}/findings/{finding}/settle",
        ],
        "case.assign": ["POST /cases/{case}/assign"],
        "case.vet": ["POST /cases/{case}/vet"],
        "case.track": ["POST /organisations/{organisation}/track"],
        "document.add": ["POST /cases/{case}/papers"],
        "document.read": ["GET /cases/{case}/papers/{paper}"],
        "register.read": [
            "GET /register",
            "GET /register/{number}",
            "GET /register/{number}/credential",
        ],
        "statistics.read": ["GET /statistics.csv"],
        "account.self": [
            "GET /me",
            "GET /tokens",
            "POST /tokens",
            "DELETE /tokens/{token}",
            "POST /me/password",
            "PUT /me/language",
            "DELETE /me/sessions",
        ],
        "account.manage": [
            "GET /accounts",
            "POST /accounts",
            "POST /accounts/{account}/invite",
            "PUT /accounts/{account}/role",
            "POST /accounts/{account}/close",
        ],
    }.items()
    for method, path in (route.split(" ") for route in routes)
}
