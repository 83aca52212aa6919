"""`xenotime new` and `xenotime check`: the way in."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from xenotime import wiring
from xenotime.cli.progress import working
from xenotime.core.errors import InputError
from xenotime.report.plain import plain
from xenotime.services.intake import from_export, problems, template, unknowns

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("folder", type=_PATH)
@click.option("--from", "export", type=_PATH, default=None, help="Flat ERP export (XLSX or CSV).")
@click.option("--template", "empty", is_flag=True, help="Write every table empty, with a filled example.")
@click.option("--declarations", type=_PATH, default=None, help="A further file of supplier declarations.")
@click.option("--mapping", type=_PATH, default=None, help="A saved mapping.toml (default: the folder's own).")
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), default=None, help="What 03/04/2025 means.")
@click.option("--encoding", default="", help="Encoding of a CSV export that is not UTF-8, e.g. gb18030.")
@click.option("--format", "fmt", type=click.Choice(["csv", "xlsx"]), default="csv", show_default=True)
@click.option("--force", is_flag=True, help="Replace the tables in a folder that holds something.")
def new(
    folder: Path,
    export: Path | None,
    empty: bool,
    declarations: Path | None,
    mapping: Path | None,
    date_order: str | None,
    encoding: str,
    fmt: str,
    force: bool,
) -> None:
    """Make a portfolio FOLDER from an ERP export, or an empty one.

    \b
    xenotime new june --from export.xlsx      map the columns, triage each item, write the tables
    xenotime new june --template              empty tables, a data dictionary, a filled example

    The proposed column mapping is saved as mapping.toml: edit it, run again with --force, reuse it.
    """
    if bool(export) == empty:
        raise InputError(
            "say what the portfolio is made from",
            where="xenotime new",
            expected="either --from FILE or --template",
            found="both" if empty else "neither",
        )
    if export is None:
        click.echo(f"wrote {template(folder, force=force)}: every table empty, README.md, a filled example")
        return
    with working(f"reading {export}"):
        taken = from_export(
            export,
            folder,
            mapping=mapping,
            declarations=declarations,
            date_order=date_order or "",
            encoding=encoding,
            fmt=fmt,
            force=force,
        )
    counts = Counter(item.triage.answer.value for item in taken.items)
    click.echo(
        f"{taken.source}: {_many(len(taken.lines), 'line')} read as shipments, "
        f"{len(taken.unread)} could not be read"
    )
    for told in taken.told:
        click.echo(f"  {told}")
    click.echo(f"{_many(len(taken.items), 'item')} by customs number and text:")
    for answer, number in counts.most_common():
        click.echo(f"  {number:4}  {answer}")
    click.echo("What the export could not tell:")
    for line in unknowns(taken):
        click.echo(f"  - {line}")
    click.echo(f"wrote {folder} (mapping.toml, triage.csv, intake.md beside the tables)")
    click.echo(f"next: xenotime check {folder}; then xenotime assess {folder}")


@click.command()
@click.argument("portfolio", type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check(portfolio: Path, as_json: bool) -> None:
    """List every problem of a PORTFOLIO at once, by file and row. Exit code 1 if there is an error."""
    with working(f"checking {portfolio}"):
        found = problems(portfolio, wiring.library().law.book)
    errors = [p for p in found if p.severity == "error"]
    if as_json:
        click.echo(json.dumps(plain(found), ensure_ascii=False, indent=2))
    else:
        for problem in found:
            click.echo(f"{problem.severity}: {problem}\n")
        counted = f"{_many(len(errors), 'error')}, {_many(len(found) - len(errors), 'warning')}"
        click.echo(f"{counted} in {portfolio}")
    if errors:
        raise SystemExit(1)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
