from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, its line, and what the comment above it asks."""

    language: str
    text: str
    line: int
    asks: dict[str, str]


_FENCE = re.compile(
    r"(?P<asks>(?:^<!-- [a-z]+(?:: [^\n]*?)? -->\n)*)"
    r"^(?P<fence>`{3,})(?P<language>[^\n`]*)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


def blocks(path: Path) -> list[Block]:
    """The fenced blocks of a page, in order.

    A comment line above a block asks something of its test: ``<!-- file: name -->`` keeps it as a file of the
    sandbox, ``<!-- exit: 3 -->`` expects that exit code.
    """
    text = path.read_text("utf-8")
    return [
        Block(
            found["language"].strip(),
            found["text"],
            text[: found.start("fence")].count("\n") + 1,
            {a: b for a, _, b in (line[5:-4].partition(": ") for line in found["asks"].splitlines())},
        )
        for found in _FENCE.finditer(text)
    ]


@pytest.fixture(scope="session")
def read_blocks():
    return blocks


@pytest.fixture
def sandbox(root, tmp_path, monkeypatch):
    """An empty home and a folder that holds a copy of the examples, as a reader's clone would."""
    place = tmp_path / "clone"
    place.mkdir()
    shutil.copytree(root / "examples", place / "examples", ignore=shutil.ignore_patterns("*-report"))
    for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    monkeypatch.setenv("XENOTIME_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XENOTIME_TODAY", "2026-11-21")  # the pages tell of hinges that lie in the past
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(place)
    return place
