"""Commands as a person runs them, on a fixed day and with nobody's notices."""

from __future__ import annotations

from functools import cache

import pytest
from click.testing import CliRunner

from xenotime.cli.main import cli
from xenotime.law.read import read_book
from xenotime.services import library

SMCO = "{from: CN, to: CH, kind: magnet, material: SmCo, processing: primary, elements: [Sm]}"
HOLMIUM = "{from: CN, to: CH, kind: oxide, material: element, elements: [Ho]}"
DECIDE = f"""\
title: Sm2Co17 rings to Switzerland
on: 2025-04-05
facts: {SMCO}
parties:
  - {{role: end_user, name: Fernhill Pigments AG, country: CH}}
"""


@pytest.fixture(autouse=True, scope="session")
def _read_once():
    """The same book is read once for all commands of a test run; a notice laid over it makes another."""
    remembered = cache(lambda laid, which: read_book(dict(laid), which))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            library,
            "read_book",
            lambda laid=None, which="cn": remembered(tuple((laid or {}).items()), which),
        )
        yield


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command and returns its result; today is 2026-11-22."""
    monkeypatch.setenv("XENOTIME_TODAY", "2026-11-22")
    monkeypatch.setenv("XENOTIME_HOME", str(tmp_path / "home"))
    return lambda *words, text=None: CliRunner().invoke(cli, [str(word) for word in words], input=text)


@pytest.fixture
def facts(tmp_path):
    """A decide file with some text replaced."""

    def write(old="", new=""):
        path = tmp_path / "facts.yaml"
        path.write_text(DECIDE.replace(old, new) if old else DECIDE, encoding="utf-8")
        return path

    return write


@pytest.fixture
def holmium(facts):
    """The same decide file about holmium oxide, whose suspension nobody confirms to have been extended."""
    return facts(SMCO, HOLMIUM)


@pytest.fixture
def small(tmp_path):
    """A portfolio of one shipment: dysprosium oxide from China to Switzerland."""
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in {
        "products": "product,name,kind,material,elements,made_in\nOX,Dysprosium oxide,oxide,element,Dy,CN\n",
        "parties": "party,name,country,military_user\nbuyer,Fernhill Pigments AG,CH,\n",
        "shipments": "shipment,product,quantity,unit,consignee\nS-1,OX,20,kg,buyer\n",
        "legs": "shipment,leg,day,from_country,to_country\nS-1,1,2026-09-01,CN,CH\n",
    }.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def refused():
    """Asserts that a result is a refusal in four parts, and returns them by name."""

    def parts(result):
        assert (result.exit_code, result.stdout) == (2, "")
        head, *lines = result.stderr.splitlines()
        named = dict(line.strip().split(":", 1) for line in lines if ":" in line)
        return {"what": head.removeprefix("xenotime: "), **{k: v.strip() for k, v in named.items()}}

    return parts
