from __future__ import annotations

from itertools import pairwise, product

from tests.law.kernel.test_gates import worked_out

from xenotime.law.kernel.gates import Circuit
from xenotime.law.kernel.steps import steps_of


def test_steps_work_out_what_gates_do():
    circuit = Circuit()
    inputs = [circuit.input((name,)) for name in "abcde"]
    lines = inputs
    for left, right in pairwise(inputs):
        lines = [circuit.differ(lines[0], left), *(circuit.either(line, right) for line in lines)]
    steps = steps_of(circuit, lines)
    for given in product((False, True), repeat=5):
        true = worked_out(circuit, given)
        held = {0: False} | {line >> 1: g for line, g in zip(inputs, given, strict=True)}
        for step in steps:
            a, b, c = (held[side >> 1] ^ bool(side & 1) for side in (step.first, step.second, step.third))
            held[step.gate] = ((a and b) ^ bool(step.turned)) and c
        assert [held[line >> 1] ^ bool(line & 1) for line in lines] == [true(line) for line in lines]


def test_only_what_answers_rest_on_is_worked_out_and_lone_gates_are_joined():
    circuit = Circuit()
    a, b, c = (circuit.input((name,)) for name in "abc")
    circuit.either(b, c)
    inner = circuit.both(a, b)
    outer = circuit.both(inner ^ 1, c)
    (step,) = steps_of(circuit, [outer])
    assert (step.gate, {step.first, step.second}, step.turned, step.third) == (outer >> 1, {a, b}, 1, c)
    assert [s.gate for s in steps_of(circuit, [outer, inner])] == [inner >> 1, outer >> 1]
    assert steps_of(circuit, [a, b ^ 1]) == []
