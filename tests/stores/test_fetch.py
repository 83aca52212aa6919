"""What is fetched, and above all what is not: a real server on this machine."""

from __future__ import annotations

import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from xenotime.core.errors import InputError
from xenotime.stores import fetch


class Answers(BaseHTTPRequestHandler):
    """A server with one page for each thing that may go wrong."""

    def do_GET(self):
        act = getattr(self, "_" + self.path.partition("?")[0].strip("/").partition("/")[0], self._good)
        act()

    def _send(self, code, body=b"", **headers):
        self.send_response(code)
        for name, text in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), text)
        self.end_headers()
        self.wfile.write(body)

    def _good(self):
        self._send(200, self.headers["Accept"].encode())

    def _size(self):
        self._send(200, b"x" * int(self.path.rpartition("/")[2]))

    def _endless(self):
        self.send_response(200)
        self.end_headers()
        with suppress(ConnectionError):
            for _ in range(10_000):
                self.wfile.write(b"x" * 1000)

    def _slow(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x")
        self.wfile.flush()
        self.server.released.wait(5)

    def _packed(self):
        self._send(200, b"\x1f\x8b", Content_Encoding="gzip")

    def _missing(self):
        self._send(404, b"no")

    def _near(self):
        self._send(302, Location="/good")

    def _loop(self):
        self._send(302, Location="/loop")

    def _away(self):
        self._send(302, Location="http://127.0.0.2:1/good")

    def _file(self):
        self._send(302, Location="file:///etc/passwd")

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as made:
        made.released = threading.Event()
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"127.0.0.1:{made.server_port}"
        made.released.set()
        made.shutdown()
        thread.join()


def get(server, path, most=100, **more):
    return fetch.fetch(f"http://{server}{path}", server, most, **more)


def refuse(words, server, path, **more):
    with pytest.raises(InputError) as caught:
        get(server, path, **more)
    assert words in f"{caught.value.problem.expected} | {caught.value.problem.found}"


def test_good(server):
    assert get(server, "/good", accept="application/vc+jwt") == b"application/vc+jwt"


def test_size(server):
    assert len(get(server, "/size/100")) == 100
    refuse("at most 100 bytes", server, "/size/101")
    refuse("at most 100 bytes", server, "/endless")


def test_time(server):
    refuse("ReadTimeout", server, "/slow", wait=0.2)


def test_status_and_packing(server):
    refuse("404", server, "/missing")
    refuse("plain answer", server, "/packed")


def test_redirects(server):
    assert get(server, "/near") == b"*/*"
    refuse("at most 3 redirects", server, "/loop")
    refuse(f"own host, {server}", server, "/away")
    refuse("an address with a host", server, "/file")


def test_nobody_answers():
    with pytest.raises(InputError, match="ConnectError"):
        fetch.fetch("http://127.0.0.1:1/x", "127.0.0.1:1", 10)


@pytest.mark.parametrize(
    ("url", "of"),
    [
        ("http://authority.example/did.json", "authority.example"),
        ("ftp://authority.example/did.json", "authority.example"),
        ("file:///etc/passwd", "authority.example"),
        ("https://name:word@authority.example/x", "authority.example"),
        ("https://authority.example.elsewhere.example/x", "authority.example"),
        ("https://authority.example:8443/x", "authority.example"),
        ("https://elsewhere.example/authority.example", "authority.example"),
        ("https://authority.example@elsewhere.example/", "authority.example"),
        ("http://localhost.elsewhere.example/", "localhost.elsewhere.example"),
        ("http://127.0.0.1.elsewhere.example/", "127.0.0.1.elsewhere.example"),
        ("http://10.0.0.1/", "10.0.0.1"),
        ("https:///x", ""),
        ("not an address", ""),
        ("https://a b/", ""),
    ],
)
def test_never_asked(url, of):
    with pytest.raises(InputError, match="cannot be fetched"):
        fetch.fetch(url, of, 10)


class Stream:
    """A connection, as the trace of a request hands it over."""

    def __init__(self, peer):
        self.peer, self.closed = peer, False

    def get_extra_info(self, name):
        return {"server_addr": (self.peer, 443)}[name]

    def close(self):
        self.closed = True


@pytest.mark.parametrize(
    "peer",
    ["10.0.0.1", "127.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"],
)
def test_a_name_that_leads_to_a_private_address_is_left(peer):
    stream = Stream(peer)
    with pytest.raises(InputError, match="a public address"):
        fetch.watch("authority.example")("connection.connect_tcp.complete", {"return_value": stream})
    assert stream.closed


def test_a_connection_to_a_private_address_is_left_before_a_word_is_said(server):
    """0.0.0.0 is no name of this machine, and leads to it all the same."""
    port = server.partition(":")[2]
    with pytest.raises(InputError, match="a public address"):
        fetch.fetch(f"https://0.0.0.0:{port}/good", f"0.0.0.0:{port}", 100)


def test_a_public_address_and_this_machine_by_name_are_not_left():
    for host, peer in [("authority.example", "93.184.215.14"), ("localhost", "127.0.0.1")]:
        stream = Stream(peer)
        fetch.watch(host)("connection.connect_tcp.complete", {"return_value": stream})
        fetch.watch(host)("connection.start_tls.started", {})
        assert not stream.closed


def test_where_documents_lie():
    assert [
        fetch.located(f"did:web:{name}") for name in ("a.example", "127.0.0.1%3A8080", "a.example:b")
    ] == [
        "https://a.example/.well-known/did.json",
        "http://127.0.0.1:8080/.well-known/did.json",
        "https://a.example/b/did.json",
    ]


def test_hosts():
    assert [
        fetch.host(u) for u in ("https://A.example/x", "http://localhost:80/", "https://a.example:443/x")
    ] == [
        "a.example",
        "localhost",
        "a.example",
    ]
