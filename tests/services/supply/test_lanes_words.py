from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from xenotime.core.errors import InputError
from xenotime.evidence.read import figures
from xenotime.services.supply.lanes import words_of
from xenotime.supply.scenario.read import names, parse, read, source

MUSEUM = Path(__file__).parents[2] / "fixtures" / "scenarios"
EXPECTED = tomllib.loads((MUSEUM / "expected.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def words(book):
    return words_of(book, None, frozenset(figure.id for figure in figures()))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_scenario_is_told_in_four_parts(name, words):
    text = (MUSEUM / f"{name}.yaml").read_text(encoding="utf-8")
    with pytest.raises(InputError) as caught:
        parse(text, f"{name}.yaml", words)
    told, line = caught.value.problem, EXPECTED[name]["line"]
    where = f"{name}.yaml" + (f", line {line}" if line else "")
    assert (told.what, told.where, told.found) == (EXPECTED[name]["what"], where, EXPECTED[name]["found"])
    assert [part for part in ("expected", "next_step") if not getattr(told, part)] == []


def test_the_museum_is_complete():
    assert sorted(p.stem for p in MUSEUM.glob("*.yaml")) == sorted(EXPECTED)


@pytest.mark.parametrize("name", names())
def test_the_library_names_only_articles_hinges_and_claims_that_exist(name, words):
    assert parse(source(name), f"{name}.yaml", words) == read(name)
