from __future__ import annotations

import polars as pl
import pytest
from tests.fixtures.tables import facts_of, put

from xenotime.law import decide
from xenotime.law.answer import Outcome
from xenotime.law.decide import Decider
from xenotime.services.bulk.run import Part
from xenotime.stores.batch import Batch
from xenotime.stores.tables import open_table


@pytest.mark.parametrize("least", [300, 301])
def test_a_part_is_decided_as_a_decider_decides_it(law, tmp_path, monkeypatch, least):
    for name in ("FIRST_KERNEL", "NEXT_KERNEL"):  # from so many rows of the whole table on, the kernel serves
        monkeypatch.setattr(decide, name, least)
    facts = facts_of(law, 300)
    table = open_table(put(facts, law, tmp_path / "facts.parquet"), law)
    engine = Batch(table, law, strict=True)
    engine.decide(Part(1, 0, 100, 50, 100), tmp_path / "part.parquet")
    found = pl.read_parquet(tmp_path / "part.parquet")
    expected = Decider(law, strict=True).decide(facts.slice(100, 50))
    assert found.select(expected.columns).equals(expected)
    assert found["answer"].to_list() == [Outcome(o).word for o in expected["outcome"]]
    named = [None if r < 0 else law.rules[r].address for r in expected["rule"]]
    assert (engine.name, found["article"].to_list()) == ("polars", named)
    assert (engine.decider._woken is not None) == (least == 300)
