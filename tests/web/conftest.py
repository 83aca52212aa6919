"""A server in this process, with an office of its own and invented people of every role."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache

import pyotp
import pytest
from starlette.testclient import TestClient

from xenotime.law.read import read_book
from xenotime.programme.account import Account
from xenotime.programme.organisation import Organisation, Site
from xenotime.programme.profile import Profile
from xenotime.programme.read import profiles
from xenotime.services.library import open_library
from xenotime.services.programme.office import Authority, Office
from xenotime.services.programme.people import entry, passwords, tokens
from xenotime.services.programme.people.passwords import Cost, Rules
from xenotime.stores.keys import TestKeys
from xenotime.web.app import VERBS, create_app
from xenotime.web.gate import place
from xenotime.web.settings import Settings

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
PHRASE = "seven grey cranes over the weir"
#: argon2 as cheap as it goes: these tests are about everything else.
CHEAP = Cost(memory=8, passes=1, lanes=1)
ROLES = ("applicant", "officer", "approver", "auditor", "customs", "operator")


class HandClock:
    """A clock that a test sets."""

    def __init__(self, at=START):
        self.at = at

    def now(self):
        return self.at

    def today(self):
        return self.at.date()

    def pass_by(self, **span):
        self.at += timedelta(**span)


@cache
def lawful(known, jurisdiction="cn"):
    """A book of law as known on a day, opened once for every server of a test run."""
    return open_library(known, book=_book(jurisdiction))


@cache
def _book(jurisdiction):
    return read_book(jurisdiction=jurisdiction)


@cache
def hashed():
    return passwords.hashed(PHRASE, Rules(secrets.token_bytes, CHEAP))


class House:
    """A server, its office, and ways to come in."""

    def __init__(self, store, app=None, **settings):
        self.store, self.clock = store, HandClock()
        self.rules = Rules(secrets.token_bytes, CHEAP)
        authority = Authority(
            "Invented Authority of Examplia", "虚构管理局", "did:web:testserver", "http://testserver", True
        )
        self.office = Office(
            store,
            TestKeys("did:web:testserver"),
            authority,
            profiles().get("veu", Profile("veu", "", "", "")),
            lawful(START.date()).calendar,
            lawful,
            lambda kind: f"{kind[:3]}-{secrets.token_hex(6)}",
        )
        plain = {"url": "http://testserver", "hosts": ("testserver",), "rate": 0, **settings}
        self.settings = Settings(rules=self.rules, **plain)
        self.app = app or create_app(self.office, self.settings, self.clock)
        place(self.app, self.office, self.settings, self.clock, VERBS)
        self.people = {}
        self.shared = {}
        self._found()

    def _found(self):
        with self.store.change() as change:
            for number in ("1", "2"):
                site = Site(f"S{number}", f"Hall {number}", "1 Invented Road", "DE", "motors", START.date())
                change.add(
                    Organisation(
                        f"O{number}",
                        f"Invented Motors {number}",
                        "DE",
                        "both",
                        "active",
                        "civil",
                        START,
                        sites=(site,),
                        invented=True,
                    )
                )
        for role in ROLES:
            self.person(role, role, "O1" if role == "applicant" else "")
        self.person("other", "applicant", "O2")

    def person(self, name, role, organisation="", state="active", **more):
        """An account of a role, with a second factor where its role asks for one."""
        ident, email = f"A-{name}", f"{name}@example.com"
        sealed = ""
        if role != "applicant":
            self.shared[name] = passwords.factor(secrets.token_bytes)
            sealed = passwords.seal(
                self.shared[name], self.office.keys.secret("totp"), ident, secrets.token_bytes
            )
        given = {"password": hashed(), "totp": sealed, "body": "body-1" if role == "approver" else "", **more}
        account = Account(ident, email, f"Person {name}", role, state, START, organisation, **given)
        with self.store.change() as change:
            change.add(account)
        self.people[name] = account
        return account

    def code(self, name):
        shared = self.shared.get(name)
        return pyotp.TOTP(shared).at(self.clock.now()) if shared else ""

    def client(self, **more):
        """A browser that nobody has signed in with."""
        given = {"base_url": self.settings.url, "raise_server_exceptions": False, **more}
        return TestClient(self.app, follow_redirects=False, **given)

    def cookie(self, name, *, fresh=True):
        """The session of a person, made without the sign-in page."""
        at = self.clock.now()
        with self.store.view() as view:
            account = view.get(Account, f"A-{name}")
        before = at if fresh else at - timedelta(minutes=20)
        return entry.open_session(self.office, account, before, self.rules, strong=True)

    def browser(self, name, *, fresh=True):
        """A browser in which a person is signed in, and that sends the sign with every change."""
        client, entered = self.client(), self.cookie(name, fresh=fresh)
        client.cookies.set(
            self.settings.cookie("session"), entered.secret, domain="testserver.local", path="/"
        )
        client.headers["X-CSRF-Token"] = entered.session.csrf
        client.headers["Origin"] = self.settings.origin
        return client

    def bearer(self, name, *scopes):
        """A caller with an API token of a person, with these scopes (all that the role may have if none)."""
        account, at = self.people[name], self.clock.now()
        actor = entry.actor(self.cookie(name), at, self.rules)
        wanted = scopes or tokens.scopes(account.role)
        _, given = tokens.create(self.office, actor, "test", wanted, at + timedelta(days=1), at, self.rules)
        client = self.client()
        client.headers["Authorization"] = f"Bearer {given}"
        return client


def hidden(page):
    """The sign in the form of a page."""
    return re.search(r'name="csrf" value="([^"]*)"', page.text)[1]


@pytest.fixture
def house(sqlite_store):
    """A server over an empty store, on plain HTTP at a loopback name."""
    return House(sqlite_store)


@pytest.fixture
def make_house(sqlite_store):
    """A way to build a server with other settings."""
    return lambda **settings: House(sqlite_store, **settings)
