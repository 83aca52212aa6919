"""`xenotime programme`: the programme's database: migrate, back up, restore, check, export."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

_DATABASE = "sqlite:///FILE or postgresql://USER@HOST/NAME (default: a file in --home)."
_HOME = "Folder of keys and database (default: as for `xenotime serve`)."


@click.group(short_help="Migrate, back up, restore, check and export the programme's database.")
@click.option("--database", default="", envvar="XENOTIME_DATABASE", metavar="URL", help=_DATABASE)
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help=_HOME)
@click.pass_context
def programme(ctx: click.Context, database: str, home: Path | None) -> None:
    """The database of the certified-end-user programme that `xenotime serve` runs.

    \b
    xenotime programme migrate                    bring it to this release's schema
    xenotime programme backup 2026-11-22.gz       one file, also while the server runs
    xenotime programme restore 2026-11-22.gz      into an empty database, of either kind
    xenotime programme check                      prove log, ledger and things from their rows
    xenotime programme export O-1f2e --out o.zip  everything that an organisation has

    A backup holds no keys: keep the folder `keys` beside it, apart and safe.
    """
    ctx.obj = (database, home)


def _office(ctx: click.Context) -> AbstractContextManager[Any]:
    """The office; its libraries load only when a command needs them."""
    database, home = ctx.obj
    opened: AbstractContextManager[Any] = import_module("xenotime.wiring.programme").office(database, home)
    return opened


@programme.command()
@click.pass_context
def migrate(ctx: click.Context) -> None:
    """Bring the database to this release's schema, or make it. Take a backup first."""
    with _office(ctx) as office:
        before, after = office.store.migrate()
    if before == after:
        click.echo(f"the schema is that of this release already ({after})")
    else:
        click.echo(f"schema: {before or 'nothing'} → {after}")


@programme.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def backup(ctx: click.Context, file: Path) -> None:
    """Copy the database as it is at one moment into a new FILE, also while others write.

    The file restores into SQLite and PostgreSQL alike. It is not encrypted, and holds no keys.
    """
    with _office(ctx) as office:
        office.store.backup(file)
        with office.store.view() as view:
            size, _ = view.head()
    click.echo(f"{file}: written; the log has {size} entries now")


@programme.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def restore(ctx: click.Context, file: Path) -> None:
    """Put a backup in the place of an empty database; log and ledger are proven before it counts."""
    with _office(ctx) as office:
        office.store.restore(file)
        with office.store.view() as view:
            size, root = view.head()
    click.echo(f"restored: a log of {size} entries with root {root}")
    click.echo("compare the root with a checkpoint that others hold: `xenotime verify`")


@programme.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Rebuild log, ledger, columns and documents from their rows and compare. Exit code 1 if they differ."""
    with _office(ctx) as office:
        wrong = tuple(office.store.check())
        for line in wrong:
            click.echo(line)
        if wrong:
            sys.exit(1)
        with office.store.view() as view:
            size, root = view.head()
    click.echo(f"everything agrees: a log of {size} entries with root {root}")


@programme.command()
@click.argument("organisation")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="A new ZIP file.")
@click.pass_context
def export(ctx: click.Context, organisation: str, out: Path) -> None:
    """Write everything that an ORGANISATION (its id) has into a ZIP file, with log proofs."""
    archive = import_module("xenotime.services.programme.oversight.archive")
    actor = import_module("xenotime.programme.access").Actor
    with _office(ctx) as office:
        data = archive.export(office, actor("console", "auditor"), organisation)
    import_module("xenotime.report.atomic").write(out, data)
    out.chmod(0o600)
    click.echo(f"{out}: {len(data)} bytes")
