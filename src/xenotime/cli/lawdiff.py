"""`xenotime law diff` and `law impact`: what changes in the law, and what that moves in a portfolio."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xenotime.cli.options import Command, Day, branch, chosen, strict
from xenotime.cli.options import known as known_option
from xenotime.cli.progress import working
from xenotime.core.errors import InputError
from xenotime.report.words import LANGUAGES

if TYPE_CHECKING:
    from xenotime.services.bulk.shift import Shift
    from xenotime.wiring.change import Asked


def _shown(command: Command) -> Command:
    """The options that both commands share."""
    for option in (
        click.option(
            "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language."
        ),
        click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON."),
        click.option(
            "--out",
            type=click.Path(path_type=Path, file_okay=False),
            default=None,
            help="Also write change.html, change.json and the tables into this folder.",
        ),
        strict,
        branch,
        click.option("--on", type=Day(), default=None, help="Decide every leg as if it moved on this day."),
    ):
        command = option(command)
    return command


def _portfolio(*, required: bool) -> Callable[[Command], Command]:
    """The option that names what the change is laid over."""
    return click.option(
        "-p",
        "--portfolio",
        type=click.Path(path_type=Path),
        required=required,
        help="Portfolio folder or workbook, or a facts table (Parquet or CSV): what moves in it.",
    )


@click.command(short_help="What changes from one law to another, and what that moves.")
@click.argument("sides", nargs=-1, metavar="[A B]")
@click.option(
    "--known", type=(Day(), Day()), default=None, metavar="A B", help="Two days of knowledge, earlier first."
)
@_portfolio(required=False)
@_shown
def diff(
    sides: tuple[str, ...],
    known: tuple[date, date] | None,
    portfolio: Path | None,
    on: date | None,
    branches: tuple[str, ...],
    strict: bool,
    out: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """What changes from A to B: articles added, changed and dated otherwise; with -p, what moves.

    \b
    xenotime law diff --known 2025-10-15 2025-11-08 -p examples/magnet-maker
    xenotime law diff 2025-10-15 2025-11-08                 the same, without a portfolio
    xenotime law diff cn my-books -p examples/magnet-maker  the shipped book and a folder of yours
    xenotime law diff cn draft.md -p shipments.parquet      the shipped book with a notice laid over it

    A and B are two days of knowledge, or two laws: a shipped book (cn, us, eu), a folder made by
    `xenotime law copy`, or a notice, which is laid over the other side's book.
    """
    from xenotime.wiring.change import Over, differ  # noqa: PLC0415 - what decides is asked for rarely

    before, after = _sides(sides, known)
    over = Over(portfolio, on, chosen(branches), strict)
    with working("comparing"):
        made = differ(before, after, over)
    _show(made, out, lang, as_json=as_json)


@click.command(short_help="What a draft would change in a portfolio.")
@click.argument("draft", type=click.Path(path_type=Path, dir_okay=False))
@known_option
@_portfolio(required=True)
@_shown
def impact(
    draft: Path,
    known: date | None,
    portfolio: Path,
    on: date | None,
    branches: tuple[str, ...],
    strict: bool,
    out: Path | None,
    as_json: bool,
    lang: str,
) -> None:
    """What a notice that is not yet law would move in a portfolio. Nothing is kept; `law add` keeps it.

    \b
    xenotime law impact examples/law/half-a-percent.md -p examples/magnet-maker
    xenotime law impact draft.md -p shipments.parquet --on 2026-12-15

    The notice is taken as published: known from its day of publication on, or from --known if later.
    """
    from xenotime.wiring.change import Over  # noqa: PLC0415 - what decides is asked for rarely
    from xenotime.wiring.change import impact as drafted  # noqa: PLC0415 - as above

    over = Over(portfolio, on, chosen(branches), strict)
    with working("comparing"):
        made = drafted(draft, known, over)
    _show(made, out, lang, as_json=as_json)


def _sides(given: tuple[str, ...], known: tuple[date, date] | None) -> tuple[Asked, Asked]:
    """The two laws that a person named. Raises InputError when they are not two."""
    from xenotime.wiring.change import Asked, day_of  # noqa: PLC0415 - what decides is asked for rarely

    days = [day_of(text) for text in given]
    if len(given) == 2 and all(days) and known is None:
        return Asked("cn", days[0]), Asked("cn", days[1])
    if not given and known:
        return Asked("cn", known[0]), Asked("cn", known[1])
    if len(given) == 1 and known and not days[0]:
        return Asked(given[0], known[0]), Asked(given[0], known[1])
    if len(given) == 2 and not any(days):
        first, second = known or (None, None)
        return Asked(given[0], first), Asked(given[1], second)
    raise InputError(
        "these are not two laws to compare",
        where="law diff",
        expected="two days, or two of: cn, us, eu, a folder of books, a notice (.md); or --known A B",
        found=" ".join(given) or "nothing",
        next_step="for example: xenotime law diff --known 2025-10-15 2025-11-08",
    )


def _show(made: Shift, out: Path | None, lang: str, *, as_json: bool) -> None:
    from xenotime.report.change import files, told, words  # noqa: PLC0415 - the page is asked for rarely
    from xenotime.report.text import console  # noqa: PLC0415 - as above

    say = words.speak(lang)
    if as_json:
        click.echo(json.dumps(files.document(made), ensure_ascii=False, indent=1))
    else:
        console().print(told.told(made, say))
    for path in files.write(made, out, say) if out else ():
        click.echo(f"wrote {path}", err=as_json)
