"""Every route, every role, one's own thing and another's: what happens is what `access.RIGHTS` says.

Nothing here is written down twice: routes come from the running app, rights from the table. A route without a
verb fails, a verb without a right fails, and so does a route whose things this file does not know to make.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest
from starlette.routing import Mount
from tests.web.conftest import ROLES, House

from xenotime.programme.access import ANY, OWN, RIGHTS
from xenotime.programme.account import Token
from xenotime.programme.casework.case import Advice, Case, Finding, Flag, Paper, Query
from xenotime.programme.letter import Letter
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.oversight.reconcile import Return, Use
from xenotime.programme.shipping.quota import Cap
from xenotime.programme.shipping.shipment import Item, Shipment, Verdict
from xenotime.programme.trust.certificate import Certificate, Scope
from xenotime.programme.trust.licence import Permit
from xenotime.seal.event import Event
from xenotime.services.programme.people.passwords import mark
from xenotime.services.programme.trust import certificates
from xenotime.stores.database import open_store
from xenotime.web.app import VERBS, create_app
from xenotime.web.gate import GRAVE
from xenotime.web.verbs import HALF, OPEN

DENIED, HIDDEN = (401, 403), 404
#: Where more than the verb decides, and why; the verb is still the least that is asked.
MORE = {
    "POST /api/v1/cases/{case}/events/{event}": "the case's own table says which role makes a move",
    "POST /cases/{case}/moves/{event}": "as above",
    "POST /api/v1/cases/{case}/queries/{query}/answer": "only the applicant answers",
    "POST /cases/{case}/answer/{query}": "as above",
    "POST /api/v1/cases/{case}/advice": "each level of advice has its roles",
    "POST /cases/{case}/advise": "as above",
    "POST /api/v1/cases/{case}/votes": "only the bodies that the profile names vote",
    "POST /cases/{case}/vote": "as above",
    "POST /api/v1/organisations": "an applicant who has an organisation registers no other",
    "POST /organisation/register": "as above",
    "GET /organisation/export": "a page of the own organisation: an auditor has none",
    "POST /api/v1/me/password": "the old password is asked, and is wrong here",
    "POST /again": "the password is asked, and is wrong here",
}


def routes(app):
    """Every route of the app as (method, path), also those inside routers that were taken in."""
    found = []
    waiting = list(app.router.routes)
    while waiting:
        route = waiting.pop()
        inner = getattr(route, "original_router", None)
        if inner is not None:
            waiting += inner.routes
        elif not isinstance(route, Mount):
            found += [(m, route.path) for m in route.methods - {"HEAD"}]
    return sorted(found)


class Things:
    """One of each thing for an organisation, new at every call so that no act is in another's way."""

    numbers = count(1)

    def __init__(self, house, organisation):
        self.house, self.organisation, self.n = house, organisation, next(self.numbers)
        at = house.clock.now()
        self.names = {
            "case": f"case-{self.n}",
            "number": f"XC-{self.n}",
            "licence": f"XG-{self.n}",
            "verdict": f"verdict-{self.n}",
            "duty": f"duty-{self.n}",
            "letter": f"letter-{self.n}",
            "report": f"R-{organisation}-{1990 + self.n % 30}-{self.n}",
            "organisation": organisation,
            "token": mark(f"token-{self.n}"),
            "account": f"A-target-{self.n}",
            "query": "Q1",
            "advice": "A1",
            "flag": "plain_risk",
            "finding": "F1",
            "paper": "P1",
            "event": "withdraw",
            "index": "0",
            "purpose": "revocation",
            "secret": "guess",
        }
        with house.store.change() as change:
            for thing in self._made(at, change.keep_blob(b"invented")):
                change.add(thing)
            change.set_cap(Cap(f"cap-{self.n}", 1000, "Dy", organisation), at, "system:system")
            change.log(Event(at, "test.made", str(self.n), organisation, "system:system"))

    def _made(self, at, sha):
        by, day = "applicant:somebody", at.date()
        names = self.names
        yield Case(
            names["case"],
            "certificate",
            "civil",
            "draft",
            self.organisation,
            f"secret of {self.organisation}",
            at,
            by,
            queries=(Query("Q1", "Why?", at, "officer:A-x"),),
            papers=(Paper("P1", "a.txt", "text/plain", sha, 8, at, by),),
            advice=(Advice("A1", "officer", "grant", "fine", "officer:A-x", at),),
            flags=(Flag("plain_risk", "x", at, "officer:A-x"),),
            findings=(Finding("F1", "list", "note", "x", at),),
        )
        scope = Scope(("S1",), ("1C905.a.1",), {"Dy": 1000}, ("motors",))
        yield Certificate(
            names["number"],
            names["number"],
            self.organisation,
            "civil",
            "active",
            scope,
            day,
            day + timedelta(365),
            at,
            names["case"],
        )
        yield Permit(
            names["licence"],
            names["licence"],
            "general",
            self.organisation,
            (self.organisation,),
            ("1C905.a.1",),
            {"Dy": 1000},
            day,
            day + timedelta(365),
            "active",
            at,
            names["case"],
        )
        yield Duty(
            names["duty"], "annual_report", self.organisation, names["number"], "x", day, "met", at, "test"
        )
        yield Letter(names["letter"], "granted", names["case"], self.organisation, "t", "x", "t", "x", at)
        yield Verdict(names["verdict"], "refuse", self.shipment(), (), at, by, self.organisation, leaf=0)
        yield Return(
            names["report"], self.organisation, 1990 + self.n % 30, at, by, (Use("received", "Dy", "L1", 1),)
        )

    def shipment(self):
        item = Item("1C905.a.1", {"Dy": 10}, "L1")
        return Shipment(
            self.names["number"],
            self.organisation,
            self.organisation,
            "S1",
            (item,),
            "motors",
            ("CN", "DE"),
            self.house.clock.now().date(),
        )

    def path(self, path):
        """The path with this set's ids in it. Raises KeyError for a part nobody here knows."""
        names = dict(self.names)
        if path.startswith("/api/v1/keys/"):
            names["purpose"] = "seal"
        if path.startswith("/api/v1/licences"):
            names["number"] = names["licence"]
        return re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: names[m[1]], path)

    def body(self, path):
        """What the API's route takes: whole, so that the answer is about rights."""
        day, org = self.house.clock.now().date().isoformat(), self.organisation
        item = {"code": "1C905.a.1", "grams": {"Dy": 10}, "lot": "L1"}
        shipment = {
            "certificate": self.names["number"],
            "exporter": org,
            "end_user": org,
            "site": "S1",
            "items": [item],
            "end_use": "motors",
            "route": ["CN", "DE"],
            "on": day,
        }
        return {
            "/decide": {"on": day, "facts": {"from": "CN", "to": "DE", "kind": "magnet"}},
            "/cases": {"kind": "certificate", "organisation": org},
            "/cases/{case}/form": {"form": {}},
            "/cases/{case}/events/{event}": {"data": {}},
            "/cases/{case}/queries": {"text": "Why?"},
            "/cases/{case}/queries/{query}/answer": {"text": "So."},
            "/cases/{case}/queries/{query}/close": {"text": "So."},
            "/cases/{case}/advice": {"level": "officer", "says": "refuse", "reason": "So."},
            "/cases/{case}/votes": {"matter": "grant", "says": "grant"},
            "/cases/{case}/flags": {"name": "plain_risk", "says": "So."},
            "/cases/{case}/flags/{flag}/lower": {"text": "So."},
            "/cases/{case}/findings/{finding}/settle": {"text": "So."},
            "/cases/{case}/assign": {"queue": "one"},
            "/organisations": {"name": "Invented Works", "country": "DE", "role": "both"},
            "/organisations/{organisation}": {"fields": {"activity": "motors"}},
            "/organisations/{organisation}/track": {"track": "military", "reason": "So."},
            "/duties/{duty}/meet": {"evidence": ["So."]},
            "/duties/{duty}/judge": {"ok": True, "reason": "So."},
            "/shipments": shipment,
            "/shipments/{verdict}/settle": {"act": "release"},
            "/shipments/{verdict}/correction": {"grams": {"Dy": 1}, "reason": "So."},
            "/shipments/{verdict}/correction/confirm": {"ok": True},
            "/usage": {
                "id": f"B{self.n}",
                "run": self.n,
                "lines": [{"id": f"L{self.n}", "shipment": "none", "grams": {"Dy": 1}, "on": day}],
            },
            "/returns": {
                "organisation": org,
                "year": 2025,
                "rows": [{"kind": "received", "element": "Dy", "lot": "L1", "grams": 1}],
            },
            "/quota/caps": {"id": f"cap-{self.n}", "grams": 10, "element": "Dy"},
            "/queues/recommend": {"cases": [self.names["case"]], "reason": "So."},
            "/tokens": {"title": "t", "scopes": ["register.read"], "expires": "2026-11-23T00:00:00Z"},
            "/me/password": {"old": "x", "new": "y"},
            "/me/language": {"language": "en"},
            "/accounts": {"email": f"n{self.n}@example.com", "name": "N", "role": "officer"},
            "/accounts/{account}/role": {"role": "auditor"},
        }.get(path.removeprefix("/api/v1"), {})

    def form(self):
        """What any page's form takes."""
        day = self.house.clock.now().date().isoformat()
        return {
            "kind": "certificate",
            "organisation": self.organisation,
            "text": "So.",
            "why": "So.",
            "reason": "So.",
            "level": "officer",
            "says": "refuse",
            "matter": "grant",
            "name": "plain_risk",
            "officer": "",
            "queue": "",
            "track": "military",
            "evidence": "So.",
            "ok": "yes",
            "act": "release",
            "language": "en",
            "title": "t",
            "scopes": "register.read",
            "expires": "2026-11-23",
            "email": f"p{self.n}@example.com",
            "role": "officer",
            "country": "DE",
            "purpose": "credential",
            "certificate": self.names["number"],
            "exporter": self.organisation,
            "end_user": self.organisation,
            "site": "S1",
            "end_use": "motors",
            "route": "CN DE",
            "on": day,
            "code": "1C905.a.1",
            "element": "Dy",
            "grams": "10",
            "lot": "L1",
            "year": "2025",
            "key": f"K{self.n}",
            "due": "",
            "note": "",
            "subject": "",
        }


@dataclass
class World:
    """A server with everybody, and a way to send any route in anybody's name."""

    house: House

    def send(self, client, method, path, things):
        if method == "POST" and path == "/usage":
            things.n += 10_000
        target = things.path(path) + {
            "/api/v1/usage/gaps": "?since=2026-01-01&until=2026-12-31",
            "/api/v1/log/consistency": "?old=1",
            "/api/v1/log/inclusion": "?index=0",
            "/api/v1/quota/entries": f"?cap=cap-{things.n}",
            "/api/v1/quota": f"?organisation={things.organisation}",
        }.get(path, "")
        if path.startswith("/api/"):
            more = {"headers": {"Idempotency-Key": f"K{things.n}"}}
            if path.endswith("/papers") and method == "POST":
                more["files"] = {"file": ("a.txt", b"an invented letter\n", "text/plain")}
            elif method in ("POST", "PUT", "PATCH"):
                more["json"] = things.body(path)
            return client.request(method, target, **more)
        more = {}
        if method == "POST":
            more["data"] = things.form()
            if path.endswith("/papers") or path in ("/assess", "/returns"):
                more["files"] = {"file": ("a.csv", b"kind,element,lot,grams\nreceived,Dy,L1,1\n", "text/csv")}
        return client.request(method, target, **more)


@pytest.fixture(scope="module")
def world(sqlite_template, tmp_path_factory):
    path = tmp_path_factory.mktemp("world") / "world.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{path}")
    house = House(store)
    certificates.publish(house.office, house.clock.now())
    yield World(house)
    store.close()


@pytest.fixture(scope="module")
def target(world):
    """A new account, to be managed."""
    numbers = count(1)

    def make(things):
        things.names["account"] = world.house.person(f"target-{next(numbers)}-{things.n}", "auditor").id

    return make


def every(keep=lambda _method, _path: True):
    """Every route as test parameters, made without a database."""
    return [
        pytest.param(m, p, id=f"{m} {p}")
        for name in sorted(VERBS)
        for m, p in [name.split(" ")]
        if keep(m, p)
    ]


def test_every_route_has_a_verb_and_every_verb_a_route(world):
    """Default deny: a route that the table does not name is refused, so it names each, and no other."""
    assert sorted(f"{m} {p}" for m, p in routes(world.house.app)) == sorted(VERBS)


def test_every_verb_is_in_the_table_of_rights():
    assert sorted(set(VERBS.values()) - {OPEN, HALF} - set(RIGHTS)) == []


def test_a_route_without_a_verb_is_refused(world, monkeypatch):
    for verb in ("GET /api/v1/me", "GET /home"):
        monkeypatch.delitem(VERBS, verb)
    app = create_app(world.house.office, world.house.settings, world.house.clock)
    client = world.house.browser("operator")
    client._transport.app = app
    assert [client.get(p).status_code for p in ("/api/v1/me", "/home")] == [403, 403]


@pytest.mark.parametrize(("method", "path"), every())
def test_signed_out(world, method, path):
    verb = VERBS[f"{method} {path}"]
    if verb == OPEN:
        return
    client = world.house.client()
    client.get("/sign-in")
    things = Things(world.house, "O1")
    answer = world.send(client, method, path, things)
    if "public" in RIGHTS.get(verb, {}):
        assert answer.status_code not in DENIED
    elif method == "GET" and not path.startswith("/api/"):
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")
    else:
        assert answer.status_code in DENIED


@pytest.mark.parametrize(("method", "path"), every())
def test_each_role_on_its_own_and_on_another_organisations_thing(world, target, method, path):
    name = f"{method} {path}"
    verb = VERBS[name]
    if verb in (OPEN, HALF):
        return
    seen, expected = {}, {}
    for role in ROLES:
        reach = RIGHTS[verb].get(role)
        for whose in ("O1", "O2"):
            things = Things(world.house, whose)
            if "{account}" in path:
                target(things)
            if "{token}" in path:
                self_token(world, role, things)
            answer = world.send(world.house.browser(role), method, path, things)
            seen[role, whose] = verdict(answer.status_code)
            expected[role, whose] = wanted(name, reach, whose, path)
    known = {who: said for who, said in seen.items() if expected[who] != "either"}
    assert known == {who: said for who, said in expected.items() if said != "either"}


def self_token(world, role, things):
    with world.house.store.change() as change:
        at = world.house.clock.now()
        change.add(Token(things.names["token"], f"A-{role}", "t", ("case.read",), at, at + timedelta(1)))


def verdict(status):
    return (
        "denied"
        if status in DENIED
        else "hidden"
        if status == HIDDEN
        else "error"
        if status >= 500
        else "allowed"
    )


def wanted(name, reach, whose, path):
    if reach is None:
        return "denied"
    if name in MORE and (reach == ANY or whose == "O1"):
        return "either"
    foreign = whose == "O2" and ("{" in path or name in BODIES)
    return "hidden" if reach == OWN and foreign else "allowed"


#: Whose thing it is stands in the body, or beside the path.
BODIES = {
    "GET /api/v1/quota",
    "GET /api/v1/quota/entries",
    "POST /api/v1/cases",
    "POST /api/v1/shipments",
    "POST /api/v1/returns",
    "POST /cases",
    "POST /shipments",
}


@pytest.mark.parametrize(("method", "path"), every(lambda _, p: p.startswith("/api/v1/")))
def test_a_token_with_another_scope_is_refused(world, method, path):
    verb = VERBS[f"{method} {path}"]
    if verb == OPEN:
        return
    role = next(r for r in ROLES if r in RIGHTS[verb])
    other = "register.read" if verb != "register.read" else "statistics.read"
    answer = world.send(world.house.bearer(role, other), method, path, Things(world.house, "O1"))
    assert answer.status_code == 403


@pytest.mark.parametrize(("method", "path"), every(lambda m, _: m == "GET"))
def test_no_list_shows_another_organisations_things(world, method, path):
    """What an applicant reads never names another organisation's things, but for what is public."""
    verb = VERBS[f"{method} {path}"]
    if verb in (OPEN, HALF) or "public" in RIGHTS[verb] or "applicant" not in RIGHTS[verb]:
        return
    other, own = Things(world.house, "O2"), Things(world.house, "O1")
    text = world.send(world.house.browser("applicant"), method, path, own).text
    assert [v for k, v in other.names.items() if k in HIDE and v in text] == []
    assert "secret of O2" not in text


HIDE = ("case", "number", "licence", "verdict", "duty", "letter", "report", "account")


def test_what_is_anothers_and_what_is_not_there_read_the_same(world):
    client, theirs = world.house.browser("applicant"), Things(world.house, "O2")
    for path in (
        "/api/v1/cases/{case}",
        "/api/v1/certificates/{number}",
        "/api/v1/shipments/{verdict}",
        "/cases/{case}",
    ):
        answers = [client.get(theirs.path(path)), client.get(re.sub(r"\{\w+\}", "none-such", path))]
        texts = [re.sub(r"[0-9a-f]{16}|case-\d+|none-such", "", a.text) for a in answers]
        assert [a.status_code for a in answers] == [404, 404]
        assert texts[0] == texts[1]


def test_grave_verbs_exist():
    assert set(RIGHTS) >= GRAVE
