"""`xenotime adapt`: who adapts to a scenario, how fast, by which channel."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from xenotime.cli.progress import counting, working
from xenotime.cli.question import asked, files, put, question, scenario, simulator
from xenotime.report.text import console


@click.command(short_help="Who adapts to a SCENARIO, how fast, by which channel.")
@click.argument("scenario_", metavar="SCENARIO")
@question
def adapt(
    scenario_: str,
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
) -> None:
    """Run a SCENARIO and tell how fast each side meets what it lacks: from stock, substitutes, other sellers,
    new capacity, recycling, or by asking for less.

    \b
    xenotime adapt april-2025 --days 730

    Also sets the claim that building takes "5 to 8 years" against the projects that were observed, by stage.
    Prints the answer; writes adapt.html, series.csv and result.json.
    """
    from xenotime.report.supply.adapt import write_adapt  # noqa: PLC0415 - the model's libraries load when asked
    from xenotime.report.supply.brief import catalogue  # noqa: PLC0415 - as above
    from xenotime.report.supply.speak import speak  # noqa: PLC0415 - as above
    from xenotime.report.supply.weighed import adapt_told  # noqa: PLC0415 - as above
    from xenotime.services.supply.adapt import adapt as adapted  # noqa: PLC0415 - as above
    from xenotime.wiring.supply import model as opened  # noqa: PLC0415 - as above

    with working("reading figures and law"):
        model = opened(portfolio, simulator())
        made = put(scenario(scenario_, model), days, known, branches, certified)
    with counting("running", "draws") as tell:
        found = adapted(model, made, asked(made, draws, seed, threads), progress=tell)
    folder = out or Path(f"{made.id}-adapt")
    paths = files(found, folder, formats, lambda: write_adapt(folder, found, speak(lang)))
    if not quiet:
        console().print(adapt_told(found, catalogue(lang)))
    for path in paths:
        click.echo(f"wrote {path}")
