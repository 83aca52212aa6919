"""At least 95 of 100 changes to a book are noticed by its own cases; the docs list those that are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xenotime.law.read import packaged, packaged_names
from xenotime.services.library import open_library
from xenotime.services.mutants import kill, probes

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "mutants.md"
TITLES = {"cn": "China", "us": "United States", "eu": "European Union"}


def listed(title):
    """The survivors that the page lists for a book."""
    block = re.search(
        rf"^### {title}\n\n```text\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return [line for line in block[1].splitlines() if line != "none"]


@pytest.mark.slow
@pytest.mark.parametrize("jurisdiction", TITLES)
def test_changes_are_noticed_and_survivors_listed(jurisdiction, libraries):
    library = (
        libraries()
        if jurisdiction == "cn"
        else open_library(libraries().law.known, jurisdiction=jurisdiction)
    )
    files = {name: packaged(name) for name in packaged_names(jurisdiction, ".yaml")}
    found = kill(library.law.book, probes(library, files))
    noticed, made = found.share
    assert [f"{s.place}: {s.change} ({s.kind})" for s in found.survivors] == listed(TITLES[jurisdiction])
    assert noticed * 100 >= 95 * made
    assert f"| {TITLES[jurisdiction]} | {made:,} | {noticed:,} ({100 * noticed // made} %)" in PAGE.read_text(
        "utf-8"
    )
