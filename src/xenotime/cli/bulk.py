"""`xenotime assess --engine …`: a table of any length, decided part by part by the engine of choice."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from xenotime.cli.progress import counting
from xenotime.core.errors import InputError
from xenotime.report.atomic import write
from xenotime.report.bulk import summed, totals
from xenotime.report.text import console
from xenotime.report.words import load
from xenotime.services.bulk.run import ROWS, Tally, legend
from xenotime.services.library import Library
from xenotime.stores.tables import is_table
from xenotime.wiring.bulk import ENGINES, Wanted, decide_place, decide_table
from xenotime.wiring.rerun import RECEIPT

Command = TypeVar("Command", bound=Callable[..., Any])
if TYPE_CHECKING:
    PlaceType = click.ParamType[Path | str]
else:
    PlaceType = click.ParamType  # generic only in newer versions of click


class Place(PlaceType):
    """A path here, or a place that only a cluster reads: ``s3://…``, ``file:///…``, ``table:NAME``."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """The path, or the place as it was written."""
        del param, ctx
        return value if isinstance(value, Path) or is_there(value) else Path(value)


def is_there(place: object) -> bool:
    """Whether a text names a place that only a cluster reads."""
    return isinstance(place, str) and ("://" in place or place.startswith("table:"))


_OPTIONS = (
    click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default=None,
        help="Decide as one table, with this engine, into decisions/*.parquet (facts tables: polars).",
    ),
    click.option("--connect", default="", metavar="sc://HOST:PORT", help="The cluster of --engine spark."),
    click.option("--memory", default="", metavar="SIZE", help="What --engine duckdb may use, such as 20GB."),
    click.option(
        "--rows", type=click.IntRange(1_000), default=ROWS, show_default=True, help="Rows decided at a time."
    ),
    click.option(
        "--carry", multiple=True, metavar="COLUMN", help="Pass a column of a facts table through. Repeatable."
    ),
    click.option("--again", is_flag=True, help="Forget decisions that are there instead of going on."),
)


def bulk_options(command: Command) -> Command:
    """The options of tables and engines, for `assess`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wants_table(place: Path | str, engine: str | None) -> bool:
    """Whether a person asks for decisions as a table: by an engine's name, or by giving a facts table."""
    return engine is not None or is_there(place) or is_table(Path(place))


def assess_table(
    place: Path | str,
    library: Library,
    out: Path | str | None,
    asked: dict[str, Any],
    *,
    on: date | None = None,
    lang: str = "en",
    quiet: bool = False,
) -> None:
    """Decide a facts table or a portfolio as one table, print what it adds up to, say what was written."""
    given = {**asked, "engine": asked["engine"] or ENGINES[0], "carry": tuple(asked["carry"]), "on": on}
    wanted = Wanted(**given)
    _check(place, out, wanted)
    with counting("deciding", "rows") as tick:
        if is_there(place):
            tally = decide_place(str(place), str(out), library, wanted, tick)
            written = [str(out)]
        else:
            folder = Path(out) if out is not None else beside(Path(place))
            tally = decide_table(Path(place), folder, library, wanted, tick)
            written = _files(folder, tally, library)
    if not quiet:
        console().print(totals(tally, library.law, Path(place).name, load(lang)))
    for name in written:
        click.echo(f"wrote {name}")


def beside(path: Path) -> Path:
    """The folder for a table's decisions, next to it: ``june.parquet`` gives ``june-report``."""
    whole = path if path.name not in ("", "..") else path.resolve()
    return whole.parent / f"{whole.name.split('.')[0] if whole.is_file() else whole.name}-report"


def _files(folder: Path, tally: Tally, library: Library) -> list[str]:
    law = library.law
    texts = {"summary.json": summed(tally, law), "law.json": legend(law)}
    for name, content in texts.items():
        write(folder / name, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    return [str(folder / name) for name in ("decisions", *texts, RECEIPT)]


def _check(place: Path | str, out: Path | str | None, wanted: Wanted) -> None:
    """Refuse options that cannot go together."""
    there = is_there(place)
    if (wanted.engine == "spark") != bool(wanted.connect):
        raise InputError(
            "the engine Spark and the address of a cluster go together",
            where="--engine, --connect",
            expected="--engine spark --connect sc://host:port",
            found=f"--engine {wanted.engine}" + (f" --connect {wanted.connect}" if wanted.connect else ""),
            next_step="give both or neither; see docs/howto/decide-a-hundred-million-rows.md",
        )
    if there and (wanted.engine != "spark" or not is_there(out)):
        raise InputError(
            "this table lies where only a cluster reads",
            where=str(place),
            expected="--engine spark, --connect, and an --out that the cluster writes, such as s3://…",
            found=f"--engine {wanted.engine}, --out {out or 'none'}",
            next_step="see docs/howto/decide-a-hundred-million-rows.md",
        )
    if is_there(out) and not there:
        raise InputError(
            "decisions of a table that lies here are written here",
            where="--out",
            expected="a folder",
            found=str(out),
            next_step="choose a folder, or give the table by the place where the cluster reads it",
        )
