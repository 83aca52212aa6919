from __future__ import annotations

import pytest
from tests.properties.tables import frame, random_rows
from tests.properties.test_engines import TODAY

from xenotime.law.decide import Decider
from xenotime.law.kernel.machine import ROWS
from xenotime.law.kernel.run import Kernel
from xenotime.law.kernel.wires import GATES
from xenotime.law.law import fold_book
from xenotime.law.read import read_book
from xenotime.law.table import engine_frame


@pytest.fixture(scope="module")
def law():
    return fold_book(read_book(), TODAY)


@pytest.fixture(scope="module")
def rows(law):
    return frame(law, random_rows(law, 2 * ROWS + 100, seed=4))


@pytest.fixture(scope="module")
def kernel(law):
    return Kernel(law, Decider(law, words=GATES).run)


@pytest.fixture(scope="module")
def decided(law, rows):
    return Decider(law, kernel=False).decide(rows)


@pytest.mark.parametrize(
    ("first", "count"), [(0, 1), (3, 64), (5, 65), (1, ROWS), (9, ROWS + 1), (0, 2 * ROWS + 100)]
)
def test_any_stretch_of_a_table_is_decided_the_same(law, kernel, rows, decided, first, count):
    found = kernel.decide(engine_frame(rows[first : first + count], law))
    assert found.select(decided.columns).equals(decided[first : first + count])


def test_a_plan_is_made_once_for_each_choice_of_asked_columns(law, rows):
    kernel = Kernel(law, Decider(law, words=GATES).run)
    asked = rows[:9].with_columns(humanitarian_asked=True)
    for table in (rows[:9], rows[9:20], asked, asked):
        kernel.decide(engine_frame(table, law))
    assert list(kernel._plans) == [(), ("humanitarian_asked",)]


def test_the_answers_of_one_run_are_not_those_of_the_next(law, kernel, rows, decided):
    first = kernel.decide(engine_frame(rows[:50], law))
    kernel.decide(engine_frame(rows[50:100], law))
    assert first.select(decided.columns).equals(decided[:50])
