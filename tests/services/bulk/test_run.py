from __future__ import annotations

import pytest

from xenotime.law.answer import Outcome
from xenotime.services.bulk.run import Part, Tally, decide_parts, legend, parts


class Memory:
    """Parts kept in memory, each with what it adds up to."""

    def __init__(self):
        self.kept = {}

    def tally(self, part):
        return self.kept.get(part.number)

    def keep(self, part, make):
        make(part.number)
        self.kept[part.number] = Tally({(0, -1): part.rows})
        return self.kept[part.number]


class Engine:
    """An engine that stops at a part, as a person does with Ctrl-C."""

    name = "toy"

    def __init__(self, until=99):
        self.until, self.done = until, []

    def decide(self, part, target):
        if part.number == self.until:
            raise KeyboardInterrupt
        self.done.append(target)


def test_parts_never_cross_files():
    assert list(parts((5, 0, 2), most=3)) == [
        Part(0, 0, 0, 3, 0),
        Part(1, 0, 3, 2, 3),
        Part(2, 2, 0, 2, 5),
    ]


def test_a_run_goes_on_where_it_stopped():
    kept, whole = Memory(), tuple(parts((10,), most=3))
    with pytest.raises(KeyboardInterrupt):
        decide_parts(Engine(until=2), whole, kept)
    engine, told = Engine(), []
    tally = decide_parts(engine, whole, kept, lambda done, total: told.append((done, total)))
    assert (engine.done, tally.rows) == ([2, 3], 10)
    assert told == [(3, 10), (6, 10), (9, 10), (10, 10)]


def test_tallies_add_up():
    one = Tally({(2, 5): 3, (0, -1): 1}, {7: 2})
    both = one + Tally({(2, 5): 1, (2, 6): 4}, {7: 1, 8: 9})
    assert both == Tally({(2, 5): 4, (0, -1): 1, (2, 6): 4}, {7: 3, 8: 9})
    assert both.outcomes == {Outcome.LICENCE: 8, Outcome.NOT_CONTROLLED: 1}


def test_the_legend_names_every_bit(law):
    found = legend(law)
    assert (found["law"], found["known"], found["rule"][0]) == (law.hash, "2026-11-21", law.rules[0].address)
    assert [len(found[name]) for name in ("true", "missing", "duties", "channels_true")] == [
        len(law.predicates),
        len(law.facts),
        len(law.duties),
        len(law.channels),
    ]
