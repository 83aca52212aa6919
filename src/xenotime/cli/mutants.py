"""`xenotime law mutants`: change a book in one place at a time, and see whether its own cases notice."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from rich.table import Table

from xenotime import wiring
from xenotime.cli.progress import counting
from xenotime.law.read import JURISDICTIONS, packaged, packaged_names
from xenotime.report.text import console
from xenotime.services.mutants import Killed, kill, probes

#: The share of changes that the cases of a shipped book notice [percent].
LEAST = 95


@click.command(short_help="Change a book in one place at a time; do its cases notice?")
@click.option("--book", type=click.Choice(JURISDICTIONS), default="cn", show_default=True, help="Whose book.")
@click.option(
    "--least", type=click.IntRange(0, 100), default=LEAST, show_default=True, help="Percent asked for."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def mutants(book: str, least: int, as_json: bool) -> None:
    """Change each operator, number, date and exception of a book, one at a time, and ask its cases.

    A change that no worked case and no trial notices is a survivor: a place where the book could be wrong and
    nobody would see it. Takes a minute or two. Exit code 1 when fewer changes are noticed than asked for.
    """
    library = wiring.library(jurisdiction=book)
    files = {name: packaged(name) for name in packaged_names(book, ".yaml")}
    with counting("asking the cases", "changes") as tick:
        found = kill(library.law.book, probes(library, files), progress=tick)
    noticed, made = found.share
    if as_json:
        click.echo(json.dumps(asdict(found) | {"noticed_in_all": noticed, "made_in_all": made}, indent=2))
    else:
        console().print(_table(found))
        for survivor in found.survivors:
            click.echo(f"survives: {survivor.place}: {survivor.change} ({survivor.kind})")
        click.echo(f"{noticed} of {made} changes are noticed ({100 * noticed // made} %)")
    if noticed * 100 < least * made:
        click.get_current_context().exit(1)


def _table(found: Killed) -> Table:
    table = Table(title="changes that the book's own cases notice", title_justify="left")
    table.add_column("change of")
    for name in ("made", "noticed", "survive"):
        table.add_column(name, justify="right")
    for kind, made in found.made.items():
        noticed = found.noticed[kind]
        table.add_row(kind, str(made), str(noticed), str(made - noticed))
    return table
