"""`xenotime sensitivity`: which claims drive a scenario's answers, and which would shrink them most."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from xenotime import wiring
from xenotime.cli.options import branch, known
from xenotime.cli.progress import counting, working
from xenotime.cli.question import output, put
from xenotime.cli.question import scenario as told
from xenotime.report.text import console


@click.command(short_help="Which claims drive the answers of a SCENARIO.")
@click.argument("scenario_", metavar="[SCENARIO]", required=False, default="april-2025")
@click.option(
    "--method",
    type=click.Choice(["sobol", "morris"]),
    default="sobol",
    show_default=True,
    help="Sobol: shares of variance. Morris: a quick screening.",
)
@click.option(
    "--base",
    type=click.IntRange(2, 16_384),
    default=32,
    show_default=True,
    help="Base sample; runs are base × (groups + 2), for Morris base × (groups + 1).",
)
@click.option(
    "--by",
    type=click.Choice(["topic", "ground"]),
    default="topic",
    show_default=True,
    help="Group inputs by topic, or by ground: figures, assumptions, rules, luck.",
)
@click.option("--days", type=click.IntRange(30, 3660), default=None, help="Days (default: the scenario's).")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Seed.")
@known
@branch
@click.option("--again", is_flag=True, help="Run everything again instead of going on where a study stopped.")
@output
def sensitivity(
    scenario_: str,
    method: str,
    base: int,
    by: str,
    days: int | None,
    seed: int,
    known: date | None,
    branches: tuple[str, ...],
    out: Path | None,
    formats: tuple[str, ...],
    again: bool,
    lang: str,
    threads: int | None,
    quiet: bool,
) -> None:
    """Which inputs, rules or luck drive the answers of a SCENARIO, and which would shrink them most if known.

    \b
    xenotime sensitivity april-2025
    xenotime sensitivity snap-back-2026 --base 256         narrower intervals, more runs
    xenotime sensitivity april-2025 --method morris --base 10
    xenotime sensitivity april-2025 --by ground            data, assumptions, rules or luck?

    Inputs are judged by groups. A study that is stopped goes on where it was. Prints the groups of each
    answer; writes sensitivity.html, sensitivity.csv and result.json.
    """
    from xenotime.report.supply.driven import sensitivity_told, write_rows  # noqa: PLC0415 - loaded when asked
    from xenotime.report.supply.hedged import catalogue  # noqa: PLC0415 - as above
    from xenotime.services.supply.sensitivity import sensitivity as studied  # noqa: PLC0415 - as above
    from xenotime.services.supply.stress import EVERY  # noqa: PLC0415 - as above
    from xenotime.stores.runs import RunFolder  # noqa: PLC0415 - as above
    from xenotime.supply.engine.run import Asked  # noqa: PLC0415 - as above
    from xenotime.wiring.supply import model as opened  # noqa: PLC0415 - as above

    with working("reading figures and law"):
        model = opened()
        made = put(told(scenario_, model), days, known, branches, None)
    asked = Asked(made.days, seed=seed, every=EVERY, threads=threads or os.cpu_count() or 1)
    keep = RunFolder(wiring.home() / "runs" / f"sensitivity-{made.id}-{method}", again=again)
    with counting("running", "runs") as tell:
        found = studied(model, made, asked, base=base, method=method, by=by, keep=keep, progress=tell)
    folder = out or Path(f"{made.id}-sensitivity")
    paths = [write_rows(found, folder / "sensitivity.csv")] if {"csv", "all"} & set(formats) else []
    if {"html", "all"} & set(formats):
        from xenotime.report.supply.sensitivity import write_sensitivity  # noqa: PLC0415 - as above
        from xenotime.report.supply.speak import speak  # noqa: PLC0415 - as above

        paths.insert(0, write_sensitivity(folder, found, speak(lang)))
    if {"json", "all"} & set(formats):
        from xenotime.report.supply.files import write_result  # noqa: PLC0415 - as above

        paths.append(write_result(found, folder / "result.json"))
    if not quiet:
        console().print(sensitivity_told(found, catalogue(lang)))
    for path in paths:
        click.echo(f"wrote {path}")
