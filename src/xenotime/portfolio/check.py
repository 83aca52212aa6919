"""Every problem of a portfolio at once, by file and row."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from xenotime.core.errors import Problem
from xenotime.portfolio import amounts, asked, rules, vetting
from xenotime.portfolio.load import load
from xenotime.portfolio.schema import schema
from xenotime.portfolio.table import Portfolio


def check(path: Path | str, *, codes: Collection[str] = ()) -> list[Problem]:
    """Every problem of the portfolio at ``path``: files, headers, cells, and what joins the tables.

    ``codes`` are the control codes of the book of law; without them only their form is checked.
    Each problem is an error, or a warning that does not stop the portfolio from being used.
    """
    return list(inspect(path, codes=codes)[1])


def inspect(path: Path | str, *, codes: Collection[str] = ()) -> tuple[Portfolio, tuple[Problem, ...]]:
    """The portfolio as far as it can be read, and every problem of it in the order of the tables."""
    portfolio, problems = load(Path(path))
    return portfolio, tuple(sorted((*problems, *review(portfolio, codes)), key=_order))


def review(portfolio: Portfolio, codes: Collection[str] = ()) -> list[Problem]:
    """The problems between the rows of a portfolio that is already in memory."""
    every = (*rules.RULES, *amounts.RULES, *vetting.RULES, *asked.RULES)
    found = [problem for rule in every for problem in rule(portfolio)]
    return found + list(rules.codes(portfolio, codes))


def _order(problem: Problem) -> tuple[int, str, int, str]:
    file = problem.where.split(", row", 1)[0]
    name = file.rsplit(" ", 1)[-1].removesuffix(".csv")
    row = re.search(r", row (\d+)", problem.where)
    rank = list(schema()).index(name) if name in schema() else -1
    return rank, file, int(row[1]) if row else 0, problem.what
