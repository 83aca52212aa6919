"""The formulas say what the oracle says: of every name of the packaged book, on random complete rows."""

from __future__ import annotations

from random import Random

import pytest
import z3

from xenotime.law.facts import parse_value
from xenotime.law.law import fold_book
from xenotime.law.oracle import Scene
from xenotime.law.prove.premises import Premises
from xenotime.law.prove.prover import Prover
from xenotime.law.prove.witness import day_of


@pytest.fixture(scope="module")
def whole(law):
    return Prover(law.book, law.known, Premises())


def drawn(prover, random):
    row = {}
    for name, fact in prover.book.facts.items():
        match fact.type:
            case "bool":
                row[name] = random.random() < 0.3
            case "enum" | "country":
                row[name] = random.choice(list(prover.facts.words[name]))
            case "int":
                row[name] = random.choice((0, 3, 4, 14, 15, 255, 256, 500, 1200, 1201))
            case _:
                row[name] = parse_value(fact, random.choice((0, 1, 2, 999, 1000, 1001)))
    return row


def fixed(prover, row):
    found = []
    for name, value in row.items():
        if name in prover.facts.truths:
            found.append(prover.facts.truths[name] == value)
        elif name in prover.facts.words:
            found.append(prover.facts.words[name][value])
        else:
            found.append(prover.facts.numbers[name] == (value[0] if isinstance(value, tuple) else value))
    return found


def test_formulas_and_oracle_agree(whole):
    random, laws = Random(30), {}
    for _ in range(60):
        place = random.randrange(len(whole.worlds))
        world = whole.worlds[place]
        row = drawn(whole, random)
        whole.solver.push()
        whole.solver.add(*fixed(whole, row), whole.logic.where[place])
        assert whole.solver.check() == z3.sat
        model = whole.solver.model()
        key = (world.known, world.branches)
        if key not in laws:
            laws[key] = fold_book(whole.book, world.known, dict(world.branches))
        scene = Scene(laws[key], row, day_of(world))
        said = {n: z3.is_true(model.eval(x)) for n, x in whole.logic.values.items()}
        assert said == {n: scene.values[n] for n in said}
        assert whole.facts.row(model) == row
        whole.solver.pop()


def test_words_that_no_condition_names_stand_for_each_other(prover, small):
    made = prover(
        small.notice("user/x", small.article("1", "one"), predicates=small.predicates(one="kind = 'oxide'"))
    )
    assert list(made.facts.words["kind"]) == ["oxide", "magnet"]
    assert list(made.facts.words["to"]) == ["DE", "FR"]
