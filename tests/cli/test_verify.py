"""`xenotime verify`, as a person runs it; nearly all of it without a network."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.seal.authority import Papers

from xenotime.core.canon import written
from xenotime.seal import checkpoint, log, merkle, receipt

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def desk(tmp_path, run):
    """A folder of evidence, and the command over it; today is 2026-11-22."""
    return Desk(tmp_path, run)


class Desk:
    def __init__(self, folder, run):
        self.folder, self._run, self.papers = folder, run, Papers()
        self.keys = self.file("did.json", self.papers.document())
        (folder / "lists").mkdir()
        self.publish(NOON - HOUR)

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def publish(self, at, **more):
        for source, text in self.papers.lists(at, **more):
            self.file(f"lists/{at:%Y%m%d%H}-{source}", text)

    def certificate(self, **changed):
        return self.file("certificate.jwt", self.papers.certificate(**changed))

    def run(self, target, *more, lists=True):
        status = ["--status", self.folder / "lists"] if lists else []
        return self._run("verify", target, "--offline", "--keys", self.keys, *status, *more)


def first(result):
    return (result.exit_code, result.output.splitlines()[0].partition(" ")[2].partition(":")[0])


def test_valid(desk):
    result = desk.run(desk.certificate())
    assert first(result) == (0, "valid")
    said = result.output.replace(str(desk.folder), "FOLDER").splitlines()
    assert said[0] == "✓ valid: certificate https://authority.example/register/XC-2026-0001#1"
    assert "  issuer: did:web:authority.example" in said
    assert [line[:60] for line in said if line.startswith(("  keys", "  status"))] == [
        "  keys: did:web:authority.example#credential-1, of 2020-01-01T00:00:00Z, from FOLDER/did.json"[:60],
        "  status: revocation, of 2026-11-22T11:00:00Z until 2026-11-29T11:00:00Z"[:60],
        "  status: suspension, of 2026-11-22T11:00:00Z until 2026-11-29T11:00:00Z"[:60],
    ]
    assert sum("1 h old then, from FOLDER/lists/2026112211-" in line for line in said) == 2
    assert any(line.startswith("  notice: This certificate is a demonstration.") for line in said)
    assert said[-3:][0] == "not checked:"


def test_json(desk):
    found = json.loads(desk.run(desk.certificate(), "--json").stdout)
    assert (found["answer"], found["at"], found["issuer"]) == (
        "valid",
        "2026-11-22T12:00:00Z",
        "did:web:authority.example",
    )
    assert [u["kind"] for u in found["used"]] == ["keys", "status", "status"]
    assert found["used"][1]["since"] == "2026-11-22T11:00:00Z"
    assert found["states"]["holder"] == "Lindau Motorenwerke GmbH"


def test_suspended_then_reinstated_by_day(desk):
    target = desk.certificate()
    desk.publish(NOON - 10 * DAY)
    desk.publish(NOON - 6 * DAY, suspended=(131_071,))
    desk.publish(NOON - 3 * DAY)
    days = ["2026-11-12", "2026-11-15", "2026-11-16", "2026-11-18", "2026-11-19", "2026-11-22", "2026-11-11"]
    assert [first(desk.run(target, "--on", day)) for day in days] == [
        (0, "valid"),
        (0, "valid"),
        (1, "suspended"),
        (1, "suspended"),
        (0, "valid"),
        (0, "valid"),
        (1, "cannot be shown"),
    ]


def test_revoked_expired_not_yet_ahead(desk):
    target = desk.certificate()
    desk.publish(NOON - 30 * timedelta(minutes=1), revoked=(0,))
    assert first(desk.run(target)) == (1, "revoked")
    assert first(desk.run(target, "--on", "2028-11-01", lists=False)) == (1, "expired")
    assert first(desk.run(target, "--on", "2026-10-31", lists=False)) == (1, "not yet")
    assert first(desk.run(target, "--on", "2026-11-23", lists=False)) == (1, "cannot be shown")


def test_no_lists_cannot_be_shown(desk):
    assert first(desk.run(desk.certificate(), lists=False)) == (1, "cannot be shown")


def test_grace(desk):
    for name in (desk.folder / "lists").iterdir():
        name.unlink()
    desk.publish(NOON - 9 * DAY)
    civil = desk.certificate()
    assert [first(desk.run(civil, "--grace", n))[1] for n in (0, 1, 2)] == ["cannot be shown"] * 2 + ["valid"]
    strict = desk.certificate(track="military")
    assert first(desk.run(strict, "--grace", 90)) == (1, "cannot be shown")


def test_one_flipped_byte(desk):
    text = desk.papers.certificate()
    for place in (0, 5, len(text) // 2, len(text) - 1):
        other = "A" if text[place] != "A" else "B"
        target = desk.file("flipped.jwt", text[:place] + other + text[place + 1 :])
        assert desk.run(target).exit_code == 1


def test_forged_says_why(desk):
    result = desk.run(desk.file("forged.jwt", desk.papers.sealed("status")))
    assert first(result) == (1, "not valid")
    assert "this key must not sign things of this kind" in result.output


def test_the_issuer_can_be_pinned(desk):
    target = desk.certificate()
    assert desk.run(target, "--issuer", "did:web:authority.example").exit_code == 0
    result = desk.run(target, "--issuer", "did:web:real.example")
    assert first(result) == (1, "not valid")
    assert "issued by did:web:authority.example, not by did:web:real.example" in result.output


def test_another_authoritys_certificate(desk):
    other = Papers("did:web:elsewhere.example")
    result = desk.run(desk.file("other.jwt", other.certificate()))
    assert (result.exit_code, "no document of it" in result.output) == (2, True)


def test_keys_in_a_folder(desk):
    (desk.folder / "keys").mkdir()
    desk.file("keys/a.json", Papers("did:web:elsewhere.example").document())
    desk.file("keys/b.json", desk.papers.document())
    desk.keys = desk.folder / "keys"
    assert desk.run(desk.certificate()).exit_code == 0


def test_status_list(desk):
    assert first(desk.run(desk.file("list.jwt", desk.papers.list(at=NOON)))) == (0, "valid")
    assert first(desk.run(desk.file("list.jwt", desk.papers.list(at=NOON, signer="seal")))) == (
        1,
        "not valid",
    )


def test_receipt_growth_checkpoint_log(desk):
    papers = desk.papers
    old = desk.file("old.note", papers.log(5))
    new = desk.file("new.note", papers.log(6))
    slip = desk.file("receipt.json", papers.receipt(7))
    growth = desk.file(
        "growth.json", receipt.growth(5, merkle.consistency(5, 11, papers.node), papers.checkpoint())
    )
    head = log.Head(checkpoint.origin(papers.did), papers.checkpoint())
    whole = desk.file("log.jsonl", b"".join(log.lines(head, papers.leaves)))
    cut = desk.file("cut.jsonl", b"".join(log.lines(head, papers.leaves[:-1])))
    assert [first(desk.run(p)) for p in (slip, new, whole)] == [(0, "valid")] * 3
    assert first(desk.run(growth)) == (1, "cannot be shown")
    assert [first(desk.run(p, "--checkpoint", old)) for p in (slip, new, whole, growth)] == [(0, "valid")] * 4
    assert first(desk.run(cut)) == (1, "not valid")
    forged = desk.file("forged.json", slip.read_bytes().replace(b"allow", b"refuse"))
    assert first(desk.run(forged)) == (1, "not valid")


@pytest.mark.parametrize("data", [b"", b"hello", b"{}", b"%PDF-1.7\n", b"\x00" * 99, b"{" * 2_000_000])
def test_unusable_input(desk, data):
    result = desk.run(desk.file("x", data))
    assert result.exit_code == 2
    assert "next:" in result.output


def test_unusable_evidence(desk):
    target = desk.certificate()
    assert desk.run(desk.folder / "none").exit_code == 2
    assert desk.run(target, "--on", "31 February 2026").exit_code == 2
    assert desk._run("verify", target, "--offline").exit_code == 2
    assert desk._run("verify", "https://authority.example/register/XC-1", "--offline").exit_code == 2
    desk.keys = desk.file("broken.json", "{}")
    assert desk.run(target).exit_code == 2


ALONE = textwrap.dedent(
    """
    import socket, sys

    def refuse(*args, **named):
        raise AssertionError("a connection was opened")

    socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
    from xenotime.cli.main import run
    sys.argv[0] = "xenotime"
    try:
        run()
    except SystemExit as ended:
        heavy = ("fastapi", "starlette", "sqlalchemy", "polars", "xenotime.law", "xenotime.wiring",
                 "xenotime.programme", "xenotime.web", "xenotime.parties", "jinja2", "uvicorn")
        print("MODULES", sorted(name for name in heavy if name in sys.modules), ended.code)
    """
)


def test_it_is_a_small_command_and_needs_no_network(desk):
    """In a process of its own: sockets are blocked, and what was imported is looked at afterwards."""
    target = desk.certificate()
    words = ["verify", target, "--offline", "--keys", desk.keys, "--status", desk.folder / "lists"]
    done = subprocess.run(
        [sys.executable, "-c", ALONE, *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "MODULES [] 0", done.stderr
    assert done.stdout.startswith("✓ valid: certificate")


def test_now_is_one_instant(desk, monkeypatch):
    """Read twice, the clock would make every question one about the past."""
    monkeypatch.delenv("XENOTIME_TODAY")
    ahead = desk.papers.certificate(valid_until=datetime.now(UTC).date() + DAY)
    found = desk.run(desk.file("ahead.jwt", ahead), lists=False)
    assert "the live register" in found.output


class Authority(BaseHTTPRequestHandler):
    """An authority's own address on this machine: keys, certificate, and every kept version of both lists."""

    def do_GET(self):
        papers, asked = self.server.papers, urlsplit(self.path)
        on = datetime.fromisoformat(parse_qs(asked.query).get("on", [written(NOON)])[0])
        kept = {purpose: text for at, purpose, text in self.server.kept if at <= on}
        pages = {
            "/.well-known/did.json": papers.document(),
            "/register/XC-2026-0001.jwt": papers.certificate(issued=NOON).encode(),
            "/register/other.jwt": Papers("did:web:elsewhere.example").certificate().encode(),
            **{f"/status/{purpose}": text.encode() for purpose, text in kept.items()},
        }
        body = pages.get(asked.path)
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture
def site():
    with ThreadingHTTPServer(("127.0.0.1", 0), Authority) as made:
        made.papers = Papers(f"did:web:127.0.0.1%3A{made.server_port}")
        made.papers.url = f"http://127.0.0.1:{made.server_port}"
        made.kept = []
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def publish(site, at, **more):
    site.kept += [
        (at, purpose, site.papers.list(purpose, at, set_=more.get(purpose, ())))
        for purpose in ("revocation", "suspension")
    ]


def test_online_by_address(site, run):
    target = f"{site.papers.url}/register/XC-2026-0001.jwt"
    publish(site, NOON - 2 * DAY)
    publish(site, NOON - DAY, suspension=(131_071,))
    assert first(run("verify", target)) == (1, "suspended")
    assert first(run("verify", target, "--on", "2026-11-20")) == (0, "valid")
    publish(site, NOON - HOUR)
    result = run("verify", target)
    assert first(result) == (0, "valid")
    assert f"from {site.papers.url}/status/suspension" in result.output
    assert f"from {site.papers.url}/.well-known/did.json" in result.output


def test_online_with_a_file(site, run, tmp_path):
    publish(site, NOON)
    path = tmp_path / "certificate.jwt"
    path.write_text(site.papers.certificate(issued=NOON))
    assert first(run("verify", path, "--issuer", site.papers.did)) == (0, "valid")


def test_a_file_makes_nobody_ask_this_machine(site, run, tmp_path):
    """A file from anybody may name this machine as its issuer: it is asked only if the reader means it."""
    path = tmp_path / "certificate.jwt"
    path.write_text(site.papers.certificate(issued=NOON))
    result = run("verify", path)
    assert (result.exit_code, "--issuer to say that it is this machine" in result.output) == (2, True)


def test_online_without_lists_fails_closed(site, run):
    result = run("verify", f"{site.papers.url}/register/XC-2026-0001.jwt")
    assert first(result) == (1, "cannot be shown")
    assert "404" in result.output


def test_a_certificate_on_a_host_that_is_not_its_issuers(site, run, desk):
    """A holder may show it anywhere; whose keys count is said by the certificate, and the reader."""
    target = f"{site.papers.url}/register/other.jwt"
    keys = desk.file("other.json", Papers("did:web:elsewhere.example").document())
    result = run("verify", target, "--issuer", site.papers.did)
    assert first(result) == (1, "not valid")
    assert f"issued by did:web:elsewhere.example, not by {site.papers.did}" in result.output
    result = run("verify", target, "--keys", keys)
    assert first(result) == (1, "cannot be shown")


def test_an_issuer_that_nobody_named_stays_open(site, run):
    publish(site, NOON)
    own = run("verify", f"{site.papers.url}/register/XC-2026-0001.jwt")
    assert "whether you mean this issuer" not in own.output
