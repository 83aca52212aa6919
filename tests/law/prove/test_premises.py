from __future__ import annotations

import pytest

from xenotime.core.errors import BookError
from xenotime.law.prove.premises import read_premises


@pytest.fixture
def book(small):
    rule = small.article("1", "one", decides="[{says: metal, when: metal, since: 2021-01-01}]")
    doubts = "[{finding: overlap, at: ['1', metal], says: the text leaves it so, sources: [S1]}]"
    return small.book(small.notice("user/x", rule, predicates=small.predicates(one="metal"), doubts=doubts))


def test_everything_that_a_book_says_of_itself(book):
    never = '[never.a]\nwhen = "part > whole"\nsays = "so"\n'
    text = never + '[opposite]\none = "one"\n[more]\nstricter = ["part"]\n'
    found = read_premises(book, text, "proof.toml")
    assert [(n.name, n.says) for n in found.never] == [("a", "so")]
    assert (found.opposite, found.stricter, found.milder) == ((("one", "one"),), ("part",), ())
    assert [(s.article, s.says, s.reaches, s.by) for s in found.statements] == [
        ("user/x/1", "metal", True, ("user/x/1",))
    ]
    assert [str(w.since) for w in found.windows] == ["2021-01-01"]
    assert [(d.kind, d.at, d.sources) for d in found.doubts] == [("overlap", ("user/x/1", "metal"), ("S1",))]


def test_a_book_without_a_word_has_no_premises(small):
    plain = small.book(
        small.notice("user/x", small.article("1", "one"), predicates=small.predicates(one="metal"))
    )
    found = read_premises(plain, "", "proof.toml")
    assert (found.never, found.opposite, found.statements, found.doubts) == ((), (), (), ())


@pytest.mark.parametrize(
    ("text", "what", "found"),
    [
        ("[never", "this file is not TOML", ""),
        ("[nevver.a]\n", "this key is not known here", "nevver"),
        ('[never.a]\nwhen = "metal"\n', "this limit does not say why", ""),
        ('[never.a]\nwhen = "moon"\nsays = "x"\n', "something a book may not use", "'moon'"),
        ('[opposite]\none = "three"\n', "this predicate is not defined", "three"),
        ('[more]\nstricter = ["kind"]\n', "this fact has no more and no less", "kind"),
    ],
)
def test_a_premise_that_means_nothing(book, text, what, found):
    with pytest.raises(BookError) as caught:
        read_premises(book, text, "proof.toml")
    problem = caught.value.problem
    assert (what in problem.what, found in problem.found) == (True, True)
    assert problem.where.startswith("proof.toml")


@pytest.mark.parametrize(
    ("decides", "what"),
    [
        ("[{says: x}]", "this statement lacks its words or its facts"),
        ("[{says: x, when: metal, by: ['9']}]", "this statement names no rule"),
        ("[{says: x, when: metal, sicne: 2021-01-01}]", "this key is not known here"),
        ("[{says: x, when: metal, since: 2021-02-30}]", "this is not a date"),
    ],
)
def test_a_statement_that_means_nothing(small, decides, what):
    rule = small.article("1", "one", decides=decides)
    book = small.book(small.notice("user/x", rule, predicates=small.predicates(one="metal")))
    with pytest.raises(BookError, match=what):
        read_premises(book, "", "proof.toml")


def test_a_doubt_that_declares_nothing(small):
    rule = small.article("1", "one")
    text = small.notice(
        "user/x", rule, predicates=small.predicates(one="metal"), doubts="[{finding: overlap}]"
    )
    with pytest.raises(BookError, match="this doubt does not say what it declares"):
        read_premises(small.book(text), "", "proof.toml")


def test_a_statement_may_stand_beside_the_book(book):
    text = '[[spares]]\narticle = "user/x/1"\nsays = "other things"\nwhen = "NOT metal"\n'
    found = read_premises(book, text, "proof.toml").statements
    assert [(s.article, s.says, s.reaches) for s in found] == [
        ("user/x/1", "metal", True),
        ("user/x/1", "other things", False),
    ]
    with pytest.raises(BookError, match="this statement names no article") as caught:
        read_premises(book, text.replace("user/x/1", "user/x/9"), "proof.toml")
    assert (caught.value.problem.where, caught.value.problem.found) == (
        "proof.toml, [[spares]]",
        "'user/x/9'",
    )
