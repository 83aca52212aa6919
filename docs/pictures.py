"""Takes the pictures of docs/howto/run-the-programme.md from the running demo, and of the supply pages.

Run with the browsers' environment: .venv/browser/bin/python docs/pictures.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

PORT, DAY, WIDE = 8766, "2026-11-21", {"width": 1120, "height": 700}
#: Name of the picture, who looks, at what, and how far down.
SHOTS = (
    ("programme-start", "", "/", 0),
    ("programme-sign-in", "", "/sign-in", 0),
    ("programme-home", "Aiko Mori", "/home", 0),
    ("programme-form", "Jonas Brandt", "/organisation/edit", 0),
    ("programme-case", "Jonas Brandt", "/cases/C-2026-00005", 0),
    ("programme-quota", "Jonas Brandt", "/certificates", 0),
    ("programme-register", "", "/register/XC-2026-0001", 0),
    ("programme-ship", "Wei Lan", "/shipments/new?certificate=XC-2026-0001", 0),
    ("programme-allowed", "Wei Lan", "allow", 0),
    ("programme-strict", "Lin Qiao", "/cases/C-2026-00010", 0),
    ("programme-gap", "Aiko Mori", "/returns?report=R-O-00003-2026", 0),
    ("programme-refused", "Wei Lan", "refuse", 0),
    ("programme-suspended", "", "/register/XC-2026-0002?on=2026-10-25", 0),
    ("programme-queues", "Jun Takeda", "/queues", 0),
    ("programme-quota-all", "Rosa Valdés", "/quota", 0),
    ("programme-usage", "Customs desk", "/usage", 0),
    ("programme-audit", "Ines Duarte", "/audit?check=yes", 0),
    ("programme-chinese", "Lin Qiao", "/cases/C-2026-00010?lang=zh", 0),
)

#: Pages of the supply model and of a change of law: the command that writes them, the page,
#: and name and place of each picture.
PAGES = (
    (
        ("stress", "april-2025"),
        "stress.html",
        (
            ("stress", ".ans"),
            ("stops", "#stops .fig >> nth=0"),
            ("law-over-output", "#law .fig"),
            ("prices", "#prices .fig"),
            ("sankey", "#flows .fig"),
        ),
    ),
    (("adapt", "april-2025"), "adapt.html", (("adapt", "#speed .fig"), ("builds", "#builds .fig"))),
    (("leverage", "CN", "US"), "leverage.html", (("leverage", "#paths .fig"),)),
    (("truce", "--on", DAY), "truce.html", (("truce", "#ledger .fig"),)),
    (
        ("law", "diff", "--known", "2025-10-15", "2025-11-08", "-p", "examples/magnet-maker"),
        "change.html",
        (("change", ".fig >> nth=0"),),
    ),
)


def main() -> None:
    """Every picture: from a demo told on a fixed day, and from the supply pages."""
    folder = Path(__file__).with_name("pictures")
    _supply(folder)
    _programme(folder)


def _supply(folder: Path) -> None:
    """One picture per figure, cut out of its page."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        env = {**os.environ, "XENOTIME_TODAY": DAY, "XENOTIME_HOME": home}
        browser = driver.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        for words, name, shots in PAGES:
            out = Path(home) / words[0]
            command = [str(Path(sys.executable).with_name("xenotime")), *words, "--out", str(out)]
            subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
            page = browser.new_page(viewport=WIDE)
            page.goto((out / name).as_uri())
            for picture, place in shots:
                page.locator(place).first.screenshot(path=folder / f"{picture}.png")
                print(f"wrote docs/pictures/{picture}.png")
            page.close()


def _programme(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "XENOTIME_TODAY": DAY, "XENOTIME_HOME": home}
        command = [str(Path(sys.executable).with_name("xenotime")), "serve", "--demo", "--home", home]
        server = subprocess.Popen([*command, "--port", str(PORT)], env=env)  # noqa: S603 - our own command
        try:
            _wait()
            with sync_playwright() as driver:
                _take(driver.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"]), folder)
        finally:
            server.terminate()
            server.wait(30)


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        sys.exit("Chromium is missing: apt-get install chromium")
    return found


def _wait() -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"http://localhost:{PORT}/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    sys.exit("the server does not answer")


def _take(browser, folder: Path) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - playwright's browser
    for name, who, path, down in SHOTS:
        page = browser.new_context(viewport=WIDE, locale="en-GB").new_page()
        base = f"http://localhost:{PORT}"
        if who:
            page.goto(base + "/sign-in")
            page.get_by_role("button", name=f"Enter {who}").click()
            page.wait_for_load_state()
        if path.startswith("/"):
            page.goto(base + path)
        else:
            page.goto(f"{base}/shipments?answer={path}")
            page.locator("table.list tbody a").first.click()
            page.wait_for_load_state()
        page.evaluate(f"window.scrollTo(0, {down})")
        page.screenshot(path=folder / f"{name}.png")
        page.context.close()
        print(f"wrote docs/pictures/{name}.png")


if __name__ == "__main__":
    main()
