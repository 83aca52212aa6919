from __future__ import annotations

from xenotime.law.law import fold_book
from xenotime.law.node import Holds
from xenotime.law.prove.witness import Shrinker, shows


def test_no_fact_of_a_witness_can_be_left_out(law, prover_of_law):
    claim = ((Holds("cn/mofcom-2025-61/1.1"), True),)
    shrinker = Shrinker(prover_of_law)
    witness = shrinker.witness(claim, prover_of_law.find(claim))
    folded = fold_book(law.book, witness.known, witness.branches)
    assert shows(folded, claim, witness.row, witness.on)
    fewer = [{k: v for k, v in witness.row.items() if k != name} for name in witness.row]
    assert [shows(folded, claim, row, witness.on) for row in fewer] == [False] * len(witness.row)


def test_the_numbers_of_a_witness_are_the_least(law, prover_of_law):
    claim = ((Holds("cn/mofcom-2025-61/1.1"), True),)
    witness = Shrinker(prover_of_law).witness(claim, prover_of_law.find(claim))
    assert (witness.row["cn_part1_value"], witness.row["item_value"]) == ((10_000, 10_000), (10_000, 10_000))
    assert law.known == prover_of_law.known
