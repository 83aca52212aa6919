"""`xenotime evidence`: what is claimed, by whom and when; where claims conflict; claims of one's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from xenotime.cli.options import Day
from xenotime.core.errors import InputError
from xenotime.evidence.ask import Wanted
from xenotime.evidence.contest import Contest
from xenotime.evidence.figure import Figure
from xenotime.evidence.units import units
from xenotime.report.supply import claims as shown
from xenotime.report.supply.spread import write_spread
from xenotime.report.text import console
from xenotime.services.supply import evidence as service
from xenotime.stores.evidence import read_claims
from xenotime.wiring.evidence import claims

_lang = click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of the answer."
)
#: The options of `add` and the columns that they fill.
_GIVEN = {
    "subject": "What the number is of.",
    "stage": "mine, separation/refining, metal, magnet, …",
    "element": "An element's sign, or REO, magnet REE, heavy REE, NdFeB, …",
    "country": "Where.",
    "year": "When it holds: 2025, 2025-05, 2025-05-26, 2025-Q1; empty: undated.",
    "value": "The number; empty declares a gap.",
    "unit": "Its unit, as `xenotime evidence units` lists them.",
    "low": "The lower end of its interval.",
    "high": "The upper end of its interval.",
    "source_title": "Who says it, and where.",
    "source_url": "The address of the source.",
    "source_date": "When the source was published.",
    "confidence": "How sure: high, medium or low.",
    "note": "What else a reader should know.",
}


@click.group(short_help="Show what is claimed, by whom; keep claims of your own.")
def evidence() -> None:
    """Show the claims that the model of supply rests on, where they conflict, and add your own.

    \b
    xenotime evidence conflicts china refines           who says which, of what, when
    xenotime evidence show dysprosium price --from 2025-04-01
    xenotime evidence add --from stocks.csv             all of them, or none

    A claim has a value or interval, a unit, a source, a day and a degree of sureness. What nobody was found
    to say is a gap, never a zero.
    """


@evidence.command(short_help="Show claims, by words, stage, element, country and time.")
@click.argument("words", nargs=-1)
@click.option("--stage", default="", help="Only this stage, as mine, magnet, licensing.")
@click.option("--element", default="", help="Only this element, by sign or name: Dy, terbium, REO.")
@click.option("--country", default="", help="Only this country or market, as China, Europe.")
@click.option("--from", "first", type=Day(), default=None, help="Only what holds on or after this day.")
@click.option("--to", "last", type=Day(), default=None, help="Only what holds on or before this day.")
@click.option("--table", default="", help="Only this table, as shares, prices, own.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text",
              show_default=True, help="How to print them.")  # fmt: skip
@_lang
@click.pass_context
def show(
    ctx: click.Context,
    words: tuple[str, ...],
    stage: str,
    element: str,
    country: str,
    first: date | None,
    last: date | None,
    table: str,
    form: str,
    lang: str,
) -> None:
    """Show the claims that fit every WORD and option; claims without a date fit every time.

    \b
    xenotime evidence show ev motor magnet
    xenotime evidence show --table stocks --country India
    xenotime evidence show --element Dy --from 2025-04-01 --to 2025-06-30 --format csv

    Exit codes: 0 done; 1 nothing fits; 2 an option cannot be used.
    """
    found = service.show(claims(), Wanted(words, stage, element, country, first, last, table))
    _printed(found, form, lang)
    if not found:
        ctx.exit(1)


def _printed(found: Sequence[Figure], form: str, lang: str) -> None:
    if form == "csv":
        click.echo(service.written(found), nl=False)
    elif form == "json":
        click.echo(_json([service.cells(figure) for figure in found]))
    else:
        console().print(shown.figures(found, shown.speak(lang)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


@evidence.command(short_help="Show competing claims side by side.")
@click.argument("words", nargs=-1)
@click.option("--figure", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Write the figure of the spread as SVG.")  # fmt: skip
@click.option("--json", "as_data", is_flag=True, help="Print as JSON.")
@_lang
@click.pass_context
def conflicts(
    ctx: click.Context, words: tuple[str, ...], figure: Path | None, as_data: bool, lang: str
) -> None:
    """Show who says which number, of what and when, and why they may differ; without WORDS, every conflict.

    \b
    xenotime evidence conflicts china refines
    xenotime evidence conflicts f-35
    xenotime evidence conflicts dysprosium price europe --figure dysprosium.svg

    Exit codes: 0 done; 1 nothing fits; 2 an option cannot be used.
    """
    found = service.conflicts(claims(), words)
    say = shown.speak(lang)
    if as_data:
        click.echo(_json([_data(one) for one in found]))
    else:
        console().print(shown.contests(found, say) if words else shown.heads(found, say))
    if figure:
        click.echo(f"wrote {write_spread(figure, _one(found), say)}", err=as_data)
    if not found:
        ctx.exit(1)


def _one(found: Sequence[Contest]) -> Contest:
    """The contest with the most claims. Raises InputError when there is none to draw."""
    if not found:
        raise InputError(
            "there is nothing to draw",
            where="--figure",
            expected="words that some claims answer",
            found="none",
            next_step="run `xenotime evidence conflicts` for the questions that have answers",
        )
    return max(found, key=lambda one: len(one.figures))


def _data(one: Contest) -> dict[str, object]:
    named = shown.named(one, shown.speak())
    return {
        "question": one.question.id,
        "asks": one.question.asks[0],
        "unit": one.unit,
        "values": [f"{value:f}" for value in one.values],
        "expected": [f"{value:f}" for value in one.ahead],
        "sides": [
            {
                "scope": name,
                "claims": [service.cells(figure) for figure in side.figures],
                "competing": [list(pair) for pair in side.competing],
            }
            for name, side in zip(named, one.sides, strict=True)
        ],
        "gaps": [service.cells(gap) for gap in one.gaps],
        "reasons": [{"kind": reason.kind, "says": list(reason.says)} for reason in one.reasons],
    }


def _columns(command: Callable[..., None]) -> Callable[..., None]:
    """The options that fill the columns of one claim."""
    for name, text in reversed(_GIVEN.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, default=None, help=text)(command)
    return command


@evidence.command(short_help="Keep a claim of your own, or a table of them.")
@click.option("--from", "file", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="A CSV table of claims, in the columns that `show --format csv` prints.")  # fmt: skip
@_columns
def add(file: Path | None, **given: Any) -> None:
    """Keep claims of your own beside the packaged ones: all of a table, or none.

    \b
    xenotime evidence add --from stocks.csv
    xenotime evidence add --subject "Our magnet cover" --stage firm --element NdFeB --country Germany \\
        --year 2026-10 --value 9 --unit weeks --source-title "Stock count of 1 October" \\
        --source-date 2026-10-01 --confidence high

    A claim joins what the model rests on where it speaks of the same subject, stage, element and country as
    one that an input or the balance is made of; every other is kept, shown and compared. A claim without
    source or unit is refused, and one that is there already.
    """
    said = {name: value for name, value in given.items() if value is not None}
    if bool(file) == bool(said):
        raise click.UsageError("give a table with --from FILE, or one claim by --subject, --value, --unit, …")
    text, where = (read_claims(file), str(file)) if file else (service.lone(said), "the options given")
    kept = service.add(claims(), text, where)
    _printed(kept, "text", "en")
    click.echo(f"kept in {claims().folder / service.OWN}; undo: take the rows out of this file")


@evidence.command("units", short_help="List the units a claim may have.")
def list_units() -> None:
    """List the units a claim may have, what each measures, and the unit it turns into."""
    console().print(shown.units(tuple(units().values()), shown.speak()))


@evidence.command("template", short_help="Print an empty table of claims.")
def template() -> None:
    """Print the head of a table of claims, to be filled and kept with `xenotime evidence add --from`."""
    click.echo(service.written(()), nl=False)
