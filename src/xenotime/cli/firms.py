"""`xenotime firms`: which single firms of a network can stop how much of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from xenotime.cli.progress import counting
from xenotime.report.plain import plain
from xenotime.report.supply.systemic import ranking, write_ranking
from xenotime.report.text import console
from xenotime.services.supply.firms import rank
from xenotime.supply.firms.index import EPSILON


@click.command(short_help="Which single firms of a network can stop how much.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(path_type=Path, dir_okay=False, exists=True))  # fmt: skip
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="How many to list.")
@click.option("--epsilon", type=float, default=EPSILON, show_default=True,
              help="A cascade ends when no firm loses more than this share in a round.")  # fmt: skip
@click.option("--no-replacing", is_flag=True, help="Nobody takes over what a failed supplier sold.")
@click.option("--threads", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default="all cores",
              help="How many threads; the numbers are the same with any.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="Write firms.csv (every firm) and curve.csv (for a figure) here.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def firms(
    files: tuple[Path, ...],
    top: int,
    epsilon: float,
    no_replacing: bool,
    threads: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """The economic systemic risk index of every firm: the share of all output lost when it fails alone.

    \b
    xenotime firms links.csv firms.csv essential.csv
    xenotime firms links.parquet firms.csv --top 50 --out systemic

    FILEs are CSV or Parquet, told apart by their columns: links (supplier, buyer, value), firms (firm,
    sector; revenue and cost if known), and which sector's goods are essential to which (supplier_sector,
    buyer_sector, kind: essential, other or none; pairs that are not named are other).
    """
    with counting("firms failed", "firms") as tick:
        made = rank(files, epsilon=epsilon, replaceable=not no_replacing, threads=threads, progress=tick)
    if as_json:
        click.echo(json.dumps(plain(made), ensure_ascii=False))
    else:
        console().print(ranking(made, top))
    for path in write_ranking(made, out) if out else ():
        click.echo(f"wrote {path}", err=as_json)
