from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from xenotime.core.errors import FactError
from xenotime.law.columns import code
from xenotime.law.table import TERRITORIES, column_names, column_type, engine_frame

DAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def tiny(small):
    return small.law()


def test_a_fact_has_its_column_and_type(facts):
    assert {name: column_names(fact) for name, fact in facts.items()} == {
        **{name: (name,) for name in ("metal", "civil", "kind", "to", "heat")},
        "part": ("part_min", "part_max"),
        "whole": ("whole_min", "whole_max"),
    }
    assert [column_type(facts[name]) for name in ("metal", "kind", "to", "heat", "part")] == [
        pl.Boolean(),
        pl.Enum(["oxide", "magnet", "tool"]),
        TERRITORIES,
        pl.Int64(),
        pl.Int64(),
    ]


def test_a_territory_is_its_place_among_all_pairs_of_letters(facts):
    assert len(TERRITORIES.categories) == 676
    assert [TERRITORIES.categories[code(facts["to"], c)] for c in ("AA", "CN", "ZZ")] == ["AA", "CN", "ZZ"]


def test_the_frame_holds_every_fact_in_engine_form(tiny):
    given = pl.DataFrame({"on": [DAY], "kind": ["tool"], "to": ["CN"], "metal": [True], "part_min": [5]})
    frame = engine_frame(given, tiny)
    assert frame.columns == [
        "key", "on", "metal", "civil", "kind", "to", "heat", "part_min", "part_max", "whole_min", "whole_max",
    ]  # fmt: skip
    assert frame.row(0) == (0, DAY, True, None, 2, 65, None, 5, None, None, None)


def test_a_fact_that_was_asked_keeps_its_mark(tiny):
    given = pl.DataFrame({"on": [DAY] * 2, "civil": [None, None], "civil_asked": [True, None]})
    frame = engine_frame(given, tiny)
    assert frame["civil_asked"].to_list() == [True, False]


@pytest.mark.parametrize("kind", [pl.String, pl.Enum(["oxide", "magnet", "tool"])])
def test_words_come_as_text_or_as_codes(tiny, kind):
    given = pl.DataFrame({"on": [DAY] * 3, "kind": pl.Series(["magnet", None, "oxide"], dtype=kind)})
    assert engine_frame(given, tiny)["kind"].to_list() == [1, None, 0]


@pytest.mark.parametrize("kind", [pl.Int8, pl.UInt32, pl.Int64, pl.Null])
def test_numbers_come_in_any_whole_type(tiny, kind):
    given = pl.DataFrame({"on": [DAY], "heat": pl.Series([None], dtype=kind)})
    assert engine_frame(given, tiny).schema["heat"] == pl.Int64


@pytest.mark.parametrize("name", ["metal", "kind", "to", "heat", "part_max"])
def test_a_column_of_nulls_is_unknown(tiny, name):
    given = pl.DataFrame({"on": [DAY], name: [None]})
    assert engine_frame(given, tiny).equals(engine_frame(given.drop(name), tiny))


def test_codes_of_another_order_are_refused(tiny):
    other = pl.Series(["tool"], dtype=pl.Enum(["tool", "oxide", "magnet"]))
    with pytest.raises(FactError, match="this column has another type"):
        engine_frame(pl.DataFrame({"on": [DAY], "kind": other}), tiny)


def test_a_wrong_word_names_its_column_and_the_question(tiny):
    with pytest.raises(FactError) as caught:
        engine_frame(pl.DataFrame({"on": [DAY] * 2, "kind": ["brick", "tool"]}), tiny)
    problem = caught.value.problem
    assert (problem.where, problem.expected, problem.found, problem.next_step) == (
        "column kind",
        "oxide | magnet | tool",
        "'brick'",
        "answer: What is it?",
    )


def test_a_chunk_counts_on_from_its_start(tiny):
    assert engine_frame(pl.DataFrame({"on": [DAY] * 2}), tiny, 40)["key"].to_list() == [40, 41]
