"""`xenotime assess`: a whole portfolio, decided, summarised, written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from xenotime import wiring
from xenotime.cli.books import assess_books
from xenotime.cli.bulk import Place, assess_table, bulk_options, wants_table
from xenotime.cli.options import asker, books, branch, by, chosen, known, law_file, strict
from xenotime.cli.options import on as on_option
from xenotime.cli.progress import counting, working
from xenotime.core.errors import InputError
from xenotime.portfolio.read import read_portfolio
from xenotime.portfolio.table import Portfolio
from xenotime.report.export import write_csv, write_json, write_parquet, write_receipts
from xenotime.report.page import MOST_LEGS, write_page
from xenotime.report.text import console, summary
from xenotime.report.words import load
from xenotime.services.assess import assess as assessed
from xenotime.services.books import named
from xenotime.services.intake import control_codes
from xenotime.services.library import Library
from xenotime.services.results import Assessment
from xenotime.services.rows import Desk
from xenotime.services.screening.asking import Question
from xenotime.services.screening.desk import screen_all
from xenotime.services.screening.record import Screening

FORMATS = ("html", "csv", "json", "parquet", "receipts")


@click.command(short_help="Decide every shipment of a PORTFOLIO.")
@click.argument("portfolio", type=Place())
@on_option
@known
@branch
@strict
@law_file
@books
@click.option(
    "--format",
    "formats",
    type=click.Choice([*FORMATS, "all"]),
    multiple=True,
    default=("all",),
    show_default=True,
    help="What to write. Repeatable.",
)
@click.option(
    "--out",
    type=Place(),
    default=None,
    metavar="FOLDER",
    help="Folder (default: PORTFOLIO-report).",
)
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of the report."
)
@click.option("--record", is_flag=True, help="Keep the screening of the parties as a record, and watch them.")
@by
@click.option("--quiet", is_flag=True, help="Write the files, print only their paths.")
@bulk_options
def assess(
    portfolio: Path | str,
    on: date | None,
    known: date | None,
    branches: tuple[str, ...],
    strict: bool,
    extra: tuple[Path, ...],
    books: str,
    formats: tuple[str, ...],
    out: Path | str | None,
    lang: str,
    record: bool,
    by: str | None,
    quiet: bool,
    **in_bulk: Any,
) -> None:
    """Decide every shipment of a PORTFOLIO folder or workbook: outcome, article, duties, channel, why.

    \b
    xenotime assess examples/magnet-maker
    xenotime assess examples/magnet-maker --known 2025-10-15     the law as it looked then
    xenotime assess examples/magnet-maker --branch cn/mofcom-2025-70=extended
    xenotime assess examples/magnet-maker --books cn,us          two laws side by side
    xenotime assess facts.parquet --engine duckdb                a facts table of any length

    Prints a summary; writes report.html (one file), results.csv, results.json, results.parquet
    and receipts.jsonl (one receipt a leg, for `xenotime replay`).
    --on decides every leg as if it moved on that day. Every party is put to the lists of the book and to your
    own (`xenotime lists`); hits that somebody cleared (`xenotime records decide`) no longer count.

    A facts table (Parquet, a folder of it, or CSV), or a portfolio with --engine, is decided as one table:
    OUT/decisions/*.parquet has a row of outcome, article, masks and branch answers each; a run that was
    stopped goes on where it was.
    """
    if wants_table(portfolio, in_bulk["engine"]):
        _check_bulk(books, record=record, formats=formats)
    libraries = wiring.libraries(named(books), known, branches=chosen(branches), strict=strict, extra=extra)
    if wants_table(portfolio, in_bulk["engine"]):
        (one,) = libraries.values()
        assess_table(portfolio, one, out, in_bulk, on=on, lang=lang, quiet=quiet)
        return
    portfolio, out = Path(portfolio), None if out is None else Path(out)
    if len(libraries) > 1:
        if record:
            raise click.UsageError("--record is about one book: name one with --books")
        folder = out or beside(portfolio)
        assess_books(portfolio, libraries, folder, on=on, lang=lang, quiet=quiet)
        return
    (library,) = libraries.values()
    with working(f"reading {portfolio}"):
        tables = read_portfolio(portfolio, codes=control_codes(library.law.book))
    with counting("deciding", "legs") as tick:
        made = assessed(tables, library, on=on, progress=tick)
    paths = write(made, library, out or beside(portfolio), FORMATS if "all" in formats else formats, lang)
    if not quiet:
        console().print(summary(made, load(lang)))
    for path in paths:
        click.echo(f"wrote {path}")
    if record:
        for screening in recorded(tables, library, asker(by)):
            click.echo(f"record {screening.id[:12]}")


def _check_bulk(books: str, *, record: bool, formats: Sequence[str]) -> None:
    """Refuse what a run over one table does not do, before anything is read."""
    asked = {
        f"--books {books}": len(named(books)) > 1,
        "--record": record,
        f"--format {' '.join(formats)}": "all" not in formats,
    }
    if found := [words for words, there in asked.items() if there]:
        raise InputError(
            "a run over one table decides by one book and writes decisions/*.parquet",
            where=", ".join(found),
            expected="a facts table, or a portfolio with --engine, without these options",
            found=", ".join(found),
            next_step="leave them out; for --books and --record assess the portfolio without --engine",
        )


def recorded(portfolio: Portfolio, library: Library, by: str) -> list[Screening]:
    """The screenings of a portfolio's parties, kept as records; the parties are watched from now on."""
    known, desk = library.law.known, library.desk
    asked = [Question(query) for query in Desk(portfolio, library).queries]
    file, keep = Path(portfolio.path).name, wiring.keeper(desk)
    return list(screen_all(desk, asked, on=known, known=known, by=by, file=file, keep=keep))


def beside(portfolio: Path) -> Path:
    """The folder for a portfolio's report, next to it: ``june`` and ``june.xlsx`` give ``june-report``."""
    whole = portfolio if portfolio.name not in ("", "..") else portfolio.resolve()
    return whole.parent / f"{whole.name.removesuffix('.xlsx')}-report"


def write(
    made: Assessment, library: Library, folder: Path, formats: tuple[str, ...], lang: str
) -> list[Path]:
    """The files of an assessment, each whole or not at all."""
    writers = {
        "html": lambda: write_page(
            made, folder / "report.html", load(lang), sources=library.law.book.sources
        ),
        "csv": lambda: write_csv(made, folder / "results.csv"),
        "json": lambda: write_json(made, folder / "results.json", full=len(made.legs) <= MOST_LEGS),
        "parquet": lambda: write_parquet(made, folder / "results.parquet"),
        "receipts": lambda: write_receipts([made], folder / "receipts.jsonl"),
    }
    return [writers[name]() for name in dict.fromkeys(formats)]
