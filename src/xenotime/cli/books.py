"""What `decide` and `assess` do when several books are asked: the answers side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from xenotime.cli.progress import counting, working
from xenotime.portfolio.read import read_portfolio
from xenotime.report.books import abreast, as_json, side, write_side
from xenotime.report.text import console, explanation, hits
from xenotime.report.words import load
from xenotime.services.books import Abreast, assess_abreast
from xenotime.services.intake import control_codes
from xenotime.services.library import Library


def show_books(made: Abreast, libraries: Mapping[str, Library], *, as_data: bool, facts: bool) -> None:
    """Print the answers of several books to one transaction side by side, then each in full."""
    if as_data:
        click.echo(json.dumps(as_json(made), ensure_ascii=False, indent=2))
        return
    out, say = console(), load()
    out.print(abreast(made, say))
    for name, decision in made.decisions.items():
        click.secho(say("books.each", book=name), bold=True)
        sources = libraries[name].law.book.sources
        out.print(explanation(decision.explanation, sources=sources, facts=facts))
        if decision.hits:
            out.print(hits(decision.hits))
        for sentence in decision.stale:
            click.echo(f"stale: {sentence}")


def assess_books(
    portfolio: Path,
    libraries: Mapping[str, Library],
    folder: Path,
    *,
    on: date | None,
    lang: str,
    quiet: bool,
) -> None:
    """Assess a portfolio under each book: a summary, books.html, .csv, .json and receipts.jsonl."""
    codes = control_codes(next(iter(libraries.values())).law.book)
    with working(f"reading {portfolio}"):
        tables = read_portfolio(portfolio, codes=codes)
    with counting("deciding", "legs") as tick:
        made = assess_abreast(tables, libraries, on=on, progress=tick)
    paths = write_side(made, folder, lang)
    if not quiet:
        console().print(side(made, load(lang)))
    for path in paths:
        click.echo(f"wrote {path}")
