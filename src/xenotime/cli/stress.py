"""`xenotime stress`: what a scenario stops, when, where, and by when it is back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from xenotime.cli.progress import counting, working
from xenotime.cli.question import asked, files, library_list, put, question, scenario, simulator
from xenotime.report.text import console


@click.command(short_help="What a SCENARIO stops: lines, need, prices, flows.")
@click.argument("scenario_", metavar="[SCENARIO]", required=False)
@question
@click.option(
    "--against",
    metavar="SCENARIO",
    default=None,
    help="What it avoids against this one (default: as it says).",
)
@click.option("--list", "listed", is_flag=True, help="List the scenarios of the library.")
def stress(
    scenario_: str | None,
    draws: int,
    seed: int,
    days: int | None,
    portfolio: Path | None,
    known: date | None,
    branches: tuple[str, ...],
    certified: float | None,
    out: Path | None,
    formats: tuple[str, ...],
    lang: str,
    threads: int | None,
    quiet: bool,
    against: str | None,
    listed: bool,
) -> None:
    """Run a SCENARIO: which lines stop, when and where; what is missing; prices; by when it is back.

    \b
    xenotime stress                                     list the scenarios of the library
    xenotime stress april-2025                          the licences of April 2025
    xenotime stress mine.yaml --days 730                a scenario of your own
    xenotime stress certified-lane --against april-2025 what one avoids against the other

    The law of the book decides which movements wait on which day. Prints the answer with its intervals;
    writes stress.html (one file), series.csv, stops.csv, flows.csv and result.json.
    """
    if listed or scenario_ is None:
        for line in library_list():
            click.echo(line)
        return
    from xenotime.report.supply.brief import catalogue  # noqa: PLC0415 - the model's libraries load when asked
    from xenotime.report.supply.speak import speak  # noqa: PLC0415 - as above
    from xenotime.report.supply.stress import write_stress  # noqa: PLC0415 - as above
    from xenotime.report.supply.told import stress_told  # noqa: PLC0415 - as above
    from xenotime.services.supply.stress import stress as stressed  # noqa: PLC0415 - as above
    from xenotime.services.supply.stress import twin  # noqa: PLC0415 - as above
    from xenotime.wiring.supply import model as opened  # noqa: PLC0415 - as above

    with working("reading figures and law"):
        model = opened(portfolio, simulator())
        made = put(scenario(scenario_, model), days, known, branches, certified)
        other = scenario(against, model) if against else twin(made)
        other = put(other, None, known, branches, None) if other else None
    with counting("running", "draws") as tell:
        found = stressed(model, made, asked(made, draws, seed, threads), against=other, progress=tell)
    folder = out or Path(f"{made.id}-stress")
    paths = files(found, folder, formats, lambda: write_stress(folder, found, speak(lang)))
    if not quiet:
        console().print(stress_told(found, catalogue(lang)))
    for path in paths:
        click.echo(f"wrote {path}")
