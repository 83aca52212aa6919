"""`xenotime leverage`: what a scenario costs two sides, until when, and for each dollar of one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from xenotime.cli.progress import counting, working
from xenotime.cli.question import asked, files, put, question, scenario, simulator
from xenotime.report.text import console


@click.command(short_help="What a scenario costs sides A and B.")
@click.argument("a")
@click.argument("b")
@click.option(
    "-s", "--scenario", "scenario_", default="april-2025", show_default=True, help="Name or YAML file."
)
@click.option(
    "--horizon", type=click.IntRange(30, 3660), default=None, help="Days that count (default: all)."
)
@click.option(
    "--discount",
    type=click.FloatRange(0, 1),
    default=0.05,
    show_default=True,
    help="What a dollar a year from now counts less.",
)
@question
def leverage(
    a: str,
    b: str,
    scenario_: str,
    horizon: int | None,
    discount: float,
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
    """Weigh what a scenario costs side A (who acts) against what it costs side B, with intervals.

    \b
    xenotime leverage CN US
    xenotime leverage CN US+JP+EU --scenario october-2025 --days 1095 --horizon 730
    xenotime leverage CN REST

    A side is a country, several joined by +, or REST. A loss is value added of lines that stand, plus what
    inputs cost more, less what dearer sales bring. Political cost is not in it. Prints the answer; writes
    leverage.html, series.csv and result.json.
    """
    from xenotime.report.supply.brief import catalogue  # noqa: PLC0415 - the model's libraries load when asked
    from xenotime.report.supply.leverage import write_leverage  # noqa: PLC0415 - as above
    from xenotime.report.supply.speak import speak  # noqa: PLC0415 - as above
    from xenotime.report.supply.weighed import leverage_told  # noqa: PLC0415 - as above
    from xenotime.services.supply.leverage import leverage as weighed  # noqa: PLC0415 - as above
    from xenotime.wiring.supply import model as opened  # noqa: PLC0415 - as above

    with working("reading figures and law"):
        model = opened(portfolio, simulator())
        wanted = max(filter(None, (days, horizon)), default=None)
        made = put(scenario(scenario_, model), wanted, known, branches, certified)
    put_to = asked(made, draws, seed, threads)
    with counting("running", "draws") as tell:
        found = weighed(model, made, a, b, put_to, horizon=horizon, discount=discount, progress=tell)
    folder = out or Path(f"{made.id}-{a}-{b}-leverage".replace("+", "-"))
    paths = files(found, folder, formats, lambda: write_leverage(folder, found, speak(lang)))
    if not quiet:
        console().print(leverage_told(found, catalogue(lang)))
    for path in paths:
        click.echo(f"wrote {path}")
