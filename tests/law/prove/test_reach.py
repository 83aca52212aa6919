from __future__ import annotations


def text(small, *rules, **leaves):
    return small.notice("user/x", *rules, predicates=small.predicates(**leaves))


def test_a_dead_rule_names_the_fewest_conditions_that_cannot_meet(ask, small):
    rule = small.article("1", "{all: [one, two, three]}")
    leaves = {"one": "kind = 'oxide'", "two": "metal", "three": "kind = 'tool'"}
    (found,) = ask("dead", text(small, rule, **leaves))
    assert found.what == "user/x/1 never applies: no shipment meets “one” and “three” at once"
    assert found.witnesses[0].row == {"metal": True, "kind": "oxide"}
    assert found.witnesses[0].holds == {"user/x/1": False}


def test_a_condition_that_is_never_met_kills_its_rule(ask, small):
    rule = small.article("1", "{all: [one, two]}")
    (found,) = ask("dead", text(small, rule, one="heat > 5 AND heat < 5", two="metal"))
    assert found.what == "user/x/1 never applies: “one” is true of no shipment"


def test_a_rule_that_its_exception_swallows_is_dead(ask, small):
    rules = (small.article("1", "one", unless='["2"]'), small.article("2", "two", answer="report"))
    (found,) = ask("dead", text(small, *rules, one="kind = 'oxide'", two="kind <> 'tool'"))
    assert found.what == (
        "user/x/1 never applies: its exceptions (user/x/2) take every shipment that it reaches"
    )
    assert found.witnesses[0].holds == {"user/x/1": False}


def test_a_rule_that_is_in_force_on_no_day_is_dead(ask, small):
    events = "[{in_force: 2021-01-01}, {repealed: 2021-01-01}]"
    (found,) = ask("dead", text(small, small.article("1", "one", events=events), one="metal"))
    assert (found.what, found.witnesses) == ("user/x/1 never applies: it is in force on no day", ())


def test_a_living_rule_is_not_dead(ask, small):
    assert ask("dead", text(small, small.article("1", "one"), one="metal")) == []


def test_a_rule_that_something_stricter_always_outweighs(ask, small):
    rules = (small.article("1", "one", answer="report"), small.article("2", "two", alongside='["1"]'))
    (found,) = ask("outweighed", text(small, *rules, one="kind = 'oxide'", two="kind <> 'tool'"))
    assert (found.kind, found.at) == ("outweighed", ("user/x/1",))
    (answer,) = ask("answers", text(small, *rules, one="kind = 'oxide'", two="kind <> 'tool'"))
    assert (answer.kind, answer.at, answer.witnesses[0].outcome) == ("unreachable", ("report",), "licence")
    wider = text(small, *rules, one="metal", two="kind <> 'tool'")
    assert [ask(q, wider) for q in ("outweighed", "answers")] == [[], []]
