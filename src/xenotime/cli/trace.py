"""`xenotime trace`: what a product is made of, and what is missing to say so."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from xenotime import wiring
from xenotime.cli.options import known, on
from xenotime.cli.options import portfolio as portfolio_option
from xenotime.portfolio.read import read_portfolio
from xenotime.report.plain import plain
from xenotime.report.text import console, part_of
from xenotime.report.text import trace as shown
from xenotime.services.trace import trace as traced


@click.command(short_help="Show what a PRODUCT is made of.")
@click.argument("product")
@portfolio_option
@on
@known
@click.option("--currency", default=None, help="Currency of the values (default: the product's own).")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def trace(
    product: str,
    portfolio: Path,
    on: date | None,
    known: date | None,
    currency: str | None,
    as_json: bool,
) -> None:
    """Show the tree of a PRODUCT: what is known, declared and missing, and its share of Chinese material.

    \b
    xenotime trace EX-GEN -p examples/magnet-maker
    """
    library = wiring.library(known)
    found = traced(read_portfolio(portfolio), library, product, on or library.law.known, currency)
    if as_json:
        click.echo(json.dumps(plain(found), ensure_ascii=False, indent=2))
        return
    console().print(shown(part_of(found.root, found.currency), share=found.share))
    for gap in found.gaps:
        click.echo(f"missing  {gap}")
