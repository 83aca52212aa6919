"""What we stand on is locked, small, free to ship, and stated once."""

from __future__ import annotations

import re
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PURPOSES = ("build", "run", "test", "check", "docs", "bench")
#: The promise: 200 MB installed, bytecode included.
LARGEST = 200_000_000
FREE = re.compile(r"\b(?:MIT|0?BSD|Apache|ISC|PSF|Python Software|MPL|Zlib|CC0)\b", re.IGNORECASE)
COPYLEFT = re.compile(r"\b(?:A|L)?GPL|GNU (?:Affero |Lesser )?General Public", re.IGNORECASE)


def locked(root, purpose):
    text = (root / "requirements" / f"{purpose}.txt").read_text("utf-8")
    return {m[1]: m[0] for m in re.finditer(r"^([a-z0-9._-]+)==[^\n]*(?:\n {4}[^\n]*)*", text, re.MULTILINE)}


def licence(name):
    """What a distribution says of its licence: the expression, the short field, the classifiers."""
    meta = distribution(name).metadata
    said = [meta.get("License-Expression") or "", (meta.get("License") or "").strip().split("\n")[0]]
    said += [c for c in meta.get_all("Classifier") or [] if c.startswith("License")]
    return " ; ".join(s for s in said if s)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_locked_name_has_hashes_and_no_address(root, purpose):
    blocks = locked(root, purpose)
    assert [name for name, block in blocks.items() if "--hash=sha256:" not in block] == []
    text = (root / "requirements" / f"{purpose}.txt").read_text("utf-8")
    assert re.findall(r"://|file:|--index|--find", text) == []


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_wanted_name_is_locked(root, purpose):
    text = (root / "requirements" / f"{purpose}.in").read_text("utf-8")
    wanted = [Requirement(line) for line in text.splitlines() if line and line[0] not in "#-"]
    assert [r.name for r in wanted if canonicalize_name(r.name) not in locked(root, purpose)] == []


@pytest.mark.parametrize("purpose", ["test", "check", "docs", "bench"])
def test_every_purpose_runs_what_the_demo_runs(root, purpose):
    def versions(blocks):
        return {name: re.search(r"==(\S+)", block)[1] for name, block in blocks.items()}

    run, other = versions(locked(root, "run")), versions(locked(root, purpose))
    assert {name: other.get(name) for name in run} == run


def test_the_package_asks_for_what_the_lock_holds(root, project):
    asked = {canonicalize_name(Requirement(d).name) for d in project["project"]["dependencies"]}
    text = (root / "requirements" / "run.in").read_text("utf-8")
    assert asked == {Requirement(line).name for line in text.splitlines() if line and line[0] not in "#-"}


def test_everything_at_run_time_is_free_to_ship(root):
    said = {name: licence(name) for name in locked(root, "run")}
    assert {n: text for n, text in said.items() if not FREE.search(text) or COPYLEFT.search(text)} == {}


def test_the_run_time_closure_is_small(root):
    sizes = {}
    for name in locked(root, "run"):
        places = [distribution(name).locate_file(f) for f in distribution(name).files or ()]
        sizes[name] = sum(p.stat().st_size for p in places if p.exists())
    assert sum(sizes.values()) <= LARGEST, dict(sorted(sizes.items(), key=lambda kv: -kv[1])[:5])
    assert min(sizes.values()) > 0
