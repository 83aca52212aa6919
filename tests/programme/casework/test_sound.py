from __future__ import annotations

from pathlib import Path

import pytest

from xenotime.core.errors import BookError
from xenotime.programme.read import load_manifests

MUSEUM = Path(__file__).parents[2] / "fixtures" / "programme"
SHARED = '[ask.reason]\nkind = "long"\ntitle = "Reason"\ntitle_zh = "理由"\n'
BROKEN = sorted(p.stem for p in MUSEUM.glob("*.toml") if p.stem != "sound")


def load(name):
    text = (MUSEUM / f"{name}.toml").read_text("utf-8")
    return text, load_manifests({"shared.toml": SHARED, "broken.toml": text})


def test_the_kind_that_the_museum_breaks_is_sound():
    _, found = load("sound")
    assert [s.id for s in found["broken"].states] == ["draft", "open", "on_site", "done"]
    assert len(BROKEN) == 41


@pytest.mark.parametrize("name", BROKEN)
def test_each_defect_is_found_and_nothing_else(name):
    defect = (MUSEUM / f"{name}.toml").read_text("utf-8").partition("\n")[0].removeprefix("# defect: ")
    with pytest.raises(BookError) as failure:
        load(name)
    assert failure.value.problem.found == defect
    assert failure.value.problem.where
    assert failure.value.problem.expected
