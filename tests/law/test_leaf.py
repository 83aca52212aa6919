from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import BookError
from xenotime.law.leaf import parse_leaf
from xenotime.law.node import All, Arith, Cmp, In, Is, Lit, Not, Ref, Some
from xenotime.law.oracle import Scene

DAY = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("metal", Is("metal")),
        ("NOT (metal OR civil)", Not(Some((Is("metal"), Is("civil"))))),
        ("metal AND heat > 3", All((Is("metal"), Cmp(">", Ref("heat"), Lit(3))))),
        ("heat <> -3", Cmp("<>", Ref("heat"), Lit(-3))),
        ("heat != 3", Cmp("<>", Ref("heat"), Lit(3))),
        ("heat BETWEEN 2 AND 4", All((Cmp(">=", Ref("heat"), Lit(2)), Cmp("<=", Ref("heat"), Lit(4))))),
        ("kind IN ('oxide', 'tool')", In("kind", ("oxide", "tool"))),
        ("kind NOT IN ('oxide')", Not(In("kind", ("oxide",)))),
        ("\"to\" = 'DE'", Cmp("=", Ref("to"), Lit("DE"))),
        ("part * 1000 >= whole", Cmp(">=", Arith("*", Ref("part"), Lit(1000)), Ref("whole"))),
        (
            "whole - part < heat + 1",
            Cmp("<", Arith("-", Ref("whole"), Ref("part")), Arith("+", Ref("heat"), Lit(1))),
        ),
    ],
)
def test_allowed_text_becomes_a_tree(facts, text, tree):
    assert parse_leaf(text, facts, "here") == tree


REFUSED = {
    "metal IS NULL": "metal IS NULL",
    "metal IS NOT NULL": "metal IS NULL",
    "metal IS TRUE": "metal IS TRUE",
    "CASE WHEN metal THEN civil ELSE metal END": "CASE WHEN metal THEN civil ELSE metal END",
    "COALESCE(metal, civil)": "COALESCE(metal, civil)",
    "LENGTH(kind) = 5": "LENGTH(kind)",
    "part / 1000 >= whole": "part / 1000",
    "heat % 2 = 0": "heat % 2",
    "heat + 'a' > 1": "heat + 'a'",
    "part * whole > 1": "part * whole",
    "part * -2 > whole": "part * -2",
    "part * 1024 > whole": "part * 1024",
    "part * 1000 * 2 > whole": "part * 1000 * 2",
    "part * 1000 + whole * 24 > heat": "part * 1000 + whole * 24",
    "kind LIKE 'o%'": "kind LIKE 'o%'",
    "kind IN (SELECT kind FROM t)": "kind IN (SELECT kind FROM t)",
    "EXISTS(SELECT 1)": "EXISTS(SELECT 1)",
    "(SELECT metal)": "(SELECT metal)",
    "t.metal": "'t.metal'",
    "mood": "'mood'",
    "mood = 3": "'mood'",
    "kind": "'kind' stands alone but is enum",
    "heat": "'heat' stands alone but is int",
    "kind = 'brick'": "kind = 'brick'",
    "kind IN ('brick')": "kind = 'brick'",
    "kind IN (oxide)": "oxide",
    "kind > 'oxide'": "'kind >'",
    "heat = '3'": "heat (int) against '3'",
    "kind = 3": "kind = 3",
    "metal = 1": "metal (bool) against 1",
    "'oxide' = kind": "'oxide' = kind",
    "heat > 2.5": "2.5",
    "heat > 1000000001": "1000000001",
    "metal = TRUE": "TRUE",
    "TRUE": "TRUE",
    "1": "1",
    "heat > ?": "?",
    "metal; DROP TABLE t": None,
    "DROP TABLE t": None,
    "SELECT 1": None,
    "heat >": None,
    "": None,
}


@pytest.mark.parametrize("text", REFUSED)
def test_everything_else_is_refused_with_its_reason(facts, text):
    with pytest.raises(BookError) as caught:
        parse_leaf(text, facts, "here")
    problem = caught.value.problem
    assert all((problem.what, problem.where.startswith("here"), problem.expected, problem.found))
    if REFUSED[text] is not None:
        assert (problem.what, problem.found) == (
            "this predicate uses something a book may not use",
            REFUSED[text],
        )


def test_a_text_that_would_never_end_is_refused(facts):
    for text in ("metal OR " * 3000 + "metal", "(" * 3000 + "metal" + ")" * 3000):
        with pytest.raises(BookError):
            parse_leaf(text, facts, "here")


def truth(law, facts, text, row):
    return Scene(law, row, DAY).value(parse_leaf(text, facts, "here"))


@pytest.fixture(scope="module")
def empty(small):
    return small.law()


@pytest.mark.parametrize(
    ("text", "below", "equal", "above"),
    [
        ("heat = 5", False, True, False),
        ("heat <> 5", True, False, True),
        ("heat < 5", True, False, False),
        ("heat <= 5", True, True, False),
        ("heat > 5", False, False, True),
        ("heat >= 5", False, True, True),
    ],
)
def test_a_comparison_of_numbers_has_three_values(empty, facts, text, below, equal, above):
    rows = ({"heat": 4}, {"heat": 5}, {"heat": 6}, {"heat": None}, {})
    assert [truth(empty, facts, text, row) for row in rows] == [below, equal, above, None, None]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # part: 4, 5, 6 to 6; 3 to 5; 5 to 7; 5 to unknown; unknown to 5; 6 to unknown; unknown to 4
        ("part = 5", (False, True, False, None, None, None, None, False, False)),
        ("part <> 5", (True, False, True, None, None, None, None, True, True)),
        ("part < 5", (True, False, False, None, False, False, None, False, True)),
        ("part <= 5", (True, True, False, True, None, None, True, False, True)),
        ("part > 5", (False, False, True, False, None, None, False, True, False)),
        ("part >= 5", (False, True, True, None, True, True, None, True, False)),
    ],
)
def test_a_comparison_of_intervals_is_certain_or_unknown(empty, facts, text, values):
    spans = ((4, 4), (5, 5), (6, 6), (3, 5), (5, 7), (5, None), (None, 5), (6, None), (None, 4))
    assert tuple(truth(empty, facts, text, {"part": span}) for span in spans) == values
    assert truth(empty, facts, text, {}) is None


def test_arithmetic_carries_the_bounds(empty, facts):
    share = "part * 1000 >= whole"
    assert truth(empty, facts, share, {"part": (1, 1), "whole": (1000, 1000)}) is True
    assert truth(empty, facts, share, {"part": (1, 1), "whole": (1001, 1001)}) is False
    assert truth(empty, facts, share, {"part": (1, 2), "whole": (1001, 1001)}) is None
    assert truth(empty, facts, share, {"part": (1, None), "whole": (900, 1000)}) is True
    rest = "whole - part > 3"
    assert truth(empty, facts, rest, {"part": (1, 2), "whole": (6, 9)}) is True
    assert truth(empty, facts, rest, {"part": (1, 2), "whole": (5, 9)}) is None
    assert truth(empty, facts, rest, {"part": (3, 3), "whole": (4, 6)}) is False
    assert truth(empty, facts, "part + 2 = 5", {"part": (3, 3)}) is True


def test_words_and_truths_keep_the_unknown(empty, facts):
    rows = ({"kind": "oxide", "metal": True}, {"kind": "tool", "metal": False}, {})
    for text, values in {
        "kind = 'oxide'": [True, False, None],
        "kind <> 'oxide'": [False, True, None],
        "kind IN ('oxide', 'magnet')": [True, False, None],
        "kind NOT IN ('oxide', 'magnet')": [False, True, None],
        "metal": [True, False, None],
        "NOT metal": [False, True, None],
        "metal OR NOT metal": [True, True, None],
        "metal AND kind = 'tool'": [False, False, None],
    }.items():
        assert [truth(empty, facts, text, row) for row in rows] == values, text
    assert truth(empty, facts, "metal AND civil", {"metal": False}) is False
    assert truth(empty, facts, "metal OR civil", {"metal": True}) is True
