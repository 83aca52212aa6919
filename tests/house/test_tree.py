from __future__ import annotations

import re
import tomllib

# Places of one machine, and hosts that serve packages: neither belongs in a tree that others clone.
MACHINE = re.compile(r"(?<![\w.:/~>*-])/(?:work|opt|home|root|Users|mnt|srv)/\w")
HOSTS = re.compile(
    r"pypi" + r"\.org|python" + r"hosted\.org|--(?:extra-)?index" + r"-url\s+\S|find" + r"-links"
)
BINARY = {".png", ".xlsx", ".parquet"}


def texts(files, root):
    for path in files:
        if path.suffix not in BINARY and "fixtures" not in path.parts:
            yield path.relative_to(root).as_posix(), path.read_text("utf-8")


def test_no_machine_path_is_kept(files, root):
    assert [(name, m[0]) for name, text in texts(files, root) for m in MACHINE.finditer(text)] == []


def test_no_package_host_is_kept(files, root):
    assert [(name, m[0]) for name, text in texts(files, root) for m in HOSTS.finditer(text)] == []


def test_lines_end_in_line_feeds_and_files_in_one(files, root):
    odd = [n for n, text in texts(files, root) if "\r" in text or (text and not text.endswith("\n"))]
    assert odd == []


def test_one_lock_only(files):
    assert [p.name for p in files if p.name in {"uv" + ".lock", "poetry.lock", "Pipfile.lock"}] == []


def test_every_toml_file_parses(files):
    # Read for its failure: a file that is not TOML raises here.
    ours = [p for p in files if p.suffix == ".toml" and "fixtures" not in p.parts]
    assert all(tomllib.loads(p.read_text("utf-8")) for p in ours)


def test_every_make_target_is_explained(root):
    makefile = (root / "Makefile").read_text("utf-8")
    named = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    explained = set(re.findall(r"^([a-z-]+):.*## \w", makefile, re.MULTILINE))
    assert named - explained == {"python"}


def test_every_lint_exception_is_explained(root):
    text = (root / "pyproject.toml").read_text("utf-8")
    lint = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.pydocstyle]")]
    codes = [
        line for line in lint.splitlines() if re.search(r'"[A-Z]+[0-9]*"', line) and "select" not in line
    ]
    assert [line for line in codes if not re.search(r"# \w", line)] == []
