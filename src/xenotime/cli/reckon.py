"""`xenotime law fine | due | ask`: what the law computes apart from a shipment."""

from __future__ import annotations

from datetime import date

import click

from xenotime.cli.options import Day
from xenotime.core.errors import InputError
from xenotime.services import reckon


@click.command(short_help="Compute the fine of an ACT.")
@click.argument("act", required=False)
@click.option("--amount", type=click.IntRange(min=0), default=None, help="Turnover, or gains, in whole RMB.")
def fine(act: str | None, amount: int | None) -> None:
    """Compute the fine of an ACT; without one, list the acts.

    \b
    xenotime law fine unlicensed_export --amount 2000000
    """
    if act is None:
        for known in reckon.acts().values():
            click.echo(f"{known.name:24}  by {known.base:8}  {known.title} ({known.article})")
        return
    found = reckon.fined(act, amount)
    high = f"{found.high:,}" if found.high is not None else "no upper figure"
    click.echo(
        f"RMB {found.low:,} to {high}" + (", and illegal gains are taken" if found.gains_taken else "")
    )
    click.echo(f"  {found.why}")
    click.echo(
        f"  {found.act.title}: {found.act.article}; binds {found.act.binds}; {found.act.other}".rstrip("; ")
    )
    click.echo(f"  confidence {found.act.confidence}, sources {', '.join(found.act.sources)}")


@click.command(short_help="Count Chinese working DAYS from START.")
@click.argument("start", type=Day())
@click.argument("days", type=click.IntRange(min=1, max=5_000))
def due(start: date, days: int) -> None:
    """Count so many Chinese working DAYS from START (not counted itself).

    \b
    xenotime law due 2025-10-20 10
    """
    first, last, confidence = reckon.due(start, days)
    click.echo(
        str(first) if first == last else f"between {first} and {last}: past the last published calendar"
    )
    click.echo(f"  calendar of official holidays, confidence {confidence}")


@click.command(short_help="Answer a QUESTION of procedure.")
@click.argument("question", required=False)
@click.argument("particulars", nargs=-1, metavar="[NAME=VALUE]...")
def ask(question: str | None, particulars: tuple[str, ...]) -> None:
    """Answer a QUESTION of procedure; without one, list the questions and what each needs.

    \b
    xenotime law ask validity channel=individual months=14
    """
    if question is None:
        for known in reckon.procedures().values():
            click.echo(f"{known.name:12}  {known.asks} ({known.article})")
            for name, words in known.given.items():
                click.echo(f"{'':14}{name}={words if isinstance(words, str) else '|'.join(words)}")
        return
    finding = reckon.asked(question, dict(map(_pair, particulars)))
    click.echo(f"{finding.answer}  {finding.article or 'no article'}")
    for name, value in finding.details.items():
        click.echo(f"  {name}: {value if isinstance(value, (str, int)) else ', '.join(map(str, value))}")


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise InputError(
            "a particular is NAME=VALUE", where="xenotime law ask", expected="months=14", found=text
        )
    return name, value
