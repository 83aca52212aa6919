"""`xenotime ask`: the questions that settle most shipments, sent out as files and read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from xenotime import wiring
from xenotime.cli.options import branch, chosen, known, law_file, strict
from xenotime.cli.progress import counting, working
from xenotime.core.errors import InputError
from xenotime.portfolio.load import WORKBOOK
from xenotime.portfolio.read import read_portfolio
from xenotime.portfolio.schema import schema
from xenotime.portfolio.sheets import read_grids
from xenotime.portfolio.table import Portfolio
from xenotime.portfolio.write import csv_text, write_portfolio
from xenotime.report.questions.files import data, write_all
from xenotime.report.questions.returned import as_json as json_of
from xenotime.report.questions.returned import returned
from xenotime.report.questions.told import told
from xenotime.report.text import console
from xenotime.report.words import LANGUAGES
from xenotime.services.ask.answers import Answer
from xenotime.services.ask.effect import effect, with_answers
from xenotime.services.ask.form import forms
from xenotime.services.ask.inquiry import by_counterparty, inquire
from xenotime.services.ask.question import Desktop
from xenotime.services.ask.returned import merged, read_answers
from xenotime.services.intake import control_codes
from xenotime.services.library import Library
from xenotime.services.rows import Desk
from xenotime.stores.folder import holding, put

#: Endings of files that a questionnaire can come back as.
_ENDINGS = (".xlsx", ".csv")
#: What `ask` writes beside the questionnaires, into the folder that may come back whole.
_ORDER = "questions.csv"


@click.command(short_help="Ask what settles most shipments of a PORTFOLIO; read the answers.")
@click.argument("portfolio", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--answers", "reading", is_flag=True, help="Read FILES (or folders of them) that came back.")
@click.option("--planned", is_flag=True, help="Ask only about shipments that have not moved.")
@known
@branch
@strict
@law_file
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder for the files (default: PORTFOLIO-questions; with --answers: PORTFOLIO itself).",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language.")
@click.option("--replace", is_flag=True, help="Let a new answer take the place of a recorded one.")
@click.option("--dry-run", is_flag=True, help="Show what would happen, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON.")
def ask(
    portfolio: Path,
    files: tuple[Path, ...],
    reading: bool,
    planned: bool,
    known: date | None,
    branches: tuple[str, ...],
    strict: bool,
    extra: tuple[Path, ...],
    out: Path | None,
    lang: str,
    replace: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Which questions settle most open shipments of a PORTFOLIO, who can answer them, and what they free.

    \b
    xenotime ask examples/magnet-maker --known 2026-11-21
    xenotime ask examples/magnet-maker --answers back/*.xlsx
    xenotime ask examples/magnet-maker --answers back --dry-run

    Writes a page, the order as CSV and JSON, and one questionnaire per counterparty (XLSX and HTML). With
    --answers reads them back, prints what changed against what was promised, and records every answer with
    its source in the table `answers` of the portfolio.
    """  # fmt: skip
    if bool(files) != reading:
        raise _misused(files)
    library = wiring.library(known, branches=chosen(branches), strict=strict, extra=extra)
    with working(f"reading {portfolio}"):
        tables = read_portfolio(portfolio, codes=control_codes(library.law.book))
    if reading:
        _read(tables, library, files, again=replace, out=out, dry=dry_run, lang=lang, as_json=as_json)
    else:
        _ask(
            tables,
            library,
            planned=planned,
            out=out or beside(portfolio),
            dry=dry_run,
            lang=lang,
            as_json=as_json,
        )


def _misused(files: Sequence[Path]) -> InputError:
    return InputError(
        "files need --answers" if files else "--answers needs the files that came back",
        where="xenotime ask",
        expected="xenotime ask PORTFOLIO --answers FILES",
        found=", ".join(map(str, files)) or "no file",
        next_step="name the files, or leave --answers away to write the questionnaires",
    )


def beside(portfolio: Path) -> Path:
    """The folder for a portfolio's questions: ``june`` and ``june.xlsx`` give ``june-questions`` beside."""
    whole = portfolio if portfolio.name not in ("", "..") else portfolio.resolve()
    return whole.parent / f"{whole.name.removesuffix('.xlsx')}-questions"


def _ask(
    tables: Portfolio, library: Library, *, planned: bool, out: Path, dry: bool, lang: str, as_json: bool
) -> None:

    with counting("weighing", "legs") as tick:
        made = inquire(tables, library, planned=planned, progress=tick)
    sheets = forms(made.portfolio, made.known.isoformat(), by_counterparty(made))
    if as_json:
        click.echo(data(made), nl=False)
    else:
        console().print(told(made, sheets, lang))
    for path in () if dry else write_all(out, made, sheets, lang):
        click.echo(f"wrote {path}", err=as_json)


def _read(
    tables: Portfolio, library: Library, files: Sequence[Path], *, again: bool, out: Path | None, dry: bool,
    lang: str, as_json: bool,
) -> None:  # fmt: skip

    desktop = Desktop(Desk(tables, library))
    given = [a for path in _every(files) for a in read_answers(read_grids(path), desktop)]
    answers = merged(given, tables, again=again)
    with working("deciding with the answers"):
        made = effect(tables, library, answers)
    if as_json:
        click.echo(json_of(made))
    else:
        console().print(returned(made, lang))
    if answers and not dry:
        kept = (
            _record(tables, library, answers, again=again)
            if out is None
            else write_portfolio(with_answers(tables, answers), out)
        )
        click.echo(f"wrote {kept}", err=as_json)


def _every(files: Sequence[Path]) -> Iterator[Path]:
    """The files, and those of a folder that can be questionnaires."""
    for path in files:
        inside = (
            sorted(p for p in path.iterdir() if p.suffix.lower() in _ENDINGS and p.name != _ORDER)
            if path.is_dir()
            else [path]
        )
        if not inside:
            raise InputError(
                "this folder holds no questionnaire",
                where=str(path),
                expected="files that end in " + " or ".join(_ENDINGS),
                found="none",
                next_step="name the folder with the files that came back",
            )
        yield from inside


def _record(portfolio: Portfolio, library: Library, answers: Sequence[Answer], *, again: bool) -> Path:
    """The table of answers in the portfolio's own folder, beside what somebody else recorded meanwhile."""
    home = Path(portfolio.path)
    if not home.is_dir() or (home / WORKBOOK).exists():
        raise InputError(
            "answers cannot be written into a workbook",
            where=str(home),
            expected="a folder of CSV files, or --out FOLDER for a copy with the answers",
            found="a workbook",
            next_step="run it again with --out FOLDER",
        )
    columns = schema()["answers"].columns
    with holding(home, "a portfolio"):
        now = read_portfolio(home, codes=control_codes(library.law.book))
        whole = with_answers(now, merged(answers, now, again=again))
        rows = [["unknown" if c in r.unsure else r.values[c] for c in columns] for r in whole["answers"]]
        return put(home / "answers.csv", "\ufeff" + csv_text(tuple(columns), rows))
