"""`xenotime hedge`: what a company should hold, contract, qualify and make ready before the next stop."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from xenotime import wiring
from xenotime.cli.assess import beside
from xenotime.cli.options import branch, known
from xenotime.cli.progress import counting, working
from xenotime.cli.question import output, put
from xenotime.cli.question import scenario as told
from xenotime.report.text import console


@click.command(short_help="What to hold, contract and qualify before the next stop.")
@click.argument("portfolio", type=click.Path(path_type=Path))
@click.option(
    "--scenario",
    "scenario_",
    default="snap-back-2026",
    show_default=True,
    metavar="SCENARIO",
    help="The stop to be ready for: a name of the library, or a YAML file.",
)
@click.option(
    "--months", type=click.IntRange(3, 60), default=18, show_default=True, help="Horizon from the stop on."
)
@click.option(
    "--notice", type=click.IntRange(0, 60), default=0, show_default=True, help="Months left before it."
)
@click.option("--risk", type=float, default=0.1, show_default=True, help="The worst share that counts apart.")
@click.option(
    "--weight",
    type=float,
    default=0.5,
    show_default=True,
    help="Weight of the worst share (0: the mean alone).",
)
@click.option("--budget", type=float, default=None, help="The most to spend beforehand [USD].")
@click.option("--draws", type=click.IntRange(8, 10_000), default=64, show_default=True, help="Futures drawn.")
@click.option(
    "--futures", type=click.IntRange(2, 200), default=40, show_default=True, help="How many stand for them."
)
@click.option(
    "--fresh", type=click.IntRange(4, 10_000), default=64, show_default=True, help="New futures as a test."
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Seed.")
@known
@branch
@output
def hedge(
    portfolio: Path,
    scenario_: str,
    months: int,
    notice: int,
    risk: float,
    weight: float,
    budget: float | None,
    draws: int,
    futures: int,
    fresh: int,
    seed: int,
    known: date | None,
    branches: tuple[str, ...],
    out: Path | None,
    formats: tuple[str, ...],
    lang: str,
    threads: int | None,
    quiet: bool,
) -> None:
    """What to hold before the next stop: stock by form, contracts, second sources, substitutes.

    \b
    xenotime hedge examples/motor-maker
    xenotime hedge examples/motor-maker --budget 2000000 --weight 0.8
    xenotime hedge examples/motor-maker --scenario april-2025 --months 24 --notice 6

    The tables lines, stocks, suppliers, conversions and substitutions of the PORTFOLIO say what could be
    done; the scenario's draws say what would arrive. A two-stage programme weighs the mean cost
    against the mean of the worst share. Prints the plan and what it is worth; writes hedge.html, hedge.csv
    and result.json.
    """
    from xenotime.portfolio.read import read_portfolio  # noqa: PLC0415 - the model's libraries load when asked
    from xenotime.report.supply.hedged import catalogue, hedge_told, write_rows  # noqa: PLC0415 - as above
    from xenotime.services.supply.company import company  # noqa: PLC0415 - as above
    from xenotime.services.supply.hedge import Wanted  # noqa: PLC0415 - as above
    from xenotime.services.supply.hedge import hedge as hedged  # noqa: PLC0415 - as above
    from xenotime.supply.engine.run import Asked  # noqa: PLC0415 - as above
    from xenotime.supply.hedge.plan import Aim, check_aim  # noqa: PLC0415 - as above
    from xenotime.wiring.supply import model as opened  # noqa: PLC0415 - as above

    aim = check_aim(Aim(risk, weight, float("inf") if budget is None else budget))
    with working("reading figures, law and portfolio"):
        bought = company(read_portfolio(portfolio), months, known or wiring.clock().today(), notice)
        model = opened()
        made = put(told(scenario_, model), None, known, branches, None)
    asked = Asked(made.days, seed=seed, threads=threads or os.cpu_count() or 1)
    with counting("running", "draws") as tell:
        found = hedged(model, bought, made, asked, Wanted(aim, draws, futures, fresh), tell)
    folder = out or beside(portfolio)
    paths = [write_rows(found, folder / "hedge.csv")] if {"csv", "all"} & set(formats) else []
    if {"html", "all"} & set(formats):
        from xenotime.report.supply.hedge import write_hedge  # noqa: PLC0415 - as above
        from xenotime.report.supply.speak import speak  # noqa: PLC0415 - as above

        paths.insert(0, write_hedge(folder, found, speak(lang)))
    if {"json", "all"} & set(formats):
        from xenotime.report.supply.files import write_result  # noqa: PLC0415 - as above

        paths.append(write_result(found, folder / "result.json"))
    if not quiet:
        console().print(hedge_told(found, catalogue(lang)))
    for path in paths:
        click.echo(f"wrote {path}")
