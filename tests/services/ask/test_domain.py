from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from xenotime.law.facts import Fact
from xenotime.law.node import Cmp, In, Lit, Ref, walk
from xenotime.services.ask.domain import answers


def spoken(law, fact):
    """Every condition of the book that speaks of one fact alone."""
    parts = [p for name in law.order for p in walk(law.node(name))]
    return [
        p for p in parts if fact.name in (getattr(p, "fact", ""), getattr(getattr(p, "left", ""), "fact", ""))
    ]


def held(part, value):
    """Whether a condition holds for a value, worked out here a second time."""
    match part:
        case In(_, values):
            return value in values
        case Cmp(op, Ref(_), Lit(other)):
            order = (value > other) - (value < other) if op not in ("=", "<>") else int(value != other)
            return {"=": order == 0, "<>": order != 0, "<": order < 0, "<=": order <= 0,
                    ">": order > 0, ">=": order >= 0}[op]  # fmt: skip


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_is_answered_some_tried_answer_does_the_same(library, data):
    law = library.law
    fact = data.draw(st.sampled_from([f for f in law.facts if f.type in ("enum", "int") and answers(law, f)]))
    value = data.draw(st.sampled_from(fact.values) if fact.type == "enum" else st.integers(-50, 3000))
    tests = spoken(law, fact)
    wanted = [held(part, value) for part in tests]
    assert wanted in [[held(part, one) for part in tests] for one in answers(law, fact)]


def test_a_truth_has_two_answers_and_money_none(library):
    facts = {f.name: f for f in library.law.facts}
    assert answers(library.law, facts["el_dy"]) == (True, False)
    assert answers(library.law, facts["cn_part1_value"]) == ()


def test_what_is_compared_with_another_fact_has_no_few_answers(library):
    facts = {f.name: f for f in library.law.facts}
    assert answers(library.law, facts["to"]) == ()
    assert answers(library.law, Fact("nowhere", "country", "", "")) == ("ZZ",)
