from __future__ import annotations

import pytest

from xenotime.core.errors import AddressError, BookError, InputError
from xenotime.law.fines import parse_fines
from xenotime.law.instrument import load_yaml
from xenotime.law.procedure import Finding, answer, parse_procedure
from xenotime.law.read import packaged

ASKED = parse_procedure(packaged("cn/procedure.toml"))
BODY = {"applicant": "BE", "filer": "chamber", "filer_in_china": "yes", "legal_personality": "yes"}


@pytest.mark.parametrize(
    ("ask", "given", "word", "details"),
    [
        ("validity", {"channel": "individual", "months": 12}, "possible", {"limit_months": 12}),
        ("validity", {"channel": "individual", "months": "13"}, "not_possible", {"limit_months": 12}),
        ("validity", {"channel": "general", "months": "36"}, "possible", {"limit_months": 36}),
        ("validity", {"channel": "general", "months": 37}, "not_possible", {"limit_months": 36}),
        ("breach", {"needed": "licence", "held": "covering"}, "none", {}),
        ("breach", {"needed": "licence", "held": "none"}, "unlicensed_export", {}),
        ("breach", {"needed": "licence", "held": "not_covering"}, "beyond_licence", {}),
        ("records", {"kept_years": 5}, "kept", {"minimum_years": 5}),
        ("records", {"kept_years": "4"}, "breach", {"minimum_years": 5}),
        (
            "amendment",
            {"changed": ["port", "end_use"]},
            "new_application",
            {"licence": "hand_back", "meanwhile": "stop"},
        ),
        (
            "amendment",
            {"changed": "port"},
            "amendment",
            {"licence": "keep", "meanwhile": "idle", "working_days": 20},
        ),
        (
            "revocation",
            {"channel": "registration", "event": "owned_by_listed"},
            "must_revoke",
            {"left": ("individual",)},
        ),
        ("certificate", {"demanded": "end_user"}, "allowed", {}),
        ("filer", BODY, "allowed", {}),
        ("filer", {**BODY, "filer": "seller", "filer_in_china": "no"}, "allowed", {}),
        ("filer", {**BODY, "filer_in_china": "no"}, "not_eligible", {}),
        ("filer", {**BODY, "legal_personality": "no"}, "not_eligible", {}),
        ("filer", {**BODY, "filer": "individual"}, "not_eligible", {}),
        ("disclosure", {"act": "unlicensed_export", "own": "yes"}, "mitigates", {}),
        ("disclosure", {"act": "aiding_evasion", "own": "no"}, "none", {}),
    ],
)
def test_answers(ask, given, word, details):
    assert answer(ASKED, ask, given) == Finding(ask, word, ASKED[ask].article, details)


def test_a_channel_exists_if_the_book_opens_it(book):
    opened = {rule.answer: rule.address for rule in book.rules.values() if rule.question == "channel"}
    asked = ASKED["channel"].given["channel"]
    found = {name: answer(ASKED, "channel", {"channel": name}) for name in asked}
    assert {name: f.article for name, f in found.items() if f.answer == "exists"} == opened
    assert found["certified"] == Finding("channel", "not_eligible", "", {"reason": "no_instrument"})


def test_the_words_are_those_of_the_bank_and_the_fines():
    bank = load_yaml(packaged("cn/cases.yaml"), "cases.yaml")["procedure_words"]
    assert {n: list(p.given) for n, p in ASKED.items()} == {
        n: list(words["given"]) if n != "disclosure" else ["own", "act"] for n, words in bank.items()
    }
    assert {n: p.asks for n, p in ASKED.items()} == {n: words["asks"] for n, words in bank.items()}
    assert list(ASKED["disclosure"].given["act"]) == list(parse_fines(packaged("cn/fines.toml")))


def test_every_article_and_source_exists(book):
    articles = {a.address for i in book.instruments.values() for a in i.articles}
    assert {p.article for p in ASKED.values()} - articles == set()
    assert {s for p in ASKED.values() for s in p.sources} - set(book.sources) == set()


def test_a_question_that_the_book_does_not_answer_is_refused():
    with pytest.raises(AddressError) as caught:
        answer(ASKED, "weather", {})
    assert (caught.value.problem.what, caught.value.problem.found) == (
        "the book answers no such question of procedure",
        "'weather'",
    )
    assert caught.value.problem.expected == ", ".join(ASKED)


@pytest.mark.parametrize(
    ("ask", "given", "where", "found"),
    [
        ("records", {}, "records", "none"),
        ("records", {"kept_years": 3, "why": "fire"}, "records", "kept_years, why"),
        ("records", {"kept_years": "unknown"}, "records, kept_years", "'unknown'"),
        ("records", {"kept_years": "4.9"}, "records, kept_years", "'4.9'"),
        ("records", {"kept_years": -1}, "records, kept_years", "-1"),
        ("validity", {"channel": "registration", "months": 1}, "validity, channel", "'registration'"),
        ("filer", {**BODY, "applicant": "Belgium"}, "filer, applicant", "'Belgium'"),
        ("amendment", {"changed": []}, "amendment, changed", "[]"),
        ("amendment", {"changed": ""}, "amendment, changed", "''"),
        ("disclosure", {"act": "smuggling", "own": "yes"}, "disclosure, act", "'smuggling'"),
    ],
)
def test_wrong_particulars_are_refused(ask, given, where, found):
    with pytest.raises(InputError) as caught:
        answer(ASKED, ask, given)
    problem = caught.value.problem
    assert (problem.where, problem.found, problem.next_step) == (where, found, ASKED[ask].asks)


HEAD = 'asks = "?"\narticle = "x/1"\nconfidence = "O"\nsources = ["S1"]\n'


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[records", "this file is not TOML"),
        (f"[weather]\n{HEAD}given = {{}}", "this question of procedure cannot be answered as written"),
        (f"[records]\n{HEAD}", "this question of procedure cannot be answered as written"),
        ("[records]\ngiven = {}", "this question of procedure cannot be answered as written"),
        (f'[records]\n{HEAD}given = {{ kept_years = "float" }}', "this particular has no known kind"),
    ],
)
def test_a_wrong_file_is_refused(text, what):
    with pytest.raises(BookError) as caught:
        parse_procedure(text)
    assert caught.value.problem.what == what


@pytest.mark.parametrize(
    ("name", "given", "said", "wrong"),
    [
        ("records", '{ kept_years = "whole number" }', {"kept_years": 3}, "minimum_years = -1"),
        ("records", '{ kept_years = "whole number" }', {"kept_years": 3}, ""),
        ("breach", '{ held = ["none"] }', {"held": "none"}, "offence = { none = 3 }"),
        ("revocation", "{}", {}, "left = []"),
        ("channel", '{ channel = ["general"] }', {"channel": "general"}, 'open = "all"'),
    ],
)
def test_a_figure_that_is_lacking_is_named(name, given, said, wrong):
    asked = parse_procedure(f"[{name}]\n{HEAD}given = {given}\n{wrong}")
    with pytest.raises(BookError) as caught:
        answer(asked, name, said)
    assert (caught.value.problem.what, caught.value.problem.where) == (
        "the book lacks this figure",
        f"procedure.toml, [{name}]",
    )


STATED = """
[applicant]
asks = "May this body ask?"
article = "us/x/1"
sources = ["S1"]
confidence = "O"
given = { applicant = ["exporter", "other"] }
answers = { exporter = "allowed", other = "not_named" }
"""


def test_a_book_may_state_the_answer_for_each_word():
    asked = parse_procedure(STATED)
    found = [answer(asked, "applicant", {"applicant": word}) for word in ("exporter", "other")]
    assert [(f.answer, f.article) for f in found] == [("allowed", "us/x/1"), ("not_named", "us/x/1")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (', other = "not_named"', ""),
        ('["exporter", "other"] }', '["exporter", "other"], second = ["a"] }'),
        ('["exporter", "other"]', '"words"'),
    ],
)
def test_stated_answers_cover_every_word_of_one_particular(old, new):
    with pytest.raises(BookError, match="cannot be answered as written"):
        parse_procedure(STATED.replace(old, new))
