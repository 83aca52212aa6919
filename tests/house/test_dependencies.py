"""What we stand on is locked, small, free to ship, and stated once."""

from __future__ import annotations

import re
from importlib.metadata import distribution

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PURPOSES = ("build", "core", "run", "test", "check", "docs", "bench", "browser", "peers")
#: The promises, installed: what decides and screens, and the same with the programme's server and the
#: supply model (docs/decisions/0025-compiled-arrays.md).
LARGEST = {"core": 200_000_000, "run": 1_000_000_000}
#: The driver of PostgreSQL is used as a library, unchanged: docs/decisions/0018-core-and-serve.md.
LESSER = {"psycopg", "psycopg-binary"}
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


def here(root, purpose):
    """The locked names that this machine installs: a marker may leave one to other systems."""
    blocks = locked(root, purpose)
    markers = {name: re.search(r"==\S+ ; ([^\n\\]+)", block) for name, block in blocks.items()}
    return [name for name, found in markers.items() if not found or Marker(found[1].strip()).evaluate()]


@pytest.mark.parametrize("purpose", ["test", "check", "docs", "bench", "browser", "peers", "rules", "spark"])
def test_every_purpose_runs_what_the_demo_runs(root, purpose):
    def versions(blocks):
        return {name: re.search(r"==(\S+)", block)[1] for name, block in blocks.items()}

    run, other = versions(locked(root, "run")), versions(locked(root, purpose))
    assert {name: other.get(name) for name in run} == run


@pytest.mark.parametrize("purpose", ["core", "run"])
def test_the_package_asks_for_what_the_lock_holds(root, project, purpose):
    extras = project["project"]["optional-dependencies"]
    given = {
        "core": project["project"]["dependencies"],
        "run": [line for extra in ("serve", "supply", "prove", "duckdb") for line in extras[extra]],
    }
    asked = {canonicalize_name(Requirement(d).name) for d in given[purpose]}
    text = (root / "requirements" / f"{purpose}.in").read_text("utf-8")
    assert asked == {Requirement(line).name for line in text.splitlines() if line and line[0] not in "#-"}


def test_everything_at_run_time_is_free_to_ship(root):
    said = {name: licence(name) for name in here(root, "run")}
    barred = {n: text for n, text in said.items() if not FREE.search(text) or COPYLEFT.search(text)}
    assert barred.keys() == LESSER
    assert [text for text in barred.values() if not re.search(r"LGPL|Lesser", text)] == []


@pytest.mark.parametrize("purpose", LARGEST)
def test_the_run_time_closure_is_small(root, purpose):
    sizes = {}
    for name in here(root, purpose):
        places = [distribution(name).locate_file(f) for f in distribution(name).files or ()]
        sizes[name] = sum(p.stat().st_size for p in places if p.exists())
    assert sum(sizes.values()) <= LARGEST[purpose], dict(sorted(sizes.items(), key=lambda kv: -kv[1])[:5])
    assert min(sizes.values()) > 0
