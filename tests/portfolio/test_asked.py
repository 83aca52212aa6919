from __future__ import annotations

from datetime import date

from xenotime.portfolio import asked
from xenotime.portfolio.schema import schema
from xenotime.portfolio.table import Portfolio, Row


def table(name, *rows):
    return {
        name: tuple(
            Row({c: row.get(c) for c in schema()[name].columns}, f"{name}.csv", n)
            for n, row in enumerate(rows, 2)
        )
    }


def answer(about, subject, fact, value, **more):
    given = {"about": about, "subject": subject, "fact": fact, "value": value, "by": "A. Person"}
    return {**given, "day": date(2026, 11, 20), **more}


def problems(*answers):
    tables = table("products", {"product": "MG-1", "name": "magnet"}) | table("answers", *answers)
    portfolio = Portfolio(tables)
    return [(p.what, p.where, p.found) for rule in asked.RULES for p in rule(portfolio)]


def test_an_answer_about_something_that_is_there_is_no_problem():
    assert (
        problems(
            answer("product", "MG-1", "el_dy", "yes"),
            answer("product", "MG-1", "cn_part1_value", "0.5", currency="USD"),
            answer("hinge", "cn/mofcom-2025-70", "branch", "revived"),
            answer("product", "MG-1", "classified", "unknown"),
        )
        == []
    )


def test_an_answer_about_nothing_is_named():
    assert problems(
        answer("product", "MG-2", "el_dy", "yes"), answer("leg", "S-1/1", "bonded_move", "no")
    ) == [
        ("an answer about nothing", "answers.csv, row 2, column subject", "'MG-2', which is not there"),
        ("an answer about nothing", "answers.csv, row 3, column subject", "'S-1/1', which is not there"),
    ]


def test_an_answer_that_is_none_is_named():
    unfit = "an answer that does not fit its question"
    assert problems(
        answer("product", "MG-1", "el_dy", "maybe"),
        answer("product", "MG-1", "cn_part1_value", "much", currency="USD"),
        answer("product", "MG-1", "cn_part1_value", "0.5"),
    ) == [
        (unfit, "answers.csv, row 2, column value", "'maybe'"),
        (unfit, "answers.csv, row 3, column value", "'much'"),
        (unfit, "answers.csv, row 4, column currency", "nothing"),
    ]
