from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

_SKIPPED = {".git", ".venv", ".hypothesis", "build", "dist", "_build", "__pycache__"}
_MADE = ("_cache", ".egg-info", "-report")


def _kept(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    made = any(part in _SKIPPED or part.endswith(_MADE) for part in parts)
    return path.is_file() and not made


@pytest.fixture(scope="session")
def files(root: Path) -> list[Path]:
    """Every file that belongs to the tree: what our own commands write is left out."""
    return sorted(p for p in root.rglob("*") if _kept(p, root))


@pytest.fixture(scope="session")
def modules(root: Path) -> dict[str, ast.Module]:
    """Each of our modules as a syntax tree, by its path below src/xenotime: 'law/read.py'."""
    home = root / "src" / "xenotime"
    paths = sorted(home.rglob("*.py"))
    return {p.relative_to(home).as_posix(): ast.parse(p.read_text("utf-8")) for p in paths}


@pytest.fixture(scope="session")
def project(root: Path) -> dict[str, dict]:
    """pyproject.toml as data."""
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
