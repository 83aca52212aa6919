from __future__ import annotations

import pytest

from xenotime.core.errors import BookError
from xenotime.programme import build

LINE = {"id": "a.b", "value": 1, "says": "x", "source": "y", "confidence": "own"}
HEAD = {"id": "p", "title": "P", "title_zh": "甲", "about": "x"}


def test_a_move_from_several_states_is_several_moves():
    row = {
        "from": ["a", "b"],
        "event": "go",
        "roles": ["officer"],
        "to": "c",
        "title": "Go",
        "title_zh": "走",
    }
    head = {
        "id": "k",
        "title": "K",
        "title_zh": "甲",
        "about": "x",
        "about_zh": "乙",
        "queue": "q",
        "opens": [],
    }
    found = build.manifest({**head, "move": [row]}, {}, "k.toml")
    assert [(m.source, m.event, m.roles, m.to) for m in found.moves] == [
        ("a", "go", ("officer",), "c"),
        ("b", "go", ("officer",), "c"),
    ]


def test_a_line_given_twice_is_refused():
    assert build.profile({**HEAD, "line": [LINE]}, "p.toml").value("a.b") == 1
    with pytest.raises(BookError) as failure:
        build.profile({**HEAD, "line": [LINE, LINE]}, "p.toml")
    assert failure.value.problem.found == "a.b"


def test_a_part_of_another_type_is_named_with_its_place():
    with pytest.raises(BookError) as failure:
        build.profile({**HEAD, "line": [{**LINE, "law": "yes"}]}, "p.toml")
    assert (failure.value.problem.where, failure.value.problem.found) == ("p.toml, line a.b, law", "'yes'")


def test_what_events_ask_for_is_read_by_name():
    found = build.asks({"ask": {"why": {"kind": "long", "title": "Why", "title_zh": "为何"}}}, "shared.toml")
    assert (found["why"].id, found["why"].kind, found["why"].required) == ("why", "long", False)
