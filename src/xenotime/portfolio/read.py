"""The way to a portfolio that can be relied on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from xenotime.core.errors import PortfolioErrors
from xenotime.portfolio.check import inspect
from xenotime.portfolio.table import Portfolio


def read_portfolio(path: Path | str, *, codes: Collection[str] = ()) -> Portfolio:
    """The portfolio of a folder of CSV files or of one workbook, with its warnings.

    Every row is typed, every reference leads somewhere, no parts list is a circle.
    Raises PortfolioErrors, with every problem by file and row, if anything stops its use.
    """
    portfolio, problems = inspect(path, codes=codes)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise PortfolioErrors(str(path), errors)
    return replace(portfolio, warnings=tuple(problems))
