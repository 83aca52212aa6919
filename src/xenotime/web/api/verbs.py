"""What each route of the API asks for."""

from __future__ import annotations

from collections.abc import Mapping

VERBS: Mapping[str, str] = {
    f"{method} /api/v1{path}": verb
    for verb, routes in {
        "open": ["GET /openapi.json"],
        "assess.run": ["POST /decide"],
        "case.read": ["GET /cases", "GET /cases/{case}"],
        "case.open": ["POST /cases"],
        "case.edit": ["PUT /cases/{case}/form"],
        "case.act": [
            "POST /cases/{case}/events/{event}",
            "POST /cases/{case}/queries/{query}/answer",
        ],
        "case.judge": [
            "POST /queues/recommend",
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
        ],
        "statistics.read": ["GET /statistics.csv"],
        "organisation.read": [
            "GET /organisations",
            "GET /organisations/{organisation}",
            "GET /organisations/{organisation}/letters",
            "GET /letters/{letter}",
        ],
        "organisation.register": ["POST /organisations"],
        "organisation.edit": ["PATCH /organisations/{organisation}"],
        "organisation.export": ["GET /organisations/{organisation}/export"],
        "certificate.read": [
            "GET /certificates",
            "GET /certificates/{number}",
            "GET /register/{number}/credential",
        ],
        "licence.read": ["GET /licences", "GET /licences/{number}"],
        "duty.read": ["GET /duties"],
        "duty.meet": ["POST /duties/{duty}/meet"],
        "duty.judge": ["POST /duties/{duty}/judge"],
        "shipment.decide": ["POST /shipments"],
        "shipment.read": [
            "GET /shipments",
            "GET /shipments/{verdict}",
            "GET /shipments/{verdict}/receipt",
        ],
        "shipment.settle": [
            "POST /shipments/{verdict}/settle",
            "POST /shipments/{verdict}/correction",
        ],
        "quota.set": ["POST /shipments/{verdict}/correction/confirm", "POST /quota/caps"],
        "quota.read": ["GET /quota", "GET /quota/entries"],
        "case.file": ["GET /queues"],
        "keys.rotate": ["POST /keys/{purpose}/rotate"],
        "usage.report": ["POST /usage"],
        "usage.read": ["GET /usage", "GET /usage/gaps", "GET /usage/feed"],
        "return.file": ["POST /returns"],
        "return.read": ["GET /returns/{report}"],
        "reconcile.run": ["POST /returns/{report}/reconcile"],
        "log.read": ["GET /log/checkpoint", "GET /log/inclusion", "GET /log/consistency"],
        "log.entries": ["GET /log/entries"],
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
