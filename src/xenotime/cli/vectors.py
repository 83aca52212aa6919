"""`xenotime law vectors`: what the books must answer, as JSON for other programs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from xenotime import wiring
from xenotime.cli.options import Day
from xenotime.cli.progress import counting
from xenotime.law.read import JURISDICTIONS
from xenotime.report.atomic import write
from xenotime.services.library import open_library
from xenotime.services.vectors import banks, schemas, vectors, written


@click.command("vectors", short_help="Write decision vectors for other programs.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for BOOK.json and the JSON Schemas.",
)
@click.option("--book", "books", multiple=True, type=click.Choice(JURISDICTIONS), help="Only this book.")
@click.option("--trials", is_flag=True, help="Also the trials of single rules, many times as many.")
@click.option("--known", type=Day(), default=None, help="Day of the knowledge (default: today).")
def vectors_(out: Path, books: tuple[str, ...], trials: bool, known: date | None) -> None:
    """Write what each book must answer: facts, on, known, the expected outcome and its trace, with a schema.

    The vectors are the worked cases of the packaged books, each also on the day before, on and after every
    turn of the articles that it meets. Notices of your own are not in them.
    """
    day = known or wiring.clock().today()
    for book in books or JURISDICTIONS:
        files = banks(book, trials=trials)
        with counting(f"deciding {book}", "vectors") as tick:
            made = vectors(open_library(day, jurisdiction=book), files, tick)
        if made["vectors"]:
            count = sum(len(vector["decisions"]) for vector in made["vectors"])
            path = write(out / f"{book}.json", written(made).encode())
            click.echo(f"wrote {path}: {len(made['vectors'])} vectors, {count} decisions")
    for name, text in schemas().items():
        click.echo(f"wrote {write(out / name, text.encode())}")
