"""The real server with the demo, and Debian's Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

DAY = "2026-11-21"
#: Seconds within which the server must answer.
PATIENCE = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310 - our own server on this machine
            return reply.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of `xenotime serve --demo` in a process of its own, from nothing."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    command = [str(Path(sys.executable).with_name("xenotime")), "serve", "--demo", "--home", str(folder)]
    log = (folder / "server.log").open("wb")
    env = {**os.environ, "XENOTIME_TODAY": DAY, "XENOTIME_HOME": str(folder)}
    running = subprocess.Popen(
        [*command, "--port", str(port), "--rate", "0"], stdout=log, stderr=subprocess.STDOUT, env=env
    )
    url, until = f"http://localhost:{port}", time.monotonic() + PATIENCE
    try:
        while not answers(url):
            told = (folder / "server.log").read_text("utf-8", "replace")[-2000:]
            assert running.poll() is None, told
            assert time.monotonic() < until, told
            time.sleep(0.3)
        yield url
    finally:
        running.terminate()
        running.wait(30)
        log.close()


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, headless. It is a failure, not a skip, if there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@dataclass
class Reader:
    """Somebody at a browser: their page, and everything its console said."""

    server: str
    context: object
    page: object
    said: list = field(default_factory=list)

    def open(self, path, status=200):
        reply = self.page.goto(self.server + path)
        assert reply.status == status, (path, reply.status, self.page.inner_text("main")[:500])
        assert "second-factor" not in self.page.url
        return self.page

    def enter(self, name):
        """Walk in as a person of the demo."""
        self.open("/sign-in")
        self.page.get_by_role("button", name=f"Enter {name}").click()
        self.page.wait_for_load_state()
        return self

    def expect(self, status):
        """The browser's own note about a status that the test asked for is no error of ours."""
        self.said[:] = [line for line in self.said if f"status of {status}" not in line]

    def text(self):
        return self.page.inner_text("main")


@pytest.fixture
def reader(server, chromium):
    """Makes readers; none of them may meet an error in the console that the test did not expect."""
    made = []

    def make(**given):
        context = chromium.new_context(
            **{"locale": "en-GB", "viewport": {"width": 1280, "height": 800}, **given}
        )
        context.set_default_timeout(10_000)
        one = Reader(server, context, context.new_page())
        one.page.on("console", lambda m: one.said.append(m.text) if m.type in ("error", "warning") else None)
        one.page.on("pageerror", lambda e: one.said.append(str(e)))
        made.append(one)
        return one

    yield make
    for one in made:
        one.context.close()
    assert [line for one in made for line in one.said] == []
