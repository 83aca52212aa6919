"""`xenotime truce`: what each side announced, what was observed, and what is due next."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from xenotime import wiring
from xenotime.cli.options import Day
from xenotime.cli.options import known as known_option
from xenotime.evidence.pledges import ledger
from xenotime.report.plain import plain
from xenotime.report.supply import pledged
from xenotime.report.text import console
from xenotime.report.words import LANGUAGES, load
from xenotime.services.supply.truce import truce as stood


@click.command(short_help="What each side announced, and whether it was kept.")
@click.option("--on", type=Day(), default=None, help="The day it is asked for (default: today).")
@known_option
@click.option("--side", default="", metavar="CODE", help="Only commitments by or to this side: CN, US, EU, …")
@click.option("--full", is_flag=True, help="Show every observation with its source.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="Write truce.html here too."
)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The page's language."
)
def truce(
    on: date | None, known: date | None, side: str, full: bool, as_json: bool, out: Path | None, lang: str
) -> None:
    """What each side announced, what was observed, and what is due next.

    \b
    xenotime truce
    xenotime truce --on 2026-11-09 --side US
    xenotime truce --full                       every observation and its source

    A state follows from observations by a stated rule. After its day, a commitment that nothing confirms
    "cannot be shown": that is no finding against anybody. Each names the scenario that answers "what if it
    lapses", for `xenotime stress`.
    """
    today = wiring.clock().today()
    made = stood(ledger(), on or known or today, known or today, side.upper())
    if as_json:
        click.echo(json.dumps(plain(made), ensure_ascii=False, indent=2))
    else:
        console().print(pledged.ledger(made, full=full))
    if out:
        from xenotime.report.supply.truce import write_truce  # noqa: PLC0415  # the page is asked for rarely

        click.echo(f"wrote {write_truce(out, made, load(lang))}", err=as_json)
