from __future__ import annotations

from itertools import product

import pytest

from xenotime.law.kernel.gates import NO, YES, Circuit


def worked_out(circuit, given):
    """The truth of every gate, given the inputs in the order of their keys."""
    truths = {}
    stated = dict(zip(circuit.inputs.values(), given, strict=True))
    for gate, (left, right) in enumerate(circuit.sides):
        if 2 * gate in stated or gate == 0:
            truths[gate] = stated.get(2 * gate, False)
        else:
            truths[gate] = all(truths[side >> 1] ^ bool(side & 1) for side in (left, right))
    return lambda line: truths[line >> 1] ^ bool(line & 1)


@pytest.mark.parametrize("given", list(product((False, True), repeat=3)))
def test_each_gate_is_what_it_says(given):
    circuit = Circuit()
    a, b, c = (circuit.input((name,)) for name in "abc")
    lines = [
        *(circuit.both(a, b), circuit.either(a, b), circuit.differ(a, b)),
        *(circuit.choose(a, b, c), circuit.every((a, b, c)), circuit.every(())),
    ]
    true = worked_out(circuit, given)
    p, q, r = given
    assert [true(line) for line in lines] == [p and q, p or q, p != q, q if p else r, all(given), True]


def test_a_question_is_asked_once():
    circuit = Circuit()
    a, b = circuit.input(("a",)), circuit.input(("b",))
    assert circuit.input(("a",)) == a
    assert circuit.either(a, b) == circuit.both(b ^ 1, a ^ 1) ^ 1
    gates = len(circuit.sides)
    assert [circuit.both(a, NO), circuit.both(a, YES), circuit.both(a, a)] == [NO, a, a]
    assert [circuit.both(a, a ^ 1), circuit.either(a, a ^ 1), circuit.choose(a, b, b)] == [NO, YES, b]
    assert len(circuit.sides) == gates
    assert circuit.sources() == {0, a >> 1, b >> 1}
