from __future__ import annotations

import z3

from xenotime.law.prove.check import QUESTIONS
from xenotime.law.prove.missing import Partial
from xenotime.law.prove.witness import Shrinker


def text(small):
    rules = (
        small.article("1", "{all: [one, two]}", unless='["2"]'),
        small.article("2", "three", answer="report"),
    )
    names = small.predicates(one="part * 1000 >= whole", two="kind <> 'tool'", three="metal")
    return small.notice("user/x", *rules, predicates=names)


def test_no_answer_is_overturned(ask, small):
    assert ask("missing", text(small)) == []


def test_an_engine_that_takes_unknown_for_false_is_found_out(prover, small, monkeypatch):
    made = prover(text(small))
    careful = Partial._value

    def careless(self, name):
        rail = careful(self, name)
        if name in self.logic.book.rules:
            rail = type(rail)(rail.yes, z3.Not(rail.yes))
        return rail

    monkeypatch.setattr(Partial, "_value", careless)
    (found,) = QUESTIONS["missing"](made, Shrinker(made))
    assert found.kind == "overturned"
    assert found.at[0] != found.at[1]
