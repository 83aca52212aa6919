"""Claim: every page is answered within 100 ms at the server, however much the programme has kept.

Asked: the 95th of 100 requests within 100 ms, with 10,000 cases and 1,000,000 shipment decisions in the
database, each with its leaf in the log; and a number of statements that does not grow with the list.
The database is the demo's year told once and then copied: its real cases, certificates and decisions under
other names and days, some users with many times the shipments of others. Nothing but the pages runs; time is
from the request to its whole answer, `work` this process's own part of it.
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import sqlite3
import statistics as sums
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Table, event
from starlette.testclient import TestClient

from xenotime.core.canon import canonical, restored, written
from xenotime.programme.account import Account
from xenotime.programme.casework.case import Case
from xenotime.programme.letter import Letter
from xenotime.programme.organisation import Organisation
from xenotime.programme.oversight.duty import Duty
from xenotime.programme.oversight.reconcile import Return
from xenotime.programme.shipping.quota import Cap
from xenotime.programme.shipping.shipment import Verdict
from xenotime.programme.trust.certificate import Certificate
from xenotime.programme.trust.licence import Permit
from xenotime.seal import merkle
from xenotime.services.programme.office import Office
from xenotime.services.programme.oversight import statistics
from xenotime.services.programme.people import entry
from xenotime.services.programme.people.passwords import Rules
from xenotime.services.programme.ports import Search
from xenotime.stores.database import open_store
from xenotime.stores.database.cells import stamp
from xenotime.stores.database.schema import head, leaves, metadata, nodes, terms
from xenotime.stores.database.shelves import shelf_of
from xenotime.web.app import create_app
from xenotime.web.pages.speech import COOKIE
from xenotime.web.running import settled
from xenotime.web.settings import Settings
from xenotime.wiring import clock, programme

sys.path.insert(0, str(Path(__file__).parent.parent))
#: What every page is held to [ms].
BOUND = 100
URL = "http://127.0.0.1:8765"
RULES = Rules(secrets.token_bytes)
#: Those who read: role -> account of the demo. The applicant is of the organisation with most shipments.
READERS = {
    "applicant": "brandt", "exporter": "wei", "officer": "lin", "approver": "trade", "auditor": "auditor",
    "operator": "operator", "customs": "customs",
}  # fmt: skip
YEARS = 3
Swaps = Mapping[str, str]


@dataclass(frozen=True)
class Size:
    """How much is filled in."""

    verdicts: int = 1_000_000
    cases: int = 10_000
    organisations: int = 400
    duties: int = 6_000
    letters: int = 20_000


SMALL = Size(5_000, 300, 30, 200, 500)


@dataclass(frozen=True)
class Timed:
    """One page as one reader asked for it: its times, the process's own work [ms], and its statements."""

    path: str
    reader: str
    spent: tuple[float, ...]
    worked: tuple[float, ...]
    statements: int

    @property
    def slow(self) -> float:
        """The 95th of 100 requests [ms]."""
        return sums.quantiles(self.spent, n=20, method="inclusive")[18]


def main() -> None:
    """Print the slowest pages on both databases, each beside the bound."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help="a few thousand rows; proves the filling too")
    options.add_argument("--requests", type=int, default=15, help="how often each page is asked for")
    options.add_argument("--show", type=int, default=20, help="how many pages are printed, slowest first")
    options.add_argument(
        "--folder", type=Path, help="keeps the filled SQLite database, and takes it if there"
    )
    options.add_argument(
        "--postgres", help="a PostgreSQL address, with an empty database; else one is started"
    )
    options.add_argument("--only", choices=("sqlite", "postgres"), help="one database alone")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        folder = asked.folder or Path(spare)
        size = SMALL if asked.small else Size()
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; {size}")
        file = folder / "programme.sqlite"
        if not file.exists():
            fill(folder, size)
            if asked.small and (wrong := list(islice(checked(f"sqlite:///{file}"), 5))):
                sys.exit(f"the filling disagrees with itself: {wrong}")
        if asked.only != "postgres":
            told("SQLite", measure(f"sqlite:///{file}", folder, max(asked.requests, 2)), asked.show)
        if asked.only != "sqlite":
            with postgres(asked.postgres) as url:
                copy(file, url)
                told("PostgreSQL", measure(url, folder, max(asked.requests, 2)), asked.show)


def told(name: str, found: Iterable[Timed], most: int) -> None:
    """The table of one database."""
    rows = sorted(found, key=lambda one: -one.slow)
    over = sum(one.slow > BOUND for one in rows)
    print(
        f"\n{name}: {len(rows)} pages, {over} over {BOUND} ms\n"
        f"{'p50':>7} {'p95':>7} {'ratio':>6} {'work':>6} {'SQL':>4}"
    )
    for one in rows[:most]:
        times = f"{sums.median(one.spent):7.1f} {one.slow:7.1f} {one.slow / BOUND:6.2f}"
        print(f"{times} {sums.median(one.worked):6.1f} {one.statements:4}  {one.reader:9} {one.path[:80]}")


# ---- what is asked for ----------------------------------------------------------------------
def pages(office: Office) -> Iterator[tuple[str, str]]:
    """Reader and address of every page: lists with and without filters, first and deep, and things."""
    with office.store.view() as view:
        names = Names(view)
        lists, work = names.lists(), names.work()
        accounts = f"/accounts?after={names.deep(Account, 'created')}"
    for reader, paths in (
        ("public", ["/", "/help", "/statistics", "/statistics.csv", "/log", *names.register()]),
        ("applicant", [*names.own(), *lists]),
        ("exporter", ["/home", "/organisation", "/shipments?answer=refuse", "/shipments?state=expired",
         *lists]),
        ("officer", [*work, *lists]),
        ("approver", ["/queues", f"/cases/{names.case}", *lists]),
        ("auditor", [*names.audit(), "/system", *lists]),
        ("operator", ["/accounts", "/accounts?q=person", accounts, "/system", "/account"]),
        ("customs", [*names.shipments(), "/certificates", f"/shipments/{names.verdict}", "/shipments/new"]),
    ):  # fmt: skip
        yield from ((reader, path) for path in dict.fromkeys(paths))


class Names:
    """The things that the pages are asked for."""

    def __init__(self, view: Any) -> None:  # noqa: ANN401 - the store's own view
        self.view = view
        of = {"organisation": "O-00002"}
        self.certificate = view.find(Certificate, Search(of, limit=1)).items[0].number
        both = {**of, "exporter": "O-00001", "answer": "allow"}
        self.verdict = view.find(Verdict, Search(both, order="-at", limit=1)).items[0].id
        self.told = view.find(Verdict, Search({**both, "leaf<": 150}, order="at", limit=1)).items[0].id
        self.letter = view.find(Letter, Search(of, order="-sent", limit=1)).items[0].id
        self.report = view.find(Return, Search(of, order="-filed", limit=1)).items[0].id
        self.mine = view.find(Case, Search({**of, "kind": "certificate"}, limit=1)).items[0].id
        self.case = view.find(Case, Search({"kind": "certificate", "closed": None}, limit=1)).items[0].id
        self.size = view.head()[0]
        self.places = {
            name: self.deep(kind, order)
            for name, kind, order in (
                ("cases", Case, "opened"), ("certificates", Certificate, "issued"), ("verdicts", Verdict,
                "at"),
            )
        }  # fmt: skip

    def deep(self, kind: type[Any], order: str) -> str:
        """A place in the middle of a list, newest first."""
        days = timedelta(days=365 * YEARS // 2)
        where = {f"{order}<": clock().now() - days}
        found = self.view.find(kind, Search(where, order=f"-{order}", limit=1))
        return str(found.next or self.view.find(kind, Search(order=f"-{order}", limit=1)).next)

    def lists(self) -> list[str]:
        """The lists that all who work here have."""
        cases, certificates = self.places["cases"], self.places["certificates"]
        return [
            "/cases", "/cases?lang=zh", "/cases?open=yes", "/cases?state=approval&kind=certificate",
            "/cases?q=gmbh", "/cases?q=nobody+at+all", f"/cases?after={cases}",
            "/certificates", "/certificates?lang=zh", "/certificates?state=suspended",
            "/certificates?q=XC-2026",
            f"/certificates?after={certificates}", *self.shipments(), f"/shipments/{self.verdict}",
            f"/shipments/{self.told}/receipt", "/duties", "/duties?state=all", "/duties?state=late",
            "/returns", "/returns?state=questioned", "/account", "/assess",
        ]  # fmt: skip

    def own(self) -> list[str]:
        """What an organisation has of its own."""
        return [
            "/home", "/organisation", "/organisation/edit", "/letters", f"/letters/{self.letter}",
            "/shipments/new",
            f"/shipments/new?certificate={self.certificate}", "/shipments?side=end_user",
            f"/returns?report={self.report}", f"/cases/{self.mine}", f"/cases/{self.mine}?lang=zh",
            "/cases/new",
            f"/register/{self.certificate}.pdf", f"/register/{self.certificate}.jwt",
        ]  # fmt: skip

    def shipments(self) -> list[str]:
        """The list of decisions, cut down in every way that the page knows."""
        after = self.places["verdicts"]
        return [
            "/shipments", "/shipments?lang=zh", "/shipments?answer=refuse", "/shipments?state=reserved",
            "/shipments?answer=refuse&state=expired", "/shipments?answer=allow&state=expired",
            f"/shipments?certificate={self.certificate}", f"/shipments?after={after}",
            f"/shipments?certificate={self.certificate}&answer=refuse&state=reserved",
            f"/shipments?answer=refer&after={after}",
        ]  # fmt: skip

    def work(self) -> list[str]:
        """What the authority's people have."""
        place = self.deep(Case, "opened")
        return [
            "/queues", "/queues?lang=zh", "/queues?queue=appeals", f"/cases/{self.case}", "/cases/new",
            f"/cases/{self.case}?lang=zh", f"/cases/{self.mine}", "/organisations/O-00002",
            "/organisations/O-00001?lang=zh", "/letters?organisation=O-00002",
            f"/cases?q=magnetics&after={place}",
            f"/returns?report={self.report}", "/duties?organisation=O-00002&state=all",
            f"/letters/{self.letter}",
            f"/register/{self.certificate}.pdf", f"/register/{self.certificate}.jwt",
        ]  # fmt: skip

    def register(self) -> list[str]:
        """The public register."""
        after = self.places["certificates"]
        return [
            "/register", "/register?lang=zh", "/register?q=alpenrose", "/register?q=invented",
            "/register?q=XC-2026",
            "/register?country=JP", "/register?q=nobody", f"/register?after={after}",
            "/register?on=2026-01-01",
            f"/register/{self.certificate}", f"/register/{self.certificate}?lang=zh",
        ]  # fmt: skip

    def audit(self) -> list[str]:
        """The log and its proofs."""
        return [
            "/audit", "/audit?lang=zh", f"/audit?after={self.size // 2}", f"/audit?subject={self.verdict}",
            f"/audit/{self.size // 2}", f"/audit/{self.size // 3}/receipt",
        ]  # fmt: skip


# ---- measuring ------------------------------------------------------------------------------
def measure(url: str, folder: Path, times: int) -> list[Timed]:
    """Every page, asked for so many times after one that is not counted; names those that fail."""
    with programme.office(url, folder, demo=True) as office:
        start = time.perf_counter()
        statistics.publish(office, clock().now())  # a round of the server's own, once a day
        print(f"the day's statistics, counted by a round: {time.perf_counter() - start:.1f} s")
        server = Server(office)
        found = [server.timed(reader, path, times) for reader, path in pages(office)]
        print("\n".join(f"FAILED {line}" for line in server.failed), end="\n" if server.failed else "")
        return found


class Server:
    """The server in this process, and a browser of each reader."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.settings = Settings(URL, RULES, rate=0, demo=True)
        self.app = create_app(office, self.settings, clock())
        settled(office, clock())
        self.spent, self.worked, self.statements, self.failed = 0.0, 0.0, 0, list[str]()
        self.browsers = {"public": self._browser(), **{r: self._entered(a) for r, a in READERS.items()}}
        engine = office.store.engine  # type: ignore[attr-defined] # our own store
        event.listen(engine, "before_cursor_execute", self._count)

    def _count(self, *_: object) -> None:
        self.statements += 1

    def _browser(self) -> TestClient:
        return TestClient(self._clocked, base_url=URL, follow_redirects=False)

    async def _clocked(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        start, worked = time.perf_counter(), time.process_time()
        await self.app(scope, receive, send)
        self.spent = 1000 * (time.perf_counter() - start)
        self.worked = 1000 * (time.process_time() - worked)

    def _entered(self, account: str) -> TestClient:
        with self.office.store.view() as view:
            held = view.get(Account, account)
        entered = entry.open_session(self.office, held, clock().now(), RULES, strong=True)
        made = self._browser()
        made.cookies.set(self.settings.cookie("session"), entered.secret)
        return made

    def timed(self, reader: str, path: str, times: int) -> Timed:
        """One page for one reader."""
        spent, worked, most, browser = [], [], 0, self.browsers[reader]
        browser.cookies.delete(COOKIE) if COOKIE in browser.cookies else None
        for turn in range(times + 1):
            self.statements = 0
            reply = browser.get(path)
            if reply.status_code != 200:
                self.failed.append(f"{reader} {path}: {reply.status_code}")
                return Timed(path, reader, (0.0, 0.0), (0.0,), 0)
            if turn:
                spent.append(self.spent)
                worked.append(self.worked)
                most = max(most, self.statements)
        return Timed(path, reader, tuple(spent), tuple(worked), most)


def checked(url: str) -> Iterator[str]:
    """What in the filled database disagrees with itself."""
    store = open_store(url)
    try:
        yield from store.check()
    finally:
        store.close()


# ---- filling --------------------------------------------------------------------------------
def fill(folder: Path, size: Size) -> None:
    """The demo told, and then copied to this size, in a SQLite file."""
    start, at = time.perf_counter(), clock().now()
    with programme.office("", folder, demo=True) as office:
        programme.demo(office, at)
        stock = Stock(office, size, at)
        with office.store.change() as change:
            for cap in stock.caps():
                change.set_cap(cap, at, "system:bench")
    with sqlite3.connect(folder / "programme.sqlite", isolation_level=None) as file:
        for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-2000000"):
            file.execute(f"PRAGMA {pragma}")
        file.execute("BEGIN")
        stock.pour(file)
        file.execute("COMMIT")
        file.execute("ANALYZE")
        file.execute("PRAGMA journal_mode=WAL")
    file.close()
    print(f"SQLite filled in {time.perf_counter() - start:.0f} s")


class Stock:
    """What is filled in, from the demo's own things."""

    def __init__(self, office: Office, size: Size, at: datetime) -> None:
        self.size, self.at, self.random = size, at, random.Random(4)
        with office.store.view() as view:
            self.things = {
                kind: view.find(kind, Search(limit=1000)).items
                for kind in (Organisation, Account, Case, Certificate, Permit, Duty, Letter, Return, Verdict)
            }
            self.start, self.log = view.head()[0], ()
            self.edge = merkle.frontier(self.start, view.node)
        self.texts = {id(t): canonical(t).decode() for them in self.things.values() for t in them}
        self.users = [o for o in self.things[Organisation] if o.id in ("O-00002", "O-00003")]
        self.cast = [self._cast(n) for n in range(size.organisations)]

    def _cast(self, n: int) -> dict[str, str]:
        """The names of one copy of an organisation: old name -> new one. The first two are the demo's own."""
        if n < len(self.users):
            return {"O-00001": "O-00001", self.users[n].id: self.users[n].id}
        user = self.users[n % len(self.users)]
        number = next(c.number for c in self.things[Certificate] if c.organisation == user.id)
        swaps = {user.id: f"O-{n + 10:05d}", number: f"XC-{2024 + n % 3}-{n + 10:04d}"}
        return swaps | {site.id: f"{site.id}-{n}" for site in user.sites}

    def _any(self, many: int) -> int:
        """A number below `many`; low ones come more often, as a few large users do."""
        return int(many * self.random.random() ** 2)

    def _ago(self) -> datetime:
        return self.at - timedelta(seconds=self.random.randrange(1, YEARS * 365 * 86400))

    def _copy(self, thing: Any, swaps: Swaps, **changes: object) -> Any:  # noqa: ANN401 - of any shelf
        text = self.texts[id(thing)]
        for old, new in swaps.items():
            text = text.replace(old, new)
        return replace(restored(type(thing), text), **changes)

    def copies(self) -> Iterator[Any]:
        """Every copied thing but the decisions."""
        for n, swaps in enumerate(self.cast):
            user = self.users[n % len(self.users)]
            if n >= len(self.users):
                names = {"name": f"{user.name} {n}", "name_zh": f"{user.name_zh}{n}", "created": self._ago()}
                yield self._copy(user, swaps, **names)
                yield from self._held(n, user, swaps)
                yield self._copy(
                    self._own(Account, "brandt"), swaps, id=f"person{n}", email=f"person{n}@example.com"
                )
            for year in range(YEARS):
                key = f"R-{swaps[user.id]}-{self.at.year - 1 - year}"
                changes = {"id": key, "organisation": swaps[user.id], "year": self.at.year - 1 - year}
                yield self._copy(self.things[Return][0], {}, **changes, filed=self._ago())
        yield from self._work()

    def _held(self, n: int, user: Organisation, swaps: Swaps) -> Iterator[Any]:
        for certificate in self.things[Certificate]:
            if certificate.organisation == user.id:
                state = "suspended" if n % 17 == 0 else certificate.state
                yield self._copy(certificate, swaps, state=state, issued=self._ago())
        number = f"XG-{2024 + n % 3}-{n + 10:04d}"
        permit = self.things[Permit][0]
        yield self._copy(
            permit, {**swaps, permit.number: number}, exporter=swaps[user.id], issued=self._ago()
        )

    def _own(self, kind: type[Any], key: str) -> Any:  # noqa: ANN401 - of any shelf
        return next(t for t in self.things[kind] if t.id == key)

    def _work(self) -> Iterator[Any]:
        """Cases, of which about one in six is open, then obligations and letters."""
        still, done = ([c for c in self.things[Case] if (c.closed is None) == x] for x in (True, False))
        for n in range(self.size.cases):
            case = self.random.choice(still if n % 6 == 0 else done)
            swaps = {case.id: f"C-2025-{n + 1:05d}", case.organisation: self._whose()}
            due = (self.at + timedelta(days=self.random.randrange(-30, 200))).date()
            officer = self.random.choice(("lin", "okafor", ""))
            more = {"due": due, "closed": None} if n % 6 == 0 else {"closed": self._ago()}
            queue = self.random.choice(("licensing", "compliance", "appeals"))
            yield self._copy(case, swaps, opened=self._ago(), officer=officer, queue=queue, **more)
        for n in range(self.size.duties):
            duty, due = self.random.choice(self.things[Duty]), (self._ago() + timedelta(days=500)).date()
            state = self.random.choice(("open", "late", "met", "met", "met"))
            yield replace(duty, id=f"duty-{n}", organisation=self._whose(), due=due, state=state)
        for n in range(self.size.letters):
            letter, sent = self.random.choice(self.things[Letter]), self._ago()
            read = None if n % 5 == 0 else sent
            yield replace(letter, id=f"letter-{n}", organisation=self._whose(), sent=sent, read=read)

    def _whose(self) -> str:
        swaps = self.cast[self._any(len(self.cast))]
        return next(new for old, new in swaps.items() if old in ("O-00002", "O-00003"))

    def caps(self) -> Iterator[Cap]:
        """The caps of the copied certificates, two years each."""
        for swaps in self.cast[len(self.users) :]:
            number = next(new for new in swaps.values() if new.startswith("XC-"))
            for year in (self.at.year, self.at.year + 1):
                for element in ("Dy", "Nd"):
                    yield Cap(f"{number}/{element}/{year}", 10**9, element, certificate=number, year=year)

    def decisions(self) -> Iterator[tuple[dict[str, Any], str, bytes]]:
        """The columns and the body of each decision, and its leaf of the log."""
        moulds, first = [Mould(v, self.texts[id(v)]) for v in self.things[Verdict]], self.start
        for n in range(self.size.verdicts):
            swaps = self.cast[self._any(len(self.cast))]
            mould = self.random.choice([m for m in moulds if m.of.organisation in swaps])
            at = self.at - timedelta(days=365 * YEARS) * (1 - n / self.size.verdicts)
            exporter = self.cast[self._any(len(self.cast) // 5)]
            who = next(new for old, new in exporter.items() if old in ("O-00001", "O-00002", "O-00003"))
            yield mould.cast(secrets.token_hex(10), swaps, who, at, first + n, self.random.random())

    def pour(self, file: sqlite3.Connection) -> None:
        """Insert everything, each kind in one go."""
        rows: dict[Table, list[tuple[Any, ...]]] = {terms: []}
        for thing in self.copies():
            shelf = shelf_of(type(thing))
            row = {
                "id": thing.id,
                "version": thing.version,
                "thing": canonical(thing).decode(),
                **shelf.row(thing),
            }
            rows.setdefault(shelf.table, []).append(tuple(row[c.name] for c in shelf.table.columns))
            rows[terms] += [(shelf.name, field, value, thing.id) for field, value in shelf.terms(thing)]
        for table, them in rows.items():
            file.executemany(_insert(table), them)
        made = self.decisions()
        while batch := list(islice(made, 20_000)):
            names = [c.name for c in shelf_of(Verdict).table.columns]
            file.executemany(
                _insert(shelf_of(Verdict).table), [[row[name] for name in names] for row, _, _ in batch]
            )
            self._logged(file, [(str(row["id"]), leaf) for row, _, leaf in batch])
        size, root = self.start, merkle.root(self.edge, self.start)
        said = f"UPDATE {head.name} SET size=?, frontier=?, root=?"  # noqa: S608 - our own table
        file.execute(said, (size, b"".join(self.edge), root))

    def _logged(self, file: sqlite3.Connection, batch: Iterable[tuple[str, bytes]]) -> None:
        kept, hashes = [], []
        for subject, leaf in batch:
            kept.append((self.start, subject, leaf))
            self.edge, made = merkle.append(self.edge, self.start, merkle.leaf_hash(leaf))
            hashes += made
            self.start += 1
        file.executemany(_insert(leaves), kept)
        file.executemany(_insert(nodes), hashes)


class Mould:
    """One decision of the demo, from which others are cast by putting other names and days in its text."""

    def __init__(self, of: Verdict, text: str) -> None:
        self.of, self.columns = of, shelf_of(Verdict).row(of)
        ship = of.shipment
        text = text.replace("%", "%%").replace(f'"leaf":{of.leaf}', '"leaf":%(leaf)d')
        for old, new in (
            (f'"state":"{of.state}"', '"state":"%(state)s"'),
            (f'"answer":"{of.answer}"', '"answer":"%(answer)s"'),
            (of.id, "%(id)s"), (written(of.at), "%(at)s"), (written(of.expires or of.at), "%(expires)s"),
            (of.organisation, "%(organisation)s"), (ship.exporter, "%(exporter)s"),
            (ship.certificate, "%(certificate)s"), (ship.site, "%(site)s"), (str(ship.on), "%(on)s"),
        ):  # fmt: skip
            text = text.replace(old, new)
        self.text = text

    def cast(
        self, key: str, swaps: Swaps, exporter: str, at: datetime, leaf: int, luck: float
    ) -> tuple[dict[str, Any], str, bytes]:
        """The row, the body and the leaf of another decision."""
        ship, at = self.of.shipment, at.replace(microsecond=0)
        state, answer = self.of.state, self.of.answer
        if answer == "allow":
            state = (
                "reserved"
                if luck < 0.05
                else "released"
                if luck < 0.12
                else "expired"
                if luck < 0.15
                else state
            )
        elif luck < 0.3:
            answer = "refer"
        name, until = f"verdict-{key}", at + timedelta(days=10)
        said = {
            "id": name, "leaf": leaf, "state": state, "answer": answer, "at": written(at),
            "expires": written(until),
            "organisation": swaps[self.of.organisation], "exporter": exporter, "on": str(at.date()),
            "certificate": swaps.get(ship.certificate, ship.certificate),
            "site": swaps.get(ship.site, ship.site),
        }  # fmt: skip
        body = self.text % said
        row = {
            **self.columns, **said, "at": stamp(at), "expires": self.columns["expires"] and stamp(until),
            "end_user": said["organisation"], "reservation": self.columns["reservation"] and name,
            "version": self.of.version, "thing": body,
        }  # fmt: skip
        event_ = (
            f'{{"actor":"{self.of.by}","at":"{said["at"]}","data":{{"answer":"{answer}"}},"index":{leaf},'
            f'"kind":"shipment.decided","organisation":"{said["organisation"]}","subject":"{name}"}}'
        )
        return row, body, event_.encode()


def _insert(table: Table) -> str:
    places = ", ".join("?" for _ in table.columns)
    return f"INSERT INTO {table.name} ({_named(table)}) VALUES ({places})"  # noqa: S608 - our own tables


def _named(table: Table) -> str:
    return ", ".join(f'"{c.name}"' for c in table.columns)


# ---- the other database ---------------------------------------------------------------------
@contextmanager
def postgres(given: str | None) -> Iterator[str]:
    """The address given, or that of a server started for this run whose every commit reaches the disk."""
    if given:
        yield given
        return
    from tests.fixtures.postgres import administer, serving  # noqa: PLC0415 - needs a wheel that few have

    with serving(durable=True) as address:
        administer(address, "CREATE DATABASE pages")
        yield address.replace("/postgres?", "/pages?")


def copy(file: Path, url: str) -> None:
    """Every row of the SQLite file in an empty PostgreSQL database, its indexes made afterwards."""
    start, store = time.perf_counter(), open_store(url)
    store.migrate()
    with sqlite3.connect(file) as source, psycopg.connect(url) as target:
        for table in metadata.sorted_tables:
            target.execute(f"TRUNCATE {table.name}")
            for index in table.indexes:
                target.execute(f"DROP INDEX {index.name}")
            names = _named(table)
            with target.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as into:
                for row in source.execute(f"SELECT {names} FROM {table.name}"):  # noqa: S608 - our own tables
                    into.write_row(row)
    source.close()
    with store.engine.begin() as connection:
        for table in metadata.sorted_tables:
            for index in table.indexes:
                index.create(connection)
    store.close()
    with psycopg.connect(url, autocommit=True) as target:
        target.execute("VACUUM ANALYZE")
    print(f"\nPostgreSQL filled in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
