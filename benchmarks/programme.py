"""Claim: a shipment decision at the HTTP API costs no more than a few bare commits of the database.

Asked: at least a third of the database's own rate of one-row commits, on the same disk in the same run. A
decision asks the certificate, the licence, the conditions, the lists, the law and the quota under every cap,
and keeps verdict, reservation, idempotency key and a leaf of the log in one commit before it answers.
The server is a process of its own, and so are its clients; all share this machine's cores.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import Any

from drawdown import insert, postgres, rate

from xenotime.programme.account import Account
from xenotime.programme.shipping.quota import check
from xenotime.services.programme.people import passwords, tokens
from xenotime.services.programme.people.passwords import Rules
from xenotime.web.app import create_app
from xenotime.web.settings import Settings
from xenotime.wiring import clock, programme

sys.path.insert(0, str(Path(__file__).parent.parent))
LARGE = 10**12
RULES = Rules(secrets.token_bytes)


def main() -> None:
    """Print decisions a second, their times, and the ratio to bare commits, on both databases."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=6, help="how long each is measured")
    options.add_argument("--clients", default="1,4,16", help="how many ask at once")
    options.add_argument(
        "--postgres", help="a PostgreSQL address, with an empty database; else one is started"
    )
    options.add_argument("--instances", type=int, default=1, help="servers beside each other on PostgreSQL")
    options.add_argument("--serve", nargs=3, metavar=("URL", "FOLDER", "PORT"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.serve:
        serve(*asked.serve)
        return
    counts = [int(count) for count in asked.clients.split(",")]
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {asked.seconds:g} s for each rate")
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/programme.sqlite", asked.seconds, counts, 1)
    with postgres(asked.postgres) as address:
        measure("PostgreSQL", address, asked.seconds, counts, asked.instances)


def measure(name: str, url: str, seconds: float, counts: list[int], instances: int) -> None:
    """Every rate on one database; stops the run if the ledger is not exact after it."""
    with tempfile.TemporaryDirectory() as folder:
        shipment, secret = prepare(url, Path(folder))
        with ExitStack() as running:
            ports = [running.enter_context(server(url, folder)) for _ in range(instances)]
            for port in ports:
                ask((port, secret, shipment, 1.0))  # each reads the law and the lists once
            for count in counts:
                before = rate(insert, url, seconds / 2, 1)
                told = gather(ports, secret, shipment, seconds, count)
                bare = (
                    before + rate(insert, url, seconds / 2, 1)
                ) / 2  # before and after: machines are shared
                done, spent = len(told) / seconds, [1000 * t for t in told]
                cut = statistics.quantiles(spent, n=100)
                print(
                    f"{name}, {instances} server(s), {count} client(s): {done:,.0f} decisions/s;"
                    f" p50 {cut[49]:.1f}, p95 {cut[94]:.1f}, p99 {cut[98]:.1f} ms;"
                    f" bare commits {bare:,.0f}/s; ratio {done / bare:.2f}"
                )
        with programme.office(url, Path(folder), demo=True) as office, office.store.view() as view:
            lines, after = [], 0
            while more := view.entries(after=after):
                lines, after = [*lines, *more], more[-1].id
            if check(view.caps(), lines):
                sys.exit("the ledger is not exact")


def prepare(url: str, folder: Path) -> tuple[dict[str, Any], str]:
    """An office with a certificate and a licence wide enough: what is asked, and an exporter's token."""
    from tests.services.programme.world import EXPORTER, World  # noqa: PLC0415 - the path is set above

    at = datetime.now(UTC)
    with programme.office(url, folder, demo=True) as office:
        office.store.migrate()
        world, wide = World(office).settle(), {"grams": {"Dy": LARGE, "Nd": LARGE}}
        world.certify(at=at - timedelta(days=1), **wide)
        world.license(at=at - timedelta(days=1), **wide)
        given = tokens.PREFIX + passwords.secret(secrets.token_bytes)
        account = Account(EXPORTER.id, "bench@example.com", "Bench", "applicant", "active", at, "EX")
        token = tokens.Token(
            passwords.mark(given), account.id, "bench", ("shipment.decide",), at, at + timedelta(days=1)
        )
        with office.store.change() as change:
            change.connection.exec_driver_sql("CREATE TABLE bare (id VARCHAR PRIMARY KEY, said VARCHAR)")  # type: ignore[attr-defined] # our own store
            change.add(account)
            change.add(token)
        asked = world.shipment()
    item = {"code": asked.items[0].code, "grams": dict(asked.items[0].grams), "lot": asked.items[0].lot}
    return {
        "certificate": asked.certificate, "exporter": asked.exporter, "end_user": asked.end_user,
        "site": asked.site, "items": [item], "end_use": asked.end_use, "route": list(asked.route),
        "on": at.date().isoformat(),
    }, given  # fmt: skip


def serve(url: str, folder: str, port: str) -> None:
    """The programme's server, as `xenotime serve` runs it, without a bound on one caller's rate."""
    import uvicorn  # noqa: PLC0415 - only this process needs it

    with programme.office(url, Path(folder), demo=True) as office:
        app = create_app(office, Settings(f"http://127.0.0.1:{port}", RULES, rate=0, demo=True), clock())
        uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error", access_log=False)


@contextmanager
def server(url: str, folder: str) -> Iterator[int]:
    """The port of a server that runs while the block does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    running = subprocess.Popen([sys.executable, __file__, "--serve", url, folder, str(port)])  # noqa: S603 - this very file
    try:
        for _ in range(600):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if running.poll() is not None:
                sys.exit("the server did not start")
            time.sleep(0.1)
        yield port
    finally:
        running.terminate()
        running.wait(30)


def gather(
    ports: list[int], secret: str, shipment: dict[str, Any], seconds: float, count: int
) -> list[float]:
    """The seconds that each decision took, of so many clients at once, spread over the servers."""
    given = [(ports[n % len(ports)], secret, shipment, seconds) for n in range(count)]
    with ThreadPool(count) as pool:
        told = pool.map(ask, given, chunksize=1)
    return [spent for one in told for spent in one]


def ask(given: tuple[int, str, dict[str, Any], float]) -> list[float]:
    """The seconds of each decision that one client got over one connection."""
    port, secret, shipment, seconds = given
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    body = json.dumps(shipment)
    spent, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        headers = {
            "Authorization": f"Bearer {secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": secrets.token_hex(12),
        }
        start = time.perf_counter()
        connection.request("POST", "/api/v1/shipments", body, headers)
        answer = connection.getresponse()
        said = answer.read()
        spent.append(time.perf_counter() - start)
        if answer.status != 201 or json.loads(said)["answer"] != "allow":
            sys.exit(f"not allowed: {answer.status} {said[:2000].decode()}")
    return spent


if __name__ == "__main__":
    main()
