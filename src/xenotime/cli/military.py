"""`xenotime military`: whether a party has a military link, at which site, and on what evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from xenotime import wiring
from xenotime.cli.options import known, on
from xenotime.cli.options import portfolio as portfolio_option
from xenotime.core.errors import calm
from xenotime.parties.military.evidence import OWN, Verdict, Weighed
from xenotime.portfolio.read import read_portfolio
from xenotime.report.plain import plain
from xenotime.report.terminal import console, wrapped
from xenotime.services.military import dossier
from xenotime.services.rows import Desk

#: Columns for the words before each piece of evidence.
_TITLES = 14


@click.command(short_help="Grade a PARTY's military link.")
@click.argument("party")
@portfolio_option
@on
@known
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def military(party: str, portfolio: Path, on: date | None, known: date | None, *, as_json: bool) -> None:
    """Grade the military link of a PARTY, of each of its sites and contracts: yes, no or unknown, and why.

    \b
    xenotime military tallsedge -p examples/magnet-maker --on 2026-09-01
    """
    library = wiring.library(known)
    desk = Desk(read_portfolio(portfolio), library)
    told = library.law.known
    day = on or told
    pool = (*desk.folder.pool, *desk.derived((party,), day))
    found = dossier(desk.portfolio, pool, party, day, told)
    if as_json:
        click.echo(json.dumps(plain(found), ensure_ascii=False, indent=2))
        return
    wide = console().width
    click.echo(f"{calm(found.name)} ({found.party}), on {found.on}, as known on {found.known}")
    for verdict in (found.company, *found.sites, *found.contracts):
        click.echo()
        for line in shown(verdict):
            click.echo(wrapped(calm(line), wide, _TITLES + 2 if line.startswith(" ") else 2))
    for sentence in ("", *(f"stale: {told}" for told in library.stale)):
        click.echo(wrapped(calm(sentence), wide))
    click.echo(found.policy)


def shown(verdict: Verdict) -> Iterator[str]:
    """A verdict as lines of text: the answer, why, what speaks against it, and what would change it."""
    subject = verdict.subject
    place = f"{subject.level} {subject.place}" if subject.place else "the company"
    yield f"{place}: {verdict.word}  [line {verdict.line}] {verdict.says}"
    sides = (
        ("carried by", verdict.carried),
        ("also", verdict.lighter),
        ("against", verdict.against),
        ("set aside", verdict.aside),
        ("stale", verdict.stale),
        ("not used", verdict.unused),
    )
    for title, pieces in sides:
        for number, piece in enumerate(pieces):
            yield f"  {title if not number else '':<{_TITLES}}{_piece(piece)}"
    for number, change in enumerate(verdict.changes):
        yield f"  {'would change' if not number else '':<{_TITLES}}{change.what} → {change.answer}"


def _piece(weighed: Weighed) -> str:
    piece = weighed.evidence
    place = f" of {piece.level} {piece.place}" if piece.place else ""
    says = "military" if piece.military else "civil"
    day = piece.day or ("standing" if piece.confidence == OWN else "undated")
    origin = f"{piece.source}, {day}, confidence {piece.confidence}"
    counts = weighed.weight if weighed.rank else "does not count"
    head = f"{piece.kind.replace('_', ' ')}{place} says {says}: {counts} ({origin})"
    return "; ".join((head, *weighed.why))
