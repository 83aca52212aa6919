"""The server from nothing: database, keys and demo are made, requests answered, Ctrl-C ends it whole."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import time

import httpx2
import pytest

from xenotime.core.errors import InputError
from xenotime.web.running import hosts_of, provider, run, settled


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def wait_for(address, process):
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            return httpx2.get(address, timeout=5)
        except httpx2.TransportError:
            time.sleep(0.1)
    return None


@pytest.mark.parametrize("more", [[], ["--demo"]])
def test_it_starts_from_nothing_serves_and_stops_at_ctrl_c(tmp_path, more):
    port = free_port()
    command = [sys.executable, "-m", "xenotime.cli.main", "serve", "--port", str(port), *more]
    code = "from xenotime.cli.main import run; run()"
    command[1:3] = ["-c", code]
    environ = {**os.environ, "XENOTIME_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        ready = wait_for(f"http://localhost:{port}/readyz", process)
        page = httpx2.get(f"http://localhost:{port}/register", timeout=30) if ready else None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (ready is not None and ready.json(), page is not None and page.status_code) == (
        {"ready": True},
        200,
    ), err
    assert "stopped; everything that was answered is kept" in out
    folder = tmp_path / ("demo" if more else "programme")
    assert (folder / "programme.sqlite").is_file()
    assert list((folder / "checkpoints").glob("*.note"))
    assert (folder / "keys").is_dir() is not bool(more)


def test_the_names_it_answers_to():
    assert hosts_of("https://p.example:8443/x", "0.0.0.0", production=True) == ("p.example",)  # noqa: S104 - an address as given
    assert hosts_of("http://localhost:8080", "127.0.0.1", production=False) == (
        "localhost",
        "127.0.0.1",
        "[::1]",
    )


HALF = {"XENOTIME_OIDC_ISSUER": "https://i.example"}
PLAIN = {
    "XENOTIME_OIDC_ISSUER": "http://i.example",
    "XENOTIME_OIDC_CLIENT": "c",
    "XENOTIME_OIDC_SECRET": "s",
}


@pytest.mark.parametrize("environ", [HALF, PLAIN])
def test_half_an_identity_provider_is_refused(environ):
    with pytest.raises(InputError, match="identity provider"):
        provider(environ)


def test_a_whole_identity_provider_keeps_its_secret_out_of_print():
    made = provider(
        {
            "XENOTIME_OIDC_ISSUER": "https://i.example",
            "XENOTIME_OIDC_CLIENT": "c",
            "XENOTIME_OIDC_SECRET": "s3cret",
        }
    )
    assert (made.secret, "s3cret" in repr(made)) == ("s3cret", False)


def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        with pytest.raises(InputError, match="cannot be listened on"):
            run(
                demo=True, database=None, home=tmp_path / "new", host="127.0.0.1", port=port, url="",
                proxies=0, rate=0, production=False,
            )  # fmt: skip
    assert not (tmp_path / "new").exists()


def test_what_stays_is_out_of_the_garbage_collectors_sight(house):
    before = gc.get_freeze_count()
    try:
        settled(house.office, house.clock)
        assert gc.get_freeze_count() > before + 10_000
    finally:
        gc.unfreeze()
