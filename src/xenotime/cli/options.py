"""Options that several commands share, each read once and the same way."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from xenotime.core.dates import parse_day
from xenotime.core.errors import InputError, Problem, XenotimeError
from xenotime.law.read import JURISDICTIONS
from xenotime.services.screening.decisions import is_line

Command = TypeVar("Command", bound=Callable[..., Any])
if TYPE_CHECKING:
    DayType = click.ParamType[date]
else:
    DayType = click.ParamType  # generic only in newer versions of click


_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def _out_of_reach(value: object) -> Problem:
    expected = f"a year from {_FIRST_YEAR} to {_LAST_YEAR}"
    return Problem("this day is out of reach", "", expected, repr(value), "correct the year")


class Day(DayType):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that says what was expected."""
        if isinstance(value, date):
            return value
        try:
            day = parse_day(value)
        except XenotimeError as error:
            self.fail(str(error), param, ctx)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.fail(str(_out_of_reach(value)), param, ctx)
        return day


known = click.option(
    "--known",
    type=Day(),
    default=None,
    help="Day of the knowledge (default: today): later notices do not exist yet.",
)
on = click.option(
    "--on",
    type=Day(),
    default=None,
    help="Decide or show the law as on this day (default: the shipment's day; else the day of knowledge).",
)
branch = click.option(
    "--branch",
    "branches",
    multiple=True,
    metavar="HINGE=NAME",
    help="Settle an unconfirmed end, e.g. cn/mofcom-2025-70=revived. Repeatable; see `xenotime law hinges`.",
)
strict = click.option("--strict", is_flag=True, help="Presume nothing: an absent fact is unknown.")
portfolio = click.option(
    "-p",
    "--portfolio",
    type=click.Path(path_type=Path),
    default=".",
    show_default=True,
    help="Portfolio folder or workbook.",
)
books = click.option(
    "--books",
    default="cn",
    show_default=True,
    metavar="BOOKS",
    help="Whose law: cn, us, eu, or the folder of a copy; several with commas between stand side by side.",
)
book = click.option(
    "--book",
    "jurisdiction",
    type=click.Choice(JURISDICTIONS),
    default=JURISDICTIONS[0],
    show_default=True,
    help="Whose law.",
)
law_file = click.option(
    "--law",
    "extra",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Lay this notice over the book for this run only. Repeatable.",
)

by = click.option("--by", default=None, metavar="WHO", help="Who asks (default: $XENOTIME_BY).")


def asker(given: str | None) -> str:
    """Who asks: --by, else $XENOTIME_BY, else nobody named. Raises InputError for signs that are no text."""
    who = (given if given is not None else os.environ.get("XENOTIME_BY", "")).strip()
    if who and not is_line(who):
        raise InputError(
            "this is no name of a person",
            where="--by, or $XENOTIME_BY",
            expected="one line of text in UTF-8",
            found=ascii(who[:60]),
            next_step="give the name again",
        )
    return who


def chosen(branches: tuple[str, ...]) -> dict[str, str]:
    """The branches a person chose. Raises InputError for a text without ``=``."""
    found = {}
    for text in branches:
        hinge, mark, name = text.partition("=")
        if not mark:
            raise InputError(
                "this branch is not HINGE=NAME",
                where="--branch",
                expected="cn/mofcom-2025-70=revived",
                found=text,
                next_step="run `xenotime law hinges`",
            )
        found[hinge] = name
    return found
